package fakeaws

import (
	"maps"
	"strings"
)

// answer answers a request. An empty page has a token and no items.
func (o *Operation) answer(r Request, s service, empty bool) Answer {
	empty = empty && o.TokenOut != ""
	switch {
	case o.Lists != "":
		return o.list(r, s, empty)
	case o.Of != "":
		return o.one(r, s, empty)
	case o.Answer != nil:
		answer := o.Answer(r)
		if answer.Items != nil {
			answer.Body = o.slice(r, s, with(o.More, answer.Body), answer.Items, empty).Body
		}
		return answer
	}
	return Answer{Body: o.More}
}

// resource is the name that the request gives of one resource.
func (o *Operation) resource(p Params) string {
	if all := o.resources(p); len(all) > 0 {
		return all[0]
	}
	return ""
}

// resources are all names that the request gives.
func (o *Operation) resources(p Params) []string {
	if o.By == "" {
		return nil
	}
	return p.All(o.By)
}

// list answers the resources of a type, page by page.
func (o *Operation) list(r Request, s service, empty bool) Answer {
	resources := r.Resources(o.Lists)
	if o.Of != "" {
		if _, ok := r.Resource(o.Of, o.resource(r.Params)); !ok {
			return Answer{Error: o.Missing}
		}
	} else if o.By != "" && r.Params.Has(o.By) {
		var err Error
		if resources, err = o.named(r); !err.None() {
			return Answer{Error: err}
		}
	}
	page, _ := o.page(r.Params)
	var items []any
	next := page.offset
	for ; next < len(resources) && !empty; next++ {
		if o.Keep != nil && !o.Keep(r, resources[next]) {
			continue
		}
		if len(items) == page.size {
			break
		}
		items = append(items, o.show(resources[next]))
	}
	return o.paged(s, o.More, items, page, next, next < len(resources))
}

// named returns the resources that the request names.
func (o *Operation) named(r Request) ([]Resource, Error) {
	var named []Resource
	for _, id := range r.Params.All(o.By) {
		resource, ok := r.Resource(o.Lists, id)
		if !ok && !o.Missing.None() {
			return nil, o.Missing
		}
		if ok {
			named = append(named, resource)
		}
	}
	return named, Error{}
}

// show is what the operation answers of a resource.
func (o *Operation) show(r Resource) any {
	if sub, ok := r.Sub[o.Name]; ok {
		return sub
	}
	if o.Show != nil {
		return o.Show(r)
	}
	return r.Doc
}

// one answers about one resource.
func (o *Operation) one(r Request, s service, empty bool) Answer {
	resource, ok := r.Resource(o.Of, o.resource(r.Params))
	if !ok {
		return Answer{Error: o.Missing}
	}
	if o.Refuse != nil {
		if err := o.Refuse(r, resource); !err.None() {
			return Answer{Error: err}
		}
	}
	sub, ok := resource.Sub[o.Name]
	switch {
	case !ok && o.Show != nil:
		sub = o.Show(resource)
	case !ok && o.Absent.None() && o.At != "":
		sub = []any{}
	case !ok:
		return Answer{Error: o.Absent, Body: o.More}
	}
	switch v := sub.(type) {
	case Answer:
		return v
	case Error:
		return Answer{Error: v}
	case Node:
		return Answer{Body: with(o.More, v)}
	}
	items, _ := elementsOf(sub)
	return o.slice(r, s, o.More, items, empty)
}

// slice answers one page of items that are not resources.
func (o *Operation) slice(r Request, s service, more Node, items []any, empty bool) Answer {
	page, _ := o.page(r.Params)
	start := min(page.offset, len(items))
	end := min(start+page.size, len(items))
	if empty {
		end = start
	}
	return o.paged(s, more, items[start:end], page, end, end < len(items))
}

func with(more, doc Node) Node {
	all := maps.Clone(more)
	if all == nil {
		all = Node{}
	}
	maps.Copy(all, doc)
	return all
}

// put sets the member at a path and leaves the node that it was given as it is.
func put(n Node, path string, value any) Node {
	all := with(n, nil)
	head, rest, deeper := strings.Cut(path, "/")
	if deeper {
		inner, _ := all[head].(Node)
		value = put(inner, rest, value)
	}
	all[head] = value
	return all
}
