// Package removal says which old files a command removes: find with -delete, tmpreaper, tmpwatch and rm, as cron and timers call them, and
// which it empties, as `: > FILE` does.
//
// https://www.gnu.org/software/findutils/manual/html_mono/find.html
package removal

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/calls"
)

// Job removes files.
type Job struct {
	File string // where it stands
	Line int

	Age  time.Duration // since a file was last written to, from which on it is removed
	Sure bool          // all of the call was understood: what it matches goes, and nothing earlier

	dirs      []string
	names     []string // patterns of which one must match; none for every name
	paths     []string
	low, high int // depth below a directory; high 0 for any
}

// Perhaps is a job that may remove what is at a path, which may be a pattern, and below it, nobody knows when.
func Perhaps(name, file string, line int) Job {
	return Job{File: file, Line: line, dirs: []string{name}, paths: []string{name}}
}

// In reads the calls of a command. What find hands on to rm through a pipe may go too.
func In(all []calls.Call) []Job {
	piped := slices.ContainsFunc(all, func(c calls.Call) bool {
		return c.Program == "xargs" && slices.ContainsFunc(c.Words, func(w string) bool {
			return slices.Contains([]string{"mv", "rm", "shred", "truncate", "unlink"}, path.Base(w))
		})
	})
	var jobs []Job
	dir := ""
	for _, c := range all {
		if c.Program == "cd" && len(c.Words) > 0 {
			dir = within(dir, c.Words[len(c.Words)-1])
		}
		if strings.HasPrefix(c.Into, "/") && !strings.Contains(c.Into, calls.Stamp) { // a file of the day is new
			jobs = append(jobs, Job{File: c.File, Line: c.Line, paths: []string{c.Into}})
		}
		j, removes := Of(c, dir)
		if c.Program == "find" && piped && !removes && len(j.dirs) > 0 {
			j.Sure, j.names, j.low, j.high, removes = false, nil, 0, 0, true
		}
		if removes {
			jobs = append(jobs, j)
		}
	}
	return jobs
}

// within is a path in a directory, which is empty where it is not known.
func within(dir, name string) string {
	if dir == "" || strings.HasPrefix(name, "/") {
		return name
	}
	return path.Join(dir, name)
}

// Of reads a call that is made in a directory; false where it removes nothing.
func Of(c calls.Call, dir string) (Job, bool) {
	j := Job{File: c.File, Line: c.Line}
	switch c.Program {
	case "find":
		removes := j.find(c.Words)
		for n := range j.dirs {
			j.dirs[n] = within(dir, j.dirs[n])
		}
		return j, removes
	case "tmpreaper", "tmpwatch":
		for _, w := range c.Words {
			if strings.HasPrefix(w, "/") { // what was not read for long goes: not what was not written to
				j.dirs = append(j.dirs, w)
			}
		}
	case "mv", "rm", "savelog", "shred", "truncate", "unlink":
		deep := slices.ContainsFunc(c.Words, func(w string) bool { return strings.HasPrefix(w, "-") && strings.ContainsAny(w, "rR") })
		for _, w := range c.Words {
			if w = within(dir, w); !strings.HasPrefix(w, "/") {
				continue
			}
			j.paths = append(j.paths, w)
			if deep {
				j.dirs = append(j.dirs, w)
			}
		}
	}
	return j, len(j.dirs)+len(j.paths) > 0
}

// find reads `find DIR... TESTS -delete`.
func (j *Job) find(words []string) bool {
	for len(words) > 0 && slices.Contains([]string{"-H", "-L", "-P"}, words[0]) {
		words = words[1:]
	}
	for len(words) > 0 && !strings.HasPrefix(words[0], "-") && words[0] != "(" && words[0] != "!" {
		j.dirs = append(j.dirs, words[0])
		words = words[1:]
	}
	if len(j.dirs) == 0 {
		j.dirs = []string{"."}
	}
	j.Sure = true
	removes := false
	for len(words) > 0 {
		test := words[0]
		words = words[1:]
		switch test {
		case "-delete":
			removes = true
			continue
		case "-exec", "-execdir", "-ok":
			if len(words) > 0 {
				removes = j.runs(path.Base(words[0])) || removes
			}
			for len(words) > 0 && words[0] != ";" && words[0] != "+" {
				words = words[1:]
			}
			words = words[min(1, len(words)):]
			continue
		case "-print", "-print0", "-xdev", "-mount", "-depth", "-ignore_readdir_race", "-noleaf":
			continue
		}
		if removes || len(words) == 0 || strings.Contains(words[0], calls.Expansion) || !j.test(test, words[0]) { // what stands behind -delete limits nothing
			j.Sure = false
			continue
		}
		words = words[1:]
	}
	j.Sure = j.Sure && !slices.ContainsFunc(j.dirs, func(dir string) bool { return strings.Contains(dir, calls.Expansion) })
	if !j.Sure { // what was not understood may let in more
		j.names, j.low, j.high = nil, 0, 0
	}
	return removes
}

// runs says whether a program that find runs takes the file away, or may do so.
func (j *Job) runs(program string) bool {
	j.Sure = j.Sure && (program == "rm" || program == "unlink")
	return slices.Contains([]string{"bash", "mv", "rm", "sh", "shred", "truncate", "unlink"}, program)
}

// test reads a test with its value; false for one that is not understood.
func (j *Job) test(name, value string) bool {
	number, err := strconv.Atoi(strings.TrimPrefix(value, "+"))
	older := strings.HasPrefix(value, "+") && err == nil && number >= 0 && number < 1_000_000
	switch name {
	case "-type":
		return value == "f"
	case "-name":
		j.names = append(j.names, value)
		return len(j.names) == 1
	case "-maxdepth":
		j.high = number
		return err == nil && number > 0
	case "-mindepth":
		j.low = number
		return err == nil
	case "-mtime": // whole days that have passed, so that a file goes a day later
		j.Age = max(j.Age, time.Duration(number+1)*24*time.Hour)
		return older
	case "-mmin":
		j.Age = max(j.Age, time.Duration(number)*time.Minute)
		return older
	}
	return false
}

// Takes says whether a file is among what the job removes when it is old enough.
func (j Job) Takes(file string) bool {
	for _, p := range j.paths {
		if literal, _, cut := strings.Cut(p, "\x00"); cut {
			if literal != "/" && strings.HasPrefix(file, literal) {
				return true
			}
			continue
		}
		if ok, err := path.Match(p, file); ok && err == nil {
			return true
		}
	}
	return slices.ContainsFunc(j.dirs, func(dir string) bool { return j.below(dir, file) })
}

// below says whether a file is below a directory, in a depth and with a name that are asked for.
func (j Job) below(dir, file string) bool {
	if literal, _, cut := strings.Cut(dir, "\x00"); cut {
		return strings.TrimRight(literal, "/") != "" && strings.HasPrefix(file, literal)
	}
	parts := strings.Split(strings.Trim(path.Clean(dir), "/"), "/")
	names := strings.Split(strings.Trim(file, "/"), "/")
	if len(names) <= len(parts) || !strings.HasPrefix(dir, "/") {
		return false
	}
	for i, p := range parts {
		if ok, err := path.Match(p, names[i]); p != "" && (!ok || err != nil) {
			return false
		}
	}
	depth := len(names) - len(parts)
	if depth < j.low || j.high > 0 && depth > j.high {
		return false
	}
	return len(j.names) == 0 || slices.ContainsFunc(j.names, func(n string) bool {
		ok, err := path.Match(n, path.Base(file))
		return ok && err == nil
	})
}
