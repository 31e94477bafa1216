package sudoers

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Line is a line of a configuration file; Number is that of its first line where it is continued.
type Line struct {
	File   string
	Number int
	Text   string
}

// Policy is what sudoers says.
type Policy struct {
	Files []string // that were read, in order
	// Unread are the reasons why rights may be missing or more than they seem: files that could not be read, lines that
	// are not understood.
	Unread []error

	specs    []spec
	commands []member // all that rights name
	settings []setting
	aliases  map[string][]member // by the first letter of their kind and their name
}

// Bounds of hostile configurations; sudo's own bound of includes in each other is 128.
const (
	includeLimit = 128
	lineLimit    = 50_000
)

// ErrNotUnderstood says that a line is not understood.
var ErrNotUnderstood = errors.New("not understood")

// loader reads the files.
type loader struct {
	files  capture.Files
	policy *Policy
	host   string
	lines  int
}

// Load reads /etc/sudoers and what it includes. host replaces %h in names of included files. The error is that of /etc/sudoers;
// fs.ErrNotExist says that there is no sudo policy.
func Load(f capture.Files, host string) (*Policy, error) {
	short, _, _ := strings.Cut(host, ".")
	l := loader{files: f, host: short, policy: &Policy{aliases: map[string][]member{}}}
	if err := l.file("/etc/sudoers", 0); err != nil {
		return nil, err
	}
	l.policy.commands = l.policy.allCommands()
	return l.policy, nil
}

// file reads one file.
func (l *loader) file(name string, depth int) error {
	data, err := l.files.Read(name)
	if err != nil {
		return err
	}
	l.policy.Files = append(l.policy.Files, name)
	// sudo reads no file that others than root own or may change; whose files an unpacked root has, nobody knows.
	info, err := l.files.Stat(name)
	if err == nil && (info.UID != 0 || info.Mode.Perm()&0o002 != 0 || info.Mode.Perm()&0o020 != 0 && info.GID != 0) {
		l.missed(Line{File: name}, fmt.Errorf("sudo does not trust its owner or mode: %w", ErrNotUnderstood))
	}
	for _, line := range join(name, string(data)) {
		if l.lines++; l.lines > lineLimit {
			l.missed(line, ErrNotUnderstood)
			return nil
		}
		l.line(line, depth)
	}
	return nil
}

// line reads a logical line.
func (l *loader) line(at Line, depth int) {
	text := strings.TrimLeft(at.Text, blank)
	for _, word := range []string{"includedir", "include"} {
		for _, mark := range []string{"@", "#"} {
			rest, ok := strings.CutPrefix(text, mark+word)
			if ok && rest != "" && strings.IndexByte(blank, rest[0]) >= 0 {
				l.include(at, l.name(rest, at.File), word == "includedir", depth)
				return
			}
		}
	}
	if (&lexer{rest: text}).end() {
		return
	}
	if !l.policy.parseLine(at) {
		l.missed(at, ErrNotUnderstood)
	}
}

// name is the path that an include names, from the directory of the file that has it.
func (l *loader) name(text, file string) string {
	text = strings.TrimLeft(text, blank)
	var name string
	if strings.HasPrefix(text, `"`) {
		name, _, _ = strings.Cut(text[1:], `"`)
	} else {
		name = (&lexer{rest: text}).until(" \t#")
		name = strings.ReplaceAll(name, `\ `, " ")
	}
	name = strings.ReplaceAll(name, "%h", l.host)
	if name == "" {
		return ""
	}
	if !path.IsAbs(name) {
		name = path.Join(path.Dir(file), name)
	}
	return path.Clean(name)
}

// include reads another file, or all files of a directory but those whose names have a dot or end with ~.
func (l *loader) include(at Line, name string, dir bool, depth int) {
	if name == "" || depth >= includeLimit || l.lines > lineLimit {
		l.missed(at, ErrNotUnderstood)
		return
	}
	if !dir {
		if err := l.file(name, depth+1); err != nil {
			l.missed(at, err)
		}
		return
	}
	names, err := l.files.List(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.missed(at, err)
	}
	for _, n := range names {
		if strings.Contains(n, ".") || strings.HasSuffix(n, "~") {
			continue
		}
		info, err := l.files.Stat(path.Join(name, n))
		if err == nil && !info.Mode.IsRegular() {
			continue
		}
		if err := l.file(path.Join(name, n), depth+1); err != nil {
			l.missed(Line{File: path.Join(name, n)}, err)
		}
	}
}

// missed notes what could not be read.
func (l *loader) missed(at Line, err error) {
	l.policy.Unread = append(l.policy.Unread, fmt.Errorf("%s:%d: %w", at.File, at.Number, err))
}
