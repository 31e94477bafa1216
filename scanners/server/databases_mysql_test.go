package server

import (
	"errors"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestTheDefaultOfTLSVersionIsToldOrMakesNoDifference(t *testing.T) {
	t.Parallel()
	const old, low = "mariadb-server 1:10.11.3 installed all\n", "ssl_cipher=DEFAULT@SECLEVEL=0\n"
	tests := map[string]struct{ dpkg, lines, help, want string }{
		"the library refuses the old versions":      {old, "", "", "12"},
		"the version decides":                       {old, low, "", "unresolved version_decides"},
		"the server tells its default":              {old, low, "tls-version                  TLSv1.2,TLSv1.3\n", "12"},
		"the server tells an older default":         {old, low, "tls-version                  TLSv1.1,TLSv1.2,TLSv1.3\n", "11"},
		"a line of the configuration wins":          {old, low + "tls_version=TLSv1.3\n", "tls-version TLSv1.2,TLSv1.3\n", "13"},
		"MySQL, where the library refuses":          {"mysql-community-server 8.0.40 installed all\n", "", "", "12"},
		"MySQL, where the version decides":          {"mysql-community-server 8.0.20 installed all\n", low, "", "unresolved version_decides"},
		"MariaDB with TLS turned off has no TLS":    {old, "skip_ssl\n", "", "0"},
		"a server that told something of other use": {old, low, "tls-version\n", "unresolved version_decides"},
	}
	for name, tt := range tests {
		commands := emptyFilter()
		commands["dpkg"] = output(tt.dpkg)
		if tt.help != "" {
			commands["mariadb-help"] = output(tt.help)
		}
		m := capture.MemoryOf(map[string]string{"/etc/mysql/my.cnf": "[mysqld]\nssl_cert=/x.pem\n" + tt.lines})
		got := settingsOf(databaseServers(), capture.Taken(capture.Capture{Live: true, Root: true}, m, commands), "mysql")["tls_min"]
		if got != tt.want {
			t.Errorf("%s: got %s, want %s", name, got, tt.want)
		}
	}
}

// TestMySQLOfRPM: option files alone are no server, and a server whose version is not read is not left out.
func TestMySQLOfRPM(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		rpm  string
		want error
	}{
		"option files without a server": {"mariadb-connector-c-config 0:3.2.6-1.el9_0 noarch\n", nil},
		"a server":                      {"mariadb-server 3:10.5.22-1.el9_2 x86_64\n", errRPM},
		"packages that are not known":   {"", capture.ErrNotCollected},
	}
	for name, tt := range tests {
		commands := map[string]capture.Command{}
		if tt.rpm != "" {
			commands["rpm"] = output(tt.rpm)
		}
		c := capture.Taken(capture.Capture{Live: true, Root: true}, capture.MemoryOf(map[string]string{"/etc/my.cnf": "[mysqld]\n"}), commands)
		h := &host{Capture: c}
		if _, installed, err := h.mysqlInstalled(); installed || !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, %v", name, installed, err)
		}
	}
}
