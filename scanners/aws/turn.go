package aws

import "context"

// turner is a pager of an operation that the SDK has none for: call asks for the page of a token, nil for the first, and
// returns the token of the next, nil after the last. A token that comes twice ends the list.
type turner[O, F any] struct {
	call  func(ctx context.Context, token *string, options ...func(*F)) (O, *string, error)
	token *string
	begun bool
}

func (t *turner[O, F]) HasMorePages() bool { return !t.begun || t.token != nil }

func (t *turner[O, F]) NextPage(ctx context.Context, options ...func(*F)) (O, error) {
	out, next, err := t.call(ctx, t.token, options...)
	if next != nil && (*next == "" || t.token != nil && *next == *t.token) {
		next = nil
	}
	t.begun, t.token = true, next
	return out, err
}
