package nginx

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// Build is what matters of the program: its version, which defaults depend on, and its library for TLS.
type Build struct {
	Version [3]int // zero when it is not known
	OpenSSL webtls.OpenSSL
}

// versionText is the version in what `nginx -V` says, or in the version of a package.
var versionText = regexp.MustCompile(`(\d+)\.(\d+)\.(\d+)`)

// Version reads a version.
func Version(text string) [3]int {
	var v [3]int
	if m := versionText.FindStringSubmatch(text); m != nil {
		for i := range v {
			v[i], _ = strconv.Atoi(m[i+1])
		}
	}
	return v
}

// since says whether the program is at least of a version, such as 1, 23, 4.
func (b Build) since(version ...int) bool { return slices.Compare(b.Version[:], version) >= 0 }

// Documentation of directives.
const (
	docProtocols = "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols"
	docCiphers   = "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_ciphers"
)

// enabled are the versions that a server enables. TLS 1.3 is enabled by default since 1.23.4, and TLS 1.0 and 1.1 are not since 1.27.3
// (https://nginx.org/en/CHANGES); 1.9.1 left SSL 3.0 out.
func (b Build) enabled(s *scope) Setting[[]webtls.Version] {
	list, unread := s.effective("ssl_protocols", true)
	switch {
	case unread != nil:
		return open[[]webtls.Version](unread)
	case len(list) > 0:
		var versions []webtls.Version
		for _, name := range list[0].Args {
			if v := webtls.Named(name); v != webtls.None {
				versions = append(versions, v)
			}
		}
		return known(versions, list[0])
	case b.Version == [3]int{}:
		return Setting[[]webtls.Version]{What: "nginx -V"}
	case b.since(1, 27, 3):
		return unset([]webtls.Version{webtls.TLS12, webtls.TLS13}, docProtocols)
	case b.since(1, 23, 4):
		return unset([]webtls.Version{webtls.TLS10, webtls.TLS11, webtls.TLS12, webtls.TLS13}, docProtocols)
	case b.since(1, 9, 1):
		return unset([]webtls.Version{webtls.TLS10, webtls.TLS11, webtls.TLS12}, docProtocols)
	}
	return unset([]webtls.Version{webtls.SSL30, webtls.TLS10, webtls.TLS11, webtls.TLS12}, docProtocols)
}

// TLS is what a server negotiates at a socket.
type TLS struct {
	Min        Setting[webtls.Version]
	Configured webtls.Version // lowest version that its own configuration enables; None when that is not known
}

// negotiated says what a server negotiates. Before 1.29.2 the default server of the socket decided on the versions, for the library agrees
// on one before it looks at the name that the client asks for (https://nginx.org/en/CHANGES, 1.29.2). Ciphers
// and security level are the server's own.
func (b Build) negotiated(at *bench, s seat) TLS {
	var t TLS
	own := b.enabled(s.server.scope)
	if own.Known && len(own.Value) > 0 {
		t.Configured = lowest(own.Value)
	}
	front := at.seats[at.front].server
	switch {
	case at.QUIC: // HTTP/3 is TLS 1.3 only: https://datatracker.ietf.org/doc/html/rfc9001#section-4.2
		t.Min = known(webtls.TLS13, s.listen.by)
		return t
	case front == s.server || b.since(1, 29, 2):
		front = s.server
	case b.Version == [3]int{}:
		t.Min = Setting[webtls.Version]{What: "nginx -V"}
		return t
	case at.through != nil && !at.named:
		t.Min = open[webtls.Version](at.through)
		return t
	}
	enabled, list := b.enabled(front.scope), front.ciphers()
	if enabled.Known && list.Known && !b.OpenSSL.Fits(enabled.Value, list.Value) {
		t.Min = Setting[webtls.Version]{What: string(webtls.Nothing), At: enabled.At}
		return t
	}
	t.Min = b.lowest(enabled, s.server.ciphers())
	return t
}

// ciphers is the list of a server.
func (s *scope) ciphers() Setting[string] {
	return s.word("ssl_ciphers", "HIGH:!aNULL:!MD5", docCiphers)
}

// lowest is the lowest version of those enabled that the ciphers allow.
func (b Build) lowest(enabled Setting[[]webtls.Version], list Setting[string]) Setting[webtls.Version] {
	switch {
	case !enabled.Known:
		return Setting[webtls.Version]{What: enabled.What, Err: enabled.Err, At: enabled.At}
	case !list.Known:
		return Setting[webtls.Version]{What: list.What, Err: list.Err, At: list.At}
	}
	v, why := b.OpenSSL.Negotiable(enabled.Value, list.Value)
	if why != "" {
		return Setting[webtls.Version]{What: string(why), At: enabled.At}
	}
	return Setting[webtls.Version]{Value: v, Known: true, Default: enabled.Default, At: append(enabled.At, list.At...)}
}

// lowest is the lowest of some versions.
func lowest(versions []webtls.Version) webtls.Version {
	low := versions[0]
	for _, v := range versions {
		low = min(low, v)
	}
	return low
}
