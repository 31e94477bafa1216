// Package calls finds the programs that a command of a shell calls: what cron and timers really start. It reads the scripts that the
// command calls by their paths, and those that they call, and runs nothing.
package calls

import (
	"errors"
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
	textLimit = 16      // texts of shells within each other: one may make itself anew
)

// What is read, in characters: of texts, and of the words of calls, for a short one may be a long variable.
const (
	hostLimit    = 64 << 20 // for all commands
	commandLimit = 8 << 20  // for a command and its scripts
	callCost     = 1 << 10  // of a call beside its words: those who read calls compare each with others
	wordCost     = 32       // of a word beside its characters
)

const (
	// Expansion stands in words for what is not known before the shell runs.
	Expansion = "\x00"
	// Stamp is an Expansion that is a date of the run, which never comes again.
	Stamp = Expansion + "\x01"
)

// reading collects the calls of a text.
type reading struct {
	file      string
	line      int               // where the text stands, or 0 where its own lines count
	left      *int              // what may still be read
	depth     int               // how many texts of shells the text lies in
	variables map[string]string // that the text sets
	flows     map[*syntax.CallExpr]flow
	all       []located
	err       error // errTooMany, once a bound is met
}

// read adds the calls of a text. Errors: errNoShell, errTooMany.
func (r *reading) read(text string) error {
	open := strings.Count(text, "(") + strings.Count(text, "{") + strings.Count(text, "[") + strings.Count(text, "`")
	*r.left -= len(text)
	if open > openLimit || r.depth > textLimit || *r.left < 0 {
		return errTooMany
	}
	parsed, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), r.file)
	if err != nil {
		return errNoShell
	}
	if r.flows, err = flowsOf(parsed); err != nil {
		return err
	}
	r.variables = map[string]string{}
	syntax.Walk(parsed, r.visit)
	return r.err
}

// visit notes a call. What a function does is taken as done.
func (r *reading) visit(n syntax.Node) bool {
	switch n := n.(type) {
	case *syntax.Stmt:
		if into := emptied(n); n.Cmd == nil && into != nil {
			r.all = append(r.all, located{Call: Call{Program: ":", Into: r.word(into), File: r.file, Line: r.at(n)}})
		}
	case *syntax.CallExpr:
		for _, a := range n.Assigns {
			if a.Value != nil && len(n.Args) == 0 {
				r.variables[a.Name.Value] = r.word(a.Value)
			}
		}
		c, ok := r.call(n)
		if !ok {
			break
		}
		flow := r.flows[n]
		if flow.into != nil {
			c.Into = r.word(flow.into)
		}
		for _, stage := range flow.piped {
			if s, ok := r.call(stage); ok {
				c.Piped = append(c.Piped, s.Call)
			}
		}
		r.all = append(r.all, c)
		r.inner(c)
	}
	return r.err == nil
}

// inner reads the text that a shell is given to run. One that is no shell calls nothing.
func (r *reading) inner(c located) {
	text := c.text()
	if text == "" {
		return
	}
	inner := reading{file: r.file, line: c.Line, left: r.left, depth: r.depth + 1}
	if err := inner.read(text); errors.Is(err, errTooMany) {
		r.err = err
	}
	r.all = append(r.all, inner.all...)
}

// call reads the words of a call; false where it is nothing but an assignment.
func (r *reading) call(n *syntax.CallExpr) (located, bool) {
	var words []string
	*r.left -= callCost
	for _, w := range n.Args {
		text := r.word(w)
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

// word is a word as far as it is written; empty where no more is read.
func (r *reading) word(w *syntax.Word) string {
	if *r.left <= 0 {
		r.err = errTooMany
		return ""
	}
	text := word(w, r.variables)
	*r.left -= len(text) + wordCost
	return text
}

// at is the line of a node.
func (r *reading) at(n syntax.Node) int {
	if r.line > 0 {
		return r.line
	}
	return int(n.Pos().Line())
}
