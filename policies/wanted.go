package policies

import (
	"context"

	"github.com/tomscan/tomscan/evidence"
)

// Wanted returns which settings the checks read that belong to the annex' promises, so that a collector can leave out what
// nobody asks for. The error is an [*EngineError].
func (s *Set) Wanted(ctx context.Context, annex evidence.Annex) (func(evidence.Kind, string) bool, error) {
	j := &judge{set: s, annex: annex}
	if err := j.plan(ctx); err != nil {
		return nil, err
	}
	type setting struct {
		kind evidence.Kind
		name string
	}
	read := map[setting]bool{}
	for _, p := range j.promises {
		for _, a := range p.checks {
			if !a.belongs || p.Declared != "" {
				continue
			}
			for _, kind := range a.check.Kinds {
				for _, name := range a.check.Reads {
					read[setting{kind, name}] = true
				}
			}
		}
	}
	return func(kind evidence.Kind, name string) bool { return read[setting{kind, name}] }, nil
}
