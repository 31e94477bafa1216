// Package calls finds the programs that a command of a shell calls: what cron and timers really start. It reads the scripts that the
// command calls by their absolute path, one level deep, and runs nothing.
package calls

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Call is one call of a program. Words that an expansion decides hold "\x00".
type Call struct {
	Program string   // its name without the directory
	Words   []string // its arguments
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
	expansion = "\x00"
)

// In finds the calls in a command, which stands in a line of a file. A text that is no shell calls nothing.
func In(f capture.Files, command, file string, line int) Found {
	var found Found
	for _, c := range read(command, file, line) {
		found.Calls = append(found.Calls, c.Call)
		if !path.IsAbs(c.path) || strings.Contains(c.path, expansion) {
			continue
		}
		text, err := f.Read(c.path)
		switch {
		case err != nil && !ofSystem(c.path):
			found.Unread = err
		case err == nil && len(text) <= sizeLimit && isShell(string(text)):
			for _, inner := range read(string(text), c.path, 0) {
				found.Calls = append(found.Calls, inner.Call)
			}
		}
	}
	return found
}

// ofSystem says whether a program is one of the system's own, whose text nobody captures.
func ofSystem(program string) bool {
	return slices.ContainsFunc([]string{"/bin/", "/sbin/", "/usr/bin/", "/usr/lib/", "/usr/sbin/", "/usr/share/"}, func(dir string) bool {
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

// read returns the calls of a text; line is where the text stands, or 0 where its own lines count.
func read(text, file string, line int) []located {
	parsed, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), file)
	if err != nil {
		return nil
	}
	variables := map[string]string{}
	var all []located
	syntax.Walk(parsed, func(n syntax.Node) bool {
		if _, ok := n.(*syntax.FuncDecl); ok {
			return true // what a function does is taken as done
		}
		expr, ok := n.(*syntax.CallExpr)
		if !ok {
			return true
		}
		for _, a := range expr.Assigns {
			if a.Value != nil && len(expr.Args) == 0 {
				variables[a.Name.Value] = word(a.Value, variables)
			}
		}
		var words []string
		for _, w := range expr.Args {
			words = append(words, word(w, variables))
		}
		if words = bare(words); len(words) > 0 {
			at := int(expr.Pos().Line())
			if line > 0 {
				at = line
			}
			all = append(all, located{Call{path.Base(words[0]), words[1:], file, at}, words[0]})
		}
		return true
	})
	return all
}

// bare drops the programs that only run the one that follows them, with their options.
func bare(words []string) []string {
	wrappers := []string{"chronic", "chrt", "command", "env", "exec", "flock", "ionice", "nice", "nohup", "setsid", "sudo", "time", "timeout"}
	for len(words) > 1 && slices.Contains(wrappers, path.Base(words[0])) {
		wrapper := path.Base(words[0])
		words = words[1:]
		for len(words) > 1 && (strings.HasPrefix(words[0], "-") || strings.Contains(words[0], "=") || words[0] == expansion || isNumber(words[0])) {
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

// word is a word as far as it is written, with the variables that the text sets.
func word(w *syntax.Word, variables map[string]string) string {
	var b strings.Builder
	for _, p := range w.Parts {
		part(&b, p, variables)
	}
	return b.String()
}

func part(b *strings.Builder, p syntax.WordPart, variables map[string]string) {
	switch p := p.(type) {
	case *syntax.Lit:
		b.WriteString(strings.ReplaceAll(p.Value, `\`, ""))
	case *syntax.SglQuoted:
		b.WriteString(p.Value)
	case *syntax.DblQuoted:
		for _, inner := range p.Parts {
			part(b, inner, variables)
		}
	case *syntax.ParamExp:
		value, ok := variables[p.Param.Value]
		if plain := p.Exp == nil && p.Repl == nil && p.Slice == nil && !p.Length && !p.Excl && p.Index == nil; !ok || !plain || b.Len()+len(value) > wordLimit {
			value = expansion
		}
		b.WriteString(value)
	default:
		b.WriteString(expansion)
	}
}
