package server

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/apache"
)

// certificates makes a fact of each file of certificates of a host on a socket, once.
func (a *apacheHost) certificates(k apache.Socket, vhost *apache.Host, seen map[string]bool) {
	files, doubt := k.Certificates(vhost)
	if doubt != nil && len(a.server.Gaps) == 0 { // these hide certificates too
		a.hide(a.because(doubt), "certificate")
	}
	for _, c := range files {
		if !seen[c.File] {
			seen[c.File] = true
			a.certificate(c.File, a.thing("apache/certificate"+c.File, c.At))
		}
	}
}

// secondsOfDay divides ages.
const secondsOfDay = 24 * 60 * 60

// site makes the fact of a virtual host on its first socket where it serves something, and says whether it did. A host that only sends
// to https or refuses serves nothing, and has no site.
func (a *apacheHost) site(k apache.Socket, vhost *apache.Host) bool {
	tls, serves := a.serving(vhost)
	if !serves {
		return false
	}
	logs, logged, doubt := vhost.Logs()
	limited, limits, unlimited := vhost.Limited()
	if doubt == nil && !logs && logged == (apache.Position{}) {
		logged = vhost.At
	}
	s := evidence.WebSite{
		HSTSDays:      tls,
		AccessLogging: doubtful(a, doubt, evidence.Known(logs), logged),
		WebFirewall:   a.firewallMode(vhost.Firewall()),
		RateLimited:   doubtful(a, unlimited, evidence.Known(limited), limits),
	}
	a.add(a.thing("apache/site/"+socketName(k)+"/"+hostName(vhost), vhost.At), s)
	return true
}

// serving says what a host tells browsers about https, and whether it serves anything on any of its sockets. Browsers take the field
// only from https: https://datatracker.ietf.org/doc/html/rfc6797#section-8.1
func (a *apacheHost) serving(vhost *apache.Host) (evidence.Value[int], bool) {
	serves, doubt := false, (*apache.Problem)(nil)
	for _, k := range a.server.Sockets() {
		if !contains(k, vhost) {
			continue
		}
		tls := k.TLS(vhost)
		if tls.On {
			hsts := vhost.HSTS()
			return doubtful(a, hsts.Doubt, evidence.Known(hsts.Seconds/secondsOfDay), hsts.At), true
		}
		plain := k.Plain(vhost)
		if plain.Verdict != apache.Stopped || tls.Doubt != nil {
			serves = true
		}
		if plain.Verdict == "" || tls.Doubt != nil {
			doubt = plain.Doubt
			if tls.Doubt != nil {
				doubt = tls.Doubt
			}
		}
	}
	return doubtful(a, doubt, evidence.Known(0), vhost.At), serves
}

func contains(k apache.Socket, vhost *apache.Host) bool {
	for _, h := range k.Hosts {
		if h == vhost {
			return true
		}
	}
	return false
}
