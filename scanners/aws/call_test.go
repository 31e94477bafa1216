package aws

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// book is a list of pages: the answers to the question without a token, and to those with one.
type book map[string]leaf

type leaf struct {
	items []string
	token *string
	err   error
}

type bookmark struct{ token *string }

func (b book) read(_ context.Context, in *bookmark, _ ...func(*struct{})) (*leaf, error) {
	at := ""
	if in.token != nil {
		at = *in.token
	}
	l := b[at]
	return &l, l.err
}

func TestPagesAreTurnedUntilThereIsNoTokenOrOneComesAgain(t *testing.T) {
	to := func(token string) *string { return &token }
	for name, c := range map[string]struct {
		book   book
		sample bool
		want   []string
		miss   *miss
	}{
		"no token":               {book: book{"": {items: []string{"a"}}}, want: []string{"a"}},
		"empty token":            {book: book{"": {items: []string{"a"}, token: to("")}}, want: []string{"a"}},
		"two pages":              {book: book{"": {items: []string{"a"}, token: to("1")}, "1": {items: []string{"b"}}}, want: []string{"a", "b"}},
		"empty page before last": {book: book{"": {token: to("1")}, "1": {items: []string{"b"}}}, want: []string{"b"}},
		"sample":                 {book: book{"": {items: []string{"a"}, token: to("1")}}, sample: true, want: []string{"a"}},
		"same token again": {
			book: book{"": {items: []string{"a"}, token: to("1")}, "1": {items: []string{"b"}, token: to("1")}},
			want: []string{"a", "b"}, miss: &miss{outcome: evidence.OutcomeError, code: "token repeated", account: "1", partial: true},
		},
		"tokens in a circle": {
			book: book{"": {items: []string{"a"}, token: to("1")}, "1": {token: to("2")}, "2": {items: []string{"b"}, token: to("1")}},
			want: []string{"a", "b"}, miss: &miss{outcome: evidence.OutcomeError, code: "token repeated", account: "1", partial: true},
		},
		"first page fails": {book: book{"": {err: errors.New("no")}}, miss: &miss{outcome: evidence.OutcomeError, code: "answer not understood", account: "1"}},
		"second page fails": {
			book: book{"": {items: []string{"a"}, token: to("1")}, "1": {err: errors.New("no")}},
			want: []string{"a"}, miss: &miss{outcome: evidence.OutcomeError, code: "answer not understood", account: "1", partial: true},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := &site{place: &place{account: &account{id: "1", sample: c.sample, ledger: &ledger{}}}}
			in := bookmark{}
			next := func(in *bookmark, out *leaf) (**string, *string) { return &in.token, out.token }
			got, m := pages(t.Context(), s, "", c.book.read, &in, next, func(l *leaf) []string { return l.items })
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.miss, m, cmp.AllowUnexported(miss{})); diff != "" {
				t.Error(diff)
			}
			if in.token != nil {
				t.Error("the caller's question was changed")
			}
		})
	}
}
