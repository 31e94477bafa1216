package server

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/calls"
	"github.com/tomscan/tomscan/scanners/server/removal"
	"github.com/tomscan/tomscan/scanners/server/tmpfiles"
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
		r.tmpfiles(h)
		return r
	})
}

// tmpfiles adds what systemd-tmpfiles may remove: ages count from the latest of three times of a file, and of those that are in use none.
func (r *removals) tmpfiles(h *host) {
	if !h.systemdRuns() {
		return
	}
	lines, err := tmpfiles.Removes(h)
	for _, l := range lines {
		name, _, _ := strings.Cut(l.Path, "%") // what it stands for is not looked up
		if name != l.Path {
			name += calls.Expansion
		}
		r.jobs = append(r.jobs, removalRun{removal.Perhaps(name, l.File, l.Line), 0})
	}
	if err != nil {
		r.unread = append(slices.Clip(r.unread), unread{why("/usr/lib/tmpfiles.d", err), errors.Is(err, fs.ErrPermission)})
	}
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

// emptied takes into account that jobs may empty or remove a log itself.
func (r *rotation) emptied(l *evidence.LogRotation, name string) {
	for _, job := range r.removals.jobs {
		if !job.Sure && job.Takes(name) {
			r.perhaps(l, job)
			return
		}
	}
}

// perhaps leaves open how long a log is kept of which a job may remove something.
func (r *rotation) perhaps(l *evidence.LogRotation, job removalRun) {
	at := r.line(job.File, job.Line, "")
	l.KeptMinDays = evidence.Unresolved[int](job.because()).At(at)
	if high, ok := l.KeptMaxDays.Get(); ok && high == evidence.Never {
		l.KeptMaxDays = evidence.Unresolved[int](job.because()).At(at)
	}
}

// removedSome takes into account what jobs remove of logs that nobody saw, but that a pattern would match: it leaves open what they keep.
func (r *rotation) removedSome(l *evidence.LogRotation, pattern string, byDate bool) {
	witness := strings.NewReplacer("*", "x", "?", "x").Replace(pattern)
	sure, perhaps := r.removals.takes(rotatedNames(witness, byDate)...)
	switch {
	case perhaps != nil:
		r.perhaps(l, *perhaps)
	case len(sure) > 0:
		r.perhaps(l, sure[0])
	}
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
		r.perhaps(l, *perhaps)
	}
}
