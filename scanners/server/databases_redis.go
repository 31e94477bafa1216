package server

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/redis"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

const redisDoc = "https://redis.io/docs/latest/operate/oss_and_stack/management/security/"

// redisHost is a Redis or Valkey server while it is read.
type redisHost struct {
	*host
	conf *redis.Conf
	file string
}

// redisServers reads the servers whose files lie where Debian and Red Hat put them.
func (h *host) redisServers() {
	var files []string
	for _, pattern := range []string{"/etc/redis/*.conf", "/etc/redis.conf", "/etc/valkey/*.conf"} {
		found, err := capture.Glob(h, pattern)
		if err != nil && !errors.Is(err, capture.ErrNotCollected) {
			h.hide(why(pattern, err), "database_server")
		}
		files = append(files, found...)
	}
	for _, file := range files {
		if !strings.Contains(file, "sentinel") {
			h.redisServer(file)
		}
	}
}

func (h *host) redisServer(file string) {
	conf, err := redis.Load(h, file)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			h.hide(why(file, err), "database_server")
		}
		return
	}
	r := redisHost{h, conf, file}
	if all, err := h.Processes(); err == nil {
		for _, p := range all {
			if strings.Contains(p.Args, file) {
				conf.Arguments(p.Args)
			}
		}
	}
	listens := lost(r.listens(), conf.Unread)
	port, _ := strconv.Atoi(r.port())
	h.add(thing{name: "redis" + file, files: conf.Files, daemons: []string{"redis-server", "valkey-server"}}, evidence.DatabaseServer{
		Engine:             evidence.Known("redis").At(h.line(file, 0, "")),
		Encryption:         h.encryptionAt(conf.Value("dir", "/var/lib/redis")),
		TLSRequired:        lost(r.tlsRequired(listens), conf.Unread),
		TLSMin:             lost(r.tlsMin(), conf.Unread),
		PubliclyAccessible: h.publicly(listens, port),
		Listens:            listens,
		BackedUp:           h.backedUp(), // no program of its own dumps it: its files are copied
		WeakAuthentication: lost(r.weak(listens), conf.Unread),
	})
}

func (r redisHost) at(name string) evidence.Position {
	if d, ok := r.conf.Last(name); ok && d.Line > 0 {
		return r.line(d.File, d.Line, "")
	}
	p := r.line(r.file, 0, "")
	p.Role = evidence.RoleDefaults
	return p
}

func (r redisHost) off(name, unset string) bool { return r.conf.Value(name, unset) == "0" }

// port is the one that clients use: the plain one, else that with TLS.
func (r redisHost) port() string {
	if r.off("port", "6379") {
		return r.conf.Value("tls-port", "0")
	}
	return r.conf.Value("port", "6379")
}

// guarded says whether nobody comes in without a proof: a password, or users of a file, which is not read.
// https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
func (r redisHost) guarded() (guarded, known bool) {
	_, file := r.conf.Last("aclfile")
	_, users := r.conf.Last("user")
	if file || users { // with them requirepass counts for nothing, or for one user
		return false, false
	}
	return r.conf.Value("requirepass", "") != "", true
}

// listens reads bind, which is every address when unset. A server without a password serves only loopback while protected-mode is on.
func (r redisHost) listens() evidence.Value[string] {
	guarded, known := r.guarded()
	d, ok := r.conf.Last("bind")
	addresses := []string{"*"}
	if ok {
		addresses = nil
		for _, a := range d.Args {
			addresses = append(addresses, strings.TrimPrefix(a, "-"))
		}
	}
	where := listensOn(addresses)
	switch {
	case r.off("port", "6379") && r.off("tls-port", "0"):
		return evidence.Known(listensLocal).At(r.at("port"))
	case where == listensLocal || r.conf.Value("protected-mode", "yes") == "no" || guarded:
	case !known:
		return evidence.Unresolved[string](evidence.Because("accounts_in_database")).At(r.at("aclfile"))
	default:
		return evidence.Default(listensLocal, redisDoc).At(r.at("protected-mode"))
	}
	if !ok {
		return evidence.Default(where, redisDoc).At(r.at("bind"))
	}
	return evidence.Known(where).At(r.at("bind"))
}

func (r redisHost) tlsRequired(listens evidence.Value[string]) evidence.Value[bool] {
	if where, known := listens.Get(); known && where == listensLocal {
		return evidence.Known(true).At(listens.Positions()...)
	}
	return evidence.Known(r.off("port", "6379")).At(r.at("port"))
}

// tlsMin reads tls-protocols, which is TLS 1.2 and 1.3 when unset.
func (r redisHost) tlsMin() evidence.Value[int] {
	if !r.off("port", "6379") || r.off("tls-port", "0") {
		return evidence.Known(evidence.RankPlain).At(r.at("port"))
	}
	enabled := []webtls.Version{webtls.TLS12, webtls.TLS13}
	if d, ok := r.conf.Last("tls-protocols"); ok && strings.Join(d.Args, "") != "" {
		enabled = nil
		for _, name := range strings.Fields(strings.Join(d.Args, " ")) {
			enabled = append(enabled, webtls.Named(name))
		}
		slices.Sort(enabled)
	}
	return r.negotiated(enabled, r.conf.Value("tls-ciphers", "")).At(r.at("tls-protocols"))
}

// weak says whether another host comes in without a password.
func (r redisHost) weak(listens evidence.Value[string]) evidence.Value[[]string] {
	where, known := listens.Get()
	guarded, told := r.guarded()
	switch {
	case !known:
		return evidence.Unresolved[[]string](listens.Why())
	case where == listensLocal || guarded:
		return evidence.Known[[]string](nil).At(r.at("requirepass"))
	case !told:
		return evidence.Unresolved[[]string](evidence.Because("accounts_in_database")).At(r.at("aclfile"))
	}
	return evidence.Known([]string{"none"}).At(r.at("requirepass"))
}
