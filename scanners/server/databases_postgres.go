package server

import (
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/postgres"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// The vendor's defaults. https://www.postgresql.org/docs/current/runtime-config-connection.html
const postgresDoc = "https://www.postgresql.org/docs/current/runtime-config-connection.html"

// cluster is one PostgreSQL cluster while it is read.
type cluster struct {
	*host
	conf    *postgres.Conf
	file    string
	version int // major
}

// postgresServers reads the clusters of Debian (/etc/postgresql/VERSION/NAME) and of Red Hat (/var/lib/pgsql).
func (h *host) postgresServers() {
	for _, pattern := range []string{"/etc/postgresql/*/*/postgresql.conf", "/var/lib/pgsql/data/postgresql.conf", "/var/lib/pgsql/*/data/postgresql.conf"} {
		files, err := capture.Glob(h, pattern)
		if err != nil && !errors.Is(err, capture.ErrNotCollected) {
			h.hide(why(pattern, err), "database_server")
		}
		for _, file := range files {
			h.postgresServer(file)
		}
	}
}

func (h *host) postgresServer(file string) {
	conf, err := postgres.Load(h, file)
	if err != nil {
		h.hide(why(file, err), "database_server")
		return
	}
	c := cluster{host: h, conf: conf, file: file}
	c.arguments()
	c.version, _ = strconv.Atoi(path.Base(path.Dir(path.Dir(file))))
	hba, hbaErr := c.rules()
	listens := lost(c.listens(), conf.Unread)
	port, _ := strconv.Atoi(c.value("port", "5432"))
	files := conf.Files
	if hba != nil {
		files = slices.Concat(files, hba.Files)
	}
	h.add(thing{name: "postgresql" + strings.TrimSuffix(path.Dir(file), "/data"), files: files, daemons: []string{"postgres", "postmaster"}}, evidence.DatabaseServer{
		Engine:             evidence.Known("postgresql").At(h.line(file, 0, "")),
		Encryption:         h.encryptionAt(c.value("data_directory", path.Dir(file))), // PostgreSQL itself does not encrypt its files
		TLSRequired:        lost(c.tlsRequired(hba, hbaErr, listens), conf.Unread),
		TLSMin:             lost(c.tlsMin(), conf.Unread),
		PubliclyAccessible: h.publicly(listens, port),
		Listens:            listens,
		BackedUp:           h.backedUp("pg_basebackup", "pg_dump", "pg_dumpall", "pgbackrest"),
		WeakAuthentication: lost(c.weak(hba, hbaErr), conf.Unread),
	})
}

// arguments says that the server was started with settings of its own, which win over files and are not read.
// https://www.postgresql.org/docs/current/app-postgres.html
func (c cluster) arguments() {
	all, err := c.Processes()
	if err != nil {
		return
	}
	for _, p := range all {
		words := strings.Fields(p.Args)
		if p.Name != "postgres" || len(words) == 0 || strings.HasPrefix(words[0], "postgres:") {
			continue
		}
		for n, word := range words[1:] {
			own := word == "-h" || word == "-i" || word == "-o" || strings.HasPrefix(word, "--") && strings.Contains(word, "=") && !strings.HasPrefix(word, "--config_file=")
			if word == "-c" && n+2 < len(words) {
				own = !strings.HasPrefix(words[n+2], "config_file=")
			}
			if own {
				c.conf.Miss(c.file, capture.ErrNotCollected)
			}
		}
	}
}

func (c cluster) value(name, unset string) string {
	if s, ok := c.conf.Get(name); ok {
		return s.Value
	}
	return unset
}

// at is where a setting stands, or the file that leaves it unset.
func (c cluster) at(name string) evidence.Position {
	if s, ok := c.conf.Get(name); ok {
		return c.line(s.File, s.Line, s.Name+" = '"+s.Value+"'")
	}
	p := c.line(c.file, 0, "")
	p.Role = evidence.RoleDefaults
	return p
}

// listens reads listen_addresses, which is localhost when unset; empty is no network at all.
func (c cluster) listens() evidence.Value[string] {
	s, ok := c.conf.Get("listen_addresses")
	if !ok {
		return evidence.Default(listensLocal, postgresDoc).At(c.at("listen_addresses"))
	}
	var addresses []string
	for a := range strings.SplitSeq(s.Value, ",") {
		if a = strings.TrimSpace(a); a != "" {
			addresses = append(addresses, a)
		}
	}
	return evidence.Known(listensOn(addresses)).At(c.at("listen_addresses"))
}

// rules reads the file of host-based authentication.
func (c cluster) rules() (*postgres.HBA, error) {
	file := c.value("hba_file", path.Join(c.value("data_directory", path.Dir(c.file)), "pg_hba.conf"))
	return postgres.LoadHBA(c.host, file)
}

// tlsRequired says whether no rule lets in another host without TLS.
func (c cluster) tlsRequired(hba *postgres.HBA, err error, listens evidence.Value[string]) evidence.Value[bool] {
	if where, known := listens.Get(); known && where == listensLocal {
		return evidence.Known(true).At(listens.Positions()...)
	}
	if err != nil {
		return untold[bool]("pg_hba.conf", err)
	}
	ways := hba.Ways(c.conf.Is("ssl", false))
	switch {
	case len(ways.Plain) > 0:
		return evidence.Known(false).At(c.ruleAt(ways.Plain[0]))
	case ways.Open:
		u := moreRules(hba)
		return untold[bool](u.Path, u.Err)
	}
	return evidence.Known(true).At(c.line(hba.Files[0], 0, ""))
}

// moreRules is where there may be more rules than are known: a file that could not be read, or one that is not understood.
func moreRules(hba *postgres.HBA) capture.Unread {
	if len(hba.Unread) > 0 {
		return hba.Unread[0]
	}
	return capture.Unread{Path: "pg_hba.conf"}
}

func (c cluster) ruleAt(r postgres.Rule) evidence.Position {
	return c.line(r.File, r.Line, strings.Join([]string{r.Type, strings.Join(r.Databases, ","), strings.Join(r.Users, ","), r.Address, r.Method}, " "))
}

// tlsMin is the lowest version, plain where the cluster offers no TLS. The default is TLS 1.2 since version 12, with which the setting came.
func (c cluster) tlsMin() evidence.Value[int] {
	if !c.conf.Is("ssl", false) {
		return evidence.Known(evidence.RankPlain).At(c.at("ssl"))
	}
	lowest := webtls.TLS12
	if s, ok := c.conf.Get("ssl_min_protocol_version"); ok {
		lowest = webtls.Named(s.Value)
		if s.Value == "" {
			lowest = webtls.TLS10
		}
	} else if c.version == 0 {
		return evidence.Unresolved[int](evidence.Because("version_decides", "what", "ssl_min_protocol_version", "version", "?")).At(c.at("ssl_min_protocol_version"))
	} else if c.version < 12 {
		lowest = webtls.TLS10
	}
	return c.negotiated(fromVersion(lowest), c.value("ssl_ciphers", "HIGH:MEDIUM:+3DES:!aNULL")).At(c.at("ssl_min_protocol_version"))
}

// weak lists the weak methods that let another host in. Where passwords are kept for SCRAM, md5 uses SCRAM too, for those that were
// set since: https://www.postgresql.org/docs/current/auth-password.html
func (c cluster) weak(hba *postgres.HBA, err error) evidence.Value[[]string] {
	if err != nil {
		return untold[[]string]("pg_hba.conf", err)
	}
	scram := c.version >= 14 || c.version == 0 // the default since 14: where the version is not known, it may be
	if s, ok := c.conf.Get("password_encryption"); ok {
		scram = strings.EqualFold(s.Value, "scram-sha-256")
	}
	ways := hba.Ways(c.conf.Is("ssl", false))
	var methods []string
	var at []evidence.Position
	perhaps := false
	for _, r := range ways.Weak {
		if r.Method == "md5" && scram {
			perhaps = true
			continue
		}
		methods, at = append(methods, r.Method), append(at, c.ruleAt(r))
	}
	slices.Sort(methods)
	v := evidence.Known(slices.Compact(methods)).At(at...)
	if perhaps {
		v = v.Incomplete(evidence.Because("md5_or_scram"))
	}
	if ways.Open {
		u := moreRules(hba)
		v = v.Incomplete(why(u.Path, u.Err))
	}
	return v
}
