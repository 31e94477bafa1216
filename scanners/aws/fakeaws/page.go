package fakeaws

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
)

// page is the part of a list that a request asks for.
type page struct{ number, offset, size int }

// page reads the request's token and size. A token of another operation is an error, as in AWS.
func (o *Operation) page(p Params) (page, Error) {
	at := page{number: 1, size: math.MaxInt}
	if o.TokenOut != "" {
		at.size = o.MaxPage
		if at.size == 0 {
			at.size = 100
		}
		if n, err := strconv.Atoi(p.Get(o.SizeIn)); err == nil && n > 0 {
			at.size = min(at.size, n)
		}
	}
	token := p.Get(o.TokenIn)
	if o.TokenIn == "" || token == "" {
		return at, Error{}
	}
	plain, _ := base64.RawURLEncoding.DecodeString(token)
	operation := ""
	if _, err := fmt.Sscanf(string(plain), "%s page %d from %d", &operation, &at.number, &at.offset); err != nil || operation != o.Name {
		return at, Error{Code: "InvalidNextToken", Message: "The token is not of this list."}
	}
	return at, Error{}
}

// token continues a list after this page.
func (o *Operation) token(p page, next int) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s page %d from %d", o.Name, p.number+1, next))
}

// paged builds a list's answer: the items, what stands around them, and the token when more follow.
func (o *Operation) paged(s service, around Node, items []any, p page, next int, more bool) Answer {
	if items == nil {
		items = []any{}
	}
	body := put(around, o.At, o.wrap(s, items))
	if o.Truncated != "" {
		body = put(body, o.Truncated, more)
	}
	if more && o.TokenOut != "" {
		body = put(body, o.TokenOut, o.token(p, next))
	}
	return Answer{Body: body}
}

// wrap names the elements of an XML list.
func (o *Operation) wrap(s service, items []any) any {
	switch {
	case o.Item == "-":
		return Flat(items)
	case o.Item != "":
		return List{Name: o.Item, Items: items}
	}
	return List{Name: s.element(), Items: items}
}
