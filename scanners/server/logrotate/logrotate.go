// Package logrotate reads logrotate's configuration as logrotate 3.21 does, and computes how long records of a log are kept by it.
//
// What depends on the host's user database or on directories of logs (su, create, olddir) is taken for right.
// https://manpages.debian.org/bookworm/logrotate/logrotate.8.en.html
package logrotate

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Period says what makes logrotate rotate a log.
type Period string

// The periods. Where nothing sets one, logs are rotated by size.
const (
	Minutes Period = "minutes" // since logrotate 3.22
	Hourly  Period = "hourly"
	Daily   Period = "daily"
	Weekly  Period = "weekly"
	Monthly Period = "monthly"
	Yearly  Period = "yearly"
	BySize  Period = "size"
)

// Options are what applies to a log.
type Options struct {
	Period       Period
	Day          int   // of the week or month on which it is rotated
	Count        int   // old logs that are kept, -1 for all
	Size         int64 // of Period size
	MaxSize      int64 // a larger log is rotated before its time, 0 for none
	MinSize      int64 // a smaller log is not rotated, 0 for none
	MaxAge       int   // days after which old logs are removed when the log is rotated, 0 for none
	MinAge       int   // a log that was written to within so many days is not rotated, 0 for none
	IfEmpty      bool  // empty logs are rotated too
	Create       bool  // a new log is made when it is rotated
	CopyTruncate bool  // the log is copied and emptied
	Copy         bool  // the log itself is copied and never emptied
	DateExt      bool  // old logs are named by the date
	DateFormat   string
	MissingOK    bool
	IgnoreDups   bool
	Doubtful     bool // a word was used that not all versions know, and the version is not known

	PeriodAt, CountAt, MaxAgeAt Place // where these were set, the zero Place for a default
}

// Place is a line of a file.
type Place struct {
	File string
	Line int
}

// Stanza is a part of the configuration that names logs.
type Stanza struct {
	Options
	Place
	Patterns []string // as written, in order
	Logs     []string // that it really rotates: known logs, and patterns that match none
}

// Problem is something that logrotate refuses.
type Problem struct {
	Place
	Why      string   // a short sentence
	Patterns []string // of the stanza that is left out for it, nil when there is none
}

// Unread is a file or directory that could not be read.
type Unread struct {
	Path string
	Err  error
}

// Configuration is what logrotate does.
type Configuration struct {
	Stanzas  []Stanza
	Problems []Problem
	Unread   []Unread
	Files    []string // that were read, in order
}

// MainFile is where Debian and others start logrotate.
const MainFile = "/etc/logrotate.conf"

// Version says which words are known: of logrotate 3.22 and above, or of older ones. The zero Version is not known.
type Version struct{ Older, Newer bool }

// VersionOf reads a version as a package has it, such as 3.21.0-1.
func VersionOf(text string) Version {
	text = text[strings.IndexByte(text, ':')+1:]
	var major, minor int
	if n, err := fmt.Sscanf(text, "%d.%d", &major, &minor); n != 2 || err != nil {
		return Version{}
	}
	newer := major > 3 || major == 3 && minor >= 22
	return Version{Older: !newer, Newer: newer}
}

// Load reads a configuration from its main file. The known logs are the paths that patterns are matched with, none if they are not
// known.
func Load(f capture.Files, main string, logs []string, v Version) Configuration {
	r := &reader{files: f, version: v, logs: logs, taboo: defaultTaboo(), taken: map[string]bool{}}
	r.path(main, &Options{Period: BySize, Size: 1 << 20, IfEmpty: true})
	return r.Configuration
}

// Of returns the stanza that rotates a log.
func (c Configuration) Of(log string) (Stanza, bool) {
	for _, s := range c.Stanzas {
		if slices.Contains(s.Logs, log) {
			return s, true
		}
	}
	for _, s := range c.Stanzas {
		if slices.ContainsFunc(s.Patterns, func(p string) bool { return Matches(p, log) }) {
			return s, true
		}
	}
	return Stanza{}, false
}

// Matches says whether a log matches a pattern as glob does: part by part, and a leading dot only where it is written.
func Matches(pattern, log string) bool {
	parts, names := strings.Split(path.Clean(pattern), "/"), strings.Split(log, "/")
	if len(parts) != len(names) {
		return false
	}
	for i, p := range parts {
		if !capture.MatchName(p, names[i]) {
			return false
		}
	}
	return true
}

// take gives a stanza its logs. One that another stanza has is an error, and the rest of the pattern is not looked at then.
func (r *reader) take(s *Stanza) {
	s.Logs = nil
	for _, pattern := range s.Patterns {
		found := []string{}
		for _, log := range r.logs {
			if Matches(pattern, log) {
				found = append(found, log)
			}
		}
		if len(found) == 0 {
			found = []string{pattern}
		}
		for _, log := range found {
			ignore, taken := r.taken[log]
			if slices.Contains(s.Logs, log) {
				ignore, taken = s.IgnoreDups, true
			}
			if taken && !ignore {
				r.problem(s.Line, "duplicate log entry for "+log, nil)
				r.failed = true
				break
			}
			if !taken {
				s.Logs = append(s.Logs, log)
			}
		}
	}
}
