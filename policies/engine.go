package policies

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/tomscan/tomscan/evidence"
)

// forbiddenBuiltins lists the families of built-in functions that depend on anything but their arguments.
func forbiddenBuiltins() []string {
	return []string{"http.", "net.", "opa.runtime", "rand.", "time.", "uuid."}
}

// capabilities are OPA's without the functions that read the clock, chance, the network or the process.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool {
		return slices.ContainsFunc(forbiddenBuiltins(), func(prefix string) bool { return strings.HasPrefix(b.Name, prefix) })
	})
	c.AllowNet = []string{}
	return c
})

// compile compiles policies, and what they import of the libraries, in strict mode.
func compile(libraries []*source, policies []*policy) (*ast.Compiler, error) {
	modules := map[string]*ast.Module{}
	for _, p := range policies {
		modules[p.from.file] = p.from.module
		addImports(modules, p.from.module, libraries)
	}
	c := ast.NewCompiler().WithCapabilities(capabilities()).WithStrict(true)
	if c.Compile(modules); c.Failed() {
		return nil, c.Errors
	}
	return c, nil
}

// addImports adds the libraries that a module mentions, and those that they mention.
func addImports(modules map[string]*ast.Module, module *ast.Module, libraries []*source) {
	mentioned := map[string]bool{}
	ast.WalkRefs(module, func(ref ast.Ref) bool {
		mentioned[packageOf(ref)] = true
		return false
	})
	for _, l := range libraries {
		if modules[l.file] == nil && mentioned[pathOf(l.module.Package.Path)] {
			modules[l.file] = l.module
			addImports(modules, l.module, libraries)
		}
	}
}

// compilers keeps what was compiled, by the ids of the policies: a set can judge more than once.
type compilers struct{ byIDs sync.Map }

// of returns the compiled policies.
func (c *compilers) of(libraries []*source, policies []*policy) (*ast.Compiler, error) {
	key := idsOf(policies)
	if done, ok := c.byIDs.Load(key); ok {
		return done.(*ast.Compiler), nil
	}
	compiled, err := compile(libraries, policies)
	if err == nil {
		c.byIDs.Store(key, compiled)
	}
	return compiled, err
}

func idsOf(policies []*policy) string {
	ids := make([]string, 0, len(policies))
	for _, p := range policies {
		ids = append(ids, p.check.ID)
	}
	return strings.Join(ids, " ")
}

// query is a prepared query over some policies: one evaluation gives the outcome of each.
type query struct {
	compiler *ast.Compiler
	policies []*policy
	prepared rego.PreparedEvalQuery
}

// outcome is what one policy says of one input.
type outcome struct {
	pass    bool
	spared  bool // not_applicable: the fact does not concern the policy
	applies bool
	fail    []map[string]any // the objects of its fail rule, in no order
}

// verdict is what the outcome says. It says false where the policy decides in more than one way.
func (o outcome) verdict() (evidence.Verdict, bool) {
	said := []evidence.Verdict{}
	if o.pass {
		said = append(said, evidence.Pass)
	}
	if o.spared {
		said = append(said, evidence.NotApplicable)
	}
	if len(o.fail) > 0 {
		said = append(said, evidence.Fail)
	}
	switch len(said) {
	case 0:
		return evidence.Unknown, true
	case 1:
		return said[0], true
	}
	return evidence.Unknown, false
}

// prepare makes one query that binds the rules of all these policies.
func prepare(ctx context.Context, c *ast.Compiler, policies []*policy) (*query, error) {
	var parts []string
	for i, p := range policies {
		pkg := p.from.module.Package.Path
		parts = append(parts, fmt.Sprintf("p%d = [x | x = %s.pass]; f%d = %s.fail", i, pkg, i, pkg))
		if len(p.spares) > 0 {
			parts = append(parts, fmt.Sprintf("n%d = [x | x = %s.not_applicable]", i, pkg))
		}
	}
	return prepareText(ctx, c, policies, strings.Join(parts, "; "))
}

// prepareApplies makes a query for the applies rules.
func prepareApplies(ctx context.Context, c *ast.Compiler, policies []*policy) (*query, error) {
	var parts []string
	for i, p := range policies {
		parts = append(parts, fmt.Sprintf("a%d = [x | x = %s.applies]", i, p.from.module.Package.Path))
	}
	return prepareText(ctx, c, policies, strings.Join(parts, "; "))
}

func prepareText(ctx context.Context, c *ast.Compiler, policies []*policy, text string) (*query, error) {
	prepared, err := rego.New(rego.Compiler(c), rego.Query(text), rego.StrictBuiltinErrors(true)).PrepareForEval(ctx)
	if err != nil {
		return nil, fmt.Errorf("prepare policies: %w", err)
	}
	return &query{compiler: c, policies: policies, prepared: prepared}, nil
}

// eval asks all policies of the query about one input.
func (q *query) eval(ctx context.Context, input ast.Value) ([]outcome, error) {
	set, err := q.prepared.Eval(ctx, rego.EvalParsedInput(input))
	if err != nil {
		return nil, err
	}
	if len(set) != 1 {
		return nil, fmt.Errorf("%d answers from a query that has one", len(set))
	}
	outcomes := make([]outcome, len(q.policies))
	for i := range outcomes {
		o := &outcomes[i]
		o.pass = holds(set[0].Bindings[fmt.Sprintf("p%d", i)])
		o.spared = holds(set[0].Bindings[fmt.Sprintf("n%d", i)])
		o.applies = holds(set[0].Bindings[fmt.Sprintf("a%d", i)])
		fails, _ := set[0].Bindings[fmt.Sprintf("f%d", i)].([]any)
		for _, f := range fails {
			object, ok := f.(map[string]any)
			if !ok {
				return nil, fmt.Errorf("%s: fail contains %v, which is no object", q.policies[i].check.ID, f)
			}
			o.fail = append(o.fail, object)
		}
	}
	return outcomes, nil
}

// alone asks the policy number i by itself.
func (q *query) alone(ctx context.Context, i int, input ast.Value) ([]outcome, error) {
	one, err := prepare(ctx, q.compiler, q.policies[i:i+1])
	if err != nil {
		return nil, err
	}
	return one.eval(ctx, input)
}

// holds says whether a rule was defined.
func holds(binding any) bool {
	list, ok := binding.([]any)
	return ok && len(list) > 0
}

// engine holds the compiled policies of a run and the queries prepared so far.
type engine struct {
	compiler *ast.Compiler
	queries  map[string]*query
}

func (s *Set) newEngine(policies []*policy) (*engine, error) {
	c, err := s.compilers.of(s.libraries, policies)
	if err != nil {
		return nil, joinProblems(problemsOf(err))
	}
	return &engine{compiler: c, queries: map[string]*query{}}, nil
}

// query returns the prepared query over these policies.
func (e *engine) query(ctx context.Context, policies []*policy) (*query, error) {
	key := idsOf(policies)
	if q, ok := e.queries[key]; ok {
		return q, nil
	}
	q, err := prepare(ctx, e.compiler, policies)
	if err != nil {
		return nil, err
	}
	e.queries[key] = q
	return q, nil
}

// applies asks the applies rules of these policies.
func (e *engine) applies(ctx context.Context, policies []*policy, input ast.Value) ([]outcome, error) {
	q, err := prepareApplies(ctx, e.compiler, policies)
	if err != nil {
		return nil, err
	}
	return q.eval(ctx, input)
}
