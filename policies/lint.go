package policies

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/tomscan/tomscan/evidence"
)

// examine reads the metadata of one policy and holds its text to the rules for policies.
func (s *Set) examine(src *source) (*policy, []*Problem) {
	p, problems := readMetadata(src, s.catalogue)
	found := mentions(src.module)
	p.check.Reads, p.check.Wants = named(found, groupSettings), named(found, groupWant)
	for _, r := range rulesNamed(src.module, "applies") {
		p.applies = true
		p.asks = append(p.asks, named(mentions(r), groupWant)...)
	}
	for _, r := range rulesNamed(src.module, "not_applicable") {
		p.spares = append(p.spares, named(mentions(r), groupSettings)...)
	}
	slices.Sort(p.spares)
	p.spares = slices.Compact(p.spares)
	l := &linter{policy: p, module: src.module, imports: imports(src.module), taints: newTaints(src.module)}
	l.names(found, s.catalogue)
	l.imported()
	l.frame()
	l.problems = append(l.problems, misplaced(src)...)
	l.shape()
	for _, r := range src.module.Rules {
		l.rule(r)
	}
	return p, append(problems, l.problems...)
}

// duplicates finds ids that two policies have.
func duplicates(policies []*policy) []*Problem {
	var problems []*Problem
	first := map[string]string{}
	for _, p := range policies {
		if other, ok := first[p.check.ID]; ok && p.check.ID != "" {
			problems = append(problems, &Problem{File: p.from.file, Line: 1, Text: fmt.Sprintf("id %s is taken by %s", p.check.ID, other)})
			continue
		}
		first[p.check.ID] = p.from.file
	}
	return problems
}

// linter holds one policy to the rules that keep the unknown from passing or failing.
type linter struct {
	policy   *policy
	module   *ast.Module
	imports  map[string]string
	taints   *taints
	problems []*Problem
}

func (l *linter) fail(line int, format string, args ...any) {
	l.problems = append(l.problems, &Problem{File: l.policy.from.file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// names checks settings against the kinds and parameters against the measure.
func (l *linter) names(found []mention, c Catalogue) {
	measure, known := c.Measure(l.policy.check.Measure)
	for _, m := range found {
		switch {
		case m.name == "":
			l.fail(m.line, "name the %s by a literal text, such as %s.x: what a policy reads is derived from its text", m.group, m.group)
		case m.group == groupSettings:
			l.setting(m)
		case known:
			l.want(m, measure)
		}
	}
}

// setting must be one of every kind that the policy is about, and must not be looked into.
func (l *linter) setting(m mention) {
	for _, k := range l.policy.check.Kinds {
		if names := fieldNames(k); !slices.Contains(names, m.name) {
			l.fail(m.line, "kind %s has no setting %q: %s", k, m.name, oneOf(m.name, names))
		}
	}
	if !m.whole {
		l.fail(m.line, "setting %s is looked into: pass it whole to a function of data.tom.lib.value", m.name)
	}
}

func (l *linter) want(m mention, measure Measure) {
	names := []string{scopeParameter}
	for _, p := range measure.Parameters {
		names = append(names, p.Name)
	}
	if !slices.Contains(names, m.name) {
		l.fail(m.line, "measure %s has no parameter %q: %s", measure.ID, m.name, oneOf(m.name, names))
	}
}

// fieldNames lists the settings of a kind, sorted.
func fieldNames(k evidence.Kind) []string {
	fields := evidence.Fields(k)
	names := make([]string, 0, len(fields))
	for _, f := range fields {
		names = append(names, f.Name)
	}
	return names
}

// imported allows libraries alone: other policies are none of a policy's business, and future keywords bring forms of
// `not` that these rules do not know.
func (l *linter) imported() {
	for _, i := range l.module.Imports {
		path := i.Path.String()
		if ref, ok := i.Path.Value.(ast.Ref); ok {
			path = pathOf(ref)
		}
		if !isLibrary(path) && path != "rego.v1" {
			l.fail(i.Location.Row, "import of %s: a policy imports libraries, such as data.tom.lib.value, and nothing else", path)
		}
	}
}

// frame demands that who reads which regions are used also asks whether these are all.
func (l *linter) frame() {
	if reaches(l.module, "frame.regions_used") && !reaches(l.module, "frame.regions_complete") {
		l.fail(l.module.Package.Location.Row, "input.frame.regions_used is read without input.frame.regions_complete: further regions may be used")
	}
}

// misplaced checks that the package is the folder's: tom.<measure>.<file>, or <own name>.<folders>.<file>.
func misplaced(src *source) []*Problem {
	p := &Problem{File: src.file, Line: src.module.Package.Location.Row}
	got := strings.Split(strings.TrimPrefix(pathOf(src.module.Package.Path), "data."), ".")
	prefix := got[0]
	if !src.custom {
		prefix = reservedPackage
	} else if prefix == reservedPackage {
		p.Text = fmt.Sprintf("package %s is reserved for the program's own policies; begin with your own name", reservedPackage)
		return []*Problem{p}
	}
	if want := append([]string{prefix}, src.parts...); !slices.Equal(got, want) {
		p.Text = fmt.Sprintf("package %s does not follow from the file's place: want package %s", strings.Join(got, "."), strings.Join(want, "."))
		return []*Problem{p}
	}
	return nil
}

// ruleNames lists the rules that the engine asks for, sorted.
func ruleNames() []string { return []string{"applies", "fail", "not_applicable", "pass"} }

// shape checks the rules that the engine asks for.
func (l *linter) shape() {
	for _, name := range []string{"pass", "fail"} {
		if len(rulesNamed(l.module, name)) == 0 {
			l.fail(l.module.Package.Location.Row, "rule %s is missing: every policy says when it passes and when it fails", name)
		}
	}
	for _, r := range l.module.Rules {
		name, line := ruleName(r), r.Location.Row
		switch {
		case !slices.Contains(ruleNames(), name):
		case r.Default || r.Else != nil || len(r.Head.Args) > 0:
			l.fail(line, "%s must be a plain rule: no default, no else, no arguments", name)
		case name == "fail":
			l.failHead(r)
		case r.Head.Key != nil || r.Head.Value == nil || !r.Head.Value.Equal(ast.BooleanTerm(true)):
			l.fail(line, "write `%s if ...`: it is true or undefined", name)
		case name == "not_applicable" && (l.policy.check.Over != overFact || len(named(mentions(r), groupSettings)) == 0):
			l.fail(line, "not_applicable says by a setting that a fact does not concern the policy; it has no place over populations")
		case name == "applies" && len(named(mentions(r), groupSettings)) > 0:
			l.fail(line, "applies reads input.want alone: it says which promises the policy belongs to")
		}
	}
}

// failHead checks `fail contains {"code": "...", "setting": "...", "want": "..."}`.
func (l *linter) failHead(r *ast.Rule) {
	line := r.Location.Row
	if r.Head.Key == nil {
		l.fail(line, "write `fail contains {\"code\": \"...\"} if ...`")
		return
	}
	object, ok := r.Head.Key.Value.(ast.Object)
	if !ok {
		l.fail(line, "what fail contains must be written as an object in the rule's head")
		return
	}
	code, ok := literal(object, "code")
	if !ok || !codeForm.MatchString(code) {
		l.fail(line, "fail needs a code of lower-case words with underscores, as a literal text")
	}
	for key, names := range map[string][]string{"setting": l.policy.check.Reads, "want": l.policy.check.Wants} {
		if object.Get(ast.StringTerm(key)) == nil {
			continue
		}
		if name, _ := literal(object, key); !slices.Contains(names, name) {
			l.fail(line, "fail names %s %q, which the policy does not read", key, name)
		}
	}
}

// literal is the text under key of an object term.
func literal(o ast.Object, key string) (string, bool) {
	t := o.Get(ast.StringTerm(key))
	if t == nil {
		return "", false
	}
	s, ok := t.Value.(ast.String)
	return string(s), ok
}
