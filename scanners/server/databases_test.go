package server

import (
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// emptyFilter are the commands of a host whose packet filter lets everything in.
func emptyFilter() map[string]capture.Command {
	return map[string]capture.Command{
		"nft-json": output(`{"nftables": [{"metainfo": {"json_schema_version": 1}}]}`), "iptables-save": output(""), "ip6tables-save": output(""), "ip-tables-names": output(""), "ip6-tables-names": output(""),
		"iptables-legacy-save": {Line: "iptables-legacy-save", Exit: 127}, "ip6tables-legacy-save": {Line: "ip6tables-legacy-save", Exit: 127},
		"openssl": output("OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n"),
	}
}

const mariaSocket = "[Socket]\nListenStream=@mariadb\nListenStream=/run/mysqld/mysqld.sock\nListenStream=3306\n[Install]\nWantedBy=sockets.target\n"

// TestTheKernelSaysWhereADatabaseListens holds that what listens counts, whatever is configured.
func TestTheKernelSaysWhereADatabaseListens(t *testing.T) {
	tests := map[string]string{
		`tcp LISTEN 0 80 127.0.0.1:3306 0.0.0.0:* users:(("mariadbd",pid=1,fd=5))`:                "local",
		`tcp LISTEN 0 80 10.0.0.5:3306 0.0.0.0:* users:(("mariadbd",pid=1,fd=5))`:                 "private",
		`tcp LISTEN 0 80 *:3306 *:* users:(("mariadbd",pid=73,fd=5),("systemd",pid=1,fd=40))`:     "any",
		`tcp LISTEN 0 80 [::]:3306 [::]:* users:(("systemd",pid=1,fd=40),("mysqld",pid=73,fd=5))`: "any",
		`tcp LISTEN 0 80 *:3306 *:* users:(("haproxy",pid=73,fd=5))`:                              "local",
		`udp UNCONN 0 0 *:3306 *:* users:(("mariadbd",pid=73,fd=5))`:                              "local",
		`tcp LISTEN 0 80 *:3306`: "local",
	}
	for line, want := range tests {
		commands := emptyFilter()
		commands["dpkg"], commands["ss"] = output("mariadb-server 1:10.11.11 installed all\n"), output(line+"\n")
		files := map[string]string{"/etc/mysql/my.cnf": "[mysqld]\nbind-address = 127.0.0.1\n"}
		c := capture.Taken(capture.Capture{Live: true, Root: true}, capture.MemoryOf(files), commands)
		if got := settingsOf(databaseServers(), c, "mysql")["listens"]; got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

func TestDatabaseServers(t *testing.T) {
	postgres := map[string]string{"backed_up": "unresolved database_backup_not_seen", "engine": "postgresql", "encryption": "unresolved volume_not_known", "listens": "local", "publicly_accessible": "false", "tls_min": "12", "tls_required": "true", "weak_authentication": "[]"}
	maria := map[string]string{"backed_up": "unresolved database_backup_not_seen", "engine": "mariadb", "encryption": "unresolved volume_not_known", "listens": "any", "publicly_accessible": "true", "tls_min": "0", "tls_required": "false", "weak_authentication": "unresolved accounts_in_database"}
	local := map[string]string{"backed_up": "unresolved database_backup_not_seen", "engine": "redis", "encryption": "unresolved volume_not_known", "listens": "local", "publicly_accessible": "false", "tls_min": "0", "tls_required": "true", "weak_authentication": "[]"}
	tests := []struct {
		name, address string
		files         map[string]string
		dpkg          string
		base          map[string]string
		differs       map[string]string
	}{
		{"PostgreSQL as Debian ships it", "postgresql/etc/postgresql/15/main", map[string]string{"/etc/postgresql/15/main/postgresql.conf": "ssl = on\nhba_file = '/etc/postgresql/15/main/pg_hba.conf'\n", "/etc/postgresql/15/main/pg_hba.conf": "host all all 127.0.0.1/32 scram-sha-256\n"}, "", postgres, nil},
		{"PostgreSQL for everybody, plain and with trust", "postgresql/etc/postgresql/15/main", map[string]string{"/etc/postgresql/15/main/postgresql.conf": "listen_addresses='*'\n", "/etc/postgresql/15/main/pg_hba.conf": "host all all 0.0.0.0/0 trust\n"}, "", postgres,
			map[string]string{"listens": "any", "publicly_accessible": "true", "tls_min": "0", "tls_required": "false", "weak_authentication": "[trust]"}},
		{"PostgreSQL of Red Hat, of an unknown version", "postgresql/var/lib/pgsql", map[string]string{"/var/lib/pgsql/data/postgresql.conf": "ssl = on\n", "/var/lib/pgsql/data/pg_hba.conf": "host all all 127.0.0.1/32 md5\n"}, "", postgres,
			map[string]string{"tls_min": "unresolved version_decides"}},
		{"ALTER SYSTEM in the data directory wins", "postgresql/etc/postgresql/15/main", map[string]string{"/etc/postgresql/15/main/postgresql.conf": "ssl=on\nlisten_addresses='localhost'\ndata_directory='/var/lib/postgresql/15/main'\nhba_file='/etc/postgresql/15/main/pg_hba.conf'\n",
			"/etc/postgresql/15/main/pg_hba.conf": "hostssl all all 10.0.0.0/8 scram-sha-256\n", "/var/lib/postgresql/15/main/postgresql.auto.conf": "listen_addresses = '10.0.0.5'\n"}, "", postgres, map[string]string{"listens": "private"}},
		{"MariaDB on every address", "mysql", map[string]string{"/etc/mysql/my.cnf": "[mysqld]\n"}, "mariadb-server-10.11 1:10.11.11 installed all\n", maria, nil},
		{"MariaDB as Debian ships it", "mysql", map[string]string{"/etc/mysql/my.cnf": "[mysqld]\nbind-address = 127.0.0.1\n"}, "mariadb-server 1:10.11.11 installed all\n", maria, map[string]string{"listens": "local", "publicly_accessible": "false", "tls_required": "true"}},
		{"MariaDB with the socket that Debian enables", "mysql", map[string]string{"/etc/mysql/my.cnf": "[mysqld]\nbind-address = 127.0.0.1\n", "/usr/lib/systemd/system/mariadb.socket": mariaSocket,
			"/etc/systemd/system/sockets.target.wants/mariadb.socket": mariaSocket}, "mariadb-server 1:10.11.11 installed all\n", maria, nil},
		{"MariaDB with a socket that is not enabled", "mysql", map[string]string{"/etc/mysql/my.cnf": "[mysqld]\nbind-address = 127.0.0.1\n", "/usr/lib/systemd/system/mariadb.socket": mariaSocket},
			"mariadb-server 1:10.11.11 installed all\n", maria, map[string]string{"listens": "local", "publicly_accessible": "false", "tls_required": "true"}},
		{"MariaDB with a certificate", "mysql", map[string]string{"/etc/mysql/my.cnf": "[mysqld]\nssl-cert=/x.pem\ntls_version=TLSv1.2,TLSv1.3\n"}, "mariadb-server 1:10.11.11 installed all\n", maria, map[string]string{"tls_min": "12", "tls_required": "unresolved accounts_in_database"}},
		{"MariaDB that demands TLS", "mysql", map[string]string{"/etc/mysql/my.cnf": "[mysqld]\nssl-cert=/x.pem\nrequire-secure-transport\n"}, "mariadb-server 1:10.11.11 installed all\n", maria, map[string]string{"tls_min": "12", "tls_required": "true"}},
		{"MySQL of its vendor, with TLS turned off", "mysql", map[string]string{"/etc/mysql/my.cnf": "[mysqld]\nskip_ssl\n"}, "mysql-community-server 8.0.40 installed all\n", maria, map[string]string{"engine": "mysql"}},
		{"tables that may be encrypted", "mysql", map[string]string{"/etc/mysql/my.cnf": "[mysqld]\ninnodb_encrypt_tables=ON\n"}, "mariadb-server 1:10.11.11 installed all\n", maria, map[string]string{"encryption": "unresolved tables_in_database"}},
		{"Redis as Debian ships it", "redis/etc/redis/redis.conf", map[string]string{"/etc/redis/redis.conf": "bind 127.0.0.1 -::1\nport 6379\n"}, "", local, nil},
		{"protected mode keeps others out", "redis/etc/redis/redis.conf", map[string]string{"/etc/redis/redis.conf": "bind *\n"}, "", local, nil},
		{"Redis for everybody", "redis/etc/redis/redis.conf", map[string]string{"/etc/redis/redis.conf": "bind *\nprotected-mode no\n"}, "", local,
			map[string]string{"listens": "any", "publicly_accessible": "true", "tls_required": "false", "weak_authentication": "[none]"}},
		{"Redis with a password and TLS", "redis/etc/redis/redis.conf", map[string]string{"/etc/redis/redis.conf": "bind 10.0.0.1\nport 0\ntls-port 6379\nrequirepass <redacted:len=9>\n"}, "", local, map[string]string{"listens": "private", "tls_min": "12"}},
		{"Redis with a password that the file of users sets aside", "redis/etc/redis/redis.conf", map[string]string{"/etc/redis/redis.conf": "bind 10.0.0.1\nprotected-mode no\nrequirepass x\naclfile /etc/redis/users.acl\n"}, "", local,
			map[string]string{"listens": "private", "tls_required": "false", "weak_authentication": "unresolved accounts_in_database"}},
		{"Redis with users in a file", "redis/etc/redis/redis.conf", map[string]string{"/etc/redis/redis.conf": "bind 10.0.0.1\nprotected-mode no\naclfile /etc/redis/users.acl\n"}, "", local,
			map[string]string{"listens": "private", "tls_required": "false", "weak_authentication": "unresolved accounts_in_database"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			commands := emptyFilter()
			commands["dpkg"] = output(test.dpkg)
			want := maps.Clone(test.base)
			maps.Copy(want, test.differs)
			c := capture.Taken(capture.Capture{Live: true, Root: true}, capture.MemoryOf(test.files), commands)
			if diff := cmp.Diff(want, settingsOf(databaseServers(), c, test.address)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAConfigurationNewerThanTheDaemonDecidesNothing(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	m := capture.MemoryOf(nil)
	m.Add("/etc/redis/redis.conf", capture.Info{Mode: 0o644, ModTime: at.Add(-time.Hour)}, []byte("bind 127.0.0.1\n"), nil)
	commands := emptyFilter()
	commands["ps"] = output("  10 1 7200 redis-server redis-server 127.0.0.1:6379\n")
	c := capture.Taken(capture.Capture{Live: true, Root: true, At: at}, m, commands)
	if got := settingsOf(databaseServers(), c, "redis/etc/redis/redis.conf"); got["listens"] != "unresolved stale" || got["tls_required"] != "unresolved stale" {
		t.Error(got)
	}
}
