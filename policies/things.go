package policies

import (
	"github.com/tomscan/tomscan/evidence"
)

// things says which facts are observations of one thing.
type things map[string]string

// of is the id of the thing that a fact is an observation of: the first fact's id, or its own.
func (t things) of(fact string) string {
	if id, ok := t[fact]; ok {
		return id
	}
	return fact
}

// pairUp finds the facts of different collectors that share an identity: a key matches with a known name and no part
// that contradicts. Facts must be sorted by id.
func pairUp(facts []*evidence.Fact) things {
	pairs := things{}
	if !severalCollectors(facts) {
		return pairs
	}
	byName := map[evidence.Key][]*evidence.Fact{}
	for _, f := range facts {
		for _, k := range f.Keys {
			if k.Name == "" || k.Name == unknownPart {
				continue
			}
			rough := evidence.Key{Scheme: k.Scheme, Type: k.Type, Name: k.Name}
			for _, other := range byName[rough] {
				if other.Source.Collector != f.Source.Collector && other.Kind == f.Kind && shareKey(other, f) {
					pairs[f.ID] = pairs.of(other.ID)
				}
			}
			byName[rough] = append(byName[rough], f)
		}
	}
	return pairs
}

// unknownPart stands for a part of a key that is not known.
const unknownPart = "?"

func severalCollectors(facts []*evidence.Fact) bool {
	for _, f := range facts {
		if f.Source.Collector != facts[0].Source.Collector {
			return true
		}
	}
	return false
}

func shareKey(a, b *evidence.Fact) bool {
	for _, k := range a.Keys {
		for _, l := range b.Keys {
			if k.Scheme == l.Scheme && k.Type == l.Type && k.Name == l.Name && k.Name != unknownPart &&
				agree(k.Partition, l.Partition) && agree(k.Account, l.Account) && agree(k.Region, l.Region) {
				return true
			}
		}
	}
	return false
}

// agree says whether two parts of keys do not contradict.
func agree(a, b string) bool { return a == b || a == unknownPart || b == unknownPart }
