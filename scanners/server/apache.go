package server

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/apache"
	"github.com/tomscan/tomscan/scanners/server/modsecurity"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// apacheServers reads Apache's httpd: what answers on each of its sockets, and what its virtual hosts do.
func apacheServers() reader {
	return reader{name: "apache", kinds: []evidence.Kind{"certificate", "listener", "web_site"}, read: readApache}
}

func readApache(h *host) {
	switch d := h.httpd(); {
	case d.server != nil:
		d.read(h)
	case d.unread != nil:
		h.hide(*d.unread, "certificate", "listener", "web_site")
	}
}

// httpd is Apache's httpd of a host.
type httpd struct {
	layout apache.Layout
	server *apache.Server   // nil where none is installed
	unread *evidence.Reason // why that is not known
}

// httpd reads the configuration of the first layout that is installed.
func (h *host) httpd() httpd {
	type httpdKey struct{}
	return shared(h, httpdKey{}, func() httpd {
		var none httpd
		for _, layout := range apache.Layouts() {
			installed, err := layout.Installed(h)
			if installed {
				return httpd{layout: layout, server: apache.Of(apache.Read(h, layout.Options(h, h.toldApache(layout))))}
			}
			if err != nil && none.unread == nil {
				unread := why(layout.Main, err)
				none.unread = &unread
			}
		}
		return none
	})
}

// apacheHost is an httpd while it is read.
type apacheHost struct {
	*host
	layout  apache.Layout
	server  *apache.Server
	library webtls.OpenSSL
}

// read makes the facts.
func (d httpd) read(h *host) {
	version, _ := h.Output("openssl")
	a := &apacheHost{host: h, layout: d.layout, server: d.server, library: webtls.Library(string(version), h)}
	for n := range a.server.Gaps {
		h.hide(a.because(&a.server.Gaps[n]), "certificate", "listener", "web_site")
	}
	sites, certificates := map[*apache.Host]bool{}, map[string]bool{}
	for _, socket := range a.server.Sockets() {
		for _, vhost := range socket.Hosts {
			a.listener(socket, vhost)
			a.certificates(socket, vhost, certificates)
			if !sites[vhost] {
				sites[vhost] = a.site(socket, vhost)
			}
		}
	}
}

var apacheVersion = regexp.MustCompile(`Apache/(\d+\.\d+\.\d+)`)

// toldApache is what the running host tells.
func (h *host) toldApache(layout apache.Layout) apache.Told {
	var t apache.Told
	if all, err := h.Processes(); err == nil {
		for _, p := range all {
			if p.Name == layout.Daemon && t.Arguments == "" {
				t.Arguments = p.Args
			}
		}
	}
	if out, err := h.Output("apache-M"); err == nil {
		t.Modules = string(out)
	}
	if out, err := h.Output("apache-V"); err == nil {
		if m := apacheVersion.FindSubmatch(out); m != nil {
			t.Version = string(m[1])
			return t
		}
	}
	t.Version = h.apachePackage()
	return t
}

var upstream = regexp.MustCompile(`^(?:\d+:)?(\d+\.\d+\.\d+)`)

// apachePackage is the version of httpd's package.
func (h *host) apachePackage() string {
	for _, command := range []string{"dpkg", "rpm"} {
		out, err := h.Output(command)
		if err != nil {
			continue
		}
		for line := range strings.SplitSeq(string(out), "\n") {
			f := strings.Fields(line)
			if len(f) < 2 || f[0] != "apache2-bin" && f[0] != "apache2" && f[0] != "httpd" && f[0] != "ea-apache24" {
				continue
			}
			if m := upstream.FindStringSubmatch(f[1]); m != nil {
				return m[1]
			}
		}
	}
	return ""
}

// because says why something of the configuration is not known.
func (a *apacheHost) because(p *apache.Problem) evidence.Reason {
	what := p.What
	if what == p.File && p.Line > 0 {
		what = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	if p.Err != nil {
		return why(what, p.Err)
	}
	return evidence.Because("host_not_understood", "what", what)
}

// at is the position of a line.
func (a *apacheHost) at(p apache.Position) evidence.Position { return a.line(p.File, p.Line, p.Text) }

// thing is a socket's or a host's.
func (a *apacheHost) thing(name string, at apache.Position) thing {
	return thing{name: name, at: []evidence.Position{a.at(at)}, files: a.server.Tree.Files, daemons: []string{a.layout.Daemon}}
}

// socketName is the address of a socket.
func socketName(k apache.Socket) string {
	if !k.IP.IsValid() {
		return fmt.Sprintf("*:%d", k.Listen.Port)
	}
	if k.IP.Is6() {
		return fmt.Sprintf("[%s]:%d", k.IP, k.Listen.Port)
	}
	return fmt.Sprintf("%s:%d", k.IP, k.Listen.Port)
}

// hostName is the name of a virtual host.
func hostName(h *apache.Host) string {
	switch {
	case h.Main():
		return "main"
	case h.Name == "":
		return "default"
	}
	return strings.ToLower(h.Name)
}

// doubtful is the setting, or why it is not known.
func doubtful[T any](a *apacheHost, doubt *apache.Problem, v evidence.Value[T], at apache.Position) evidence.Value[T] {
	if doubt == nil {
		return v.At(a.at(at))
	}
	reason := a.because(doubt)
	if reason.Code == "host_refused" {
		return evidence.Denied[T](reason)
	}
	return evidence.Unresolved[T](reason).At(a.at(doubt.Position))
}

// listener makes the fact of one host on one socket.
func (a *apacheHost) listener(k apache.Socket, vhost *apache.Host) {
	l := evidence.Listener{
		Region: evidence.Unresolved[string](evidence.Because("location_not_observable")),
		Public: a.public(k),
		Port:   evidence.Known(k.Listen.Port).At(a.at(k.Listen.At)),
	}
	tls, doubt := k.TLS(vhost), a.server.Doubt(k)
	if doubt == nil {
		doubt = tls.Doubt
	}
	switch {
	case doubt != nil && !tls.On:
		l.Protocol = doubtful(a, doubt, evidence.Known("https"), tls.At)
		l.TLSMin = doubtful(a, doubt, evidence.Known(0), tls.At)
		l.RedirectsToHTTPS = doubtful(a, doubt, evidence.Known(false), tls.At)
	case tls.On:
		l.Protocol = evidence.Known("https")
		l.TLSMin = a.lowest(tls, doubt)
		l.RedirectsToHTTPS = evidence.Known(false)
	default:
		l.Protocol = evidence.Known("http")
		l.TLSMin = evidence.Known(evidence.RankPlain)
		plain := k.Plain(vhost)
		if doubt = plain.Doubt; plain.Verdict == "" && doubt == nil {
			doubt = &apache.Problem{Position: vhost.At, What: vhost.At.File}
		}
		l.RedirectsToHTTPS = doubtful(a, doubt, evidence.Known(plain.Verdict == apache.Stopped), plain.At)
	}
	a.add(a.thing("apache/"+socketName(k)+"/"+hostName(vhost), vhost.At), l)
}

// lowest is the lowest version of TLS that is really negotiated.
func (a *apacheHost) lowest(t apache.TLS, doubt *apache.Problem) evidence.Value[int] {
	var enabled []webtls.Version
	for _, p := range t.Protocols {
		enabled = append(enabled, webtls.Named(p))
	}
	lowest, unknown := a.library.Negotiable(enabled, t.Ciphers)
	switch {
	case doubt != nil:
		return doubtful(a, doubt, evidence.Known(0), t.At)
	case unknown != "":
		return evidence.Unresolved[int](evidence.Because("host_not_understood", "what", string(unknown))).At(a.at(t.At))
	case t.Default:
		return evidence.Default(int(lowest), apache.DocProtocol).At(a.at(t.At))
	}
	return evidence.Known(int(lowest)).At(a.at(t.At))
}

// public says whether the world can reach a socket: never one on loopback or on a private address, nor through a packet filter that
// drops what comes for it.
func (a *apacheHost) public(k apache.Socket) evidence.Value[bool] {
	at := a.at(k.Listen.At)
	ip := k.IP
	if ip.IsValid() && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()) {
		return evidence.Known(false).At(at)
	}
	return a.reachable("tcp", k.Listen.Port).At(at)
}

// firewallMode is the setting of what ModSecurity does.
func (a *apacheHost) firewallMode(f apache.Firewall) evidence.Value[string] {
	if f.Doubt == nil && f.Mode == modsecurity.Off && f.At.Text == "" {
		return evidence.Default(string(modsecurity.Off), modsecurity.DocEngine).At(a.at(f.At))
	}
	return doubtful(a, f.Doubt, evidence.Known(string(f.Mode)), f.At)
}
