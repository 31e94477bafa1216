package mysql

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

var mariaDB = Server{MariaDB: true, Version: "10.11"}

func TestLoad(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  map[string]string
	}{
		{"the last of all groups counts", map[string]string{"/etc/mysql/my.cnf": "[mysqld]\nrequire-secure-transport=OFF\n!includedir /etc/mysql/conf.d/\n", "/etc/mysql/conf.d/x.cnf": "[server]\nrequire_secure_transport=1\n"},
			map[string]string{"require_secure_transport": "1"}},
		{"files that are no .cnf, and groups of other versions", map[string]string{"/etc/mysql/my.cnf": "!includedir conf.d\n[mysqld-10.5]\nport=1\n[mysqld]\nport=3307\n", "/etc/mysql/conf.d/x.txt": "[server]\nport=2\n"},
			map[string]string{"port": "3307"}},
		{"prefixes and dashes", map[string]string{"/etc/my.cnf": "[mysqld]\nloose-innodb-encrypt-tables=ON\nskip-networking\nskip-log-bin\ndisable-local-infile\n"},
			map[string]string{"innodb_encrypt_tables": "ON", "skip_networking": "", "log_bin": "OFF", "local_infile": "OFF"}},
		{"quotes, comments and escapes", map[string]string{"/etc/my.cnf": "[mysqld]\n# x\n; y\nbind-address = '127.0.0.1' # loopback\ninit_connect=\"a # b\"\n"},
			map[string]string{"bind_address": "127.0.0.1", "init_connect": "a # b"}},
		{"an include goes on with the group that it left", map[string]string{"/etc/my.cnf": "[mysqld]\n!include more.cnf\nport=2\n", "/etc/more.cnf": "[client]\nport=9\n[mysqld]\nport=1\n"}, map[string]string{"port": "2"}},
	}
	for _, test := range tests {
		o, err := Load(capture.MemoryOf(test.files), mariaDB)
		if err != nil || o.Unread != nil {
			t.Fatal(test.name, err, o.Unread)
		}
		got := map[string]string{}
		for _, p := range o.all {
			got[p.Name] = p.Value
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestArgumentsWin(t *testing.T) {
	o, err := Load(capture.MemoryOf(map[string]string{"/etc/my.cnf": "[mysqld]\nbind-address=127.0.0.1\n"}), mariaDB)
	if err != nil {
		t.Fatal(err)
	}
	o.Arguments("/usr/sbin/mariadbd --basedir=/usr --bind-address=0.0.0.0")
	if p, ok := o.Last("bind_address"); !ok || p.Value != "0.0.0.0" {
		t.Error(p)
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	m := capture.NewMemory("/etc/mysql")
	m.Add("/etc/mysql/my.cnf", capture.Info{}, []byte("!includedir /srv/conf.d\n"), nil)
	o, err := Load(m, mariaDB, "/etc/mysql/my.cnf")
	if err != nil || len(o.Unread) != 1 || !errors.Is(o.Unread[0].Err, capture.ErrNotCollected) {
		t.Error(err, o)
	}
	if _, err := Load(capture.MemoryOf(map[string]string{"/etc/my.cnf": "[mysqld\n"}), mariaDB); err == nil || !strings.Contains(err.Error(), "/etc/my.cnf:1: a group without an end") {
		t.Error(err)
	}
	loop := capture.MemoryOf(map[string]string{"/etc/my.cnf": "!include /etc/my.cnf\n"})
	if o, err := Load(loop, mariaDB); err != nil || o.Unread == nil {
		t.Error(err, o)
	}
}

func TestOtherFilesOfArgumentsAreSaid(t *testing.T) {
	for line, want := range map[string]error{"mysqld --defaults-file=/srv/my.cnf --port=1": capture.ErrNotCollected, "mysqld --no-defaults": capture.ErrNotCollected, "mysqld --defaults-file=/etc/my.cnf": nil} {
		o, err := Load(capture.MemoryOf(map[string]string{"/etc/my.cnf": "[mysqld]\n"}), mariaDB)
		if err != nil {
			t.Fatal(err)
		}
		o.Arguments(line)
		var got error
		for _, u := range o.Unread {
			got = u.Err
		}
		if !errors.Is(got, want) {
			t.Errorf("%s: %v", line, o.Unread)
		}
	}
}

// TestIncludesDoNotMultiply holds that a file which names itself many times ends: each line alone would read 40 more, ten deep.
func TestIncludesDoNotMultiply(t *testing.T) {
	m := capture.MemoryOf(map[string]string{"/etc/mysql/my.cnf": strings.Repeat("!include /etc/mysql/my.cnf\n", 40)})
	c, err := Load(m, mariaDB)
	if err != nil || c.Unread == nil || len(c.Files) > 2000 {
		t.Errorf("%v, %v, %d files", err, c.Unread, len(c.Files))
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("[mysqld]\nskip-networking\na='b # c' # d\n!include x\n!includedir y\n[client]\npassword=x\n")
	f.Fuzz(func(t *testing.T, text string) {
		o, err := Load(capture.MemoryOf(map[string]string{"/etc/my.cnf": text}), mariaDB)
		if err != nil {
			return
		}
		for _, p := range o.all {
			if strings.Contains(p.Name, "-") || p.Line < 1 {
				t.Errorf("%v", p)
			}
			if on, known := p.On(); on && !known {
				t.Errorf("%v is on and not known", p)
			}
		}
	})
}
