package postgres

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestLoad(t *testing.T) {
	c, err := Load(capture.MemoryOf(map[string]string{
		"/etc/postgresql/15/main/postgresql.conf":          "# x\nssl = on\nSSL off # twice\ndata_directory = '/var/lib/postgresql/15/main'\nlisten_addresses='it''s\\t*'\ninclude_dir = 'conf.d'\ninclude_if_exists 'none.conf'\nport 5433\n",
		"/etc/postgresql/15/main/conf.d/a.conf":            "ssl_min_protocol_version = TLSv1.3\nport=5434\n",
		"/etc/postgresql/15/main/conf.d/b.off":             "port = 1\n",
		"/var/lib/postgresql/15/main/postgresql.auto.conf": "work_mem = '4MB'\nssl = 'on'\n",
	}), "/etc/postgresql/15/main/postgresql.conf")
	if err != nil || c.Unread != nil {
		t.Fatal(err, c.Unread)
	}
	got := map[string]string{}
	for name, s := range c.settings {
		got[name] = s.Value
	}
	want := map[string]string{"ssl": "on", "data_directory": "/var/lib/postgresql/15/main", "listen_addresses": "it's\t*", "ssl_min_protocol_version": "TLSv1.3", "port": "5433", "work_mem": "4MB"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	m := capture.NewMemory("/etc/postgresql")
	m.Add("/etc/postgresql/15/main/postgresql.conf", capture.Info{Mode: 0o644}, []byte("data_directory = '/srv/pg'\ninclude '/srv/extra.conf'\n"), nil)
	c, err := Load(m, "/etc/postgresql/15/main/postgresql.conf")
	if err != nil || len(c.Unread) != 2 || !errors.Is(c.Unread[0].Err, capture.ErrNotCollected) {
		t.Errorf("%v, %v", err, c.Unread)
	}
	for text, want := range map[string]string{"= x\n": "not an assignment", "a = 'x\n": "a quote is not closed", "a\n": "without a value", "a = b c\n": "something follows"} {
		if _, err := Load(capture.MemoryOf(map[string]string{"/p.conf": text}), "/p.conf"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestWays(t *testing.T) {
	tests := []struct {
		name, hba   string
		tls         bool
		plain, weak []int // lines
		open        bool
	}{
		{"Debian's own", "local all postgres peer\nlocal all all peer\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n", true, nil, nil, false},
		{"TLS alone", "hostssl all all 0.0.0.0/0 scram-sha-256\n", true, nil, nil, false},
		{"TLS alone, and the cluster offers none", "hostssl all all 0.0.0.0/0 trust\n", false, nil, nil, false},
		{"plain from anywhere", "host all all all scram-sha-256\n", true, []int{1}, nil, false},
		{"plain is refused first", "hostnossl all all all reject\nhost all all all scram-sha-256\n", true, nil, nil, false},
		{"plain is refused for one user only", "hostnossl all bob all reject\nhost all all all scram-sha-256\n", true, []int{2}, nil, false},
		{"plain is refused in one half and the other", "hostnossl all all 10.0.0.0/9 reject\nhostnossl all all 10.128.0.0/9 reject\nhost all all 10.0.0.0/8 md5\n", true, nil, []int{3}, false},
		{"plain is refused in one half", "hostnossl all all 10.0.0.0/9 reject\nhost all all 10.0.0.0/8 scram-sha-256\n", true, []int{2}, nil, false},
		{"a mask of its own", "host all all 192.168.0.0 255.255.0.0 password\n", true, []int{1}, []int{1}, false},
		{"trust over TLS", "hostssl all all 192.0.2.0/24 trust\n", true, nil, []int{1}, false},
		{"this host alone", "host all all samehost trust\nhost all all 127.0.0.0/8 trust\n", true, nil, nil, false},
		{"a host name", "hostnossl all all .example.com reject\nhost app app db.example.com md5\n", true, []int{2}, []int{2}, false},
		{"everything is refused", "host all all all reject\nhost all all 0.0.0.0/0 trust\n", true, nil, nil, false},
		{"a line that goes on", "host all all \\\n  all trust\n", true, []int{1}, []int{1}, false},
		{"to refuse all refuses no standby", "hostnossl all all all reject\nhost replication repl 10.0.0.0/8 scram-sha-256\n", true, []int{2}, nil, false},
		{"standbys are refused as well", "hostnossl all,replication all all reject\nhost all,replication repl 10.0.0.0/8 scram-sha-256\n", true, nil, nil, false},
		{"trust that demands a certificate", "hostssl all all all trust clientcert=verify-full\n", true, nil, nil, false},
		{"more refusals than are followed", strings.Repeat("host all all 10.0.0.1/32 reject\n", 70) + "host all all all trust\n", true, nil, nil, true},
		{"an include that is not there", "include other.conf\nhostssl all all all scram-sha-256\n", true, nil, nil, true},
	}
	for _, test := range tests {
		h, err := LoadHBA(capture.MemoryOf(map[string]string{"/pg/pg_hba.conf": test.hba}), "/pg/pg_hba.conf")
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		w := h.Ways(test.tls)
		if diff := cmp.Diff([]any{test.plain, test.weak, test.open}, []any{linesOf(w.Plain), linesOf(w.Weak), w.Open}); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// TestIncludesDoNotMultiply holds that files which name each other many times end: each line alone would read 40 more, ten deep.
func TestIncludesDoNotMultiply(t *testing.T) {
	m := capture.MemoryOf(map[string]string{
		"/pg/postgresql.conf": strings.Repeat("include 'postgresql.conf'\n", 40),
		"/pg/pg_hba.conf":     strings.Repeat("include pg_hba.conf\n", 40),
		"/pg/names_hba.conf":  "host all @names all trust\n",
		"/pg/names":           strings.Repeat("@names\n", 40),
	})
	c, err := Load(m, "/pg/postgresql.conf")
	if err != nil || c.Unread == nil || len(c.Files) > 2000 {
		t.Errorf("%v, %v, %d files", err, c.Unread, len(c.Files))
	}
	for _, file := range []string{"/pg/pg_hba.conf", "/pg/names_hba.conf"} {
		if h, err := LoadHBA(m, file); err != nil || h.Unread == nil || len(h.Files) > 2000 {
			t.Errorf("%s: %v, %v, %d files", file, err, h.Unread, len(h.Files))
		}
	}
}

func linesOf(rules []Rule) []int {
	var all []int
	for _, r := range rules {
		all = append(all, r.Line)
	}
	return all
}

func TestBrokenRules(t *testing.T) {
	for text, want := range map[string]string{
		"x all all all md5": "unknown type", "host all all": "too early", "host all all 10.0.0.0/33 md5": "not an address", "host all all 10.0.0.1": "without a mask",
		"host all all 10.0.0.1 md5": "not a mask", "host all all all md5 x": "not name=value", "host all all all": "without a method",
	} {
		if _, err := LoadHBA(capture.MemoryOf(map[string]string{"/h": text}), "/h"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("ssl = on\ninclude 'x'\na 'b''c'\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Load(capture.MemoryOf(map[string]string{"/p.conf": text}), "/p.conf")
		if err != nil {
			return
		}
		for name, s := range c.settings {
			if name != strings.ToLower(name) || s.Line < 1 {
				t.Errorf("%v", s)
			}
		}
	})
}

func FuzzLoadHBA(f *testing.F) {
	f.Add("host all all 10.0.0.0/8 md5 a=b\nhostnossl \"all\",x @f ::/0 reject\ninclude_dir d\n")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := LoadHBA(capture.MemoryOf(map[string]string{"/h": text, "/f": "a b,c"}), "/h")
		if err != nil {
			return
		}
		if w := h.Ways(false); len(w.Plain) > len(h.Rules) || len(w.Weak) > len(h.Rules) {
			t.Error("more ways than rules")
		}
	})
}
