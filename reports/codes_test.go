package reports

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryReasonHasWords collects the codes of reasons from the sources of the whole program, Go and Rego, and looks up
// their words. The languages other than English are held to the same keys elsewhere.
func TestEveryReasonHasWords(t *testing.T) {
	w := wordsIn(t, "en")
	for code, use := range codesInSources(t) {
		text, ok := w.lookup("reason." + code)
		if !ok {
			t.Errorf("%s: no words for reason.%s (arguments %s)", use.at, code, strings.Join(use.args, ", "))
			continue
		}
		for _, hole := range placeholder.FindAllString(optional.ReplaceAllString(text, ""), -1) {
			if name := strings.Trim(hole, "{}"); use.complete && !use.has(name) {
				t.Errorf("%s: reason.%s says {%s}, which is not among the arguments %v", use.at, code, name, use.args)
			}
		}
	}
}

// codeUse is where a code is used, and with which arguments.
type codeUse struct {
	at       string
	args     []string
	complete bool // no further arguments can be added later
}

func (u codeUse) has(name string) bool {
	for _, a := range append(u.args, "setting", "actual", "want", "parameter") {
		if a == name {
			return true
		}
	}
	return false
}

// composed are the codes that stand in no call of their own: those of declared promises (policies/rollup.go), of root
// modules (scanners/terraform/eval/roots.go), of functions (functions.go and bind.go there), and of engine errors.
func composed() []string {
	return []string{
		"declared_by_controller", "declared_in_other_document", "declared_none", "declared_not_applicable", "declared_planned",
		"declared_statute_text", "engine_error", "file_outside_boundary", "function_failed", "function_is_random",
		"function_reads_machine", "function_reads_time", "root_declared", "root_given", "root_has_backend",
		"root_has_variables_file", "root_is_initialised", "root_not_called",
	}
}

// makers are the functions that take the code of a reason, followed by its arguments; others may stand before it.
func makers() []string {
	return []string{"Because", "because", "failed", "gap", "lose", "note", "unknown", "warn"}
}

func codesInSources(t *testing.T) map[string]codeUse {
	t.Helper()
	codes := map[string]codeUse{}
	for _, c := range composed() {
		codes[c] = codeUse{at: "policies"}
	}
	module := os.DirFS("..")
	err := fs.WalkDir(module, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			// a fake provider has error codes of its own, which are no reasons
			if d != nil && (d.Name() == "testdata" || d.Name() == "fakeaws" || strings.HasPrefix(d.Name(), ".") && name != ".") {
				return fs.SkipDir
			}
			return err
		}
		switch {
		case strings.HasSuffix(name, "_test.go"), strings.HasSuffix(name, "_test.rego"):
		case path.Ext(name) == ".go":
			return codesInGo(module, name, codes)
		case path.Ext(name) == ".rego":
			return codesInRego(module, name, codes)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return codes
}

// shape is how codes are written: two words or more.
var shape = regexp.MustCompile(`^[a-z]+(_[a-z0-9]+)+$`)

var regoCode = regexp.MustCompile(`"code":\s*"([^"]+)"`)

func codesInRego(module fs.FS, name string, codes map[string]codeUse) error {
	text, err := fs.ReadFile(module, name)
	if err != nil {
		return err
	}
	for _, m := range regoCode.FindAllSubmatch(text, -1) {
		if _, ok := codes[string(m[1])]; !ok {
			codes[string(m[1])] = codeUse{at: name}
		}
	}
	return nil
}

// codesInGo reads the calls of Because and the Reasons that are written out.
func codesInGo(module fs.FS, name string, codes map[string]codeUse) error {
	text, err := fs.ReadFile(module, name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if slices.Contains(makers(), called(n.Fun)) {
				note(codes, name, n.Args, true)
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
				note(codes, name, []ast.Expr{n.Value}, false)
			}
		}
		return true
	})
	return nil
}

func called(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// note remembers a code that is written as a literal, and the names of its arguments.
func note(codes map[string]codeUse, name string, args []ast.Expr, complete bool) {
	at := slices.IndexFunc(args, func(a ast.Expr) bool { text, ok := literal(a); return ok && (a == args[0] || shape.MatchString(text)) })
	if at < 0 {
		return
	}
	args = args[at:]
	code, _ := literal(args[0])
	use := codeUse{at: name, complete: complete}
	for i := 1; i < len(args); i += 2 {
		if arg, ok := literal(args[i]); ok {
			use.args = append(use.args, arg)
		} else {
			use.complete = false
		}
	}
	if old, ok := codes[code]; ok && len(old.args) >= len(use.args) {
		return
	}
	codes[code] = use
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}
