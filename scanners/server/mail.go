package server

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/mail"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

const (
	eximDoc    = "https://www.exim.org/exim-html-current/doc/html/spec_html/ch-encrypted_smtp_connections_using_tlsssl.html"
	postfixDoc = "https://www.postfix.org/postconf.5.html"
)

// mailServers reads Exim and Postfix.
func mailServers() reader {
	return reader{name: "mail", kinds: []evidence.Kind{"mail_server"}, read: func(h *host) {
		h.exim()
		h.postfix()
	}}
}

// exim reads what Exim says of itself: its files are full of macros and conditions.
func (h *host) exim() {
	if !h.eximInstalled() {
		return
	}
	main, err := h.Output("exim-bP")
	if err != nil {
		h.hide(why("exim -bP", err), "mail_server")
		return
	}
	transports, transportsErr := h.Output("exim-transports")
	e := mail.ReadExim(main, transports)
	at := h.said("exim-bP")
	m := evidence.MailServer{InboundTLS: eximInbound(e).At(at), TLSMin: h.eximMin(e)}
	if m.OutboundTLS = eximOutbound(e).At(h.said("exim-transports")); transportsErr != nil {
		m.OutboundTLS = untold[string]("exim -bP transports", transportsErr)
	}
	h.add(thing{name: "exim", level: evidence.LevelImplementation}, m)
}

// eximInstalled says whether there is an Exim: its configuration is there, or it answered.
func (h *host) eximInstalled() bool {
	if c, err := h.Command("exim-bP"); err == nil {
		return c.Exit != 127
	}
	for _, file := range []string{"/etc/exim4/update-exim4.conf.conf", "/etc/exim4/exim4.conf", "/etc/exim.conf", "/etc/exim/exim.conf"} {
		if _, err := h.Stat(file); err == nil || errors.Is(err, fs.ErrPermission) {
			return true
		}
	}
	return false
}

func eximInbound(e mail.Exim) evidence.Value[string] {
	advertised, told := e.Options["tls_advertise_hosts"]
	switch {
	case e.Local():
		return evidence.Known("local")
	case !told:
		return evidence.Unresolved[string](evidence.Because("host_not_understood", "what", "tls_advertise_hosts"))
	case advertised == "":
		return evidence.Known("none")
	case advertised == "*":
		return evidence.Known("offered")
	}
	return evidence.Unresolved[string](evidence.Because("host_not_understood", "what", "tls_advertise_hosts = "+advertised))
}

// eximOutbound is the weakest of the transports that speak SMTP. https://www.exim.org/exim-html-current/doc/html/spec_html/ch-the_smtp_transport.html
func eximOutbound(e mail.Exim) evidence.Value[string] {
	order := []string{"none", "opportunistic", "required", "verified"}
	weakest := len(order)
	for _, name := range sortedKeys(e.Transports) {
		t := e.Transports[name]
		if t["driver"] != "smtp" {
			continue
		}
		level := 1
		switch {
		case t["hosts_avoid_tls"] == "*":
			level = 0
		case t["hosts_avoid_tls"] != "":
			return evidence.Unresolved[string](evidence.Because("host_not_understood", "what", "hosts_avoid_tls of "+name))
		case t["hosts_require_tls"] == "*" && t["tls_verify_hosts"] == "*":
			level = 3
		case t["hosts_require_tls"] == "*":
			level = 2
		}
		weakest = min(weakest, level)
	}
	if weakest == len(order) {
		return evidence.Unresolved[string](evidence.Because("host_not_understood", "what", "the transports of Exim"))
	}
	return evidence.Known(order[weakest])
}

// eximMin is known for an Exim that was built with OpenSSL and sets no options of it.
func (h *host) eximMin(e mail.Exim) evidence.Value[int] {
	version, err := h.Output("exim-version")
	if err != nil {
		return untold[int]("exim -bV", err)
	}
	if !strings.Contains(string(version), "OpenSSL") || strings.Contains(string(version), "GnuTLS") {
		return evidence.Unresolved[int](evidence.Because("tls_library_decides", "library", "GnuTLS")).At(h.said("exim-version"))
	}
	if e.Options["openssl_options"] != "" {
		return evidence.Unresolved[int](evidence.Because("host_not_understood", "what", "openssl_options")).At(h.said("exim-bP"))
	}
	return h.negotiated(fromVersion(webtls.TLS10), e.Options["tls_require_ciphers"]).At(h.said("exim-bP"))
}

// postfix reads the main.cf of Postfix.
func (h *host) postfix() {
	const file = "/etc/postfix/main.cf"
	conf, err := mail.ReadPostfix(h, file)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, capture.ErrNotCollected) && !h.Live:
		return
	case err != nil:
		h.hide(why(file, err), "mail_server")
		return
	}
	p := postfixHost{h, conf}
	h.add(thing{name: "postfix", files: []string{file}, daemons: []string{"master"}}, evidence.MailServer{InboundTLS: p.inbound(), OutboundTLS: p.outbound(), TLSMin: p.tlsMin()})
}

// postfixHost is a Postfix while it is read.
type postfixHost struct {
	*host
	conf mail.Postfix
}

// parameter makes a setting of a parameter. An empty or absent one has Postfix's own default.
func parameter(p postfixHost, name, unset string, read func(string) (string, bool)) evidence.Value[string] {
	raw, set := p.conf.Parameters[name]
	at := p.line(p.conf.File, raw.Line, name+" = "+raw.Value)
	if !set {
		v, _ := read(unset)
		return evidence.Default(v, postfixDoc).At(at)
	}
	expanded, ok := p.conf.Get(name)
	if v, known := read(expanded.Value); ok && known {
		return evidence.Known(v).At(at)
	}
	return evidence.Unresolved[string](evidence.Because("host_not_understood", "what", name+" = "+raw.Value)).At(at)
}

// inbound reads inet_interfaces and smtpd_tls_security_level. Without a certificate Postfix offers no TLS, whatever the level.
func (p postfixHost) inbound() evidence.Value[string] {
	local := parameter(p, "inet_interfaces", "all", func(v string) (string, bool) {
		return listensOn(strings.FieldsFunc(strings.ReplaceAll(v, "loopback-only", "127.0.0.1"), func(r rune) bool { return r == ',' || r == ' ' })), true
	})
	if where, known := local.Get(); known && where == listensLocal {
		return evidence.Known("local").At(local.Positions()...)
	}
	if !slices.ContainsFunc([]string{"smtpd_tls_cert_file", "smtpd_tls_chain_files", "smtpd_tls_eccert_file"}, func(name string) bool { return p.conf.Parameters[name].Value != "" }) {
		return evidence.Default("none", postfixDoc).At(p.line(p.conf.File, 0, ""))
	}
	if old := p.older("smtpd"); old != "" {
		return evidence.Unresolved[string](evidence.Because("host_not_understood", "what", old)).At(p.line(p.conf.File, p.conf.Parameters[old].Line, ""))
	}
	return parameter(p, "smtpd_tls_security_level", "", func(v string) (string, bool) {
		level, ok := map[string]string{"": "none", "none": "none", "may": "offered", "encrypt": "required"}[v]
		return level, ok
	})
}

// older is the parameter of Postfix before 2.3 that counts where the security level is empty.
// https://www.postfix.org/postconf.5.html#smtpd_use_tls
func (p postfixHost) older(side string) string {
	if p.conf.Parameters[side+"_tls_security_level"].Value != "" {
		return ""
	}
	for _, name := range []string{side + "_enforce_tls", side + "_use_tls"} {
		if v := p.conf.Parameters[name].Value; v != "" && v != "no" {
			return name
		}
	}
	return ""
}

func (p postfixHost) outbound() evidence.Value[string] {
	if old := p.older("smtp"); old != "" {
		return evidence.Unresolved[string](evidence.Because("host_not_understood", "what", old)).At(p.line(p.conf.File, p.conf.Parameters[old].Line, ""))
	}
	return parameter(p, "smtp_tls_security_level", "", func(v string) (string, bool) {
		level, ok := map[string]string{"": "none", "none": "none", "may": "opportunistic", "dane": "opportunistic", "encrypt": "required", "dane-only": "verified",
			"fingerprint": "verified", "verify": "verified", "secure": "verified"}[v]
		return level, ok
	})
}

// tlsMin reads smtpd_tls_protocols: the lowest version as >=TLSv1.2, or versions that are left out as !TLSv1.
func (p postfixHost) tlsMin() evidence.Value[int] {
	raw, set := p.conf.Parameters["smtpd_tls_protocols"]
	at := p.line(p.conf.File, raw.Line, "smtpd_tls_protocols = "+raw.Value)
	expanded, ok := p.conf.Get("smtpd_tls_protocols")
	if set && !ok {
		return evidence.Unresolved[int](evidence.Because("host_not_understood", "what", "smtpd_tls_protocols")).At(at)
	}
	enabled := fromVersion(webtls.TLS10)
	for word := range strings.FieldsFuncSeq(expanded.Value, func(r rune) bool { return strings.ContainsRune(", :", r) }) {
		name := strings.TrimLeft(word, "!<>=")
		version := webtls.Named(name)
		switch {
		case version == webtls.None || strings.HasPrefix(word, "<="):
		case strings.HasPrefix(word, ">="):
			enabled = fromVersion(version)
		case strings.HasPrefix(word, "!"):
			enabled = slices.DeleteFunc(enabled, func(v webtls.Version) bool { return v == version })
		default:
			return evidence.Unresolved[int](evidence.Because("host_not_understood", "what", "smtpd_tls_protocols = "+raw.Value)).At(at)
		}
	}
	return p.negotiated(enabled, "").At(at)
}
