// Package calls finds the programs that a command of a shell calls: what cron and timers really start. It reads the scripts that the
// command calls by their paths, and those that they call, and runs nothing.
package calls

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
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
	inner, _ := read(c.text(), r.file, c.Line)
	r.all = append(r.all, inner...)
}

// call reads the words of a call; false where it is nothing but an assignment.
func (r *reading) call(n *syntax.CallExpr) (located, bool) {
	var words []string
	for _, w := range n.Args {
		text := word(w, r.variables)
		if slices.ContainsFunc(w.Parts, func(p syntax.WordPart) bool { _, ok := p.(*syntax.ParamExp); return ok }) { // without quotes
			words = append(words, strings.Fields(text)...)
			continue
		}
		words = append(words, text)
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
