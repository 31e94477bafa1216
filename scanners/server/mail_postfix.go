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
	postfixDoc    = "https://www.postfix.org/postconf.5.html"
	postfixMain   = "/etc/postfix/main.cf"
	postfixMaster = "/etc/postfix/master.cf"
)

// postfix reads what the services of Postfix do: each has the parameters of main.cf, unless master.cf gives it others.
func (h *host) postfix() {
	conf, err := mail.ReadPostfix(h, postfixMain)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, capture.ErrNotCollected) && !h.Live:
		return
	case err != nil:
		h.hide(why(postfixMain, err), "mail_server")
		return
	}
	services, err := mail.ReadMaster(h, postfixMaster)
	m := evidence.MailServer{InboundTLS: untold[string](postfixMaster, err), OutboundTLS: untold[string](postfixMaster, err), TLSMin: untold[int](postfixMaster, err)}
	if err == nil {
		p := postfixHost{h, conf}
		m = evidence.MailServer{InboundTLS: p.inbound(services), OutboundTLS: p.outbound(services), TLSMin: p.tlsMin(services)}
	}
	h.add(thing{name: "postfix", files: []string{postfixMain, postfixMaster}, daemons: []string{"master"}}, m)
}

// postfixHost is a Postfix, or a service of it, while it is read.
type postfixHost struct {
	*host
	conf mail.Postfix
}

// at is where a parameter stands.
func (p postfixHost) at(name string) evidence.Position {
	raw, set := p.conf.Parameters[name]
	if !set {
		return p.line(p.conf.File, 0, "")
	}
	return p.line(raw.File, raw.Line, name+" = "+raw.Value)
}

// unclear is what is not understood in a parameter.
func unclear[T any](p postfixHost, name string) evidence.Value[T] {
	return evidence.Unresolved[T](evidence.Because("host_not_understood", "what", name+" = "+p.conf.Parameters[name].Value)).At(p.at(name))
}

// parameter makes a setting of a parameter. An absent one has Postfix's own default.
func parameter(p postfixHost, name, unset string, read func(string) (string, bool)) evidence.Value[string] {
	if _, set := p.conf.Parameters[name]; !set {
		v, _ := read(unset)
		return evidence.Default(v, postfixDoc).At(p.at(name))
	}
	expanded, ok := p.conf.Get(name)
	if v, known := read(expanded.Value); ok && known {
		return evidence.Known(v).At(p.at(name))
	}
	return unclear[string](p, name)
}

// weakest is the one of the values that comes first in an order, or one that is not known, unless another is as weak as can be.
func weakest(order []string, all []evidence.Value[string]) evidence.Value[string] {
	best := all[0]
	for _, v := range all {
		text, known := v.Get()
		was, wasKnown := best.Get()
		switch {
		case known && text == order[0]:
			return v
		case !known, wasKnown && slices.Index(order, text) < slices.Index(order, was):
			best = v
		}
	}
	return best
}

// listeners are the services that take mail from the network: smtpd itself, and the one to which postscreen hands its connections. The
// answer says whether inet_interfaces lets in others than this host.
func (p postfixHost) listeners(services []mail.Service) ([]postfixHost, evidence.Value[string]) {
	reach := parameter(p, "inet_interfaces", "all", func(v string) (string, bool) {
		return listensOn(strings.FieldsFunc(strings.ReplaceAll(v, "loopback-only", "127.0.0.1"), func(r rune) bool { return r == ',' || r == ' ' })), true
	})
	var all []postfixHost
	for _, s := range services {
		if (s.Type == "inet" || s.Type == "pass") && s.Command == "smtpd" && !s.Local() {
			all = append(all, postfixHost{p.host, p.conf.In(s)})
		}
	}
	return all, reach
}

// inbound is the weakest of the services.
func (p postfixHost) inbound(services []mail.Service) evidence.Value[string] {
	all, reach := p.listeners(services)
	if where, known := reach.Get(); known && where == listensLocal {
		return evidence.Known("local").At(reach.Positions()...)
	}
	if len(all) == 0 {
		return evidence.Known("local").At(p.line(postfixMaster, 0, ""))
	}
	var levels []evidence.Value[string]
	for _, s := range all {
		levels = append(levels, s.offers())
	}
	return weakest([]string{"none", "offered", "required"}, levels)
}

// offers reads smtpd_tls_security_level, and whether TLS comes first. Without a certificate Postfix offers no TLS, whatever the level.
// https://www.postfix.org/postconf.5.html#smtpd_tls_wrappermode
func (p postfixHost) offers() evidence.Value[string] {
	if !slices.ContainsFunc([]string{"smtpd_tls_cert_file", "smtpd_tls_chain_files", "smtpd_tls_eccert_file"}, func(name string) bool { return p.conf.Parameters[name].Value != "" }) {
		return evidence.Default("none", postfixDoc).At(p.line(p.conf.File, 0, ""))
	}
	wrapped := parameter(p, "smtpd_tls_wrappermode", "no", yesOrNo)
	switch on, known := wrapped.Get(); {
	case !known:
		return wrapped
	case on == "yes":
		return evidence.Known("required").At(wrapped.Positions()...)
	}
	if old := p.older("smtpd"); old != "" {
		return unclear[string](p, old)
	}
	return parameter(p, "smtpd_tls_security_level", "", func(v string) (string, bool) {
		level, ok := map[string]string{"": "none", "none": "none", "may": "offered", "encrypt": "required"}[v]
		return level, ok
	})
}

func yesOrNo(v string) (string, bool) { return v, v == "yes" || v == "no" }

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

// outbound is the weakest of the services that deliver by SMTP. A table of policies may give single destinations another level.
func (p postfixHost) outbound(services []mail.Service) evidence.Value[string] {
	var levels []evidence.Value[string]
	for _, s := range services {
		if s.Command == "smtp" {
			levels = append(levels, postfixHost{p.host, p.conf.In(s)}.demands())
		}
	}
	if len(levels) == 0 {
		return p.demands()
	}
	return weakest([]string{"none", "opportunistic", "required", "verified"}, levels)
}

// demands reads smtp_tls_security_level.
func (p postfixHost) demands() evidence.Value[string] {
	if old := p.older("smtp"); old != "" {
		return unclear[string](p, old)
	}
	if p.conf.Parameters["smtp_tls_policy_maps"].Value != "" {
		return unclear[string](p, "smtp_tls_policy_maps")
	}
	return parameter(p, "smtp_tls_security_level", "", func(v string) (string, bool) {
		level, ok := map[string]string{"": "none", "none": "none", "may": "opportunistic", "dane": "opportunistic", "encrypt": "required", "dane-only": "verified",
			"fingerprint": "verified", "verify": "verified", "secure": "verified"}[v]
		return level, ok
	})
}

// tlsMin is the lowest version of the services that offer TLS, or of main.cf where none does.
func (p postfixHost) tlsMin(services []mail.Service) evidence.Value[int] {
	all, _ := p.listeners(services)
	lowest := p.lowest("smtpd_tls_protocols")
	first := true
	for _, s := range all {
		offers, known := s.offers().Get()
		if known && offers == "none" {
			continue
		}
		name := "smtpd_tls_protocols"
		if offers == "required" {
			name = "smtpd_tls_mandatory_protocols"
		}
		one := s.lowest(name)
		if !known && one.State() == evidence.StateKnown { // either parameter may count
			one = least(one, s.lowest("smtpd_tls_mandatory_protocols"))
		}
		if lowest = least(lowest, one); first {
			lowest, first = one, false
		}
	}
	return lowest
}

// least is the lower of two values, or the one that is not known.
func least(a, b evidence.Value[int]) evidence.Value[int] {
	first, known := a.Get()
	second, other := b.Get()
	if !known || other && first <= second {
		return a
	}
	return b
}

// lowest reads a list of protocols, which are all where none is set: the lowest as >=TLSv1.2, those that are left out as !TLSv1, or else those
// that are meant. https://www.postfix.org/postconf.5.html#smtpd_tls_mandatory_protocols
func (p postfixHost) lowest(name string) evidence.Value[int] {
	_, set := p.conf.Parameters[name]
	expanded, ok := p.conf.Get(name)
	if set && !ok {
		return unclear[int](p, name)
	}
	var only []webtls.Version
	enabled := fromVersion(webtls.TLS10)
	for word := range strings.FieldsFuncSeq(expanded.Value, func(r rune) bool { return strings.ContainsRune(", :\t", r) }) {
		version := webtls.Named(strings.TrimLeft(word, "!<>="))
		switch {
		case version == webtls.None && !strings.Contains(word, "SSL"), strings.HasPrefix(word, "<="):
			return unclear[int](p, name)
		case strings.HasPrefix(word, ">="):
			enabled = slices.DeleteFunc(enabled, func(v webtls.Version) bool { return v < version })
		case strings.HasPrefix(word, "!"):
			enabled = slices.DeleteFunc(enabled, func(v webtls.Version) bool { return v == version })
		default:
			only = append(only, version)
		}
	}
	if len(only) > 0 {
		enabled = slices.DeleteFunc(enabled, func(v webtls.Version) bool { return !slices.Contains(only, v) })
	}
	return p.negotiated(enabled, "").At(p.at(name))
}
