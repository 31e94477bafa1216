package probe

import (
	"context"
	"net"
	"net/netip"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// mail calls an address whose protocol begins in clear text.
func (p *peer) mail(ctx context.Context) {
	offers, err := p.offers(ctx)
	if err != nil {
		p.unreachable(err)
		return
	}
	starttls := evidence.Known(offers).At(p.said(p.starttls, p.at, "STARTTLS ("+offers+")"))
	if offers == "none" {
		at := p.said(p.starttls, p.at, "STARTTLS (none)")
		p.listener(negotiated{min: evidence.Known(evidence.RankPlain).At(at)}, "tcp")
		why := evidence.Because("endpoint_no_tls", "endpoint", p.text)
		p.add("endpoint", evidence.Endpoint{Answers: evidence.Known(true).At(at), CertificateTrusted: evidence.Unresolved[bool](why).At(at), StartTLS: starttls})
		p.remark(why, "certificate")
		return
	}
	open := func(ctx context.Context) (net.Conn, func(), error) { return p.turned(ctx) }
	n := p.negotiate(ctx, open)
	if n.spoken {
		p.listener(n, p.protocol)
	} else {
		p.hide(evidence.Because("endpoint_silent", "endpoint", p.text, "address", joined(p.address, p.at), "why", plainly(n.failed)), "listener")
	}
	p.session(ctx, open, starttls)
}

// offers asks whether the server offers or demands STARTTLS, and says goodbye.
func (p *peer) offers(ctx context.Context) (string, error) {
	conn, done, err := p.call(ctx, p.at)
	if err != nil {
		return "", err
	}
	defer done()
	if p.starttls == "imap" {
		return imapOffers(conn)
	}
	return smtpOffers(conn)
}

// turned opens a connection and turns it to TLS.
func (p *peer) turned(ctx context.Context) (net.Conn, func(), error) {
	conn, done, err := p.call(ctx, p.at)
	if err != nil {
		return nil, nil, err
	}
	turn := smtpTurn
	if p.starttls == "imap" {
		turn = imapTurn
	}
	if err := turn(conn); err != nil {
		done()
		return nil, nil, err
	}
	return conn, done, nil
}

// smtpOffers reads what a mail server offers. MAIL FROM:<> begins a message that RSET ends at once; servers that demand TLS refuse it with
// 530 and name STARTTLS: https://datatracker.ietf.org/doc/html/rfc3207#section-4
func smtpOffers(conn net.Conn) (string, error) {
	offered, err := smtpGreeting(conn)
	if err != nil {
		return "", err
	}
	if !offered {
		_, _ = conn.Write([]byte("QUIT\r\n"))
		return "none", nil
	}
	code, lines, err := smtpSay(conn, "MAIL FROM:<>")
	if err != nil {
		return "", err
	}
	_, _ = conn.Write([]byte("RSET\r\nQUIT\r\n"))
	if text := strings.ToUpper(strings.Join(lines, " ")); code == 530 && strings.Contains(text, "TLS") {
		return "required", nil
	}
	return "offered", nil
}

// smtpGreeting waits for the server and greets it with the address that it sees: https://datatracker.ietf.org/doc/html/rfc5321#section-4.1.3
func smtpGreeting(conn net.Conn) (offered bool, err error) {
	code, _, err := readSMTP(conn)
	if err != nil {
		return false, err
	}
	if code != 220 {
		return false, errDialog
	}
	code, lines, err := smtpSay(conn, "EHLO "+literal(conn.LocalAddr()))
	if err != nil {
		return false, err
	}
	if code != 250 { // a server that does not know EHLO offers nothing: https://datatracker.ietf.org/doc/html/rfc5321#section-3.2
		if code == 500 || code == 502 {
			return false, nil
		}
		return false, errDialog
	}
	for n, line := range lines {
		if fields := strings.Fields(line); n > 0 && len(fields) > 0 && strings.EqualFold(fields[0], "STARTTLS") {
			return true, nil
		}
	}
	return false, nil
}

func literal(a net.Addr) string {
	if a != nil {
		if at, err := netip.ParseAddrPort(a.String()); err == nil && at.Addr().Unmap().Is6() {
			return "[IPv6:" + at.Addr().WithZone("").String() + "]"
		} else if err == nil {
			return "[" + at.Addr().Unmap().String() + "]"
		}
	}
	return "[127.0.0.1]"
}

func smtpTurn(conn net.Conn) error {
	if _, err := smtpGreeting(conn); err != nil {
		return err
	}
	code, _, err := smtpSay(conn, "STARTTLS")
	if err == nil && code != 220 {
		err = errDialog
	}
	return err
}

func smtpSay(conn net.Conn, line string) (int, []string, error) {
	if _, err := conn.Write([]byte(line + "\r\n")); err != nil {
		return 0, nil, err
	}
	return readSMTP(conn)
}

// imapOffers reads what an IMAP server offers. LOGINDISABLED says that it takes no password before TLS:
// https://datatracker.ietf.org/doc/html/rfc9051#section-6.2.3
func imapOffers(conn net.Conn) (string, error) {
	able, err := imapGreeting(conn)
	if err != nil {
		return "", err
	}
	_, _ = conn.Write([]byte("b LOGOUT\r\n"))
	switch {
	case !able["STARTTLS"]:
		return "none", nil
	case able["LOGINDISABLED"]:
		return "required", nil
	}
	return "offered", nil
}

// imapGreeting waits for the server and asks what it is able to do.
func imapGreeting(conn net.Conn) (map[string]bool, error) {
	hello, err := readLine(conn)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(strings.ToUpper(hello), "* OK") {
		return nil, errDialog
	}
	ok, lines, err := imapSay(conn, "a", "CAPABILITY")
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errDialog
	}
	able := map[string]bool{}
	for _, line := range lines {
		words := strings.Fields(strings.ToUpper(line))
		if len(words) > 1 && words[1] == "CAPABILITY" {
			for _, w := range words[2:] {
				able[w] = true
			}
		}
	}
	return able, nil
}

func imapTurn(conn net.Conn) error {
	if _, err := imapGreeting(conn); err != nil {
		return err
	}
	ok, _, err := imapSay(conn, "b", "STARTTLS")
	if err == nil && !ok {
		err = errDialog
	}
	return err
}

func imapSay(conn net.Conn, tag, command string) (ok bool, lines []string, err error) {
	if _, err := conn.Write([]byte(tag + " " + command + "\r\n")); err != nil {
		return false, nil, err
	}
	return readIMAP(conn, tag)
}
