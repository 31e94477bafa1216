// Package schedule finds the longest time between two runs of what runs by the calendar: cron tables and timers.
//
// It counts in the host's local time, as both do, and leaves out that a day has 23 or 25 hours when the clocks change.
package schedule

import (
	"slices"
	"time"
)

// Day is the number of seconds of a day.
const Day = 24 * 60 * 60

// near is how many years schedules are followed first, and years how many where nothing repeats in them: the 29th of February comes every
// four years, on a given weekday every 28 of them.
const (
	near  = 12
	years = 40
)

// Times are the moments of one schedule: every one of Seconds, which are sorted and counted from midnight, on every day that On says.
type Times struct {
	On      func(day time.Time) bool // day is midnight in UTC
	Seconds []int
}

// span is what one day looks like.
type span struct{ first, last, longest int }

// Longest returns the longest time between two moments of the schedules together, and false when they end: when there is no
// moment, or none after some day.
func Longest(from time.Time, all ...Times) (time.Duration, bool) {
	if d, ok := within(from, near, all); ok {
		return d, true
	}
	return within(from, years, all)
}

// within follows schedules for some years.
func within(from time.Time, years int, all []Times) (time.Duration, bool) {
	day := time.Date(from.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	seen := map[string]span{}
	longest, since := 0, -1 // since is counted in seconds from the first day
	for n := range years * 366 {
		s, some := spanOf(day.AddDate(0, 0, n), all, seen)
		if !some {
			continue
		}
		if since >= 0 {
			longest = max(longest, n*Day+s.first-since)
		}
		longest, since = max(longest, s.longest), n*Day+s.last
	}
	if since < 0 || years*366*Day-since > longest {
		return 0, false
	}
	return time.Duration(longest) * time.Second, true
}

// spanOf looks at one day; seen remembers days on which the same schedules run.
func spanOf(day time.Time, all []Times, seen map[string]span) (span, bool) {
	key := make([]byte, len(all))
	some := false
	for i, t := range all {
		if len(t.Seconds) > 0 && t.On(day) {
			key[i], some = 1, true
		}
	}
	if !some {
		return span{}, false
	}
	s, ok := seen[string(key)]
	if !ok {
		s = measure(all, key)
		seen[string(key)] = s
	}
	return s, true
}

// measure joins the seconds of the schedules whose key is set.
func measure(all []Times, key []byte) span {
	var joined []int
	for i, t := range all {
		if key[i] == 1 {
			joined = append(joined, t.Seconds...)
		}
	}
	slices.Sort(joined)
	s := span{first: joined[0], last: joined[len(joined)-1]}
	for i := 1; i < len(joined); i++ {
		s.longest = max(s.longest, joined[i]-joined[i-1])
	}
	return s
}

// Next returns the first moment after a moment, or false when there is none within the time that schedules are followed. The
// location of after is kept.
func Next(after time.Time, t Times) (time.Time, bool) {
	y, m, d := after.Date()
	first := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	elapsed := after.Hour()*3600 + after.Minute()*60 + after.Second()
	for n := range years * 366 {
		day := first.AddDate(0, 0, n)
		if !t.On(day) {
			elapsed = -1
			continue
		}
		at, _ := slices.BinarySearch(t.Seconds, elapsed+1)
		if at < len(t.Seconds) {
			return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, t.Seconds[at], 0, after.Location()), true
		}
		elapsed = -1
	}
	return time.Time{}, false
}

// Clock joins hours, minutes and seconds to the sorted seconds of a day.
func Clock(hours, minutes, seconds []int) []int {
	all := make([]int, 0, len(hours)*len(minutes)*len(seconds))
	for _, h := range hours {
		for _, m := range minutes {
			for _, s := range seconds {
				all = append(all, h*3600+m*60+s)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
