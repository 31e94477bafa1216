package server

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/mysql"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

const mariaDoc = "https://mariadb.com/docs/server/server-management/variables-and-modes/server-system-variables"

// mysqlHost is a MariaDB or MySQL server while it is read.
type mysqlHost struct {
	*host
	options *mysql.Options
	server  mysql.Server
}

// mysqlServer reads the server, where one is installed.
func (h *host) mysqlServer() {
	server, installed, err := h.mysqlInstalled()
	if err != nil {
		what := "dpkg-query -W"
		if errors.Is(err, errRPM) {
			what = "rpm -qa"
		}
		h.hide(why(what, err), "database_server")
		return
	}
	if !installed {
		return
	}
	options, err := mysql.Load(h, server)
	if err != nil {
		h.hide(why("/etc/mysql/my.cnf", err), "database_server")
		return
	}
	m := mysqlHost{host: h, options: options, server: server}
	m.persisted()
	m.arguments()
	listens := lost(h.wider(m.listens(), "mariadb.socket", "mariadbd", "mysqld"), options.Unread)
	port, _ := strconv.Atoi(m.value("port", "3306"))
	h.add(thing{name: "mysql", files: options.Files, daemons: []string{"mariadbd", "mysqld"}}, evidence.DatabaseServer{
		Engine:             evidence.Known(m.engine()),
		Encryption:         lost(m.encryption(), options.Unread),
		TLSRequired:        lost(m.tlsRequired(listens), options.Unread),
		TLSMin:             lost(m.tlsMin(), options.Unread),
		PubliclyAccessible: h.publicly(listens, port),
		Listens:            listens,
		BackedUp:           h.backedUp("mariabackup", "mariadb-backup", "mariadb-dump", "mysqldump", "xtrabackup"),
		WeakAuthentication: evidence.Unresolved[[]string](evidence.Because("accounts_in_database")),
	})
}

func (m mysqlHost) engine() string {
	if m.server.MariaDB {
		return "mariadb"
	}
	return "mysql"
}

// mysqlInstalled says which server is installed, by the packages, or by the option files where there are no packages.
func (h *host) mysqlInstalled() (mysql.Server, bool, error) {
	packages, err := h.packages()
	if err != nil {
		if _, statErr := h.Stat("/etc/mysql/my.cnf"); errors.Is(statErr, fs.ErrNotExist) {
			_, statErr = h.Stat("/etc/my.cnf")
			if errors.Is(statErr, fs.ErrNotExist) {
				return mysql.Server{}, false, nil
			}
		}
		return h.mysqlOfRPM(err)
	}
	for _, name := range sortedKeys(packages) {
		maria := strings.HasPrefix(name, "mariadb-server")
		theirs := maria || name == "mysql-community-server" || name == "percona-server-server" || name == "mysql-server" || strings.HasPrefix(name, "mysql-server-")
		if theirs && !strings.Contains(name, "-core") {
			return mysql.Server{MariaDB: maria, Version: twoParts(packages[name])}, true, nil
		}
	}
	return mysql.Server{}, false, nil
}

// errRPM says that a server is of a package of RPM, whose versions are not read.
var errRPM = errors.New("a server of a package of RPM")

// mysqlOfRPM looks for a server among the packages of RPM, where those of dpkg are not known.
func (h *host) mysqlOfRPM(unknown error) (mysql.Server, bool, error) {
	if _, err := h.Output("rpm"); err != nil {
		return mysql.Server{}, false, unknown
	}
	if h.has([]string{"MariaDB-server", "mariadb-server", "mysql-community-server", "mysql-server", "percona-server-server"}, []string{"mariadbd", "mysqld"}) {
		return mysql.Server{}, false, errRPM
	}
	return mysql.Server{}, false, nil
}

// twoParts are the major and the minor of a package's version such as 1:10.11.6-0+deb12u1.
func twoParts(version string) string {
	if _, rest, ok := strings.Cut(version, ":"); ok {
		version = rest
	}
	parts := strings.SplitN(version, ".", 3)
	return strings.Join(parts[:min(2, len(parts))], ".")
}

// persisted says that MySQL's own file of settings (SET PERSIST), which wins over all others, was not read, unless it is not there.
// https://dev.mysql.com/doc/refman/8.0/en/persisted-system-variables.html
func (m mysqlHost) persisted() {
	if m.server.MariaDB {
		return
	}
	file := path.Join(m.value("datadir", "/var/lib/mysql"), "mysqld-auto.cnf")
	_, err := m.Stat(file)
	if err == nil {
		err = capture.ErrNotCollected
	}
	m.options.Miss(file, capture.UnlessAbsent(err))
}

// arguments adds those of the running server.
func (m mysqlHost) arguments() {
	all, err := m.Processes()
	if err != nil {
		return
	}
	for _, p := range all {
		if p.Name == "mariadbd" || p.Name == "mysqld" {
			m.options.Arguments(p.Args)
		}
	}
}

func (m mysqlHost) value(name, unset string) string {
	if o, ok := m.options.Last(name); ok {
		return o.Value
	}
	return unset
}

func (m mysqlHost) at(name string) evidence.Position {
	o, ok := m.options.Last(name)
	switch {
	case ok && o.File == "arguments":
		return m.said("ps")
	case ok:
		return m.line(o.File, o.Line, o.Name+" = "+o.Value)
	}
	p := m.line("/etc/mysql/my.cnf", 0, "")
	p.Role = evidence.RoleDefaults
	return p
}

// on says whether a switch is on; its default is off for all that are asked.
func (m mysqlHost) on(name string) bool {
	o, ok := m.options.Last(name)
	on, known := o.On()
	return ok && known && on
}

// listens reads skip_networking and bind_address, which is every address when unset.
func (m mysqlHost) listens() evidence.Value[string] {
	if m.on("skip_networking") {
		return evidence.Known(listensLocal).At(m.at("skip_networking"))
	}
	o, ok := m.options.Last("bind_address")
	if !ok {
		return evidence.Default(listensAny, mariaDoc).At(m.at("bind_address"))
	}
	return evidence.Known(listensOn(strings.Split(o.Value, ","))).At(m.at("bind_address"))
}

// tlsRequired says whether the server refuses connections without TLS. An account may demand TLS where the server does not: accounts
// stand in the database, which is not read. Without a certificate nobody has TLS, in MariaDB before 11.4, which makes one by itself.
func (m mysqlHost) tlsRequired(listens evidence.Value[string]) evidence.Value[bool] {
	where, known := listens.Get()
	switch {
	case known && where == listensLocal:
		return evidence.Known(true).At(listens.Positions()...)
	case m.on("require_secure_transport"):
		return evidence.Known(true).At(m.at("require_secure_transport"))
	case m.withoutTLS():
		return evidence.Known(false).At(m.at("ssl_cert"))
	}
	return evidence.Unresolved[bool](evidence.Because("accounts_in_database")).At(m.at("require_secure_transport"))
}

// withoutTLS says whether the server surely offers no TLS.
func (m mysqlHost) withoutTLS() bool {
	if o, ok := m.options.Last("ssl"); ok {
		if on, known := o.On(); known && !on {
			return true
		}
	}
	_, cert := m.options.Last("ssl_cert")
	major, minor, _ := strings.Cut(m.server.Version, ".")
	a, _ := strconv.Atoi(major)
	b, _ := strconv.Atoi(minor)
	return m.server.MariaDB && !cert && a > 0 && (a < 11 || a == 11 && b < 4)
}

// tlsMin is the lowest version of tls_version. Its default changed within series: the server itself tells it, or it is known where
// either default leads to the same. https://mariadb.com/docs/server/security/encryption/data-in-transit-encryption/ssltls-system-variables
// https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html#sysvar_tls_version
func (m mysqlHost) tlsMin() evidence.Value[int] {
	if m.withoutTLS() {
		return evidence.Known(evidence.RankPlain).At(m.at("ssl_cert"))
	}
	at, ciphers := m.at("tls_version"), m.value("ssl_cipher", "")
	if o, ok := m.options.Last("tls_version"); ok {
		return m.negotiated(versions(o.Value), ciphers).At(at)
	}
	if told := m.told("tls-version"); told != "" {
		return m.negotiated(versions(told), ciphers).At(m.said("mariadb-help"))
	}
	before, after := m.negotiated(fromVersion(webtls.TLS10), ciphers), m.negotiated(fromVersion(webtls.TLS12), ciphers)
	low, known := before.Get()
	if high, _ := after.Get(); !known || low != high {
		return evidence.Unresolved[int](evidence.Because("version_decides", "what", "tls_version", "version", m.server.Version)).At(at)
	}
	return after.At(at)
}

// versions reads a list such as TLSv1.2,TLSv1.3.
func versions(text string) []webtls.Version {
	var enabled []webtls.Version
	for name := range strings.SplitSeq(text, ",") {
		if v := webtls.Named(strings.TrimSpace(name)); v != webtls.None {
			enabled = append(enabled, v)
		}
	}
	slices.Sort(enabled)
	return enabled
}

// told is what the installed server says of a variable, with its option files read, and empty where it was not asked.
func (m mysqlHost) told(name string) string {
	out, err := m.Output("mariadb-help")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) == 2 && f[0] == name {
			return f[1]
		}
	}
	return ""
}

// encryption is that of the volume below the data; the server's own encryption applies to tables that were written with it, which only
// the database tells.
func (m mysqlHost) encryption() evidence.Value[string] {
	below := m.encryptionAt(m.value("datadir", "/var/lib/mysql"))
	level, known := below.Get()
	own := !slices.Contains([]string{"", "0", "OFF", "off"}, m.value("innodb_encrypt_tables", "")) || m.on("default_table_encryption")
	if own && (!known || level == evidence.EncryptionNone) {
		return evidence.Unresolved[string](evidence.Because("tables_in_database")).At(m.at("innodb_encrypt_tables"))
	}
	return below
}
