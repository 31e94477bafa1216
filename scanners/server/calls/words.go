package calls

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// flow is where the output of a call goes.
type flow struct {
	into  *syntax.Word
	piped []*syntax.CallExpr
}

// flows are those of a text.
type flows struct {
	of   map[*syntax.CallExpr]flow
	seen map[*syntax.BinaryCmd]bool
	left int // nodes that may still be looked at: what is nested deeply is looked at again and again
}

const (
	nodesLimit  = 1 << 20
	stagesLimit = 16 // of a pipe that a call is told of
)

// flowsOf finds the pipes and redirections of a text. Walk comes to outer ones first. Errors: errTooMany for one that is nested too deeply.
func flowsOf(file *syntax.File) (map[*syntax.CallExpr]flow, error) {
	f := flows{map[*syntax.CallExpr]flow{}, map[*syntax.BinaryCmd]bool{}, nodesLimit}
	syntax.Walk(file, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.Stmt:
			if into := emptied(n); into != nil && n.Cmd != nil {
				f.redirect(n.Cmd, into)
			}
		case *syntax.BinaryCmd:
			f.pipe(n)
		}
		return f.left > 0
	})
	if f.left <= 0 {
		return nil, errTooMany
	}
	return f.of, nil
}

// redirect notes the file that what a node prints goes to. Inner redirections come later, and win.
func (f *flows) redirect(n syntax.Node, into *syntax.Word) {
	for _, c := range f.calls(n) {
		was := f.of[c]
		was.into = into
		f.of[c] = was
	}
}

// pipe notes the stages of a pipe that come after each call in it.
func (f *flows) pipe(n *syntax.BinaryCmd) {
	isPipe := func(b *syntax.BinaryCmd) bool { return b.Op == syntax.Pipe || b.Op == syntax.PipeAll }
	if !isPipe(n) || f.seen[n] {
		return
	}
	stages := []*syntax.Stmt{n.Y} // from the last on
	for {
		x, ok := n.X.Cmd.(*syntax.BinaryCmd)
		if !ok || !isPipe(x) {
			break
		}
		f.seen[x] = true
		n = x
		stages = append(stages, n.Y)
	}
	var after []*syntax.CallExpr
	into := emptied(stages[0])
	for _, stage := range append(stages, n.X) {
		here := f.calls(stage)
		for _, c := range here {
			was := f.of[c]
			was.piped = append(slices.Clone(after), was.piped...)
			was.piped = was.piped[:min(len(was.piped), stagesLimit)]
			if into != nil && len(after) > 0 {
				was.into = into
			}
			f.of[c] = was
		}
		after = append(slices.Clone(here), after...)
		after = after[:min(len(after), stagesLimit)]
	}
}

// calls are those of a node, without those of expansions in it.
func (f *flows) calls(n syntax.Node) []*syntax.CallExpr {
	var all []*syntax.CallExpr
	syntax.Walk(n, func(n syntax.Node) bool {
		f.left--
		if c, ok := n.(*syntax.CallExpr); ok && len(c.Args) > 0 {
			all = append(all, c)
		}
		_, other := n.(*syntax.CmdSubst)
		return !other && f.left > 0
	})
	return all
}

// emptied is the file that a statement empties for its output.
func emptied(s *syntax.Stmt) *syntax.Word {
	for _, r := range s.Redirs {
		output := r.N == nil || r.N.Value == "1"
		if output && (r.Op == syntax.RdrOut || r.Op == syntax.RdrClob || r.Op == syntax.RdrAll) {
			return r.Word
		}
	}
	return nil
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
			value = Expansion
		}
		b.WriteString(value)
	case *syntax.CmdSubst:
		if isStamp(p, variables) {
			b.WriteString(Stamp)
			break
		}
		b.WriteString(Expansion)
	default:
		b.WriteString(Expansion)
	}
}

// substitutes says whether a word holds what another command prints.
func substitutes(w *syntax.Word) bool {
	found := false
	syntax.Walk(w, func(n syntax.Node) bool {
		_, is := n.(*syntax.CmdSubst)
		found = found || is
		return !found
	})
	return found
}

// isStamp says whether an expansion is `date` with a format that never gives the same text on two days.
// https://www.gnu.org/software/coreutils/manual/html_node/date-invocation.html
func isStamp(s *syntax.CmdSubst, variables map[string]string) bool {
	if len(s.Stmts) != 1 {
		return false
	}
	c, ok := s.Stmts[0].Cmd.(*syntax.CallExpr)
	if !ok || len(c.Args) == 0 || slices.ContainsFunc(c.Args, substitutes) || path.Base(word(c.Args[0], variables)) != "date" {
		return false
	}
	format := ""
	for _, w := range c.Args[1:] {
		if f, ok := strings.CutPrefix(word(w, variables), "+"); ok {
			format = f
		}
	}
	has := func(letters string) bool {
		return slices.ContainsFunc(strings.Split(letters, ""), func(l string) bool { return strings.Contains(format, "%"+l) || strings.Contains(format, "%-"+l) })
	}
	whole := has("sFDcx") || format == ""
	inYear := has("j") || has("mbBh") && has("de") || has("VUW") && has("uaAw")
	return whole || has("YyG") && inYear
}
