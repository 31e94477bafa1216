package logrotate_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
)

// simulated is a stanza that is run over days, with records that are written shortly after and shortly before midnight.
type simulated struct {
	text string
	days int
	runs []time.Duration // after midnight; none means at midnight
	idle bool            // nothing is written in every other month
}

// simulations lists the few that always run, and all of them.
func simulations() []simulated {
	few := []simulated{{"daily\nrotate 14", 40, nil, false}, {"weekly\nrotate 2\nmaxage 10\ncreate", 50, nil, false}, {"daily\nrotate -1\nmaxage 5\ndateext\ncreate", 20, nil, false}}
	if !against.All() {
		return few
	}
	for _, period := range []string{"daily", "weekly", "weekly 3", "weekly 7", "monthly"} {
		for _, keep := range []string{"rotate 0", "rotate 1", "rotate 3\nmaxage 20\ncreate", "rotate 5\ndateext", "rotate 12\nmaxage 45\ncopytruncate", "rotate -1\nmaxage 33\ncreate"} {
			few = append(few, simulated{period + "\n" + keep, 800, nil, false})
		}
	}
	half := []time.Duration{time.Hour, 13 * time.Hour}
	return append(few,
		simulated{"daily\nrotate 7", 400, half, false}, simulated{"hourly\nrotate 30", 60, half, false}, simulated{"hourly\nrotate 10\nmaxage 3\ncreate", 60, half, false},
		simulated{"yearly\nrotate 2", 2000, nil, false}, simulated{"monthly\nrotate 24", 1500, nil, false}, simulated{"daily\nrotate 5\ncreate", 400, nil, true},
		simulated{"weekly\nrotate 52\nmaxage 30\ncreate", 800, nil, true}, simulated{"monthly\nrotate 3\nmaxage 40\nstart 0\ncreate", 800, nil, true}, simulated{"daily\nrotate 3\nmaxsize 30", 300, nil, false},
		simulated{"daily\nrotate 3\nminsize 30", 300, nil, false}, simulated{"daily\nrotate 5\nnotifempty\nmaxage 3", 300, nil, false}, simulated{"daily\nrotate 4\ncopy", 60, nil, false})
}

// TestAgainstSimulation runs logrotate by a clock of its own over years, and looks when each record is gone.
func TestAgainstSimulation(t *testing.T) {
	t.Parallel()
	program := against.Daemon(t, "logrotate")
	const clock = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
	if _, err := os.Stat(clock); err != nil {
		t.Skip("libfaketime is not installed: nothing was simulated")
	}
	for _, s := range simulations() {
		t.Run(strings.ReplaceAll(s.text, "\n", ","), func(t *testing.T) {
			t.Parallel()
			s.run(t, program, clock)
		})
	}
}

func (s simulated) run(t *testing.T, program, clock string) {
	t.Helper()
	root := t.TempDir()
	log, conf := filepath.Join(root, "logs/a"), filepath.Join(root, "conf")
	text := log + " {\nmissingok\n" + s.text + "\n}\n"
	if err := os.Mkdir(filepath.Dir(log), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	begin := time.Date(2023, 11, 17, 0, 0, 0, 0, time.UTC)
	runs := s.runs
	if runs == nil {
		runs = []time.Duration{0}
	}
	kept := s.kept(text)
	alive := map[string]time.Time{}
	write := func(at time.Time) {
		name := at.Format("2006-01-02T15:04:05")
		if s.idle && at.Month()%2 == 0 {
			return
		}
		f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // in the test's own directory
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(f, name)
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(log, at, at); err != nil {
			t.Fatal(err)
		}
		alive[name] = at
	}
	for n := range s.days {
		day := begin.AddDate(0, 0, n)
		if runs[0] > 5*time.Minute {
			write(day.Add(5 * time.Minute))
		}
		for _, run := range runs {
			at := day.Add(run)
			cmd := exec.CommandContext(t.Context(), program, "-s", filepath.Join(root, "status"), conf) //nolint:gosec // the daemon that is compared with
			cmd.Env = append(cmd.Environ(), "LD_PRELOAD="+clock, "NO_FAKE_STAT=1", "TZ=UTC", "FAKETIME="+at.Format("2006-01-02 15:04:05"))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			s.look(t, filepath.Dir(log), at, alive, kept)
			write(at.Add(5 * time.Minute))
		}
		write(day.Add(24*time.Hour - 5*time.Minute))
	}
}

// kept is what we say of the stanza.
func (s simulated) kept(text string) logrotate.Kept {
	c := logrotate.Load(capture.MemoryOf(map[string]string{logrotate.MainFile: text}), logrotate.MainFile, nil, logrotate.Version{Older: true})
	runs := logrotate.EveryDay(from())
	runs.At[0].Seconds = nil
	for _, r := range s.runs {
		runs.At[0].Seconds = append(runs.At[0].Seconds, int(r.Seconds()))
	}
	if s.runs == nil {
		runs.At[0].Seconds = []int{0}
	}
	return c.Stanzas[0].Keeps(runs)
}

// look takes away the records that are gone, and compares how long each was there.
func (s simulated) look(t *testing.T, dir string, now time.Time, alive map[string]time.Time, kept logrotate.Kept) {
	t.Helper()
	there := map[string]bool{}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if info, err := f.Info(); err == nil && info.ModTime().After(now) { // what logrotate wrote has the real clock's time
			if err := os.Chtimes(filepath.Join(dir, f.Name()), now, now); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for record := range strings.FieldsSeq(string(data)) {
			there[record] = true
		}
	}
	for record, at := range alive {
		age := int(now.Sub(at) / (24 * time.Hour))
		if there[record] {
			if kept.MaxWhy == "" && age > kept.Max {
				t.Fatalf("%s is still there on %v, after %d days; we say %+v", record, now, age, kept)
			}
			continue
		}
		delete(alive, record)
		if exact := now.Sub(at) + 6*time.Minute; kept.MinWhy == "" && int(exact/(24*time.Hour)) < kept.Min {
			t.Fatalf("%s is gone on %v, after %d days; we say %+v", record, now, age, kept)
		}
	}
}
