package probe

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// scheme says how an endpoint is spoken to.
type scheme struct {
	name     string
	port     int    // where none is named
	protocol string // of its listener
	starttls string // the protocol that begins in clear text and turns to TLS: smtp or imap
	implicit bool   // it begins with TLS and would know STARTTLS otherwise
	paths    bool   // an address may go on with a path
}

// schemes are all that may be declared, sorted. Ports: https://www.iana.org/assignments/service-names-port-numbers
func schemes() []scheme {
	return []scheme{
		{name: "http", port: 80, protocol: "http", paths: true},
		{name: "https", port: 443, protocol: "https", paths: true},
		{name: "imap", port: 143, protocol: "tls", starttls: "imap"},
		{name: "imaps", port: 993, protocol: "tls", implicit: true},
		{name: "smtp", port: 25, protocol: "tls", starttls: "smtp"},
		{name: "smtps", port: 465, protocol: "tls", implicit: true},
		{name: "tls", protocol: "tls"},
	}
}

// target is one endpoint that was declared.
type target struct {
	scheme
	text string // the one way to write it, which names its facts
	host string // a name in lower case, or an address
	at   int    // port
	path string // of http and https, "/" at least
}

// looks is what an endpoint looks like, for errors.
const looks = "it looks like https://www.example.com, http://HOST, smtp://mail.example.com:587, smtps://HOST, imap://HOST, imaps://HOST or tls://HOST:PORT"

// parse reads an endpoint.
func parse(text string) (target, error) {
	refuse := func(why string) (target, error) {
		return target{}, fmt.Errorf("endpoint %q: %s; %s", shorten(text), why, looks)
	}
	u, err := url.Parse(text)
	if err != nil || u.Opaque != "" || !strings.Contains(text, "://") {
		return refuse("it is no address")
	}
	t := target{path: "/"}
	for _, s := range schemes() {
		if s.name == u.Scheme {
			t.scheme = s
		}
	}
	switch {
	case t.name == "":
		return refuse("nothing is known of " + strconv.Quote(shorten(u.Scheme)))
	case u.User != nil:
		return target{}, fmt.Errorf("an endpoint names an account; leave it out: nobody signs in there")
	case u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return refuse("it has a query or a fragment")
	case !t.paths && u.Path != "" && u.Path != "/":
		return refuse("only http and https have paths")
	}
	if t.host, err = hostOf(u.Hostname()); err != nil {
		return refuse(err.Error())
	}
	if t.at, err = portOf(u.Port(), t.port); err != nil || strings.HasSuffix(u.Host, ":") {
		return refuse("it needs a port from 1 to 65535")
	}
	if t.paths && u.Path != "" {
		t.path = u.EscapedPath()
	}
	t.text = t.name + "://" + t.host
	if strings.Contains(t.host, ":") {
		t.text = t.name + "://[" + t.host + "]"
	}
	if t.at != t.port {
		t.text += ":" + strconv.Itoa(t.at)
	}
	if t.path != "/" {
		t.text += t.path
	}
	return t, nil
}

// hostOf checks a host: an address without a zone, or a name of the letters, digits, hyphens and underscores that DNS has.
func hostOf(host string) (string, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		if a.Zone() != "" {
			return "", fmt.Errorf("an address of a zone means something else on each machine")
		}
		return a.Unmap().String(), nil
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "" || len(host) > 253 {
		return "", fmt.Errorf("it needs a host")
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return "", fmt.Errorf("its host is no name; write names of other alphabets as xn--")
		}
	}
	return host, nil
}

func portOf(text string, otherwise int) (int, error) {
	if text == "" && otherwise != 0 {
		return otherwise, nil
	}
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("no port")
	}
	return int(n), nil
}

// shorten keeps what others wrote short enough to be shown.
func shorten(text string) string {
	if len(text) > 100 {
		return text[:100] + "..."
	}
	return text
}

// named says whether the host is a name, which goes into SNI; addresses must not: https://datatracker.ietf.org/doc/html/rfc6066#section-3
func (t target) named() bool {
	_, err := netip.ParseAddr(t.host)
	return err != nil
}

// joined is address and port.
func joined(a netip.Addr, port int) string { return net.JoinHostPort(a.String(), strconv.Itoa(port)) }
