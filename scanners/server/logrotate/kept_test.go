package logrotate_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
	"github.com/tomscan/tomscan/scanners/server/schedule"
)

func from() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// hourly are runs each hour; on sundays are runs each week.
func hourly() logrotate.Runs {
	return logrotate.Runs{From: from(), At: []schedule.Times{{On: func(time.Time) bool { return true }, Seconds: schedule.Clock([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}, []int{17}, []int{0})}}}
}

func onWednesdays() logrotate.Runs {
	return logrotate.Runs{From: from(), At: []schedule.Times{{On: func(d time.Time) bool { return d.Weekday() == time.Wednesday }, Seconds: []int{0}}}}
}

func TestKeeps(t *testing.T) {
	t.Parallel()
	const never = logrotate.Never
	every := logrotate.EveryDay(from())
	tests := map[string]struct {
		text string
		runs logrotate.Runs
		want logrotate.Kept

		version logrotate.Version
	}{
		"Apache of Debian":            {"daily\nrotate 14\nnotifempty", every, logrotate.Kept{Min: 14, Max: 15}, logrotate.Version{}},
		"exim of Debian":              {"daily\nrotate 10\nnotifempty", every, logrotate.Kept{Min: 10, Max: 11}, logrotate.Version{}},
		"two years by day":            {"daily\nrotate 731", every, logrotate.Kept{Min: 731, Max: 732}, logrotate.Version{}},
		"two years by week":           {"weekly\nrotate 105", every, logrotate.Kept{Min: 735, Max: 742}, logrotate.Version{}},
		"two years by month":          {"monthly\nrotate 24", every, logrotate.Kept{Min: 730, Max: 762}, logrotate.Version{}},
		"three months":                {"monthly\nrotate 3", every, logrotate.Kept{Min: 89, Max: 123}, logrotate.Version{}},
		"two years":                   {"yearly\nrotate 2", every, logrotate.Kept{Min: 730, Max: 1096}, logrotate.Version{}},
		"on a day of the month":       {"monthly 15\nrotate 3", every, logrotate.Kept{Min: 43, Max: 62}, logrotate.Version{Newer: true}},
		"nothing is kept":             {"daily\nrotate 0", every, logrotate.Kept{Min: 0, Max: 1}, logrotate.Version{}},
		"no limit is set":             {"daily", every, logrotate.Kept{Min: 0, Max: 1}, logrotate.Version{}},
		"all is kept":                 {"daily\nrotate -1", every, logrotate.Kept{Min: never, Max: never}, logrotate.Version{}},
		"all is kept for a time":      {"daily\nrotate -1\nmaxage 30\ncreate", every, logrotate.Kept{Min: 30, Max: 33}, logrotate.Version{}},
		"age cuts first":              {"weekly\nrotate 52\nmaxage 30\ncopytruncate", every, logrotate.Kept{Min: 30, Max: 42}, logrotate.Version{}},
		"age cuts when it is rotated": {"weekly\nrotate 52\nmaxage 30\nnotifempty", every, logrotate.Kept{Min: 30, Max: 371}, logrotate.Version{}},
		"age cuts what is made again": {"weekly\nrotate 52\nmaxage 30", every, logrotate.Kept{Min: 30, Max: 371}, logrotate.Version{}},
		"age cuts nothing":            {"rotate -1\ndaily\nmaxage 30\nnotifempty", every, logrotate.Kept{Min: 30, Max: never}, logrotate.Version{}},
		"hourly but run by day":       {"hourly\nrotate 24", every, logrotate.Kept{Min: 24, Max: 25}, logrotate.Version{}},
		"hourly and run by hour":      {"hourly\nrotate 48", hourly(), logrotate.Kept{Min: 2, Max: 2}, logrotate.Version{}},
		"daily and run by hour":       {"daily\nrotate 7", hourly(), logrotate.Kept{Min: 7, Max: 8}, logrotate.Version{}},
		"daily but run by week":       {"daily\nrotate 4", onWednesdays(), logrotate.Kept{Min: 28, Max: 35}, logrotate.Version{}},
		"not run":                     {"daily\nrotate 4", logrotate.Runs{Not: true}, logrotate.Kept{Max: never, MinWhy: logrotate.BecauseNoRuns}, logrotate.Version{}},
		"no known run":                {"daily\nrotate 4", logrotate.Runs{From: from()}, logrotate.Kept{MinWhy: logrotate.BecauseUnknown, MaxWhy: logrotate.BecauseUnknown}, logrotate.Version{}},
		"by size":                     {"rotate 10\nsize 10M", every, logrotate.Kept{MinWhy: logrotate.BecauseSize, MaxWhy: logrotate.BecauseSize}, logrotate.Version{}},
		"size and then week":          {"size 10M\nweekly\nrotate 4", every, logrotate.Kept{Min: 28, Max: 35}, logrotate.Version{}},
		"hour and then size":          {"hourly\nsize 10M\nrotate 4", every, logrotate.Kept{MinWhy: logrotate.BecauseSize, MaxWhy: logrotate.BecauseSize}, logrotate.Version{}},
		"larger ones early":           {"daily\nrotate 7\nmaxsize 1G", every, logrotate.Kept{Min: 7, Max: 8, MinWhy: logrotate.BecauseMaxSize}, logrotate.Version{}},
		"small ones never":            {"daily\nrotate 7\nminsize 1M", every, logrotate.Kept{Min: 7, Max: never}, logrotate.Version{}},
		"fresh ones never":            {"daily\nrotate 7\nminage 3", every, logrotate.Kept{Min: 7, Max: never}, logrotate.Version{}},
		"copied and not emptied":      {"daily\nrotate 7\ncopy", every, logrotate.Kept{Min: 7, Max: never}, logrotate.Version{}},
		"names that repeat":           {"daily\nrotate 7\ndateext\ndateformat -%Y-%m", every, logrotate.Kept{MinWhy: logrotate.BecauseDate, MaxWhy: logrotate.BecauseDate}, logrotate.Version{}},
		"minutes":                     {"minutes 5\nrotate 7", every, logrotate.Kept{MinWhy: logrotate.BecauseVersion, MaxWhy: logrotate.BecauseVersion}, logrotate.Version{}},
		"longer than followed":        {"yearly\nrotate 100", every, logrotate.Kept{Min: 36500, Max: 36966}, logrotate.Version{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := logrotate.Load(capture.MemoryOf(map[string]string{"/etc/logrotate.conf": "/var/log/a.log {\n" + tt.text + "\n}\n"}), logrotate.MainFile, nil, tt.version)
			if len(c.Stanzas) != 1 || len(c.Problems) != 0 {
				t.Fatalf("got %+v", c)
			}
			if diff := cmp.Diff(c.Stanzas[0].Keeps(tt.runs), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}
