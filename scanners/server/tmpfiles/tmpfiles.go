// Package tmpfiles reads what systemd-tmpfiles removes by itself: what is old in directories that have an age, and what it removes when the
// host starts.
//
// https://www.freedesktop.org/software/systemd/man/latest/tmpfiles.d.html
package tmpfiles

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Line is a line that removes what is at a path, or below it.
type Line struct {
	Path string // a pattern
	File string
	Line int
}

// dirs are where the files lie: a file hides those of its name in later ones.
var dirs = [...]string{"/etc/tmpfiles.d", "/run/tmpfiles.d", "/usr/lib/tmpfiles.d"}

// linesLimit bounds what is read of a host.
const linesLimit = 10_000

// Removes lists the lines that remove something. The error says that there may be more. Files in /run live as long as the host does, and are not
// missed.
func Removes(f capture.Files) ([]Line, error) {
	var all []Line
	var troubles error
	seen := map[string]bool{}
	for _, dir := range dirs {
		names, err := f.List(dir)
		if dir != "/run/tmpfiles.d" {
			troubles = errors.Join(troubles, capture.UnlessAbsent(err))
		}
		for _, name := range names {
			if path.Ext(name) != ".conf" || seen[name] {
				continue
			}
			seen[name] = true
			text, err := f.Read(path.Join(dir, name))
			troubles = errors.Join(troubles, capture.UnlessAbsent(err))
			all = append(all, read(string(text), path.Join(dir, name))...)
		}
	}
	return all[:min(len(all), linesLimit)], troubles
}

// read reads a file: type, path, mode, user, group, age.
func read(text, file string) []Line {
	var all []Line
	n := 0
	for line := range strings.Lines(text) {
		n++
		words := fields(line)
		if len(words) < 2 || strings.HasPrefix(words[0], "#") {
			continue
		}
		kind := strings.TrimRight(words[0], "!-+=~^$?")
		ages := slices.Contains([]string{"C", "D", "Q", "d", "e", "q", "v"}, kind) && len(words) > 5 && words[5] != "-"
		if ages || slices.Contains([]string{"D", "R", "r"}, kind) {
			all = append(all, Line{words[1], file, n})
		}
	}
	return all
}

// fields are the words of a line, which may stand in quotes.
func fields(line string) []string {
	words := strings.Fields(line)
	for n, w := range words {
		words[n] = strings.Trim(w, `"'`)
	}
	return words
}
