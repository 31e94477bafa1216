package calls

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

var (
	// errNoShell says that a script is written in a language that is not read.
	errNoShell = errors.New("no script of a shell")
	// errNowhere says that it is not known where a script lies.
	errNowhere = errors.New("a script whose directory is not known")
	// errTooMany says that scripts are longer, nest deeper, or call more of them than is read.
	errTooMany = errors.New("too many or too deep scripts")
)

// settings is where files lie that set variables and do nothing.
// https://www.debian.org/doc/debian-policy/ch-opersys.html#configuration-of-init-scripts
const settings = "/etc/default/"

// scriptsLimit is how many scripts of one command are read.
const scriptsLimit = 32

// Reader finds the calls in the commands of a host.
type Reader struct {
	files capture.Files
	known func(program string) bool
	left  int // what is still read: a host may have thousands of commands that call the same long script
}

// NewReader reads scripts among files. Programs that known accepts by their paths are what their names say, and are not read.
func NewReader(f capture.Files, known func(program string) bool) *Reader {
	return &Reader{files: f, known: known, left: hostLimit}
}

// In finds the calls in a command, which stands in a line of a file. A text that is no shell calls nothing.
func (r *Reader) In(command, file string, line int) Found {
	limit := min(commandLimit, r.left)
	s := search{Reader: *r, seen: map[string]bool{}}
	s.left = limit
	direct := reading{file: file, line: line, left: &s.left}
	if err := direct.read(command); errors.Is(err, errTooMany) {
		s.Unread = err
	}
	s.follow(direct.all, "")
	r.left -= limit - max(0, s.left)
	return s.Found
}

// In finds the calls in one command, as a Reader does.
func In(f capture.Files, command, file string, line int, known func(program string) bool) Found {
	return NewReader(f, known).In(command, file, line)
}

// search follows a command into the scripts that it calls, each once.
type search struct {
	Reader
	Found
	seen  map[string]bool
	depth int // how many scripts the one that is read lies in
}

// None is for commands whose programs may all be scripts.
func None(string) bool { return false }

// follow notes calls that are made in a directory, which is empty where it is not known, and those of the scripts among them.
func (s *search) follow(all []located, dir string) {
	for _, c := range all {
		s.Calls = append(s.Calls, c.Call)
		if c.Program == "cd" {
			dir = within(dir, c.Words)
		}
		script := c.script()
		if script == "" || s.known(script) {
			continue
		}
		switch {
		case path.IsAbs(script):
			script = path.Clean(script)
		case path.IsAbs(dir) && !strings.HasPrefix(script, Expansion):
			script = path.Join(dir, script)
		}
		switch {
		case !path.IsAbs(script) || strings.Contains(script, Expansion):
			s.Unread = errNowhere
		case c.foreign() && !ofSystem(script):
			s.Unread = errNoShell
		case !c.foreign() && !s.seen[script]:
			s.read(script, c.path != script && c.isShell(), dir)
		}
	}
}

// within is the directory that cd changes to.
func within(dir string, words []string) string {
	if len(words) == 0 || strings.Contains(words[len(words)-1], Expansion) {
		return ""
	}
	last := words[len(words)-1]
	if path.IsAbs(last) || dir == "" {
		return last
	}
	return path.Join(dir, last)
}

// read reads a script; handed says that it is given to a shell, so that it need not say that it is for one.
func (s *search) read(script string, handed bool, dir string) {
	if len(s.seen) >= scriptsLimit {
		s.Unread = errTooMany
		return
	}
	s.seen[script] = true
	text, err := s.files.Read(script)
	isScript := handed || strings.HasPrefix(string(text[:min(len(text), 2)]), "#!")
	switch {
	case capture.UnlessAbsent(err) != nil:
		hook := s.depth > 0 && errors.Is(err, capture.ErrNotCollected) // as a rule none that a stock script looks for is there
		if !ofSystem(script) && !strings.HasPrefix(script, settings) && !hook {
			s.Unread = err
		}
	case err != nil || !isScript: // what is not there does nothing
	case len(text) > sizeLimit:
		s.Unread = errTooMany
	case handed || isShell(string(text)):
		inner := reading{file: script, left: &s.left}
		if err := inner.read(string(text)); err != nil {
			s.Unread = err
		}
		s.depth++
		s.follow(inner.all, dir)
		s.depth--
	case !ofSystem(script):
		s.Unread = errNoShell
	}
}

// ofSystem says whether a program is one of the system's own, whose text nobody captures.
func ofSystem(program string) bool {
	return slices.ContainsFunc([]string{"/bin/", "/lib/", "/sbin/", "/usr/bin/", "/usr/lib/", "/usr/libexec/", "/usr/sbin/", "/usr/share/"}, func(dir string) bool {
		return strings.HasPrefix(program, dir)
	})
}

func isShell(text string) bool {
	first, _, _ := strings.Cut(text[:min(len(text), 256)], "\n")
	return strings.HasPrefix(first, "#!") && strings.Contains(first, "sh")
}

// located is a call with the path by which the program is called.
type located struct {
	Call
	path string
}

// isShell says whether the program is one that reads what it is given as a text of a shell.
func (l located) isShell() bool {
	return slices.Contains([]string{".", "bash", "dash", "ksh", "sh", "source"}, l.Program)
}

// foreign says whether the program runs scripts of a language that is not read.
func (l located) foreign() bool {
	return slices.Contains([]string{"node", "nodejs", "perl", "php", "python", "ruby"}, strings.TrimRight(l.Program, "0123456789."))
}

// script is the path of a script that the call starts: its program, or what it hands to a shell or another language. It is empty for a
// program that is looked up by its name, and for a text.
func (l located) script() string {
	if !l.isShell() && !l.foreign() {
		if strings.Contains(l.path, "/") {
			return l.path
		}
		return ""
	}
	for _, w := range l.Words {
		switch {
		case !strings.HasPrefix(w, "-"):
			return w
		case l.hasText(w):
			return ""
		}
	}
	return ""
}

// hasText says whether the word after an option is a text to run, or a module: sh -c, bash -lc, perl -ne, php -r, python -m.
func (l located) hasText(option string) bool {
	if strings.HasPrefix(option, "--") || !strings.HasPrefix(option, "-") {
		return false
	}
	if l.foreign() {
		return strings.HasSuffix(option, "e") || slices.Contains([]string{"-E", "-c", "-m", "-r"}, option)
	}
	return strings.Contains(option, "c")
}

// text is what a shell is given to run.
func (l located) text() string {
	user := l.Program == "su" || l.Program == "runuser"
	if !user && (!l.isShell() || l.Program == "." || l.Program == "source") {
		return ""
	}
	for n, w := range l.Words {
		switch {
		case n+1 < len(l.Words) && (user && (w == "-c" || w == "--command") || !user && l.hasText(w)):
			return l.Words[n+1]
		case !user && !strings.HasPrefix(w, "-"):
			return ""
		}
	}
	return ""
}
