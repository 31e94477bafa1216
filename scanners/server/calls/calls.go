// Package calls finds the programs that a command of a shell calls: what cron and timers really start. It reads the scripts that the
// command calls by their absolute path, one level deep, and runs nothing.
package calls

import (
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Call is one call of a program. Words that an expansion decides hold an Expansion.
type Call struct {
	Program string   // its name without the directory; ":" for a redirection without a program
	Words   []string // its arguments
	Into    string   // the file that is emptied for its output, where the shell does that
	Piped   []Call   // the programs that its output goes through, in order
	File    string
	Line    int
}

// Has says whether one of the arguments is given.
func (c Call) Has(words ...string) bool {
	return slices.ContainsFunc(c.Words, func(w string) bool { return slices.Contains(words, w) })
}

// Found are the calls of a command, in order, and why a script that it calls was not read.
type Found struct {
	Calls  []Call
	Unread error
}

const (
	sizeLimit = 1 << 20 // of a script
	wordLimit = 4096    // of a word with its variables
	openLimit = 20_000  // characters of a text that open something: the parser calls itself for each that is not closed
)

const (
	// Expansion stands in words for what is not known before the shell runs.
	Expansion = "\x00"
	// Stamp is an Expansion that is a date of the run, which never comes again.
	Stamp = Expansion + "\x01"
)

// errNoShell says that a script is written in a language that is not read.
var errNoShell = errors.New("no script of a shell")

// In finds the calls in a command, which stands in a line of a file. A text that is no shell calls nothing. Programs that known accepts
// by their paths are what their names say, and are not read.
func In(f capture.Files, command, file string, line int, known func(program string) bool) Found {
	var found Found
	direct, _ := read(command, file, line)
	for _, c := range direct {
		found.Calls = append(found.Calls, c.Call)
		script := c.script()
		if !path.IsAbs(script) || strings.Contains(script, Expansion) || known(script) {
			continue
		}
		text, err := f.Read(script)
		switch {
		case err != nil && !ofSystem(script):
			found.Unread = err
		case err != nil || len(text) > sizeLimit:
		case isShell(string(text)) || script != c.path:
			inner, ok := read(string(text), script, 0)
			if !ok {
				found.Unread = errNoShell
			}
			for _, i := range inner {
				found.Calls = append(found.Calls, i.Call)
			}
		case strings.HasPrefix(string(text), "#!") && !ofSystem(script):
			found.Unread = errNoShell
		}
	}
	return found
}

// None is for commands whose programs may all be scripts.
func None(string) bool { return false }

// ofSystem says whether a program is one of the system's own, whose text nobody captures.
func ofSystem(program string) bool {
	return slices.ContainsFunc([]string{"/bin/", "/sbin/", "/usr/bin/", "/usr/lib/", "/usr/libexec/", "/usr/sbin/", "/usr/share/"}, func(dir string) bool {
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

// script is the path of a script that the call starts: its program, or what it hands to a shell.
func (l located) script() string {
	if !slices.Contains([]string{".", "bash", "dash", "ksh", "sh", "source"}, l.Program) {
		return l.path
	}
	for n, w := range l.Words {
		if !strings.HasPrefix(w, "-") && (n == 0 || l.Words[n-1] != "-c") {
			return w
		}
	}
	return ""
}

// read returns the calls of a text, and false where it is not understood; line is where the text stands, or 0 where its own lines count.
func read(text, file string, line int) ([]located, bool) {
	if open := strings.Count(text, "(") + strings.Count(text, "{") + strings.Count(text, "[") + strings.Count(text, "`"); open > openLimit {
		return nil, false
	}
	parsed, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), file)
	if err != nil {
		return nil, false
	}
	flows, ok := flowsOf(parsed)
	if !ok {
		return nil, false
	}
	r := reading{file: file, line: line, variables: map[string]string{}, flows: flows}
	syntax.Walk(parsed, r.visit)
	return r.all, true
}

// reading collects the calls of a text.
type reading struct {
	file      string
	line      int
	variables map[string]string // that the text sets
	flows     map[*syntax.CallExpr]flow
	all       []located
}

// visit notes a call. What a function does is taken as done.
func (r *reading) visit(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.Stmt:
		if into := emptied(n); n.Cmd == nil && into != nil {
			r.all = append(r.all, located{Call: Call{Program: ":", Into: word(into, r.variables), File: r.file, Line: r.at(n)}})
		}
	case *syntax.CallExpr:
		for _, a := range n.Assigns {
			if a.Value != nil && len(n.Args) == 0 {
				r.variables[a.Name.Value] = word(a.Value, r.variables)
			}
		}
		c, ok := r.call(n)
		if !ok {
			return true
		}
		flow := r.flows[n]
		if flow.into != nil {
			c.Into = word(flow.into, r.variables)
		}
		for _, stage := range flow.piped {
			if s, ok := r.call(stage); ok {
				c.Piped = append(c.Piped, s.Call)
			}
		}
		r.all = append(r.all, c)
		r.inner(c)
	}
	return true
}

// inner reads the text that a shell is given to run.
func (r *reading) inner(c located) {
	at := slices.Index(c.Words, "-c")
	if c.script() != "" || at < 0 || at+1 >= len(c.Words) {
		return
	}
	inner, _ := read(c.Words[at+1], r.file, c.Line)
	r.all = append(r.all, inner...)
}

// call reads the words of a call; false where it is nothing but an assignment.
func (r *reading) call(n *syntax.CallExpr) (located, bool) {
	var words []string
	for _, w := range n.Args {
		words = append(words, word(w, r.variables))
	}
	if words = bare(words); len(words) == 0 {
		return located{}, false
	}
	return located{Call{Program: path.Base(words[0]), Words: words[1:], File: r.file, Line: r.at(n)}, words[0]}, true
}

// at is the line of a node.
func (r *reading) at(n syntax.Node) int {
	if r.line > 0 {
		return r.line
	}
	return int(n.Pos().Line())
}

// bare drops the programs that only run the one that follows them, with their options.
func bare(words []string) []string {
	wrappers := []string{"chronic", "chrt", "command", "env", "exec", "flock", "ionice", "nice", "nohup", "setsid", "sudo", "time", "timeout"}
	for len(words) > 1 && slices.Contains(wrappers, path.Base(words[0])) {
		wrapper := path.Base(words[0])
		words = words[1:]
		for len(words) > 1 && (strings.HasPrefix(words[0], "-") || strings.Contains(words[0], "=") || words[0] == Expansion || isNumber(words[0])) {
			words = words[1:]
		}
		if wrapper == "flock" && len(words) > 1 {
			words = words[1:] // the lock file
		}
	}
	return words
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(strings.TrimRight(s, "smhd"))
	return err == nil
}
