package server

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/mail"
	"github.com/tomscan/tomscan/scanners/server/webtls"
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
