package server

import (
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/removal"
)

// removals are the jobs that remove files again and again, and why there may be others.
type removals struct {
	jobs   []removalRun
	unread []unread
}

// removalRun is a job with how often it runs.
type removalRun struct {
	removal.Job
	every time.Duration
}

// removals finds them in what is planned.
func (h *host) removals() removals {
	type removalsKey struct{}
	return shared(h, removalsKey{}, func() removals {
		r := removals{unread: h.planned().unread}
		for _, s := range h.planned().sure() {
			for _, j := range removal.In(s.calls) {
				r.jobs = append(r.jobs, removalRun{j, s.interval})
			}
		}
		return r
	})
}

// because is the reason for what a job leaves open.
func (r removalRun) because() evidence.Reason {
	return evidence.Because("log_removed_by_job", "file", r.File, "line", itoa(r.Line))
}

// takes says which jobs remove all of the files, and one that removes some of them in a way that is not known.
func (r removals) takes(files ...string) (sure []removalRun, perhaps *removalRun) {
	for n := range r.jobs {
		some, all := false, true
		for _, f := range files {
			taken := r.jobs[n].Takes(f)
			some, all = some || taken, all && taken
		}
		switch {
		case all && r.jobs[n].Sure:
			sure = append(sure, r.jobs[n])
		case some:
			perhaps = &r.jobs[n]
		}
	}
	return sure, perhaps
}

// removed takes into account what jobs remove of the rotated files of a log, whose rotations are at most so many days apart: a file goes
// when its last record is so old, with the next run of the job.
func (r *rotation) removed(l *evidence.LogRotation, period int, files ...string) {
	sure, perhaps := r.removals.takes(files...)
	for _, job := range sure {
		at := r.line(job.File, job.Line, "")
		if low, ok := l.KeptMinDays.Get(); !ok || low > int(job.Age/(24*time.Hour)) {
			if ok {
				l.KeptMinDays = evidence.Known(int(job.Age / (24 * time.Hour))).At(at)
			}
		}
		if period == 0 {
			l.KeptMaxDays = evidence.Unresolved[int](job.because()).At(at)
			continue
		}
		longest := daysOf(job.Age+job.every) + period
		if high, ok := l.KeptMaxDays.Get(); !ok || high > longest {
			l.KeptMaxDays = evidence.Known(longest).At(at)
		}
	}
	if perhaps != nil {
		at := r.line(perhaps.File, perhaps.Line, "")
		l.KeptMinDays = evidence.Unresolved[int](perhaps.because()).At(at)
		if high, ok := l.KeptMaxDays.Get(); ok && high == evidence.Never {
			l.KeptMaxDays = evidence.Unresolved[int](perhaps.because()).At(at)
		}
	}
}
