package policies

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// The two parts of a policy's input that may be unknown or absent.
const (
	groupSettings = "settings"
	groupWant     = "want"
)

// mention is a place where a policy names a setting or a parameter. The name is empty where it is not a literal text, or
// where all of them are meant.
type mention struct {
	group string
	name  string
	line  int
	whole bool // the reference ends with the name
}

// mentionOf says what ref names: input.settings.x, fact.settings.x, input.want.x. References into data name nothing.
func mentionOf(ref ast.Ref) (mention, bool) {
	if len(ref) == 0 || ref[0].Equal(ast.DefaultRootDocument) {
		return mention{}, false
	}
	for i := 1; i < len(ref); i++ {
		part, ok := ref[i].Value.(ast.String)
		if !ok || part != groupSettings && part != groupWant {
			continue
		}
		m := mention{group: string(part), line: lineOf(ref[i])}
		if i+1 < len(ref) {
			name, _ := ref[i+1].Value.(ast.String)
			m.name, m.whole = string(name), i+2 == len(ref)
		}
		return m, true
	}
	return mention{}, false
}

func lineOf(t *ast.Term) int {
	if t.Location == nil {
		return 0
	}
	return t.Location.Row
}

// mentions lists what is named below node, in the order of the text.
func mentions(node any) []mention {
	var found []mention
	ast.NewGenericVisitor(func(x any) bool {
		if ref, ok := x.(ast.Ref); ok {
			if m, ok := mentionOf(ref); ok {
				found = append(found, m)
			}
		}
		return false
	}).Walk(node)
	return found
}

// named lists the distinct names of one group, sorted.
func named(found []mention, group string) []string {
	var names []string
	for _, m := range found {
		if m.group == group && m.name != "" {
			names = append(names, m.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// reaches says whether the module refers to input.<path>.
func reaches(module *ast.Module, path string) bool {
	found := false
	ast.WalkRefs(module, func(ref ast.Ref) bool {
		found = found || strings.HasPrefix(pathOf(ref)+".", "input."+path+".")
		return false
	})
	return found
}

// pathOf writes the literal texts of ref with dots between them.
func pathOf(ref ast.Ref) string {
	var parts []string
	for _, t := range ref {
		switch v := t.Value.(type) {
		case ast.Var:
			parts = append(parts, string(v))
		case ast.String:
			parts = append(parts, string(v))
		default:
			parts = append(parts, "[]")
		}
	}
	return strings.Join(parts, ".")
}

// packageOf is the path of the library that ref leads into, empty when it leads elsewhere.
func packageOf(ref ast.Ref) string {
	parts := strings.Split(pathOf(ref), ".")
	if i := slices.Index(parts, "lib"); i >= 0 && i+1 < len(parts) {
		return strings.Join(parts[:i+2], ".")
	}
	return ""
}

// rulesNamed returns the rules of the module with this name, their else branches left to the walkers.
func rulesNamed(module *ast.Module, name string) []*ast.Rule {
	var rules []*ast.Rule
	for _, r := range module.Rules {
		if ruleName(r) == name {
			rules = append(rules, r)
		}
	}
	return rules
}

// ruleName is the first part of a rule's name.
func ruleName(r *ast.Rule) string {
	if ref := r.Head.Ref(); len(ref) > 0 {
		name, _ := ref[0].Value.(ast.Var)
		return string(name)
	}
	return string(r.Head.Name)
}

// imports maps the names that a module imports to full paths such as data.tom.lib.value.
func imports(module *ast.Module) map[string]string {
	names := map[string]string{}
	for _, i := range module.Imports {
		if ref, ok := i.Path.Value.(ast.Ref); ok {
			names[string(i.Name())] = pathOf(ref)
		}
	}
	return names
}

// isLibrary says whether a full path leads into a library: data.<name>.lib. and so on.
func isLibrary(path string) bool {
	parts := strings.Split(path, ".")
	return len(parts) > 3 && parts[0] == "data" && slices.Contains(parts[1:len(parts)-1], "lib")
}
