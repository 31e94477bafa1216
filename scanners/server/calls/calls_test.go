package calls

import (
	"errors"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestIn(t *testing.T) {
	t.Parallel()
	rkhunter := "#!/bin/sh\nRKHUNTER=/usr/bin/rkhunter\ntest -x $RKHUNTER || exit 0\n/usr/bin/nice -n $NICE $RKHUNTER --cronjob --appendlog > $OUT\n"
	tests := map[string]struct {
		command string
		files   map[string]string
		want    []string
	}{
		"a program":                 {"clamscan -r /home", nil, []string{"clamscan -r /home @1"}},
		"by its path":               {"/usr/bin/aide --check", nil, []string{"aide --check @1"}},
		"behind wrappers":           {"sudo nice -n 19 ionice -c3 /usr/bin/clamdscan /srv", nil, []string{"clamdscan /srv @1"}},
		"behind a lock":             {"flock -n /run/lock clamscan /srv", nil, []string{"clamscan /srv @1"}},
		"of which it only talks":    {"echo clamscan; pkill clamscan", nil, []string{"echo clamscan @1", "pkill clamscan @1"}},
		"in a list and a condition": {"[ -x /usr/bin/aide ] && aide -C | mail root", nil, []string{"[ -x /usr/bin/aide ] @1", "aide -C @1", "mail root @1"}},
		"a script with variables": {"/etc/cron.daily/rkhunter", map[string]string{"/etc/cron.daily/rkhunter": rkhunter},
			[]string{"rkhunter @1", "test -x /usr/bin/rkhunter @3", "exit 0 @3", "rkhunter --cronjob --appendlog @4"}},
		"a script that a script calls":        {"/opt/a", map[string]string{"/opt/a": "#!/bin/sh\n/opt/b\n/opt/a\n", "/opt/b": "#!/bin/sh\nclamscan\n"}, []string{"a @1", "b @2", "clamscan @2", "a @3"}},
		"a script by two names":               {"/opt/a; /opt/../opt//a", map[string]string{"/opt/a": "#!/bin/sh\nclamscan\n"}, []string{"a @1", "clamscan @2", "a @1"}},
		"a script that is not there":          {"/opt/a", nil, []string{"a @1"}},
		"a script beside it":                  {"cd /opt && ./a", map[string]string{"/opt/a": "#!/bin/sh\nclamscan\n"}, []string{"cd /opt @1", "a @1", "clamscan @2"}},
		"as another user":                     {"sudo -u postgres pg_dumpall; runuser -u postgres -- pg_dump x", nil, []string{"pg_dumpall @1", "pg_dump x @1"}},
		"as another user, in a text":          {"su - postgres -c 'pg_dump x'", nil, []string{"su - postgres -c pg_dump x @1", "pg_dump x @1"}},
		"wrappers with values":                {"timeout -s KILL 1h ionice -c idle flock -w 5 /run/lock aide -C", nil, []string{"aide -C @1"}},
		"a text behind a lock":                {"flock -n /run/lock -c 'aide -C'", nil, []string{"sh -c aide -C @1", "aide -C @1"}},
		"a text that a login shell is given":  {"bash -lc 'aide -C'", nil, []string{"bash -lc aide -C @1", "aide -C @1"}},
		"words of a variable":                 {`D="/a /b"; find $D "$D"`, nil, []string{"find /a /b /a /b @1"}},
		"code of another language":            {"perl -e 'sleep 3'; php -r 'x();'; python3 -m json", nil, []string{"perl -e sleep 3 @1", "php -r x(); @1", "python3 -m json @1"}},
		"a program of the system in another":  {"python3 /usr/share/x.py", nil, []string{"python3 /usr/share/x.py @1"}},
		"a program that is no script":         {"/opt/a", map[string]string{"/opt/a": "ELF clamscan"}, []string{"a @1"}},
		"what a variable decides":             {"$CMD x", nil, []string{"? x @1"}},
		"no shell":                            {"echo 'a", nil, nil},
		"a script that a shell is given":      {"bash -x /opt/a now", map[string]string{"/opt/a": "clamscan /srv\n"}, []string{"bash -x /opt/a now @1", "clamscan /srv @1"}},
		"a text that a shell is given":        {"sh -c 'aide -C'", nil, []string{"sh -c aide -C @1", "aide -C @1"}},
		"a program that is known is not read": {"/opt/known", map[string]string{"/opt/known": "#!/bin/sh\nclamscan\n"}, []string{"known @1"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := In(capture.MemoryOf(tt.files), tt.command, "/etc/crontab", 1, func(p string) bool { return p == "/opt/known" })
			var got []string
			for _, c := range found.Calls {
				got = append(got, strings.ReplaceAll(strings.Join(append([]string{c.Program}, c.Words...), " "), Expansion, "?")+" @"+string(rune('0'+c.Line)))
			}
			if diff := cmp.Diff(got, tt.want); diff != "" || found.Unread != nil {
				t.Errorf("(-got +want)\n%s%v", diff, found.Unread)
			}
		})
	}
}

func TestAScriptThatWasNotCollectedIsSaid(t *testing.T) {
	t.Parallel()
	if got := In(capture.NewMemory("/etc"), "/srv/bin/scan.sh", "/etc/crontab", 1, None); !errors.Is(got.Unread, capture.ErrNotCollected) {
		t.Errorf("got %v", got)
	}
	if got := In(capture.NewMemory("/opt"), ". /etc/default/exim4", "/etc/crontab", 1, None); got.Unread != nil {
		t.Errorf("a file of settings: got %v", got)
	}
	if got := In(capture.NewMemory("/etc"), "/usr/bin/clamscan", "/etc/crontab", 1, None); got.Unread != nil {
		t.Errorf("a program of the system: got %v", got)
	}
}

// TestScriptsThatAreNotFoundAreSaid: what they would do is not known.
func TestScriptsThatAreNotFoundAreSaid(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"python3 /opt/a.py", "php /srv/cron.php", "cd /srv && php8.2 -f artisan run", "perl -w a.pl", "./a.sh", "$HOME/bin/a", "bash a.sh", "/opt/calls"} {
		if got := In(capture.MemoryOf(map[string]string{"/opt/calls": "#!/bin/sh\npython3 /opt/x\n"}), command, "/etc/crontab", 1, None); got.Unread == nil {
			t.Errorf("%s: got %v", command, got)
		}
	}
}

func TestWhatIsNoShellIsSaid(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]string{"another language": "#!/usr/bin/python3\nimport os\n", "a mistake": "#!/bin/sh\nif true\n",
		"too deep": "#!/bin/sh\n" + strings.Repeat("{ ", 4000) + "a\n" + strings.Repeat("} > /x\n", 4000)} {
		if got := In(capture.MemoryOf(map[string]string{"/opt/a": script}), "/opt/a", "/etc/crontab", 1, None); got.Unread == nil {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestWhereOutputGoes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		script string
		want   []Call
	}{
		"to a file":                       {"a > /x", []Call{{Program: "a", Into: "/x"}}},
		"to the end of a file":            {"a >> /x 2> /y", []Call{{Program: "a"}}},
		"a file is emptied":               {": > /x; > /y", []Call{{Program: ":", Into: "/x"}, {Program: ":", Into: "/y"}}},
		"through a pipe":                  {"a | b -c | d > /x", []Call{{Program: "a", Into: "/x", Piped: []Call{{Program: "b", Words: []string{"-c"}}, {Program: "d"}}}, {Program: "b", Words: []string{"-c"}, Into: "/x", Piped: []Call{{Program: "d"}}}, {Program: "d", Into: "/x"}}},
		"of a group":                      {"{ a; b > /y; } > /x", []Call{{Program: "a", Into: "/x"}, {Program: "b", Into: "/y"}}},
		"with the day in the name":        {"D=/b/$(date +%Y-%m-%d); a > $D/x", []Call{{Program: "date", Words: []string{"+%Y-%m-%d"}}, {Program: "a", Into: "/b/" + Stamp + "/x"}}},
		"with a name that comes again":    {"a > /x-$(date +%a)", []Call{{Program: "a", Into: "/x-" + Expansion}, {Program: "date", Words: []string{"+%a"}}}},
		"with a name that is not decided": {"a > $X", []Call{{Program: "a", Into: Expansion}}},
	}
	for name, tt := range tests {
		got := In(capture.MemoryOf(nil), tt.script, "", 0, None)
		if diff := cmp.Diff(tt.want, got.Calls, cmpopts.IgnoreFields(Call{}, "Line"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func FuzzIn(f *testing.F) {
	f.Add("A=/usr/bin/aide; nice $A --check", "#!/bin/sh\naide -C")
	f.Add("/a; sudo env X=1 clamscan", "#!/bin/bash\nB=$B$B; $B")
	f.Fuzz(func(t *testing.T, command, script string) {
		for _, c := range In(capture.MemoryOf(map[string]string{"/a": script}), command, "/f", 3, None).Calls {
			if c.Program != path.Base(c.Program) || (c.File != "/f" && c.File != "/a") || c.File == "/f" && c.Line != 3 || c.Line < 1 {
				t.Errorf("%+v", c)
			}
		}
	})
}

// TestTextsThatNestDeepEnd: the parser would need a gigabyte of stack, which nothing recovers from.
func TestTextsThatNestDeepEnd(t *testing.T) {
	for _, open := range []string{"{ ", "(", "$(", "$((", "((", "${a:-", "`", "[[ ( ", "a() ", "if a;then ", "while a\ndo "} {
		text := "#!/bin/sh\n" + strings.Repeat(open, 1_000_000/len(open))
		if found := In(capture.MemoryOf(map[string]string{"/a": text}), "/a", "/f", 1, None); found.Unread == nil {
			t.Errorf("%q: %d calls, and nothing was unread", open, len(found.Calls))
		}
	}
}

// TestTextsThatGrowEnd: each is short, and what it stands for is long or has no end.
func TestTextsThatGrowEnd(t *testing.T) {
	itself := `q=$Q$q$Q;Q=$q$Q$q;A=$q$A$q;$A"`
	variable := "A=" + strings.Repeat("a", wordLimit-1) + "\n"
	for name, text := range map[string]string{
		"a text that makes itself anew": `q="'";Q='"';A='sh -c "` + itself + `';sh -c "` + itself,
		"words of a long variable":      variable + "echo" + strings.Repeat(" $A", 100_000),
		"many variables":                variable + strings.Repeat("B$A=$A\n", 100_000),
		"many short words":              "echo" + strings.Repeat(" a", 500_000),
		"many calls":                    strings.Repeat("a\n", 20_000),
		"pipes in pipes":                strings.Repeat("{ ", 5_000) + "a" + strings.Repeat("; }"+strings.Repeat("|b", stagesLimit), 5_000),
	} {
		found := In(capture.MemoryOf(map[string]string{"/a": "#!/bin/sh\n" + text}), "/a", "/f", 1, None)
		if !errors.Is(found.Unread, errTooMany) {
			t.Errorf("%s: %d calls, and unread: %v", name, len(found.Calls), found.Unread)
		}
	}
}

// TestCommandsOfAHostAreBounded: thousands of lines of cron may call the same long script.
func TestCommandsOfAHostAreBounded(t *testing.T) {
	r := NewReader(capture.MemoryOf(map[string]string{"/a": "#!/bin/sh\n#" + strings.Repeat("a", sizeLimit-100)}), None)
	read, most := 0, hostLimit/sizeLimit
	for r.In("/a", "/f", 1).Unread == nil && read <= most {
		read++
	}
	if read < most/2 || read > most {
		t.Errorf("%d scripts were read, of at most %d", read, most)
	}
}

// TestNestedDatesAreReadOnce: twice the levels take twice the memory, not four times.
func TestNestedDatesAreReadOnce(t *testing.T) {
	allocations := func(levels int) float64 {
		text := strings.Repeat("$(date ", levels) + strings.Repeat(")", levels)
		return testing.AllocsPerRun(1, func() {
			if found := In(capture.MemoryOf(nil), text, "/f", 1, None); found.Unread != nil || len(found.Calls) <= levels {
				t.Errorf("%d calls, unread: %v", len(found.Calls), found.Unread)
			}
		})
	}
	if once, twice := allocations(100), allocations(200); twice > 3*once {
		t.Errorf("%.0f allocations for 100 levels, %.0f for 200", once, twice)
	}
}
