package systemd_test

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/schedule"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// TestAgainstCalendar compares when calendar events elapse with what systemd-analyze says.
func TestAgainstCalendar(t *testing.T) {
	t.Parallel()
	program, random := against.Daemon(t, "systemd-analyze"), against.Random(t)
	for range against.Cases(60, 3000) {
		text := randomCalendar(random)
		want, valid := said(t, program, text)
		c, err := systemd.ParseCalendar(text)
		if (err == nil) != valid {
			t.Fatalf("%q: read with %v, systemd reads it: %v", text, err, valid)
		}
		if err == nil {
			if diff := cmp.Diff(elapses(c, len(want)), want); diff != "" {
				t.Fatalf("%q elapses (-got +want)\n%s", text, diff)
			}
		}
	}
}

// base is when elapses are counted from.
func base() time.Time { return time.Date(2026, 2, 10, 11, 12, 13, 0, time.UTC) }

// iterations is how many elapses are compared; there is one more line when there is an error.
const iterations = 6

func said(t *testing.T, program, text string) ([]string, bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, "calendar", "--base-time", base().Format("2006-01-02 15:04:05 UTC"), "--iterations", fmt.Sprint(iterations), text)
	cmd.Env = append(cmd.Environ(), "TZ=UTC", "LC_ALL=C", "SYSTEMD_COLORS=0")
	out, err := cmd.Output()
	if err != nil {
		return nil, false
	}
	all := []string{}
	for line := range strings.SplitSeq(string(out), "\n") {
		_, at, ok := strings.Cut(line, ": ")
		if ok && (strings.Contains(line, "Next elapse") || strings.Contains(line, "Iteration") || strings.Contains(line, "Iter. #")) && !strings.Contains(at, "never") {
			all = append(all, strings.TrimSpace(at))
		}
	}
	return all, true
}

func elapses(c systemd.Calendar, n int) []string {
	all := []string{}
	at, times := base(), c.Times()
	for range n + 1 {
		next, ok := schedule.Next(at, times)
		if !ok || len(all) == iterations {
			break
		}
		at = next
		all = append(all, at.Format("Mon 2006-01-02 15:04:05 UTC"))
	}
	return all
}

func randomCalendar(r *rand.Rand) string {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	part := func(top int) string {
		one := func() string {
			switch r.IntN(6) {
			case 0:
				return fmt.Sprintf("%d..%d", r.IntN(top), r.IntN(top+2))
			case 1:
				return fmt.Sprintf("%d/%d", r.IntN(top), r.IntN(top/2+2))
			case 2:
				return fmt.Sprintf("%d..%d/%d", r.IntN(top/2), top/2+r.IntN(top/2+1), 1+r.IntN(4))
			}
			return fmt.Sprint(r.IntN(top + 1))
		}
		switch r.IntN(5) {
		case 0, 1:
			return "*"
		case 2:
			return one() + "," + one()
		}
		return one()
	}
	day := pick("", "", "", "Mon ", "Mon..Fri ", "sat,SUNDAY ", "Tue, ", "Fri-Sun ", "Sun..Mon ", "Wed,Thu..Sat ", "Mon,, ")
	date := pick("", "*-*-"+part(31)+" ", "*-"+part(12)+"-"+part(31)+" ", part(12)+"-"+part(28)+" ", "*-*~"+part(10)+" ", part(12)+"~"+part(5)+" ",
		pick("2026", "2026..2030", "2027,2029", "27", "2024/2", "99", "1960")+"-*-"+part(28)+" ")
	clock := pick("", part(23)+":"+part(59), part(23)+":"+part(59)+":"+part(59), "*:0/15", "*:*:0/20", "00:00:0.5", "12:00:00..03.5", "6:00:10/7.25")
	text := strings.TrimSpace(day + date + clock + pick("", "", " UTC"))
	return pick(text, text, text, text, text, pick("daily", "weekly", "Monthly", "quarterly", "semiannually", "yearly", "hourly", "minutely", "daily UTC", "@1900000000", "monday", "fortnightly"))
}
