package server

import (
	"fmt"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
)

// rotationState is when logrotate last rotated each log, as it wrote down; nil where there is no such file.
type rotationState struct {
	file string
	last map[string]time.Time
}

// rotationState reads the file that logrotate keeps. Its place is that of Debian, of Red Hat, or of old versions.
// https://manpages.debian.org/bookworm/logrotate/logrotate.8.en.html#s,
func (h *host) rotationState() rotationState {
	for _, file := range []string{"/var/lib/logrotate/status", "/var/lib/logrotate/logrotate.status", "/var/lib/logrotate.status"} {
		data, err := h.Read(file)
		if err != nil {
			continue
		}
		return rotationState{file, parseState(string(data))}
	}
	return rotationState{}
}

// parseState reads lines of a name in quotes and a date such as 2026-11-21-0:0:5, which is of the host's own zone. It is taken for UTC: that
// is half a day more or less, and observed allows a whole one.
func parseState(text string) map[string]time.Time {
	last := map[string]time.Time{}
	for line := range strings.SplitSeq(text, "\n") {
		end := strings.LastIndexByte(line, '"')
		if !strings.HasPrefix(line, `"`) || end < 2 {
			continue
		}
		var year, month, day, hour, minute, second int
		n, _ := fmt.Sscanf(strings.TrimSpace(line[end+1:]), "%d-%d-%d-%d:%d:%d", &year, &month, &day, &hour, &minute, &second)
		if n < 3 || year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || n > 3 && (hour < 0 || hour > 23) || minute < 0 || minute > 59 || second < 0 || second > 60 {
			continue
		}
		name := strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(line[1:end])
		last[name] = time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	}
	return last
}

// observed compares what a stanza says with when logrotate last rotated the log: where that was on time and the oldest record is as old
// as records must become, the fact is of what has happened. Where it was not, how long records are kept is not known: a log that stays
// empty or was not there is not rotated, and proves nothing.
func (r *rotation) observed(t *thing, l *evidence.LogRotation, s logrotate.Stanza, log logFile) {
	period, known := l.PeriodDays.Get()
	if !r.Live || r.state.last == nil || !known || period == evidence.Never || !log.there {
		return
	}
	limit := time.Duration(2*period+1) * 24 * time.Hour
	last, rotated := r.state.last[log.path]
	fresh := rotated && r.At.Sub(last) <= limit
	high, highKnown := l.KeptMaxDays.Get()
	low, lowKnown := l.KeptMinDays.Get()
	oldest, oldestKnown := l.OldestDays.Get()
	switch {
	case fresh && highKnown && lowKnown && oldestKnown && oldest >= low && (high == evidence.Never || oldest <= high+1):
		t.level = evidence.LevelOperation
	case fresh || log.size == 0 && !s.IfEmpty:
	case rotated || !log.oldest.IsZero() && r.At.Sub(log.oldest) > limit:
		late := evidence.Because("log_never_rotated", "file", r.state.file)
		if rotated {
			late = evidence.Because("log_rotation_late", "file", r.state.file, "last", last.Format(time.DateOnly))
		}
		t.at, t.notes = append(t.at, r.line(r.state.file, 0, "")), append(t.notes, late)
		if !highKnown || high != evidence.Never {
			l.KeptMaxDays = evidence.Unresolved[int](late).At(r.line(r.state.file, 0, ""))
		}
	}
}
