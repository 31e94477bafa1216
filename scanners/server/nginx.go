package server

import (
	"errors"
	"io/fs"
	"net/netip"
	"path"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/modsecurity"
	"github.com/tomscan/tomscan/scanners/server/nginx"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// nginxServers reads nginx: what answers on each of its sockets, and what its sites do.
func nginxServers() reader {
	return reader{name: "nginx", kinds: []evidence.Kind{"certificate", "listener", "web_site"}, read: readNginx}
}

// nginxServer is nginx of a host.
type nginxServer struct {
	nginxRun
	config nginx.Config
	found  bool              // it has a configuration that was read
	unread []evidence.Reason // why there may be more
}

// nginxServer reads the configuration.
func (h *host) nginxServer() nginxServer {
	type nginxKey struct{}
	return shared(h, nginxKey{}, func() nginxServer {
		run, unread := h.nginxStart()
		if run.main == "" {
			return nginxServer{unread: append(unread, evidence.Because("host_not_understood", "what", "nginx -c"))}
		}
		_, err := h.Stat(run.main)
		if errors.Is(err, fs.ErrNotExist) && run.main == nginxMain {
			return nginxServer{} // there is none
		}
		s := nginxServer{nginxRun: run, unread: unread}
		if err == nil {
			s.config, err = nginx.Load(h, run.main)
		}
		if s.found = err == nil; !s.found {
			s.unread = append(s.unread, why(run.main, err))
		}
		return s
	})
}

func readNginx(h *host) {
	server := h.nginxServer()
	for _, reason := range server.unread {
		h.hide(reason, "certificate", "listener", "web_site")
	}
	if !server.found {
		return
	}
	config := server.config
	version, _ := h.Output("openssl")
	build := nginx.Build{Version: h.nginxVersion(), OpenSSL: webtls.Library(string(version), h)}
	n := nginxHost{host: h, files: config.Files}
	sites := nginx.Read(config, build, h, path.Dir(server.main))
	for _, hidden := range sites.Hidden {
		h.hide(because(hidden), "certificate", "listener", "web_site")
	}
	for _, l := range sites.Listeners {
		n.listener(l)
	}
	for _, s := range sites.Sites {
		n.site(s)
	}
	for _, c := range sites.Certificates {
		h.certificate(c.File, n.thing("nginx/certificate"+c.File, []nginx.Position{c.At}))
	}
}

// nginxVersion is the version that nginx says itself, or that of its package; zero where neither is known.
func (h *host) nginxVersion() [3]int {
	if c, err := h.Command("nginx-V"); err == nil && c.Exit == 0 {
		return nginx.Version(string(c.Out) + string(c.Err))
	}
	packages, err := h.packages()
	if err != nil {
		return [3]int{}
	}
	for _, name := range []string{"nginx", "nginx-common", "nginx-light", "nginx-full", "nginx-extras"} {
		if version, ok := packages[name]; ok {
			return nginx.Version(version)
		}
	}
	return [3]int{}
}

// nginxHost is an nginx while it is read.
type nginxHost struct {
	*host
	files []string
}

func (n nginxHost) thing(name string, at []nginx.Position) thing {
	return thing{name: name, at: n.positions(at), files: n.files, daemons: []string{"nginx"}}
}

func (n nginxHost) positions(at []nginx.Position) []evidence.Position {
	var all []evidence.Position
	for _, p := range at {
		all = append(all, n.line(p.File, p.Line, p.Text))
	}
	return all
}

// because is why a setting is not known.
func because[T any](s nginx.Setting[T]) evidence.Reason {
	if s.Err != nil {
		return why(s.What, s.Err)
	}
	return evidence.Because("host_not_understood", "what", s.What)
}

// setting is what nginx does in one respect, turned into what a fact says.
func setting[T, U any](n nginxHost, s nginx.Setting[T], turn func(T) U) evidence.Value[U] {
	at := n.positions(s.At)
	switch {
	case !s.Known && errors.Is(s.Err, fs.ErrPermission):
		return evidence.Denied[U](because(s)).At(at...)
	case !s.Known:
		return evidence.Unresolved[U](because(s)).At(at...)
	case s.Default != "":
		return evidence.Default(turn(s.Value), s.Default).At(at...)
	}
	return evidence.Known(turn(s.Value)).At(at...)
}

func same[T any](v T) T { return v }

// listener makes the fact of one server on one socket. Streams that are passed on without TLS are no web's.
func (n nginxHost) listener(l nginx.Listener) {
	name := l.Name
	if name == "" {
		name = "default"
	}
	at := n.positions(l.At)
	f := evidence.Listener{
		Region:           evidence.Unresolved[string](evidence.Because("location_not_observable")),
		Public:           n.public(l).At(at...),
		Port:             evidence.Known(l.Port).At(at...),
		Protocol:         evidence.Known(protocolOf(l)).At(at...),
		TLSMin:           evidence.Known(evidence.RankPlain).At(at...),
		RedirectsToHTTPS: setting(n, l.Redirects, same),
	}
	switch {
	case l.TLS:
		f.TLSMin = setting(n, l.Versions.Min, func(v webtls.Version) int { return int(v) })
		f.RedirectsToHTTPS = evidence.Known(false).At(at...)
	case l.Stream:
		f.TLSMin = evidence.Unresolved[int](evidence.Because("stream_passed_on")).At(at...)
		f.RedirectsToHTTPS = evidence.Known(false).At(at...)
	}
	t := n.thing("nginx/"+l.Socket.Name+"/"+name, l.At)
	if low, known := f.TLSMin.Get(); known && l.TLS && l.Versions.Configured != webtls.None && int(l.Versions.Configured) < low {
		t.notes = append(t.notes, evidence.Because("tls_configured_lower", "configured", l.Versions.Configured.String(), "negotiated", webtls.Version(low).String()))
	}
	n.add(t, f)
}

func protocolOf(l nginx.Listener) string {
	switch {
	case l.Stream && l.UDP:
		return "udp"
	case l.Stream && l.TLS:
		return "tls"
	case l.Stream:
		return "tcp"
	case l.TLS:
		return "https"
	}
	return "http"
}

// public says whether the world can reach a socket.
func (n nginxHost) public(l nginx.Listener) evidence.Value[bool] {
	if l.Loopback() || private(l.Address) {
		return evidence.Known(false)
	}
	protocol := "tcp"
	if l.QUIC || l.UDP {
		protocol = "udp"
	}
	return n.reachable(protocol, l.Port)
}

// private says whether an address is one that the world does not route.
func private(a netip.Addr) bool {
	return a.IsValid() && (a.Unmap().IsPrivate() || a.IsLinkLocalUnicast())
}

// site makes the fact of a site.
func (n nginxHost) site(s nginx.Site) {
	name := s.Name
	if name == "" {
		name = "default"
	}
	t := n.thing("nginx/site/"+name, s.At)
	if s.NotOnErrors != nil {
		t.notes = append(t.notes, evidence.Because("hsts_not_on_errors"))
	}
	n.add(t, evidence.WebSite{
		HSTSDays:      setting(n, s.HSTS, same),
		AccessLogging: setting(n, s.Logged, same),
		RateLimited:   setting(n, s.Limited, same),
		WebFirewall:   setting(n, s.Firewall, func(m modsecurity.Mode) string { return string(m) }),
	})
}
