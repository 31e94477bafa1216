package policies

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Problem is one thing that is wrong with a policy. Line is 0 where it is wrong with the whole file.
type Problem struct {
	File string
	Line int
	Text string
}

// Error is `file:line: text`.
func (p *Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Text)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// EngineError is a policy that could not be evaluated, or that both passes and fails one subject. The run has no result
// then: a scan that cannot judge must not look like one that found nothing.
type EngineError struct {
	Check   string
	Subject string
	Err     error
}

// Error names the check and the fact.
func (e *EngineError) Error() string {
	return fmt.Sprintf("check %s on %s: %v", e.Check, e.Subject, e.Err)
}

// Unwrap returns what went wrong.
func (e *EngineError) Unwrap() error { return e.Err }

// errBoth is a policy that decides both ways.
var errBoth = errors.New("the policy decides it in more than one way: two of pass, fail and not_applicable hold")

// joinProblems returns one error of all problems, sorted, nil when there is none.
func joinProblems(problems []*Problem) error {
	slices.SortStableFunc(problems, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	errs := make([]error, 0, len(problems))
	for i, p := range problems {
		if i == 0 || *p != *problems[i-1] {
			errs = append(errs, p)
		}
	}
	return errors.Join(errs...)
}

// problemsOf turns the errors of OPA's parser and compiler into problems.
func problemsOf(err error) []*Problem {
	if err == nil {
		return nil
	}
	var list ast.Errors
	if !errors.As(err, &list) {
		return []*Problem{{File: "policies", Text: err.Error()}}
	}
	problems := make([]*Problem, 0, len(list))
	for _, e := range list {
		p := &Problem{File: "policies", Text: e.Message}
		if e.Location != nil {
			p.File, p.Line = e.Location.File, e.Location.Row
		}
		problems = append(problems, p)
	}
	return problems
}
