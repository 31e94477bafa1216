package apache

import (
	"slices"
	"strings"
)

// DocProtocol tells the default of SSLProtocol.
const DocProtocol = "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol"

// TLS is what a host does with TLS on one socket.
type TLS struct {
	On        bool
	Protocols []string // that the configuration enables, such as TLSv1.2
	Ciphers   string   // of SSLCipherSuite for versions below 1.3, empty for the library's own list
	At        Position // what decides it
	Default   bool     // the protocols are httpd's own
	Doubt     *Problem
}

// TLS says what a host does with TLS on the socket. Whether there is TLS is decided by the socket's default host, for httpd has not read
// the name then: https://httpd.apache.org/docs/2.4/ssl/ssl_faq.html. With the name it takes the versions of the host itself or of the
// main server, and only where neither has any those of the default host. Before 2.4.42 the default host's were taken for all.
func (k Socket) TLS(h *Host) TLS {
	base := k.Hosts[0].scope()
	on, at, doubt := base.engine()
	if doubt == nil {
		doubt = otherTLS(h.server.Tree)
	}
	if !on || doubt != nil {
		return TLS{At: at, Doubt: doubt}
	}
	own := h.scope()
	if engine, _, doubt := own.engine(); doubt != nil {
		return TLS{At: at, Doubt: doubt}
	} else if !engine {
		own = base
	}
	t := protocols(base)
	if own.host != base.host {
		t = k.named(own, base, t)
	}
	t.On = true
	if t.At == (Position{}) {
		t.At = at
	}
	ciphers(own, &t)
	return t
}

// named is what holds for a host that is not the default one.
func (k Socket) named(own, base scope, t TLS) TLS {
	mine := protocols(own)
	if mine.Default && mine.Doubt == nil || same(mine, t) {
		return t
	}
	c, known := compareVersions(base.host.server.Tree.Version, "2.4.42")
	switch {
	case base.host.server.Tree.Version == "" || !known:
		mine.Doubt = first(mine.Doubt, &Problem{Position: mine.At, What: "the version of httpd"})
		return mine
	case c < 0:
		return t
	}
	return mine
}

func same(a, b TLS) bool {
	return a.Doubt == nil && b.Doubt == nil && slices.Equal(a.Protocols, b.Protocols)
}

// engine reads SSLEngine. With "optional" plain requests are answered too. https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine
func (sc scope) engine() (on bool, at Position, doubt *Problem) {
	d, doubt := sc.last("sslengine")
	if d == nil {
		return false, Position{}, doubt
	}
	return d.args() == "on", d.At, doubt
}

// args are the arguments in lower case.
func (d *Directive) args() string { return strings.ToLower(strings.Join(d.Args, " ")) }

// otherTLS is the problem of TLS by a module that is not understood.
func otherTLS(t *Tree) *Problem {
	for _, module := range []string{"gnutls_module", "nss_module", "tls_module"} {
		if loaded, _ := t.Loaded(module); loaded {
			return &Problem{What: module}
		}
	}
	return nil
}

// protocols reads SSLProtocol. A version without a sign takes the place of all before it.
func protocols(sc scope) TLS {
	d, doubt := sc.last("sslprotocol")
	if command, unread := sc.last("sslopensslconfcmd"); command != nil || unread != nil {
		doubt = first(doubt, unread, conf(command))
	}
	if policy, _ := sc.last("sslpolicy"); policy != nil {
		doubt = first(doubt, &Problem{Position: policy.At, What: policy.At.File})
	}
	all := []string{"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"}
	if d == nil {
		return TLS{Protocols: all, Default: true, Doubt: doubt}
	}
	t := TLS{At: d.At, Doubt: doubt}
	for _, arg := range d.Args {
		name := strings.TrimLeft(arg, "+-")
		var these []string
		for _, known := range append([]string{"SSLv2", "SSLv3"}, all...) {
			if strings.EqualFold(known, name) {
				these = []string{known}
			}
		}
		if strings.EqualFold(name, "all") {
			these = all
		}
		if these == nil {
			t.Doubt = first(t.Doubt, &Problem{Position: d.At, What: d.At.File})
		}
		switch {
		case strings.HasPrefix(arg, "-"):
			t.Protocols = slices.DeleteFunc(slices.Clone(t.Protocols), func(p string) bool { return slices.Contains(these, p) })
		case strings.HasPrefix(arg, "+"):
			t.Protocols = append(t.Protocols, these...)
		default:
			t.Protocols = slices.Clone(these)
		}
	}
	t.Protocols = contiguous(t.Protocols)
	return t
}

// contiguous keeps the highest version and those below it without a hole, as mod_ssl does when it tells OpenSSL the lowest and the
// highest version.
func contiguous(versions []string) []string {
	var kept []string
	for _, v := range []string{"TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"} {
		if slices.Contains(versions, v) {
			kept = append([]string{v}, kept...)
		} else if len(kept) > 0 {
			break
		}
	}
	return kept
}

// conf is the problem of a command for OpenSSL that may set versions.
func conf(d *Directive) *Problem {
	if d == nil || len(d.Args) == 0 {
		return nil
	}
	harmless := []string{"dhparameters", "curves", "groups", "ecdhparameters", "signaturealgorithms", "clientsignaturealgorithms"}
	if slices.Contains(harmless, strings.ToLower(d.Args[0])) {
		return nil
	}
	return &Problem{Position: d.At, What: d.At.File}
}

// ciphers reads SSLCipherSuite [protocol] list. https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite
func ciphers(sc scope, t *TLS) {
	for _, list := range [][]*Directive{sc.own, sc.main} {
		var below []*Directive
		for _, d := range list {
			if d.Name == "" || d.Name == "sslciphersuite" && (len(d.Args) == 1 || !strings.EqualFold(d.Args[0], "TLSv1.3")) {
				below = append(below, d)
			}
		}
		d, doubt := lastOf(below, "sslciphersuite")
		t.Doubt = first(t.Doubt, doubt)
		if d != nil && len(d.Args) > 0 {
			t.Ciphers = d.Args[len(d.Args)-1]
			return
		}
	}
}
