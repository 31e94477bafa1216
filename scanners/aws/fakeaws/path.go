package fakeaws

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// route is a REST operation's pattern: "GET /{Bucket}?encryption".
type route struct {
	operation *Operation
	method    string
	segments  []string
	markers   url.Values
}

func newRoute(op *Operation) route {
	method, path, _ := strings.Cut(op.Path, " ")
	path, markers, _ := strings.Cut(path, "?")
	values, _ := url.ParseQuery(markers)
	return route{operation: op, method: method, segments: segmentsOf(path), markers: values}
}

// sortRoutes puts the narrower patterns first.
func sortRoutes(routes []route) {
	slices.SortStableFunc(routes, func(a, b route) int { return b.narrow() - a.narrow() })
}

func (p route) narrow() int {
	n := 100 * len(p.markers)
	for _, segment := range p.segments {
		if !strings.HasPrefix(segment, "{") {
			n += 10
		}
		if strings.HasSuffix(segment, "+}") {
			n--
		}
	}
	return n
}

// match returns the path's variables. A parameter without a value, as ?acl, is part of an operation's name, so one that the pattern
// lacks belongs to another operation.
func (p route) match(r *http.Request) (map[string]string, bool) {
	if r.Method != p.method {
		return nil, false
	}
	sent := r.URL.Query()
	for marker, values := range p.markers {
		if !sent.Has(marker) || values[0] != "" && sent.Get(marker) != values[0] {
			return nil, false
		}
	}
	for name, values := range sent {
		if values[0] == "" && !p.markers.Has(name) {
			return nil, false
		}
	}
	return p.variables(segmentsOf(r.URL.EscapedPath()))
}

func (p route) variables(path []string) (map[string]string, bool) {
	variables := map[string]string{}
	for i, segment := range p.segments {
		name, isVariable := strings.CutPrefix(segment, "{")
		name, all := strings.CutSuffix(strings.TrimSuffix(name, "}"), "+")
		switch {
		case i >= len(path):
			return nil, false
		case !isVariable && path[i] != segment:
			return nil, false
		case isVariable && all:
			variables[name] = unescape(strings.Join(path[i:], "/"))
			return variables, true
		case isVariable:
			variables[name] = unescape(path[i])
		}
	}
	return variables, len(path) == len(p.segments)
}

func segmentsOf(path string) []string {
	path = strings.Trim(path, "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

func unescape(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}
