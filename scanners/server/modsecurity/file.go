package modsecurity

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Limits of includes: how deep they may be, and how many files one context may have.
const (
	depthLimit = 20
	filesLimit = 2000
)

// errLimit says that the rules include too much.
var errLimit = errors.New("too many files of rules")

// File reads a file of rules as libmodsecurity does, with all that it includes.
// https://github.com/owasp-modsecurity/ModSecurity/wiki/Reference-Manual-(v3.x)#include
func File(f capture.Files, name string) Rules {
	l := loader{files: f}
	l.file(name, Position{File: name}, 0)
	return l.rules
}

// Text reads rules that stand in another file, from a line of it on.
func Text(f capture.Files, text string, at Position) Rules {
	l := loader{files: f}
	l.text(text, at.File, at.Line, 0)
	return l.rules
}

// loader reads rules and what they include.
type loader struct {
	files capture.Files
	rules Rules
	count int
}

// file reads one file. A file that is missing keeps the server from starting.
func (l *loader) file(name string, from Position, depth int) {
	if l.count++; depth > depthLimit || l.count > filesLimit {
		l.unread(name, from, errLimit)
		return
	}
	data, err := l.files.Read(name)
	if err != nil {
		l.unread(name, from, err)
		return
	}
	l.text(string(data), name, 1, depth)
}

// text reads the lines of a file; a backslash at the end continues one.
func (l *loader) text(text, file string, first, depth int) {
	whole, start := "", 0
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if whole == "" {
			start = first + n
		}
		if cut, ok := strings.CutSuffix(line, `\`); ok {
			whole += strings.TrimSpace(cut) + " "
			continue
		}
		l.directive(whole+line, Position{File: file, Line: start, Text: strings.TrimSpace(whole + line)}, depth)
		whole = ""
	}
	if whole != "" {
		l.directive(whole, Position{File: file, Line: start, Text: strings.TrimSpace(whole)}, depth)
	}
}

// directive reads one directive.
func (l *loader) directive(line string, at Position, depth int) {
	words := Words(line)
	if len(words) == 0 || strings.HasPrefix(words[0], "#") {
		return
	}
	if strings.EqualFold(words[0], "include") && len(words) == 2 {
		l.include(words[1], at, depth)
		return
	}
	if !l.rules.Add(words[0], words[1:], at) {
		l.unread(at.File, at, nil)
	}
}

// include reads files by a pattern, relative to the file that includes them.
func (l *loader) include(pattern string, at Position, depth int) {
	if !path.IsAbs(pattern) {
		pattern = path.Join(path.Dir(at.File), pattern)
	}
	names, err := capture.Glob(l.files, pattern)
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("include %s: %w", pattern, fs.ErrNotExist)
	}
	if err != nil {
		l.unread(pattern, at, err)
	}
	for _, name := range names {
		l.file(name, at, depth+1)
	}
}

// unread remembers what could not be read.
func (l *loader) unread(name string, at Position, err error) {
	l.rules.Unread = append(l.rules.Unread, Unread{Position: at, Path: name, Err: err})
}

// Words splits a line into words, as Apache and ModSecurity do: by blanks, with quotes of both sorts, and with a backslash before a
// quote or another backslash inside of them.
func Words(line string) []string {
	var words []string
	for line = strings.TrimLeft(line, " \t\r\n\v\f"); line != ""; line = strings.TrimLeft(line, " \t\r\n\v\f") {
		var word string
		if line[0] == '"' || line[0] == '\'' {
			word, line = quoted(line)
		} else {
			end := strings.IndexAny(line, " \t\r\n\v\f")
			if end < 0 {
				end = len(line)
			}
			word, line = strings.ReplaceAll(line[:end], `\\`, `\`), line[end:]
		}
		words = append(words, word)
	}
	return words
}

// quoted takes a quoted word from the beginning of a line.
func quoted(line string) (word, rest string) {
	quote := line[0]
	var b strings.Builder
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line) && (line[i+1] == quote || line[i+1] == '\\'):
			i++
			b.WriteByte(line[i])
		case line[i] == quote:
			return b.String(), line[i+1:]
		default:
			b.WriteByte(line[i])
		}
	}
	return b.String(), ""
}
