package cron

import (
	"strconv"
	"strings"
	"time"
)

// anacron reads /etc/anacrontab: periods in days, which are counted in whole days.
// https://man7.org/linux/man-pages/man5/anacrontab.5.html
func (t *tables) anacron() {
	const file = "/etc/anacrontab"
	data, err := t.files.Read(file)
	if err != nil {
		t.unlessAbsent(file, err)
		return
	}
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || environment.MatchString(line) {
			continue
		}
		period, rest := cut(line)
		_, rest = cut(rest)
		_, command := cut(rest)
		days, ok := periodOf(period)
		if !ok || command == "" || len(t.Jobs) >= jobsLimit {
			t.Errors = append(t.Errors, Error{file, i + 1})
			continue
		}
		j := Job{User: "root", Command: command, File: file, Line: i + 1, Interval: time.Duration(days) * 24 * time.Hour, Repeats: true}
		t.Jobs = append(t.Jobs, j)
		t.starts(j)
	}
}

// periodOf reads a period.
func periodOf(text string) (days int, ok bool) {
	switch strings.ToLower(text) {
	case "@daily":
		return 1, true
	case "@weekly":
		return 7, true
	case "@monthly":
		return 31, true
	case "@yearly", "@annually":
		return 366, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n > 0 && n < 10_000
}
