package policies

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// target is something that a waiver or an exclusion can name: a fact, or the subject of a check over a population.
type target struct {
	id     string
	names  []string // short forms: without the collector, the address, the addresses joined into it
	former []string // the same by addresses that have moved away
}

// targetOf describes a fact by its names, present and former.
func targetOf(f *evidence.Fact, moved []evidence.Moved) target {
	t := target{id: f.ID, names: []string{withoutCollector(f.ID), f.Address}}
	for _, a := range f.Addresses {
		if a != f.Address {
			t.names = append(t.names, a)
		}
	}
	prefix := strings.TrimSuffix(f.ID, f.Address)
	for _, address := range formerly(f.Source.Place.Root, f.Address, moved) {
		t.former = append(t.former, address, withoutCollector(prefix+address), prefix+address)
	}
	return t
}

func withoutCollector(id string) string {
	_, rest, _ := strings.Cut(id, ":")
	return rest
}

// formerly lists the addresses that address had before, by the moves of its root, chains of moves included.
func formerly(root, address string, moved []evidence.Moved) []string {
	former := []string{address}
	for i := 0; i < len(former) && len(former) <= len(moved); i++ {
		for _, m := range moved {
			rest, ok := strings.CutPrefix(former[i], m.To)
			if !ok || m.Root != root || rest != "" && !strings.ContainsAny(rest[:1], ".[#") {
				continue
			}
			if old := m.From + rest; !slices.Contains(former, old) {
				former = append(former, old)
			}
		}
	}
	return former[1:]
}

// matched is what a name stands for.
type matched struct {
	ids        map[string]bool
	former     bool     // it is the name that something had before it was moved
	candidates []string // more than one thing has this short name; ids is empty then
}

// match finds what given names among targets. An exact id comes first; a name with * is a pattern, in which * stands for
// any run of characters and everything else for itself; any other name is a short one, and must not stand for two
// things. Facts whose ids differ only after a # are parts of one thing.
func match(given string, targets []target) matched {
	if ids := pick(targets, func(t target) bool { return t.id == given || base(t.id) == given }); len(ids) > 0 && !strings.Contains(given, "*") {
		return matched{ids: ids}
	}
	if strings.Contains(given, "*") {
		return matchPattern(given, targets)
	}
	for _, named := range []func(target) bool{
		func(t target) bool { return slices.ContainsFunc(t.names[:min(2, len(t.names))], sameAs(given)) },
		func(t target) bool { return slices.ContainsFunc(t.names, sameAs(given)) },
		func(t target) bool { return strings.HasSuffix(base(t.id), "."+given) },
	} {
		if ids := pick(targets, named); len(ids) > 0 {
			return single(ids, false)
		}
	}
	return single(pick(targets, func(t target) bool { return slices.ContainsFunc(t.former, sameAs(given)) }), true)
}

// sameAs compares names, whatever part of the thing they end with.
func sameAs(given string) func(string) bool {
	return func(name string) bool { return name == given || base(name) == given }
}

// base is a name without the part after the # that follows the last quoted key.
func base(name string) string {
	key := strings.LastIndexByte(name, '"') + 1
	part, _, _ := strings.Cut(name[key:], "#")
	return name[:key] + part
}

func matchPattern(pattern string, targets []target) matched {
	fits := func(name string) bool { return glob(pattern, name) }
	if ids := pick(targets, func(t target) bool { return fits(t.id) || slices.ContainsFunc(t.names, fits) }); len(ids) > 0 {
		return matched{ids: ids}
	}
	return matched{ids: pick(targets, func(t target) bool { return slices.ContainsFunc(t.former, fits) }), former: true}
}

// single is what one short name stands for, or the candidates when it is more than one thing.
func single(ids map[string]bool, former bool) matched {
	things := map[string]bool{}
	for id := range ids {
		things[base(id)] = true
	}
	if len(things) > 1 {
		return matched{candidates: slices.Sorted(maps.Keys(things))}
	}
	return matched{ids: ids, former: former}
}

func pick(targets []target, named func(target) bool) map[string]bool {
	ids := map[string]bool{}
	for _, t := range targets {
		if named(t) {
			ids[t.id] = true
		}
	}
	return ids
}

// glob says whether text fits the pattern, in which * stands for any run of characters.
func glob(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == text
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return true
}

// AmbiguousError is a short name in a waiver or an exclusion that fits more than one thing.
type AmbiguousError struct {
	What       string // the waiver, the exclusion
	Given      string
	At         evidence.Position
	Candidates []string // full ids, sorted
}

// shownCandidates is how many candidates a message lists.
const shownCandidates = 5

// Error lists the candidates.
func (e *AmbiguousError) Error() string {
	where := ""
	if e.At.File != "" {
		where = fmt.Sprintf("%s:%d: ", e.At.File, e.At.StartLine)
	}
	list, more := e.Candidates, ""
	if n := len(list) - shownCandidates; n > 0 {
		list, more = list[:shownCandidates], fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("%s%s names %q, which fits more than one thing: write one of %s%s, or a pattern with *",
		where, e.What, e.Given, strings.Join(list, ", "), more)
}
