package fakeaws

import (
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Params are the parameters of a request in one form for all protocols: "Filter.1.Name" is what a query service sends, and what
// is made of JSON ({"Filter": [{"Name": ...}]}). Variables of the path and parameters of a REST query stand beside them.
type Params url.Values

// Get returns one parameter, "" when it was not sent. Members of structures are separated by dots: "filter.name".
func (p Params) Get(name string) string { return url.Values(p).Get(name) }

// Has says whether the parameter was sent, itself, as a list or as a structure.
func (p Params) Has(name string) bool {
	for key := range p {
		if key == name || strings.HasPrefix(key, name+".") {
			return true
		}
	}
	return false
}

// All returns the strings of a list parameter in order, or the one value of a parameter that is no list.
func (p Params) All(name string) []string {
	if values, ok := p[name]; ok {
		return values
	}
	var all []string
	for _, prefix := range p.elements(name) {
		if value, ok := p[prefix]; ok {
			all = append(all, value...)
		}
	}
	return all
}

// List returns the structures of a list parameter in order, each with its own members: of "Filter", those of "Filter.1" first.
func (p Params) List(name string) []Params {
	var list []Params
	for _, prefix := range p.elements(name) {
		element := Params{}
		for key, values := range p {
			if rest, ok := strings.CutPrefix(key, prefix+"."); ok {
				element[rest] = values
			}
		}
		list = append(list, element)
	}
	return list
}

// Filter returns the values of a filter by its name, in the forms of EC2, RDS and the JSON services that have filters.
func (p Params) Filter(name string) []string {
	for _, list := range []string{"Filter", "Filters", "filters"} {
		for _, filter := range p.List(list) {
			if filter.Get("Name") != name && filter.Get("name") != name {
				continue
			}
			return slices.Concat(filter.All("Value"), filter.All("Values"), filter.All("values"))
		}
	}
	return nil
}

// elements returns the prefixes of a list's elements, "Filter.1" or "Filters.Filter.1", by their number.
func (p Params) elements(name string) []string {
	numbers := map[string]int{}
	for key := range p {
		rest, ok := strings.CutPrefix(key, name+".")
		if !ok {
			continue
		}
		parts := strings.SplitN(rest, ".", 3)
		prefix := name
		for _, part := range parts[:min(2, len(parts))] {
			prefix += "." + part
			if n, err := strconv.Atoi(part); err == nil {
				numbers[prefix] = n
				break
			}
		}
	}
	prefixes := make([]string, 0, len(numbers))
	for prefix := range numbers {
		prefixes = append(prefixes, prefix)
	}
	sort.Slice(prefixes, func(i, j int) bool { return numbers[prefixes[i]] < numbers[prefixes[j]] })
	return prefixes
}

// flatten adds a decoded JSON or CBOR value to the parameters.
func (p Params) flatten(name string, value any) {
	switch v := value.(type) {
	case nil:
	case map[string]any:
		for key, member := range v {
			p.flatten(strings.TrimPrefix(name+"."+key, "."), member)
		}
	case []any:
		for i, element := range v {
			p.flatten(fmt.Sprintf("%s.%d", name, i+1), element)
		}
	case float64:
		p[name] = []string{strconv.FormatFloat(v, 'f', -1, 64)}
	default:
		p[name] = []string{fmt.Sprint(v)}
	}
}
