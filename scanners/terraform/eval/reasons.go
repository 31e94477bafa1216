package eval

import (
	"cmp"
	"maps"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// compareReasons orders reasons by code and then by their arguments.
func compareReasons(a, b evidence.Reason) int {
	return cmp.Or(cmp.Compare(a.Code, b.Code), slices.Compare(arguments(a), arguments(b)))
}

// arguments returns the arguments of r as key, value, key, value, sorted by key.
func arguments(r evidence.Reason) []string {
	var flat []string
	for _, key := range slices.Sorted(maps.Keys(r.Args)) {
		flat = append(flat, key, r.Args[key])
	}
	return flat
}

// sortedKeys returns the keys of a map, sorted.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
