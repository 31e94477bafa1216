package logrotate_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
)

// ours lists the logs that are rotated, with the number of old ones.
func ours(c logrotate.Configuration) []string {
	var all []string
	for _, s := range c.Stanzas {
		for _, log := range s.Logs {
			all = append(all, fmt.Sprint(log, " ", s.Count))
		}
	}
	return all
}

func TestStanzas(t *testing.T) {
	t.Parallel()
	for name, tt := range heads() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(ours(load(tt.files)), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

// TestAgainstStanzas asks logrotate -d the same.
func TestAgainstStanzas(t *testing.T) {
	t.Parallel()
	program := against.Daemon(t, "logrotate")
	against.Superuser(t)
	for name, tt := range heads() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(theirs(t, program, tt.files), tt.want); diff != "" {
				t.Errorf("logrotate (-theirs +want)\n%s", diff)
			}
		})
	}
}

// debug runs logrotate -d on files that stand in a directory of their own.
func debug(t *testing.T, program string, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		at := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil { //nolint:gosec // as on a host
			t.Fatal(err)
		}
		text = strings.ReplaceAll(text, "/etc/", root+"/etc/")
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil { //nolint:gosec // as on a host
			t.Fatal(err)
		}
	}
	out, _ := exec.CommandContext(t.Context(), program, "-d", "-s", filepath.Join(root, "status"), filepath.Join(root, "etc/logrotate.conf")).CombinedOutput()
	return string(out)
}

// TestAgainstOptions compares what is in force in generated files with what logrotate -d says. It does not say ages.
func TestAgainstOptions(t *testing.T) {
	t.Parallel()
	program, random := against.Daemon(t, "logrotate"), against.Random(t)
	against.Superuser(t)
	for range against.Cases(60, 2000) {
		files := randomFiles(random)
		said := debug(t, program, files)
		var got, want []string
		for _, s := range load(files).Stanzas {
			for _, log := range s.Logs {
				got = append(got, fmt.Sprintln(log, s.Count, period(s.Options), s.IfEmpty, s.MinSize, s.MaxSize))
			}
		}
		for _, c := range considered(said) {
			want = append(want, fmt.Sprintln(c.log+inForce(c.said)))
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Fatalf("%v\n(-got +want)\n%s\n%s", files, diff, said)
		}
	}
}

// period says a period as logrotate -d does.
func period(o logrotate.Options) string {
	switch o.Period {
	case logrotate.Daily:
		return "after 1 days"
	case logrotate.BySize:
		return fmt.Sprint(o.Size, " bytes")
	}
	return string(o.Period)
}

// inForce reads the options that logrotate -d says, on lines that were joined.
func inForce(line string) string {
	number := func(text, none string) string {
		if found := regexp.MustCompile(text).FindStringSubmatch(line); found != nil {
			return found[1]
		}
		return none
	}
	found := number(` (hourly|after 1 days|weekly|monthly|yearly|\d+ bytes) +(?:\([^)]*\)\s*)?(?:olddir is [^,]*, )?empty log`, "?")
	return fmt.Sprint(" ", count(line), " ", found, " ", strings.Contains(line, "empty log files are rotated"), " ",
		number(`only log files >= (\d+) bytes are rotated`, "0"), " ", number(`log files >= (\d+) are rotated earlier`, "0"))
}

// randomFiles makes a main file and two included ones of lines that may be wrong.
func randomFiles(r *rand.Rand) map[string]string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	line := func() string {
		return pick("daily", "weekly", "weekly 3", "monthly", "monthly 15", "yearly", "hourly", "size 10k", "size=3M", "size 5G", "minsize 1M", "maxsize 7k", "maxage 30", "rotate 5", "rotate 12",
			"rotate = 010", "notifempty", "ifempty", "missingok", "compress delaycompress", "create 0640 root root", "# rotate 9", "dateext", "rotate 7 # x", "rotate x", "rotate", "size", "daily # y",
			"sharedscripts", "postrotate\n  if true; then { echo rotate 3; }; fi\nendscript", "prerotate\n\tx }\n\tendscript", "frobnicate 3", "weekly 9", "daily;", "maxage -1", "rotate -1", "minsize 3x",
			"tabooext + .x", "nocreate", "start 3", "size 1m", "copytruncate", "olddir", "extension .log", "") + "\n"
	}
	number := 0
	stanza := func() string {
		number++
		name := pick(fmt.Sprintf("/nowhere/%d.log", number), fmt.Sprintf("/nowhere/%d.log /nowhere/%d.x", number, number), fmt.Sprintf("\"/nowhere/a %d\"\n/nowhere/b%d", number, number), "/nowhere/same")
		text := name + pick(" {\n", "\n{\n", "{ ")
		for range r.IntN(5) {
			if r.IntN(12) == 0 {
				text += pick("/nowhere/inner {\n", "rotate 4 }\n", "!\n", "size\n}\n")
			}
			text += "  " + line()
		}
		return text + pick("}\n", "}\n", "}\n", "  }\n", "} x\n", "}\n\n")
	}
	file := func() string {
		text := ""
		for range 1 + r.IntN(4) {
			if r.IntN(3) == 0 {
				text += pick("daily", "weekly", "rotate 3", "notifempty", "size 4k", "maxage 9", "rotate x", "# x", "tabooext + .b") + "\n"
			}
			text += stanza()
		}
		return text
	}
	main := file() + "include /etc/logrotate.d\n" + file()
	return map[string]string{"/etc/logrotate.conf": main, "/etc/logrotate.d/one.a": file(), "/etc/logrotate.d/two.b": file()}
}

// theirs lists the logs that logrotate -d would look at, with the number of old ones.
func theirs(t *testing.T, program string, files map[string]string) []string {
	t.Helper()
	var all []string
	for _, c := range considered(debug(t, program, files)) {
		all = append(all, c.log+" "+count(c.said))
	}
	return all
}

// one is a log, and what logrotate -d says of its stanza, on one line.
type one struct{ log, said string }

func considered(output string) []one {
	var all []one
	said := ""
	for line := range strings.SplitSeq(output, "\n") {
		if strings.HasPrefix(line, "rotating pattern") {
			said = ""
		}
		said += line
		if log, ok := strings.CutPrefix(line, "considering log "); ok {
			all = append(all, one{log, said})
		}
	}
	return all
}

// count is the number of old logs; 3.21 says nothing of unlimited ones.
func count(said string) string {
	if found := regexp.MustCompile(`\((\d+) rotations\)`).FindStringSubmatch(said); found != nil {
		return found[1]
	}
	if strings.Contains(said, "no old logs will be kept") {
		return "0"
	}
	return "-1"
}
