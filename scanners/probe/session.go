package probe

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"net"
	"time"

	"github.com/tomscan/tomscan/evidence"
)

// presented is what a handshake showed.
type presented struct {
	chain []*x509.Certificate
	conn  *tls.Conn // nil when the handshake did not succeed
	why   string    // why there is no chain
}

// session makes one whole handshake: for the certificate, and on https for what the server answers.
func (p *peer) session(ctx context.Context, open opener, starttls evidence.Value[string]) {
	conn, done, err := open(ctx)
	if err != nil {
		p.present(presented{why: plainly(err)}, starttls)
		p.web(nil)
		return
	}
	defer done()
	shown := p.handshake(ctx, conn)
	p.present(shown, starttls)
	p.web(shown.conn)
}

// handshake speaks every version and cipher suite that the standard library knows. It verifies nothing, and sends nothing that matters:
// the certificate is judged afterwards.
func (p *peer) handshake(ctx context.Context, conn net.Conn) presented {
	var shown presented
	var ciphers []uint16
	for _, c := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		ciphers = append(ciphers, c.ID)
	}
	client := tls.Client(conn, &tls.Config{
		ServerName: p.host, MinVersion: tls.VersionTLS10, CipherSuites: ciphers,
		InsecureSkipVerify: true, // judged in trusted
		VerifyPeerCertificate: func(raw [][]byte, _ [][]*x509.Certificate) error {
			for _, der := range raw {
				c, err := x509.ParseCertificate(der)
				if err != nil {
					return err
				}
				shown.chain = append(shown.chain, c)
			}
			return nil
		},
	})
	if err := client.HandshakeContext(ctx); err != nil {
		shown.why = handshakeTrouble(err)
		return shown
	}
	shown.conn = client
	return shown
}

// handshakeTrouble says why a handshake failed, in words that do not change with the library.
func handshakeTrouble(err error) string {
	var alert tls.AlertError
	if errors.As(err, &alert) {
		return "the server ends it"
	}
	if why := plainly(err); why != "the connection failed" {
		return why
	}
	return "no version and cipher suite in common with tomscan, or a certificate that cannot be read"
}

// present makes the facts of the certificate and of the endpoint.
func (p *peer) present(shown presented, starttls evidence.Value[string]) {
	at := p.said("tls handshake", p.at, "(certificate)")
	answers := evidence.Known(true).At(at)
	if len(shown.chain) == 0 {
		why := evidence.Because("endpoint_no_certificate", "address", joined(p.address, p.at), "why", shown.why)
		p.hide(why, "certificate")
		p.add("endpoint", evidence.Endpoint{Answers: answers, CertificateTrusted: evidence.Unresolved[bool](why).At(at), StartTLS: starttls})
		return
	}
	leaf := shown.chain[0]
	sum := sha256.Sum256(leaf.Raw)
	fingerprint := evidence.Because("endpoint_fingerprint", "sha256", hex.EncodeToString(sum[:]))
	notes := []evidence.Reason{fingerprint}
	trusted, why := p.trusted(shown.chain)
	if why != nil {
		notes = append(notes, *why)
	}
	p.add("certificate", evidence.Certificate{
		Region: nowhere(), InUse: evidence.Known(true).At(at), KeyBits: keyBits(leaf).At(at),
		DaysLeft: evidence.Known(int(max(0, leaf.NotAfter.Sub(p.At)) / (24 * time.Hour))).At(at),
		Renews:   evidence.Unresolved[bool](evidence.Because("endpoint_not_told", "what", "renewal")),
	}, fingerprint)
	p.add("endpoint", evidence.Endpoint{Answers: answers, CertificateTrusted: trusted.At(at), StartTLS: starttls}, notes...)
}

// trusted says whether clients trust the chain, and why not.
func (p *peer) trusted(chain []*x509.Certificate) (evidence.Value[bool], *evidence.Reason) {
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{
		DNSName: p.host, Roots: p.Roots, Intermediates: between, CurrentTime: p.At, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
	var roots x509.SystemRootsError
	if errors.As(err, &roots) {
		return evidence.Unresolved[bool](evidence.Because("endpoint_no_roots")), nil
	}
	if err != nil {
		why := untrusted(err)
		return evidence.Known(false), &why
	}
	return evidence.Known(true), nil
}

// untrusted says why a chain is not trusted.
func untrusted(err error) evidence.Reason {
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &authority):
		return evidence.Because("certificate_unknown_authority")
	case errors.As(err, &name):
		return evidence.Because("certificate_other_name", "host", name.Host)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return evidence.Because("certificate_not_in_time")
	}
	return evidence.Because("certificate_not_valid")
}

// keyBits is the length of the key, as the kind counts it.
func keyBits(c *x509.Certificate) evidence.Value[int] {
	if n, ok := evidence.KeyBitsOf(c.PublicKey); ok {
		return evidence.Known(n)
	}
	return evidence.Unresolved[int](evidence.Because("unmodelled_value", "value", c.PublicKeyAlgorithm.String()))
}
