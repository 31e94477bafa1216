package aws

import "github.com/tomscan/tomscan/evidence"

// asked is a setting that an operation tells, when somebody wants to know it.
func asked[T any](s *site, operation string, read func() evidence.Value[T]) evidence.Value[T] {
	if !s.needs(operation) {
		return notAsked[T]()
	}
	return read()
}

// by are the positions of a setting that other operations tell than the reader's table says.
func by(operations ...string) []evidence.Position {
	var at []evidence.Position
	for _, o := range operations {
		at = append(at, evidence.Position{Call: o, Role: evidence.RoleDecides})
	}
	return at
}

// emptyAnswer is the miss of an answer that lacks what it is about.
func emptyAnswer(s *site, operation string) *miss {
	return &miss{outcome: evidence.OutcomeError, code: "answer without content", operation: operation, action: actionOf(operation), account: s.id,
		region: s.region}
}
