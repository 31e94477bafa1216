package policies

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// shownElements is how many elements of a list a reason shows.
const shownElements = 5

// rendered is the value of a known setting as a reason shows it: durations as an annex writes them, TLS ranks as
// versions, lists shortened. It is empty when the setting is not known.
func rendered(k evidence.Kind, name string, r evidence.Reading) string {
	if r.State != evidence.StateKnown {
		return ""
	}
	switch v := r.Value.(type) {
	case bool:
		return strconv.FormatBool(v)
	case string:
		return v
	case int:
		return renderedNumber(v, units()[k][name])
	}
	elements := renderedList(r.Value)
	slices.Sort(elements)
	elements = slices.Compact(elements)
	if more := len(elements) - shownElements; more > 0 {
		elements = append(elements[:shownElements], fmt.Sprintf("+%d", more))
	}
	if len(elements) == 0 {
		return "[]"
	}
	return strings.Join(elements, ", ")
}

func renderedNumber(n int, unit string) string {
	switch {
	case n == evidence.Never && (unit == "days" || unit == "hours"):
		return "never"
	case unit == "days":
		return strconv.Itoa(n) + "d"
	case unit == "hours":
		return strconv.Itoa(n) + "h"
	case unit == "tls rank" && n == evidence.RankPlain:
		return "none"
	case unit == "tls rank" && n == evidence.RankSSL30:
		return "SSL 3.0"
	case unit == "tls rank":
		return fmt.Sprintf("%d.%d", n/10, n%10)
	}
	return strconv.Itoa(n)
}

// renderedList writes each element of a list of texts, exposures or grants, typed or read from JSON.
func renderedList(v any) []string {
	var elements []string
	switch v := v.(type) {
	case []string:
		return slices.Clone(v)
	case []evidence.Exposure:
		for _, e := range v {
			elements = append(elements, renderedExposure(e.Protocol, e.Source, e.From, e.To))
		}
	case []evidence.Grant:
		for _, g := range v {
			elements = append(elements, renderedGrant(g.Scope, g.Action))
		}
	case []any:
		for _, e := range v {
			elements = append(elements, renderedElement(e))
		}
	}
	return elements
}

// renderedElement writes an element that was read from JSON.
func renderedElement(e any) string {
	m, ok := e.(map[string]any)
	if !ok {
		return fmt.Sprint(e)
	}
	text := func(key string) string { s, _ := m[key].(string); return s }
	number := func(key string) int { n, _ := m[key].(int); return n }
	if _, ok := m["protocol"]; ok {
		return renderedExposure(text("protocol"), text("source"), number("from"), number("to"))
	}
	return renderedGrant(text("scope"), text("action"))
}

func renderedExposure(protocol, source string, from, to int) string {
	ports := fmt.Sprintf(" %d-%d", from, to)
	switch {
	case from == 0 && to == 65535:
		ports = ""
	case from == to:
		ports = fmt.Sprintf(" %d", from)
	}
	return protocol + ports + " " + source
}

func renderedGrant(scope, action string) string { return action + " (" + scope + ")" }

// sortReasons orders by code and arguments and drops what stands twice.
func sortReasons(reasons []evidence.Reason) []evidence.Reason {
	slices.SortFunc(reasons, compareReasons)
	return slices.CompactFunc(reasons, func(a, b evidence.Reason) bool { return compareReasons(a, b) == 0 })
}

// compareReasons orders reasons by code, then by their arguments in the order of the arguments' names.
func compareReasons(a, b evidence.Reason) int {
	if c := cmp.Compare(a.Code, b.Code); c != 0 {
		return c
	}
	namesA, namesB := slices.Sorted(maps.Keys(a.Args)), slices.Sorted(maps.Keys(b.Args))
	if c := slices.Compare(namesA, namesB); c != 0 {
		return c
	}
	for _, name := range namesA {
		if c := cmp.Compare(a.Args[name], b.Args[name]); c != 0 {
			return c
		}
	}
	return 0
}
