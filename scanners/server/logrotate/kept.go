package logrotate

import (
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/schedule"
)

// Never is the number of days of what is never removed.
const Never = 1<<31 - 1

// Why a number of days is not decided.
const (
	BecauseSize    = "log_rotated_by_size"  // size alone decides when a log is rotated
	BecauseMaxSize = "log_rotated_early"    // a large log is rotated before its time
	BecauseDate    = "log_date_format"      // names of old logs repeat within a period, so that rotations fail
	BecauseVersion = "log_rotation_version" // versions of logrotate read this differently
	BecauseNoRuns  = "log_rotation_not_run" // nothing runs logrotate
	BecauseUnknown = "log_rotation_runs"    // how often logrotate runs is not known
)

// Runs says when logrotate runs.
type Runs struct {
	At     []schedule.Times
	Jitter time.Duration // how much later than its time a run may start
	From   time.Time     // about when it is looked at
	Not    bool          // nothing runs it

	seen map[rhythm][]time.Duration
}

// EveryDay are runs at midnight.
func EveryDay(from time.Time) Runs {
	return Runs{At: []schedule.Times{{On: func(time.Time) bool { return true }, Seconds: []int{0}}}, From: from, Jitter: time.Hour}
}

// Kept says how long records are kept, in days that have wholly passed. The numbers are decided where no reason is given.
type Kept struct {
	Min, Max       int
	MinWhy, MaxWhy string
}

// Keeps computes how long the stanza keeps records of a log that is written to: each is there for Min days at least, and is gone after
// Max. A record that is written just before a rotation is removed by the rotation after as many more as there are old logs; one that
// is written just after has a period more.
//
// Of a log that Stays, Max holds while it is written to; what is removed by age alone is then not counted on at all.
//
// What may be late is not taken off Min: a run that was late by minutes makes the next period shorter.
func (o Options) Keeps(r Runs) Kept {
	if r.Not {
		return Kept{Max: Never, MinWhy: BecauseNoRuns}
	}
	k := o.turns(r)
	switch {
	case o.Copy: // the log itself is never emptied
		k.Max, k.MaxWhy = Never, ""
	case o.MinSize > 0 || o.MinAge > 0: // a log that stays small, or that is written to each day, is never rotated
		k.Max, k.MaxWhy = Never, ""
	}
	return k
}

// Stays says that a log to which nothing is written any more is not rotated either, so that its old logs stay: it is empty or was not
// made again.
func (o Options) Stays() bool { return !o.IfEmpty || !o.Create && !o.CopyTruncate && !o.Copy }

// Turns is the longest time between two rotations in days that have wholly passed, 1 where it is shorter than a day, Never for a log that
// may never be rotated; or why it is not known.
func (o Options) Turns(r Runs) (int, string) {
	switch {
	case r.Not || o.MinSize > 0 || o.MinAge > 0:
		return Never, ""
	case o.Doubtful || o.Period == Minutes:
		return 0, BecauseVersion
	case o.Period == BySize:
		return 0, BecauseSize
	case o.repeats():
		return 0, BecauseDate
	}
	at := o.rotations(r)
	if len(at) < 3 {
		return 0, BecauseUnknown
	}
	return max(1, days(longest(at, 1))), ""
}

// turns counts rotations.
func (o Options) turns(r Runs) Kept {
	forever := o.Count < 0
	switch {
	case forever && o.MaxAge == 0:
		return Kept{Min: Never, Max: Never}
	case o.Doubtful || o.Period == Minutes:
		return Kept{MinWhy: BecauseVersion, MaxWhy: BecauseVersion}
	case o.Period == BySize:
		return o.bySize()
	case o.repeats():
		return Kept{MinWhy: BecauseDate, MaxWhy: BecauseDate}
	}
	at := o.rotations(r)
	if len(at) < 3 {
		return Kept{MinWhy: BecauseUnknown, MaxWhy: BecauseUnknown}
	}
	k := Kept{Min: Never, Max: Never}
	if !forever {
		k.Min, k.Max = days(shortest(at, o.Count)), days(longest(at, o.Count+1)+r.Jitter)
	}
	if o.MaxAge > 0 {
		k.Min = min(k.Min, o.MaxAge)
		if d, ok := aged(at, o.MaxAge, r.Jitter); ok && !o.Stays() { // age is looked at only when the log is rotated
			k.Max = min(k.Max, days(d))
		}
	}
	if o.MaxSize > 0 && o.Count > 0 {
		k.MinWhy = BecauseMaxSize
	}
	return k
}

// bySize is what is known of a log that is rotated when it is large: without old logs a record may be gone at once.
func (o Options) bySize() Kept {
	k := Kept{MinWhy: BecauseSize, MaxWhy: BecauseSize}
	if o.Count == 0 {
		k.MinWhy = ""
	}
	if o.Count < 0 {
		k.Min, k.MinWhy = o.MaxAge, ""
	}
	return k
}

// repeats says whether names by the date are the same for two rotations: then the second does not happen.
func (o Options) repeats() bool {
	f := o.DateFormat
	if !o.DateExt || f == "" || strings.Contains(f, "%s") {
		return false
	}
	for _, need := range map[Period][]string{Hourly: {"%Y", "%m", "%d", "%H"}, Daily: {"%Y", "%m", "%d"}, Weekly: {"%Y", "%m", "%d"}, Monthly: {"%Y", "%m"}, Yearly: {"%Y"}}[o.Period] {
		if !strings.Contains(f, need) {
			return true
		}
	}
	return false
}

// days are days that have wholly passed.
func days(d time.Duration) int { return int(d / (24 * time.Hour)) }

// shortest is the shortest time that n periods take; longest the longest. More periods than were followed are estimated.
func shortest(at []time.Duration, n int) time.Duration {
	if n >= len(at)-1 {
		one := int64(shortest(at, 1))
		return time.Duration(min(int64(n), 1<<62/one) * one)
	}
	best := time.Duration(1<<63 - 1)
	for i := n; i < len(at); i++ {
		best = min(best, at[i]-at[i-n])
	}
	return best
}

func longest(at []time.Duration, n int) time.Duration {
	if n >= len(at)-1 {
		one := int64(longest(at, 1))
		return time.Duration(min(int64(n), 1<<62/one) * one)
	}
	best := time.Duration(0)
	for i := n; i < len(at); i++ {
		best = max(best, at[i]-at[i-n])
	}
	return best
}

// aged is how old a record may become where old logs are removed by age: that of an old log is counted from the last time that it
// was written to, in whole days, must be above the limit, and is looked at when the log is rotated the next time. It is false where that is longer than rotations were followed.
func aged(at []time.Duration, limit int, jitter time.Duration) (time.Duration, bool) {
	need := time.Duration(min(limit, 100_000)+1)*24*time.Hour + max(jitter, time.Minute)
	best := time.Duration(0)
	for i, j := 1, 1; i < len(at); i++ {
		for j < len(at) && at[j]-at[i] < need {
			j++
		}
		if j == len(at) {
			break
		}
		best = max(best, at[j]-at[i-1]+jitter)
	}
	return best, best > 0
}
