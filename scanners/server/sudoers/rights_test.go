package sudoers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

const debianSudoers = `Defaults	env_reset
Defaults	secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Host alias specification
root	ALL=(ALL:ALL) ALL
%sudo	ALL=(ALL:ALL) ALL
@includedir /etc/sudoers.d
`

func TestRights(t *testing.T) {
	anna := User{Name: "anna", UID: 1000, Groups: []string{"anna", "sudo"}, GIDs: []int{1000, 27}}
	type got struct {
		All, WithoutProof Verdict
		Line              int
	}
	for _, c := range []struct {
		name, sudoers string
		want          got
	}{
		{"Debian's own", debianSudoers, got{Yes, No, 5}},
		{"not named", "root ALL=(ALL) ALL\n", got{No, No, 0}},
		{"without a password", "anna ALL=(ALL) NOPASSWD: ALL\n", got{Yes, Yes, 1}},
		{"a later line asks again", "anna ALL=(ALL) NOPASSWD: ALL\n%sudo ALL=(ALL) ALL\n", got{Yes, No, 2}},
		{"a later line asks for one command only", "anna ALL=(ALL) NOPASSWD: ALL\nanna ALL=(ALL) PASSWD: /bin/sh\n", got{Yes, Yes, 1}},
		{"one command", "anna ALL=(root) NOPASSWD: /usr/bin/systemctl restart nginx\n", got{No, Yes, 0}},
		{"one command, with a password", "anna ALL=(root) /usr/bin/systemctl\n", got{No, No, 0}},
		{"the tag goes on to the next", "anna ALL = NOPASSWD: /bin/a, ALL\n", got{Yes, Yes, 1}},
		{"the tag is taken back", "anna ALL = NOPASSWD: /bin/a, PASSWD: ALL\nanna ALL=/bin/a\n", got{Yes, No, 1}},
		{"all but some", "anna ALL = ALL, !/bin/su\n", got{Yes, No, 1}},
		{"all and then nothing", "anna ALL = ALL\nanna ALL = !ALL\n", got{No, No, 2}},
		{"as another", "anna ALL=(www-data) NOPASSWD: ALL\n", got{No, No, 0}},
		{"as all but root", "anna ALL=(ALL, !root) NOPASSWD: ALL\n", got{No, No, 0}},
		{"as oneself", "anna ALL=() NOPASSWD: ALL\n", got{No, No, 0}},
		{"as a group", "anna ALL=(:adm) NOPASSWD: ALL\n", got{No, No, 0}},
		{"as user 0", "anna ALL=(#0) NOPASSWD: ALL\n", got{Yes, Yes, 1}},
		{"by user id", "#1000 ALL=ALL # all\n", got{Yes, No, 1}},
		{"by group id", "%#27 ALL=ALL\n", got{Yes, No, 1}},
		{"by a netgroup", "+admins ALL=NOPASSWD: ALL\n", got{Undecided, Undecided, 1}},
		{"all users but one", "ALL, !anna ALL=ALL\n", got{No, No, 0}},
		{"by an alias", "User_Alias ADMINS = bea, anna : OTHERS = carl\nADMINS ALL=ALL\n", got{Yes, No, 2}},
		{"an alias of commands", "Cmnd_Alias WEB = /bin/a, /bin/b\nanna ALL=NOPASSWD: WEB\n", got{No, Yes, 0}},
		{"an alias of targets", "Runas_Alias OPS = root, www\nanna ALL=(OPS) ALL\n", got{Yes, No, 2}},
		{"on another host", "anna other = NOPASSWD: ALL\n", got{No, No, 0}},
		{"on this host", "anna other, host1 = NOPASSWD: ALL\n", got{Yes, Yes, 1}},
		{"by address", "anna 192.0.2.0/24 = ALL\n", got{Undecided, No, 1}},
		{"of an alias of hosts", "Host_Alias WEB = host1\nanna WEB = ALL : other = /bin/a\n", got{Yes, No, 2}},
		{"nobody is asked", "Defaults !authenticate\nanna ALL = ALL\n", got{Yes, Yes, 2}},
		{"she is not asked", "Defaults:anna !authenticate\nanna ALL = ALL\n", got{Yes, Yes, 2}},
		{"she is asked all the same", "Defaults !authenticate\nanna ALL = PASSWD: ALL\n", got{Yes, No, 2}},
		{"another is not asked", "Defaults:bea !authenticate\nanna ALL = ALL\n", got{Yes, No, 2}},
		{"the last line counts, of targets too", "Defaults>root authenticate\nDefaults !authenticate\nanna ALL = ALL\n", got{Yes, Yes, 3}},
		{"of targets after another", "Defaults !authenticate\nDefaults>root authenticate\nanna ALL = ALL\n", got{Yes, No, 3}},
		{"an even number of marks changes nothing", "Defaults:anna !!authenticate\nanna ALL = ALL\n", got{Yes, No, 2}},
		{"a blank after the mark is an error to sudo", "Defaults:! bea !authenticate\nanna ALL = ALL\n", got{Undecided, Undecided, 2}},
		{"a blank before the mark is none", "Defaults: !bea,anna !authenticate\nanna ALL = ALL\n", got{Yes, Yes, 2}},
		{"a blank after the mark of a later member is one too", "Defaults:bea, ! bea, anna !authenticate\nanna ALL = ALL\n", got{Undecided, Undecided, 2}},
		{"a comment does not go on", "bea ALL = ALL # not \\\nanna ALL = NOPASSWD: ALL\n", got{Yes, Yes, 2}},
		{"a comment with a quote before it", "bea ALL = /bin/a \"b # not \\\nanna ALL = NOPASSWD: ALL\n", got{Yes, Yes, 2}},
		{"a number goes on", "#1000 \\\n ALL = NOPASSWD: ALL\n", got{Yes, Yes, 1}},
		{"a quoted mark goes on", "Defaults passprompt=\"#\", \\\n !authenticate\nanna ALL = ALL\n", got{Yes, Yes, 3}},
		{"a quoted name is no alias", "User_Alias A = anna\n\"A\" ALL = ALL\n", got{No, No, 0}},
		{"a quoted name is not everybody", "\"ALL\" ALL = ALL\n", got{No, No, 0}},
		{"marks apart are an error to sudo", "! !anna ALL = ALL\n", got{Undecided, Undecided, 0}},
		{"a negated value is an error to sudo", "Defaults !exempt_group=sudo\nanna ALL = ALL\n", got{Undecided, Undecided, 2}},
		{"a value without an end", "Defaults passprompt=\"a\nanna ALL = ALL\n", got{Undecided, Undecided, 2}},
		{"a backslash that stands for nothing", "anna ALL = ALL, /bin/a \\d\n", got{Undecided, Undecided, 0}},
		{"a backslash in a name", "anna ALL = ALL, /bin/p\\rintf\n", got{Undecided, Undecided, 0}},
		{"a reserved name", "TIMEOUT ALL = ALL\n", got{Undecided, Undecided, 0}},
		{"a comma at the end", "anna ALL = ALL,\n", got{Undecided, Undecided, 0}},
		{"an alias after the mark", "User_Alias A = bea\nDefaults:!A !authenticate\nanna ALL = ALL\n", got{Yes, No, 3}},
		{"a netgroup after the mark", "Defaults:+g !authenticate\nanna ALL = ALL\n", got{Yes, Undecided, 2}},
		{"her group is exempt", "Defaults exempt_group=sudo\nanna ALL = ALL\n", got{Yes, Yes, 2}},
		{"exempt whatever the tag says", "Defaults exempt_group=sudo\nanna ALL = PASSWD: ALL\n", got{Yes, Yes, 2}},
		{"continued", "anna \\\n  ALL = \\\n NOPASSWD: ALL\n", got{Yes, Yes, 1}},
		{"not understood", "anna ALL = ALL\nthis is ( nothing\n", got{Undecided, Undecided, 1}},
		{"for a time", "anna ALL = NOTAFTER=20300101 ALL\n", got{Undecided, No, 1}},
		{"with a directory", "anna ALL = CWD=/tmp TIMEOUT=1h NOPASSWD: SETENV: /usr/bin/\n", got{No, Yes, 0}},
		{"with a digest", "anna ALL = NOPASSWD: sha224:0GomF8mNN3wlDt1HD9XldjJ3SNgpFdbjO1+NsQ== /bin/ls\n", got{No, Yes, 0}},
		{"included", "@include /etc/extra\n", got{Yes, Yes, 1}},
		{"named with a backslash", "an\\na ALL = ALL\n", got{Yes, No, 1}},
		{"an expression without an end", "anna ALL = ALL, /bin/a ^x\n", got{Undecided, Undecided, 0}},
		{"an expression of a path without an end", "anna ALL = ^/bin/a\n", got{Undecided, Undecided, 0}},
		{"aliases that name themselves", "User_Alias A = anna, A\nCmnd_Alias C = ALL, C\nA ALL = C\n", got{Undecided, No, 3}},
		{"a member after an alias that names itself", "User_Alias A = A\nA, anna ALL = ALL\n", got{Yes, No, 2}},
		{"arguments with a comma", "anna ALL = NOPASSWD: /bin/a -o x\\,y, !/bin/b\n", got{No, Yes, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Load(capture.MemoryOf(map[string]string{
				"/etc/sudoers": c.sudoers, "/etc/extra": "anna ALL=NOPASSWD: ALL\n", "/etc/sudoers.d/README": "# nothing\n",
				"/etc/sudoers.d/a.off": "anna ALL=NOPASSWD: ALL\n", "/etc/sudoers.d/a~": "anna ALL=NOPASSWD: ALL\n",
			}), "host1.example.com")
			if err != nil {
				t.Fatal(err)
			}
			r := p.Rights(anna, "host1.example.com")
			if diff := cmp.Diff(c.want, got{r.All.Verdict, r.WithoutProof.Verdict, r.All.By.Number}); diff != "" {
				t.Error(diff, p.Unread)
			}
		})
	}
}

func TestRightsOfAHugePolicyEnd(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "ALL ALL = /bin/c%d\n", i)
	}
	p, err := Load(capture.MemoryOf(map[string]string{"/etc/sudoers": b.String()}), "host1")
	if err != nil {
		t.Fatal(err)
	}
	r := p.Rights(User{Name: "anna", UID: 1000}, "host1")
	if r.All.Verdict != No || r.WithoutProof.Verdict != Undecided {
		t.Errorf("got %+v; not all could be asked", r)
	}
}

func TestAliasesThatNameEachOtherEnd(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "User_Alias A%d = !A%d, A%d, !A%d\n", i, i+1, i+1, i+1)
	}
	b.WriteString("A0 ALL = ALL\n")
	p, err := Load(capture.MemoryOf(map[string]string{"/etc/sudoers": b.String()}), "host1")
	if err != nil {
		t.Fatal(err)
	}
	if r := p.Rights(User{Name: "anna", UID: 1000}, "host1"); r.All.Verdict != No {
		t.Errorf("got %+v of names that are no accounts", r)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(debianSudoers)
	f.Add("User_Alias A = A, !B : B = A\nA ALL = (A:A) NOPASSWD: CWD=/x sha224:aa /b, !C\nDefaults!/bin/a !authenticate, x=\"y\\\"\"\n")
	f.Add("@include /etc/sudoers\n#includedir /etc\n")
	f.Add("%:x, +y, #-1 10.0.0.1, fe80::1/64 = ^/bin/(a|b)$ ^-x$, list\\\n")
	f.Fuzz(func(t *testing.T, data string) {
		p, err := Load(capture.MemoryOf(map[string]string{"/etc/sudoers": data}), "host1")
		if err != nil {
			t.Fatal(err)
		}
		r := p.Rights(User{Name: "anna", UID: 1000}, "host1")
		if len(p.Unread) > 0 && r.All.Verdict != Undecided {
			t.Errorf("decided though lines are not understood: %+v", r)
		}
	})
}
