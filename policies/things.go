package policies

import (
	"maps"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// things says which facts are observations of one thing.
type things struct {
	first  map[string]string // id of a fact -> id of an earlier fact of its thing; the first, and facts that stand alone, are left out
	unsure map[string]bool   // ids of facts that may be one thing with one of several
}

// of is the id of the thing that a fact is an observation of: the first fact's id, or its own.
func (t things) of(fact string) string {
	for {
		first, ok := t.first[fact]
		if !ok {
			return fact
		}
		fact = first
	}
}

// pairUp finds the facts of different collectors that share an identity: a key matches with a known name and no part
// that contradicts. Where account or region of a key is not known, there must be one candidate only on either side: two
// accounts may each have a table of one name. Facts must be sorted by id.
func pairUp(facts []*evidence.Fact) things {
	t := things{first: map[string]string{}, unsure: map[string]bool{}}
	if !severalCollectors(facts) {
		return t
	}
	matches := matchesOf(facts)
	for _, f := range facts {
		best := matches[f].best()
		for _, m := range best {
			back := matches[m.fact].best()
			if !m.sure && (len(best) > 1 || len(back) > 1 || back[0].fact != f) {
				t.unsure[f.ID] = true
			}
		}
	}
	for _, f := range facts {
		for _, m := range matches[f].best() {
			if m.sure || !t.unsure[f.ID] && !t.unsure[m.fact.ID] {
				t.unite(f.ID, m.fact.ID)
			}
		}
	}
	return t
}

// unite makes two facts one thing, named after the first of its facts.
func (t things) unite(a, b string) {
	a, b = t.of(a), t.of(b)
	if a != b {
		t.first[max(a, b)] = min(a, b)
	}
}

// uniteAccounts makes one thing of an account that several collectors looked at: what checks over populations say of its
// code and of itself is about the same account.
func (t things) uniteAccounts(s subjects) {
	ids := append(slices.Collect(maps.Values(s.ofFact)), slices.Collect(maps.Values(s.ofSweep))...)
	slices.Sort(ids)
	first := map[string]string{}
	for _, id := range slices.Compact(ids) {
		_, account, ok := strings.Cut(id, accountMark)
		if !ok {
			continue
		}
		if first[account] == "" {
			first[account] = id
		}
		t.unite(first[account], id)
	}
}

// candidate is a fact that may be of the same thing; sure says that account and region are known on both sides, or that the
// name alone is enough.
type candidate struct {
	fact *evidence.Fact
	sure bool
}

type candidates []candidate

// best are the sure ones, or all where none is.
func (c candidates) best() candidates {
	sure := slices.DeleteFunc(slices.Clone(c), func(m candidate) bool { return !m.sure })
	if len(sure) > 0 {
		return sure
	}
	return c
}

// matchesOf finds for every fact those of the same kind by other collectors that share a key with it.
func matchesOf(facts []*evidence.Fact) map[*evidence.Fact]candidates {
	byName := map[evidence.Key][]*evidence.Fact{}
	all := map[*evidence.Fact]candidates{}
	for _, f := range facts {
		for _, k := range f.Keys {
			if !hasName(k) {
				continue
			}
			for _, other := range byName[rough(k)] {
				if other.Source.Collector == f.Source.Collector || other.Kind != f.Kind {
					continue
				}
				if shared, sure := shareKey(other.Keys, f.Keys); shared && !slices.Contains(all[f], candidate{other, sure}) {
					all[f] = append(all[f], candidate{other, sure})
					all[other] = append(all[other], candidate{f, sure})
				}
			}
			byName[rough(k)] = append(byName[rough(k)], f)
		}
	}
	return all
}

// unknownPart stands for a part of a key that is not known.
const unknownPart = "?"

// fullName is the type of keys whose name says everything: partition, region and account too.
const fullName = "arn"

// hasName says whether the key has a name that is known.
func hasName(k evidence.Key) bool { return k.Name != "" && k.Name != unknownPart }

// rough is the key without the parts that may not be known.
func rough(k evidence.Key) evidence.Key {
	return evidence.Key{Scheme: k.Scheme, Type: k.Type, Name: k.Name}
}

func severalCollectors(facts []*evidence.Fact) bool {
	for _, f := range facts {
		if f.Source.Collector != facts[0].Source.Collector {
			return true
		}
	}
	return false
}

// shareKey says whether two things have a key in common that nothing contradicts, and whether that is sure.
func shareKey(a, b []evidence.Key) (shared, sure bool) {
	for _, k := range a {
		for _, l := range b {
			if rough(k) != rough(l) || !hasName(k) || !agree(k.Partition, l.Partition) || !agree(k.Account, l.Account) || !agree(k.Region, l.Region) {
				continue
			}
			shared = true
			sure = sure || k.Type == fullName || k.Account == l.Account && k.Account != unknownPart && k.Region == l.Region && k.Region != unknownPart
		}
	}
	return shared, sure
}

// agree says whether two parts of keys do not contradict.
func agree(a, b string) bool { return a == b || a == unknownPart || b == unknownPart }
