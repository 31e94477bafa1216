package cron

import (
	"regexp"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/schedule"
)

// environment is a line that sets a variable.
var environment = regexp.MustCompile(`^\s*("[^"]*"|'[^']*'|[^\s=]+)\s*=`)

// read reads one table; user is whose it is, or empty where each line names the user. A line that is wrong takes the whole table out
// on Debian, where cron then reads none of it; elsewhere the line alone is left out.
func (t *tables) read(file, user string) {
	data, err := t.files.Read(file)
	if err != nil {
		t.unlessAbsent(file, err)
		return
	}
	var jobs []Job
	var wrong []Error
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimLeft(line, " \t")
		if line == "" || line[0] == '#' || environment.MatchString(line) {
			continue
		}
		job, ok := t.line(line, user)
		if !ok || len(t.Jobs)+len(jobs) >= jobsLimit {
			wrong = append(wrong, Error{file, i + 1})
			continue
		}
		job.File, job.Line = file, i+1
		jobs = append(jobs, job)
	}
	t.Errors = append(t.Errors, wrong...)
	if len(wrong) > 0 && t.debian() {
		return
	}
	for _, job := range jobs {
		t.Jobs = append(t.Jobs, job)
		t.starts(job)
	}
}

// debian says whether the host's cron is Debian's.
func (t *tables) debian() bool {
	_, err := t.files.Stat("/etc/debian_version")
	return err == nil
}

// parts finds the directory that a line hands to run-parts.
var parts = regexp.MustCompile(`run-parts\s+(?:-\S+\s+)*(/etc/cron\.[a-z]+)`)

// starts notes when the programs of a directory are started.
func (t *tables) starts(j Job) {
	found := parts.FindStringSubmatch(j.Command)
	if found == nil {
		return
	}
	old, ok := t.dirs[found[1]]
	if !ok || !old.repeats || j.Repeats && j.Interval < old.interval {
		t.dirs[found[1]] = schedules{j.When, j.Interval, j.Repeats}
	}
}

// line reads a job.
func (t *tables) line(text, user string) (Job, bool) {
	times, rest, ok := ParseTimes(text)
	if !ok {
		return Job{}, false
	}
	when := strings.Join(strings.Fields(text[:len(text)-len(rest)]), " ")
	if user == "" {
		user, rest = cut(rest)
	}
	if user == "" || rest == "" {
		return Job{}, false
	}
	j := Job{User: user, Command: rest, When: when}
	if times != nil {
		j.Interval, j.Repeats = schedule.Longest(t.from, *times)
	}
	return j, true
}

// cut takes the first word.
func cut(text string) (word, rest string) {
	text = strings.TrimLeft(text, " \t")
	if at := strings.IndexAny(text, " \t"); at >= 0 {
		return text[:at], strings.TrimSpace(text[at:])
	}
	return text, ""
}

// nicknames are written for five fields.
func nickname(name string) (string, bool) {
	switch strings.ToLower(name) {
	case "@yearly", "@annually":
		return "0 0 1 1 *", true
	case "@monthly":
		return "0 0 1 * *", true
	case "@weekly":
		return "0 0 * * 0", true
	case "@daily", "@midnight":
		return "0 0 * * *", true
	case "@hourly":
		return "0 * * * *", true
	}
	return "", false
}

// ParseTimes reads when a line of a table runs, and returns the rest of the line. The times are nil for @reboot.
func ParseTimes(text string) (*schedule.Times, string, bool) {
	if strings.HasPrefix(text, "@") {
		name, rest := cut(text)
		if strings.EqualFold(name, "@reboot") {
			return nil, rest, true
		}
		five, ok := nickname(name)
		if !ok {
			return nil, "", false
		}
		text = five + " " + rest
	}
	var fields [5]field
	limits := [5][2]int{{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}}
	for i, l := range limits {
		var word string
		word, text = cut(text)
		f, ok := parseField(word, l[0], l[1], i)
		if !ok {
			return nil, "", false
		}
		fields[i] = f
	}
	return &schedule.Times{On: days(fields), Seconds: schedule.Clock(fields[1].values(), fields[0].values(), []int{0})}, text, true
}

// days says on which days a job runs: where neither the day of the month nor that of the week begins with a *, either is enough.
func days(f [5]field) func(time.Time) bool {
	return func(day time.Time) bool {
		if !f[3].has[int(day.Month())] {
			return false
		}
		month, week := f[2].has[day.Day()], f[4].has[int(day.Weekday())]
		if f[2].star || f[4].star {
			return month && week
		}
		return month || week
	}
}
