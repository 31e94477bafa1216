package accounts

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestLoad(t *testing.T) {
	d, err := Load(capture.MemoryOf(map[string]string{
		"/etc/passwd":        "root:x:0:0::/root:/bin/sh\n+nis::::::\nbad:x:y:0::/:/bin/sh\nanna:x:1000:1000::/home/anna:/usr/sbin/nologin\n",
		"/etc/group":         "adm:x:4:anna, bea\nanna:x:1000:\n",
		"/etc/shells":        "# shells\n/bin/sh # the shell\nnone\n",
		"/etc/nsswitch.conf": "passwd: files [NOTFOUND=return tryagain=continue] sss # ldap\nsudoers: files ldap\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := &Database{
		Accounts: []Account{{"root", "x", 0, 0, "/root", "/bin/sh", 1}, {"anna", "x", 1000, 1000, "/home/anna", "/usr/sbin/nologin", 4}},
		Groups:   []Group{{"adm", 4, []string{"anna", "bea"}}, {"anna", 1000, nil}}, Shells: []string{"/bin/sh"}, Remote: []string{"sss"}, RemoteSudoers: []string{"ldap"},
	}
	if diff := cmp.Diff(want, d, cmpopts.IgnoreUnexported(Database{})); diff != "" {
		t.Error(diff)
	}
	anna := d.Accounts[1]
	names, ids := d.GroupsOf(anna)
	if diff := cmp.Diff([]string{"adm", "anna"}, names) + cmp.Diff([]int{1000, 4}, ids); diff != "" || anna.HasShell() || !d.Accounts[0].HasShell() {
		t.Error(diff, anna)
	}
}

const someShadow = "root 6 5000 no 19000 99999\nanna y - no 19000 90\nbea - - no 19000 90\ncarl 1 - yes - 90\ndora none - no 0 90\nanna 1 - no 1 1\n"

func TestParseShadow(t *testing.T) {
	want := map[string]Password{
		"root": {"sha512crypt", 5000, -1, 19000}, "anna": {"yescrypt", -1, 90, 19000}, "bea": {"locked", -1, 90, 19000},
		"carl": {"locked", -1, -1, -1}, "dora": {"empty", -1, 90, 0},
	}
	if diff := cmp.Diff(want, ParseShadow([]byte(someShadow))); diff != "" {
		t.Error(diff)
	}
}

const someKeys = "anna ssh-rsa 1024 SHA256:x\nanna ssh-ed25519 256 SHA256:y no-pty from=x\nbea denied\nbea ssh-dss 1024 SHA256:z\nodd\n"

func TestParseKeys(t *testing.T) {
	got := ParseKeys([]byte(someKeys))
	want := map[string]Keys{
		"anna": {Keys: []Key{{Type: "ssh-rsa", Bits: 1024}, {Type: "ssh-ed25519", Bits: 256, Options: "no-pty from=x"}}},
		"bea":  {Keys: []Key{{Type: "ssh-dss", Bits: 1024}}, Denied: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	weak := []bool{got["anna"].Keys[0].Weak(), got["anna"].Keys[1].Weak(), got["bea"].Keys[0].Weak()}
	if !slices.Equal(weak, []bool{true, false, true}) {
		t.Error(weak)
	}
}

const someLogins = "anna Mon Jan 2 15:04:05 +0000 2023\nbea never\ncarl nonsense\n"

func TestParseLastLogins(t *testing.T) {
	last, never := ParseLastLogins([]byte(someLogins))
	if !last["anna"].Equal(time.Date(2023, 1, 2, 15, 4, 5, 0, time.UTC)) || len(last) != 1 || !cmp.Equal(never, map[string]bool{"bea": true}) {
		t.Error(last, never)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("root:x:0:0::/root:/bin/sh\n", "adm:x:4:a,b\n", "passwd: files [!a=b] x\n", someShadow)
	f.Add("a:x:1:1:::\n", "", "", someKeys)
	f.Add("", "", "", someLogins)
	f.Fuzz(func(t *testing.T, passwd, group, sources, output string) {
		d, err := Load(capture.MemoryOf(map[string]string{"/etc/passwd": passwd, "/etc/group": group, "/etc/nsswitch.conf": sources}))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range d.Accounts {
			if a.Name == "" || strings.ContainsAny(a.Name, ":\n") || a.UID < 0 || a.Line < 1 {
				t.Errorf("an impossible account: %+v", a)
			}
			d.GroupsOf(a)
		}
		for name, p := range ParseShadow([]byte(output)) {
			if name == "" || p.Scheme == "" || p.MaxDays >= 0 && p.Changed < 0 {
				t.Errorf("an impossible password of %q: %+v", name, p)
			}
		}
		for name, k := range ParseKeys([]byte(output)) {
			if !k.Denied && len(k.Keys) == 0 {
				t.Errorf("%q has neither keys nor a refusal", name)
			}
		}
		last, never := ParseLastLogins([]byte(output))
		for name := range last {
			if last[name].IsZero() && !never[name] {
				t.Errorf("%q logged in at no time", name)
			}
		}
	})
}
