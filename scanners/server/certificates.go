package server

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// certificate makes the fact of a certificate that a server presents: the first of its file.
func (h *host) certificate(file string, t thing) {
	at := h.line(file, 0, "")
	c := evidence.Certificate{
		Region: evidence.Unresolved[string](evidence.Because("location_not_observable")),
		InUse:  evidence.Known(true).At(t.at...),
		Renews: h.renews(file).At(at),
	}
	text, err := h.Read(file)
	leaf, parseErr := firstCertificate(text)
	switch {
	case err != nil:
		c.DaysLeft, c.KeyBits = untold[int](file, err), untold[int](file, err)
	case parseErr != nil:
		c.DaysLeft, c.KeyBits = untold[int](file, parseErr), untold[int](file, parseErr)
	default:
		c.KeyBits = evidence.Unresolved[int](evidence.Because("host_not_understood", "what", "the key of the certificate"))
		if n, ok := evidence.KeyBitsOf(leaf.PublicKey); ok {
			c.KeyBits = evidence.Known(n).At(at)
		}
		if c.DaysLeft = evidence.Unresolved[int](evidence.Because("no_time_of_capture")); !h.At.IsZero() {
			c.DaysLeft = evidence.Known(max(0, int(leaf.NotAfter.Sub(h.At)/(24*time.Hour)))).At(at)
		}
	}
	h.add(t, c)
}

func firstCertificate(text []byte) (*x509.Certificate, error) {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "CERTIFICATE" {
			return x509.ParseCertificate(block.Bytes)
		}
	}
	return nil, errors.New("no certificate")
}

// letsencrypt is the directory of certbot.
const letsencrypt = "/etc/letsencrypt/"

// renews says whether the host renews a certificate by itself: it is certbot's, certbot's own file of it does not turn that off, and
// certbot's timer or cron job runs. https://eff-certbot.readthedocs.io/en/stable/using.html#automated-renewals
func (h *host) renews(file string) evidence.Value[bool] {
	notSeen := evidence.Unresolved[bool](evidence.Because("renewal_not_seen"))
	lineage, ours := strings.CutPrefix(file, letsencrypt+"live/")
	if !ours {
		return notSeen
	}
	lineage, _, _ = strings.Cut(lineage, "/")
	renewal := letsencrypt + "renewal/" + lineage + ".conf"
	switch text, err := h.Read(renewal); {
	case errors.Is(err, fs.ErrNotExist):
		return notSeen
	case err != nil:
		return untold[bool](renewal, err)
	default:
		if n := autorenewOff(string(text)); n > 0 {
			return evidence.Known(false).At(h.line(renewal, n, "autorenew = False"))
		}
	}
	for _, name := range []string{"certbot", "certbot-renew", "snap.certbot.renew"} {
		timer, err := systemd.Of(h.Capture).Enabled(name + ".timer")
		service, err2 := systemd.Of(h.Capture).Enabled(name + ".service")
		if err == nil && err2 == nil && timer.Starts && service.State != "masked" && h.systemdRuns() {
			return evidence.Known(true)
		}
	}
	cron, _ := h.cronRuns().Get()
	if _, err := h.Stat("/etc/cron.d/certbot"); err == nil && cron && !h.systemdRuns() { // its line does nothing beside systemd
		return evidence.Known(true)
	}
	return notSeen
}

// autorenewOff is the line of a lineage's file that turns its renewal off, or 0.
// https://eff-certbot.readthedocs.io/en/stable/using.html#modifying-the-renewal-configuration-of-existing-certificates
func autorenewOff(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		n++
		key, value, _ := strings.Cut(line, "=")
		if strings.TrimSpace(key) == "autorenew" && strings.EqualFold(strings.TrimSpace(value), "false") {
			return n
		}
	}
	return 0
}
