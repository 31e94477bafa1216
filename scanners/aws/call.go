package aws

import (
	"context"

	"github.com/tomscan/tomscan/evidence"
)

// note is what a caller tells the ledger about a call, and what it learns from it.
type note struct {
	resource  string
	page      int
	operation string
	region    string
	row       *evidence.Call // nil when the call was not sent
}

type noteKey struct{}

// get calls one operation about one resource ("" for none). It returns the answer, or the miss that says why there is
// none.
func get[I, O, F any](ctx context.Context, s *site, resource string, call func(context.Context, *I, ...func(*F)) (*O, error), in *I) (*O, *miss) {
	n := &note{resource: resource}
	out, err := call(context.WithValue(ctx, noteKey{}, n), in)
	if err != nil {
		return nil, s.missOf(n, err)
	}
	return out, nil
}

// pages reads all pages of a list about one resource ("" for none). next says where in the question the token of the next
// page belongs, and which token the answer has; an answer without one is the last. When a page fails it returns what was
// read until then with the miss: the list is then not whole. Nor is it when a token comes again, for it would never end.
//
// The SDK's own paginators would do this too, but they need the client as an interface. The linker then keeps all that the
// client can do, and what creates, changes and reads data would be part of the program.
func pages[I, O, F, T any](ctx context.Context, s *site, resource string, call func(context.Context, *I, ...func(*F)) (*O, error), in *I,
	next func(*I, *O) (into **string, token *string), items func(*O) []T,
) ([]T, *miss) {
	var all []T
	question, seen := *in, map[string]bool{}
	for page := 1; ; page++ {
		n := &note{resource: resource, page: page}
		out, err := call(context.WithValue(ctx, noteKey{}, n), &question)
		if err != nil {
			m := s.missOf(n, err)
			m.partial = page > 1
			return all, m
		}
		got := items(out)
		all = append(all, got...)
		s.ledger.items(n, len(got))
		into, token := next(&question, out)
		switch {
		case s.sample || token == nil || *token == "":
			return all, nil
		case seen[*token], page == mostPages:
			return all, s.endless(n)
		}
		seen[*token], *into = true, token
	}
}

// mostPages is how many pages a list may have: far more than any account's, and an end for a service that never ends.
const mostPages = 10_000

// refused is a setting that m kept from being read: denied where the permission is missing, unresolved otherwise.
func refused[T any](m *miss) evidence.Value[T] {
	at := evidence.Position{Call: m.operation, Role: evidence.RoleDecides}
	if m.denied() {
		return evidence.Denied[T](m.reason()).At(at)
	}
	return evidence.Unresolved[T](m.reason()).At(at)
}

// told is the setting that read makes of an answer; where there is none it is absent, or refused.
func told[O, T any](out *O, m *miss, absent evidence.Value[T], read func(*O) evidence.Value[T]) evidence.Value[T] {
	switch {
	case m == nil:
		return read(out)
	case m.absent():
		return absent
	}
	return refused[T](m)
}

// notAsked is a setting that nobody wants to know.
func notAsked[T any]() evidence.Value[T] {
	return evidence.Unresolved[T](evidence.Because("not_asked"))
}
