package fakeaws

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
)

// page is the part of a list that a request asks for.
type page struct{ number, offset, size int }

// page reads the request's token and size.
func (o *Operation) page(p Params) page {
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
	if token, err := base64.RawURLEncoding.DecodeString(p.Get(o.TokenIn)); err == nil {
		_, _ = fmt.Sscanf(string(token), "page %d from %d", &at.number, &at.offset)
	}
	return at
}

// token continues a list after this page.
func (p page) token(next int) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "page %d from %d", p.number+1, next))
}

// paged builds a list's answer.
func (o *Operation) paged(s service, items []any, p page, next int, more bool) Answer {
	if items == nil {
		items = []any{}
	}
	body := put(o.More, o.At, o.wrap(s, items))
	if o.Truncated != "" {
		body = put(body, o.Truncated, more)
	}
	if more && o.TokenOut != "" {
		body = put(body, o.TokenOut, p.token(next))
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
