package logrotate

import (
	"slices"
	"time"

	"github.com/tomscan/tomscan/scanners/server/schedule"
)

// years is how far rotations are followed: the lengths of months come again after four, and what is kept longer is estimated.
const years = 24

// rhythm is what rotations depend on, beside the runs.
type rhythm struct {
	period Period
	day    int
}

// Remembering returns runs that count the rotations of each period once. They are for one goroutine.
func (r Runs) Remembering() Runs {
	r.seen = map[rhythm][]time.Duration{}
	return r
}

// rotations lists when a log is rotated, from memory where that is kept.
func (o Options) rotations(r Runs) []time.Duration {
	key := rhythm{o.Period, o.Day}
	at, ok := r.seen[key]
	if !ok {
		at = o.count(r)
		if r.seen != nil {
			r.seen[key] = at
		}
	}
	return at
}

// count lists when a log that is always written to is rotated, counted from the first day. The first ones, which depend on
// when logrotate first saw the log, are left out.
func (o Options) count(r Runs) []time.Duration {
	first := time.Date(r.From.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	span := years
	if o.Period == Hourly {
		span = 4
	}
	var at []time.Duration
	last := -1
	for n := range span * 366 {
		day := first.AddDate(0, 0, n)
		for _, second := range o.runsOf(day, r.At) {
			if last < 0 && o.Period != Hourly && o.Period != Daily {
				last = n // as the state file says when a log is new
				continue
			}
			if o.due(first, day, n, last) {
				last = n
				at = append(at, time.Duration(n*schedule.Day+second)*time.Second)
			}
		}
	}
	return at[min(1, len(at)):]
}

// runsOf lists the runs of a day that may rotate: the first of it, or the first of each hour.
func (o Options) runsOf(day time.Time, times []schedule.Times) []int {
	var all []int
	for _, t := range times {
		if len(t.Seconds) > 0 && t.On(day) {
			all = append(all, t.Seconds...)
		}
	}
	slices.Sort(all)
	if len(all) == 0 || o.Period != Hourly {
		return all[:min(1, len(all))]
	}
	return slices.CompactFunc(all, func(a, b int) bool { return a/3600 == b/3600 })
}

// due says whether a log is rotated on a day, the n-th, when it was last rotated on another.
// https://github.com/logrotate/logrotate/blob/3.21.0/logrotate.c (findNeedRotating)
func (o Options) due(first, day time.Time, n, last int) bool {
	since := n - last
	before := first.AddDate(0, 0, last)
	switch o.Period {
	case Weekly:
		return since >= 7 || since >= 1 && int(day.Weekday()) == o.Day
	case Monthly:
		if o.Day == 0 {
			return day.Month() != before.Month() || day.Year() != before.Year()
		}
		return since >= 31 || since >= 1 && (day.Day() == o.Day || day.AddDate(0, 0, 1).Day() == 1)
	case Yearly:
		return day.Year() != before.Year()
	}
	return true
}
