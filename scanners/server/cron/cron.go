// Package cron reads the tables of cron: what runs when, and the longest time between two runs.
//
// All places are read: /etc/crontab, /etc/cron.d, the directories whose programs run-parts or anacron starts, and the tables of
// users. https://manpages.debian.org/bookworm/cron/crontab.5.en.html https://man7.org/linux/man-pages/man5/crontab.5.html
package cron

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Job is something that cron starts.
type Job struct {
	User     string // who runs it
	Command  string // the command line, or the path of a program in a directory of run-parts
	When     string // the five fields or the nickname, which ParseTimes reads; empty for what anacron starts
	File     string
	Line     int           // 0 for a program in a directory
	Interval time.Duration // longest time between two runs
	Repeats  bool          // it runs again and again; not so at the start of the host alone (@reboot)
}

// Table is all that cron starts.
type Table struct {
	Jobs    []Job            // in the order of files and lines
	Errors  []Error          // lines that cron refuses: Debian's drops the whole file, others the line
	Skipped []string         // files that cron does not read because of their names or modes
	Unread  []capture.Unread // places that could not be read: jobs may be missing
}

// Error is a line that is no job.
type Error struct {
	File string
	Line int
}

// jobsLimit bounds the jobs of a host, against hostile input.
const jobsLimit = 10_000

// Jobs reads all tables. Whether a cron daemon runs is not asked. Schedules are followed from the given time on.
func Jobs(f capture.Files, from time.Time) Table {
	t := &tables{files: f, from: from, dirs: map[string]schedules{}}
	t.read("/etc/crontab", "")
	t.directory("/etc/cron.d", "")
	t.users()
	t.anacron()
	for _, name := range []string{"hourly", "daily", "weekly", "monthly", "yearly"} {
		t.programs("/etc/cron." + name)
	}
	return t.Table
}

// tables collects.
type tables struct {
	Table
	files capture.Files
	from  time.Time
	dirs  map[string]schedules // when the programs of a directory are started
}

type schedules struct {
	when     string
	interval time.Duration
	repeats  bool
}

// unlessAbsent notes a place that could not be read, but not one that is not there.
func (t *tables) unlessAbsent(at string, err error) {
	if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
		t.Unread = append(t.Unread, capture.Unread{Path: at, Err: err})
	}
}

// debianName is a name that Debian's cron and run-parts accept.
// https://manpages.debian.org/bookworm/cron/cron.8.en.html#DEBIAN_SPECIFIC
var debianName = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// accepts says whether a file of /etc/cron.d is read because of its name. Others than Debian read more names:
// https://github.com/cronie-crond/cronie/blob/master/src/database.c
func (t *tables) accepts(name string) bool {
	if _, err := t.files.Stat("/etc/redhat-release"); err != nil {
		return debianName.MatchString(name)
	}
	ends := func(s string) bool { return strings.HasSuffix(name, s) }
	return !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "#") && !slices.ContainsFunc([]string{"~", ".rpmsave", ".rpmorig", ".rpmnew", ",v"}, ends)
}

// directory reads the tables of a directory; user is whose they are, or empty for the one that each line names.
func (t *tables) directory(dir, user string) {
	names, err := t.files.List(dir)
	if err != nil {
		t.unlessAbsent(dir, err)
		return
	}
	for _, name := range names {
		file := path.Join(dir, name)
		if !t.accepts(name) {
			t.Skipped = append(t.Skipped, file)
			continue
		}
		t.read(file, user)
	}
}

// users reads the tables of users: Debian's directory, and that of others.
func (t *tables) users() {
	for _, dir := range []string{"/var/spool/cron/crontabs", "/var/spool/cron"} {
		names, err := t.files.List(dir)
		if err != nil {
			t.unlessAbsent(dir, err)
			continue
		}
		for _, name := range names {
			if info, err := t.files.Stat(path.Join(dir, name)); err == nil && info.Mode.IsDir() || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "tmp.") {
				continue
			}
			t.read(path.Join(dir, name), name)
		}
	}
}

// programs lists the programs of a directory whose schedule is known: run-parts starts those that can be executed.
// https://manpages.debian.org/bookworm/debianutils/run-parts.8.en.html
func (t *tables) programs(dir string) {
	names, err := t.files.List(dir)
	if err != nil {
		t.unlessAbsent(dir, err)
		return
	}
	for _, name := range names {
		file := path.Join(dir, name)
		info, err := t.files.Stat(file)
		if err != nil {
			t.unlessAbsent(file, err)
			continue
		}
		if info.Mode.IsDir() || name == ".placeholder" {
			continue
		}
		when, scheduled := t.dirs[dir]
		if !scheduled || !t.accepts(name) || info.Mode.Perm()&0o111 == 0 {
			t.Skipped = append(t.Skipped, file)
			continue
		}
		t.Jobs = append(t.Jobs, Job{User: "root", Command: file, When: when.when, File: file, Interval: when.interval, Repeats: when.repeats})
	}
}
