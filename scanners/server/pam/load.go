package pam

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Line is a line of a configuration file.
type Line struct {
	File   string
	Number int
	Text   string
}

// Module is a module that a stack calls.
type Module struct {
	Name    string // without directory and .so
	Args    []string
	Control string
	Line    Line
}

// what an entry of a stack is.
type entryKind int

const (
	entryModule   entryKind = iota
	entrySubstack           // a substack begins with the next entry
	entryMustFail           // libpam answers "permission denied" in its place
	entryUnread             // a file that could not be read stands here
)

// entry is one handler of a stack.
type entry struct {
	kind    entryKind
	level   int // of substacks
	actions actions
	module  Module
}

// Stack is what is configured for a service.
type Stack struct {
	Service string
	Files   []string // all files that it was read from, in order
	// Root says that the program that asks is root whoever logs in, as the SSH daemon is: pam_rootok lets everybody in there.
	Root bool
	// Unread are the reasons why parts of it are not known.
	Unread []error

	chains map[string][]entry // by type: auth, account, password, session
}

// Bounds of hostile configurations. libpam's own bound is 16 substacks in each other.
const (
	substackLimit = 16
	includeLimit  = 32
	entryLimit    = 4096
)

// loader reads the files of one service.
type loader struct {
	files   capture.Files
	stack   *Stack
	entries int
	depth   int
	aborted bool
}

// Load reads the stack of a service as libpam does: its file in /etc/pam.d, or in /usr/lib/pam.d; for the types that it does not
// name, that of the service "other". /etc/pam.conf counts only where there is no /etc/pam.d. The error says that the configuration
// could not be read; fs.ErrNotExist that there is none.
func Load(files capture.Files, service string) (*Stack, error) {
	l := loader{files: files, stack: &Stack{Service: service, Root: service == "sshd", chains: map[string][]entry{}}}
	own, err := l.service(strings.ToLower(service))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read PAM service %s: %w", service, err)
	}
	other, otherErr := l.service("other")
	if err != nil && otherErr != nil {
		return nil, fmt.Errorf("read PAM service %s: %w", service, otherErr)
	}
	if l.aborted {
		own = map[string][]entry{}
	}
	for _, kind := range kinds() {
		if l.aborted {
			// libpam reads no configuration then: nobody logs in by this service.
			own[kind] = []entry{mustFail(Module{Line: Line{File: l.last()}}, 0)}
		}
		l.stack.chains[kind] = own[kind]
		if len(own[kind]) > 0 {
			continue
		}
		l.stack.chains[kind] = other[kind]
		if otherErr != nil && !errors.Is(otherErr, fs.ErrNotExist) {
			l.stack.chains[kind] = []entry{unread("/etc/pam.d/other")}
		}
	}
	return l.stack, nil
}

// kinds are the types of stacks.
func kinds() []string { return []string{"account", "auth", "password", "session"} }

// Modules are the modules of one type, in order.
func (s *Stack) Modules(kind string) []Module {
	var all []Module
	for _, e := range s.chains[kind] {
		if e.kind == entryModule {
			all = append(all, e.module)
		}
	}
	return all
}

// Complete says whether all files of one type's stack could be read.
func (s *Stack) Complete(kind string) bool {
	for _, e := range s.chains[kind] {
		if e.kind == entryUnread {
			return false
		}
	}
	return true
}

// service reads a service's own stacks.
func (l *loader) service(name string) (map[string][]entry, error) {
	chains := map[string][]entry{}
	_, err := l.files.Stat("/etc/pam.d")
	_, usr := l.files.Stat("/usr/lib/pam.d")
	if errors.Is(err, fs.ErrNotExist) && usr != nil {
		data, err := l.files.Read("/etc/pam.conf")
		if err != nil {
			return nil, err
		}
		l.stack.Files = append(l.stack.Files, "/etc/pam.conf")
		l.aborted = !l.parse(source{file: "/etc/pam.conf", data: string(data), service: name}, "", 0, chains) || l.aborted
		return chains, nil
	}
	file, data, err := l.open(name)
	if err != nil {
		return nil, err
	}
	l.aborted = !l.parse(source{file: file, data: data}, "", 0, chains) || l.aborted
	return chains, nil
}

// open finds the file of a service or of an include. A file that is found under /usr/lib counts only where /etc has none.
func (l *loader) open(name string) (string, string, error) {
	candidates := []string{"/etc/pam.d/" + name, "/usr/lib/pam.d/" + name}
	if path.IsAbs(name) {
		candidates = []string{name}
	}
	for _, file := range candidates {
		data, err := l.files.Read(file)
		if err == nil {
			l.stack.Files = append(l.stack.Files, file)
			return file, string(data), nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return file, "", err
		}
	}
	return candidates[0], "", fs.ErrNotExist
}

// mustFail is an entry in place of what libpam does not understand.
func mustFail(m Module, level int) entry {
	e := entry{kind: entryMustFail, level: level, module: m}
	for i := range e.actions {
		e.actions[i] = actionBad
	}
	return e
}

// unread is an entry in place of a file: anything may stand there.
func unread(file string) entry {
	e := entry{kind: entryUnread, module: Module{Line: Line{File: file}}}
	e.actions[codeSuccess], e.actions[codePerm] = actionDone, actionDie
	return e
}

// unreadOutcomes end the stack well or badly, or go on; whoever passed may have shown anything.
func unreadOutcomes() []outcome {
	return []outcome{
		{code: codeSuccess, effect: perhaps, chance: happens},
		{code: codeIgnore, effect: perhaps, chance: happens},
		{code: codePerm, chance: happens},
	}
}
