package policies

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/tester"
	"golang.org/x/sync/errgroup"
)

// TestOutcome is one Rego test, or one demand on the tests of a policy.
type TestOutcome struct {
	File    string
	Line    int
	Name    string
	Passed  bool
	Message string // why it did not pass
}

// testPrefixes are the three cases that every policy has tests of, by the beginning of their names.
func testPrefixes() []string { return []string{"test_pass", "test_fail", "test_unknown"} }

// Test runs the Rego tests (`*_test.rego`) of a folder of policies, in the same strict mode and with the same functions
// as a scan. Beside the tests it demands that every policy has a test that passes, one that fails and one that stays
// unknown, and that every file is formatted as `opa fmt` does. The outcomes are sorted by file and line. The error is
// about the policies themselves, as Load's.
func Test(ctx context.Context, dir Dir) ([]TestOutcome, error) {
	set, err := Load(false, dir)
	if err != nil {
		return nil, err
	}
	return set.test(ctx, dir)
}

// test runs the tests of dir, whose policies are those of the set.
func (s *Set) test(ctx context.Context, dir Dir) ([]TestOutcome, error) {
	modules, outcomes, err := s.readTests(dir)
	if err != nil {
		return nil, err
	}
	for _, p := range s.policies {
		outcomes = append(outcomes, missingTests(p, modules)...)
	}
	faults, err := s.proveAll(ctx)
	if err != nil {
		return nil, err
	}
	outcomes = append(outcomes, faults...)
	compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithStrict(true)
	runner := tester.NewRunner().SetCompiler(compiler).RaiseBuiltinErrors(true).SetModules(modules)
	results, err := runner.RunTests(ctx, nil)
	if err != nil {
		return nil, joinProblems(problemsOf(err))
	}
	for r := range results {
		outcomes = append(outcomes, testOutcome(r))
	}
	slices.SortFunc(outcomes, func(a, b TestOutcome) int {
		return strings.Compare(fmt.Sprintf("%s:%09d:%s", a.File, a.Line, a.Name), fmt.Sprintf("%s:%09d:%s", b.File, b.Line, b.Name))
	})
	return outcomes, nil
}

// proveAll tries every policy on all values that its settings and parameters can take.
func (s *Set) proveAll(ctx context.Context) ([]TestOutcome, error) {
	e, err := s.newEngine(s.policies)
	if err != nil {
		return nil, err
	}
	faults := make([][]string, len(s.policies))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range s.policies {
		g.Go(func() (err error) {
			faults[i], err = s.prove(ctx, e.compiler, p)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var outcomes []TestOutcome
	for i, p := range s.policies {
		for _, text := range faults[i] {
			outcomes = append(outcomes, TestOutcome{File: p.from.file, Line: 1, Name: "proof", Message: text})
		}
	}
	return outcomes, nil
}

func testOutcome(r *tester.Result) TestOutcome {
	o := TestOutcome{File: r.Location.File, Line: r.Location.Row, Name: r.Name, Passed: !r.Fail && !r.Skip && r.Error == nil}
	switch {
	case r.Error != nil:
		o.Message = r.Error.Error()
	case r.Skip:
		o.Message = "the test is skipped: a policy keeps all its tests"
	case r.Fail:
		o.Message = "the test's body is not true"
	}
	return o
}

// readTests parses the tests of dir beside the modules of the set, and checks the format of every file.
func (s *Set) readTests(dir Dir) (map[string]*ast.Module, []TestOutcome, error) {
	modules := map[string]*ast.Module{}
	for _, l := range s.libraries {
		modules[l.file] = l.module
	}
	for _, p := range s.policies {
		modules[p.from.file] = p.from.module
	}
	var outcomes []TestOutcome
	err := fs.WalkDir(dir.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(p) != ".rego" {
			return err
		}
		file := path.Join(dir.Name, p)
		text, err := fs.ReadFile(dir.FS, p)
		if err != nil {
			return err
		}
		outcomes = append(outcomes, formatted(file, text)...)
		if !isTest(p) {
			return nil
		}
		m, err := parse(file, text)
		if err != nil {
			return joinProblems(problemsOf(err))
		}
		modules[file] = m
		return nil
	})
	return modules, outcomes, err
}

// formatted demands the format of `opa fmt`.
func formatted(file string, text []byte) []TestOutcome {
	want, err := format.SourceWithOpts(file, text, format.Opts{RegoVersion: ast.RegoV1})
	if err != nil || bytes.Equal(want, text) {
		return nil // what does not parse is reported as such
	}
	line := 1
	got, formatted := bytes.Split(text, []byte("\n")), bytes.Split(want, []byte("\n"))
	for line < min(len(got), len(formatted)) && bytes.Equal(got[line-1], formatted[line-1]) {
		line++
	}
	return []TestOutcome{{File: file, Line: line, Name: "format", Message: "not formatted as opa fmt does, from this line on"}}
}

// missingTests demands the three tests of a policy, in the file beside it.
func missingTests(p *policy, modules map[string]*ast.Module) []TestOutcome {
	file := strings.TrimSuffix(p.from.file, ".rego") + "_test.rego"
	module, ok := modules[file]
	if !ok {
		return []TestOutcome{{File: file, Name: "tests", Message: "no such file: every policy has tests beside it"}}
	}
	var missing []TestOutcome
	for _, prefix := range testPrefixes() {
		if !slices.ContainsFunc(module.Rules, func(r *ast.Rule) bool { return strings.HasPrefix(ruleName(r), prefix) }) {
			missing = append(missing, TestOutcome{File: file, Line: 1, Name: prefix + "...", Message: "no test with a name that begins so"})
		}
	}
	return missing
}
