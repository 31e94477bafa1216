package policies

import (
	"slices"
	"strconv"

	"github.com/tomscan/tomscan/evidence"
)

// pairing says how declared and live observations belong together; nothing where the run has not both.
func (j *judge) pairing() *evidence.Pairing {
	declared, live := map[evidence.Kind]bool{}, map[evidence.Kind]bool{}
	for _, s := range j.snapshot.Sweeps {
		if s.Place.Host != "" {
			continue // the files of a host are no code that declares it
		}
		for _, k := range s.Kinds {
			if isLive(s.Level) {
				live[k] = true
			} else {
				declared[k] = true
			}
		}
	}
	if len(declared) == 0 || len(live) == 0 {
		return nil
	}
	p := &evidence.Pairing{Kinds: []evidence.KindPairing{}, Unmanaged: []string{}, Missing: []string{}, Unpaired: []string{}}
	known := j.knownToCode()
	for _, k := range evidence.Kinds() {
		if declared[k] && live[k] && len(j.byKind[k]) > 0 {
			pairs := j.pairKind(k, known)
			p.Kinds = append(p.Kinds, pairs.summary())
			p.Unmanaged = append(p.Unmanaged, pairs.unmanaged...)
			p.Missing = append(p.Missing, pairs.missing...)
			p.Unpaired = append(p.Unpaired, pairs.unpaired...)
		}
	}
	slices.Sort(p.Unmanaged)
	slices.Sort(p.Missing)
	slices.Sort(p.Unpaired)
	return p
}

// knownToCode are the keys of everything that the code declares, left out of the scope or not, and of what state files
// know beside it, by name.
func (j *judge) knownToCode() map[evidence.Key][]evidence.Key {
	known := map[evidence.Key][]evidence.Key{}
	add := func(keys []evidence.Key) {
		for _, k := range keys {
			if hasName(k) {
				known[rough(k)] = append(known[rough(k)], k)
			}
		}
	}
	for i := range j.snapshot.Facts {
		if f := &j.snapshot.Facts[i]; !isLive(f.Source.Level) {
			add(f.Keys)
		}
	}
	for _, s := range j.snapshot.Sweeps {
		add(s.Known)
	}
	return known
}

// kindPairs sorts the facts of one kind.
type kindPairs struct {
	kind                         evidence.Kind
	declared, live               []*evidence.Fact
	paired                       int
	unmanaged, missing, unpaired []string
	open                         map[string]int // code of why something cannot be said -> number of facts

	nameless     []*evidence.Fact // declared, applied as far as is known, and without a known name
	noIdentity   bool             // something declared has no key at all
	seenLive     map[string]bool  // types of the keys of live facts
	readFromCode map[string]bool  // types of keys that those who read the code know
	codeGaps     bool             // code may be missing
}

func (j *judge) pairKind(kind evidence.Kind, known map[evidence.Key][]evidence.Key) *kindPairs {
	p := &kindPairs{kind: kind, open: map[string]int{}}
	p.prepare(j)
	both := j.observedBothWays(kind)
	for _, f := range p.live {
		if both[j.things.of(f.ID)] {
			p.paired++
			continue
		}
		p.judgeLive(j, f, known)
	}
	for _, f := range p.declared {
		if !both[j.things.of(f.ID)] {
			p.judgeDeclared(j, f)
		}
	}
	return p
}

// prepare looks once at what is asked for every fact.
func (p *kindPairs) prepare(j *judge) {
	p.seenLive, p.readFromCode = map[string]bool{}, map[string]bool{}
	for _, f := range j.byKind[p.kind] {
		if f.Source.Place.Host != "" {
			continue
		}
		if isLive(f.Source.Level) {
			p.live = append(p.live, f)
			for _, k := range f.Keys {
				p.seenLive[k.Type] = true
			}
			continue
		}
		p.declared = append(p.declared, f)
		p.noIdentity = p.noIdentity || len(f.Keys) == 0
		if !slices.ContainsFunc(f.Keys, hasName) && !notApplied(f) {
			p.nameless = append(p.nameless, f)
		}
	}
	delete(p.seenLive, fullName)
	for _, s := range j.snapshot.Sweeps {
		for _, t := range s.Types {
			p.readFromCode[t] = p.readFromCode[t] || !isLive(s.Level)
		}
	}
	p.codeGaps = len(j.survey([]evidence.Kind{p.kind}, func(s *evidence.Sweep) bool { return !isLive(s.Level) }).gaps) > 0
}

// observedBothWays are the things of a kind that are declared and live.
func (j *judge) observedBothWays(kind evidence.Kind) map[string]bool {
	declared, both := map[string]bool{}, map[string]bool{}
	for _, f := range j.byKind[kind] {
		if !isLive(f.Source.Level) {
			declared[j.things.of(f.ID)] = true
		}
	}
	for _, f := range j.byKind[kind] {
		if id := j.things.of(f.ID); isLive(f.Source.Level) && declared[id] {
			both[id] = true
		}
	}
	return both
}

// judgeLive says whether a live fact that is paired with none is managed by nobody's code.
func (p *kindPairs) judgeLive(j *judge, f *evidence.Fact, known map[evidence.Key][]evidence.Key) {
	switch {
	case j.things.unsure[f.ID]:
		p.leave(f, "pairing_ambiguous")
	case isKnownTo(f.Keys, known):
		p.paired++
	case !hasType(f, p.readFromCode), madeByProvider(p.kind), p.noIdentity:
		p.leave(f, "pairing_no_identity")
	case slices.ContainsFunc(p.nameless, func(d *evidence.Fact) bool { return mayBe(d, f) }):
		p.leave(f, "pairing_needs_state")
	case p.codeGaps:
		p.leave(f, "pairing_code_incomplete")
	default:
		p.unmanaged = append(p.unmanaged, f.ID)
	}
}

// hasType says whether one of a fact's keys is of one of the types.
func hasType(f *evidence.Fact, types map[string]bool) bool {
	return slices.ContainsFunc(f.Keys, func(k evidence.Key) bool { return types[k.Type] })
}

// judgeDeclared says whether a declared fact that is paired with none is not there.
func (p *kindPairs) judgeDeclared(j *judge, f *evidence.Fact) {
	switch {
	case f.Placeholder || f.Source.Example: // it declares perhaps nothing
	case j.things.unsure[f.ID]:
		p.leave(f, "pairing_ambiguous")
	case !hasType(f, p.seenLive):
		p.leave(f, "pairing_no_identity")
	case !slices.ContainsFunc(f.Keys, hasName) && notApplied(f):
		p.leave(f, "pairing_not_in_state")
	case !slices.ContainsFunc(f.Keys, hasName):
		p.leave(f, "pairing_needs_state")
	default:
		p.judgeAbsent(j, f)
	}
}

// judgeAbsent says whether a declared fact with a name would have been seen.
func (p *kindPairs) judgeAbsent(j *judge, f *evidence.Fact) {
	k := placeKey(f)
	seen := j.survey([]evidence.Kind{p.kind}, func(s *evidence.Sweep) bool {
		return isLive(s.Level) && s.Place.Account == k.Account && (k.Region == unknownPart || k.Region == s.Place.Region || s.Place.Region == "" ||
			s.Place.Region == everywhere)
	})
	switch {
	case k.Account == unknownPart:
		p.leave(f, "pairing_account_unknown")
	case !seen.looked || len(seen.gaps) > 0:
		p.leave(f, "pairing_live_incomplete")
	default:
		p.missing = append(p.missing, f.ID)
	}
}

// everywhere is the region of services that have none.
const everywhere = "global"

// placeKey is the key that tells most of the fact's place.
func placeKey(f *evidence.Fact) evidence.Key {
	best := evidence.Key{Account: unknownPart, Region: unknownPart}
	for _, k := range f.Keys {
		if best.Account == unknownPart {
			best.Account = k.Account
		}
		if best.Region == unknownPart {
			best.Region = k.Region
		}
	}
	return best
}

// leave records a fact of which nothing can be said.
func (p *kindPairs) leave(f *evidence.Fact, code string) {
	p.unpaired = append(p.unpaired, f.ID)
	p.open[code]++
}

// summary counts. Reasons carry the number of facts.
func (p *kindPairs) summary() evidence.KindPairing {
	s := evidence.KindPairing{
		Kind: p.kind, Declared: len(p.declared), Live: len(p.live), Paired: p.paired,
		Unmanaged: len(p.unmanaged), Missing: len(p.missing), Unpaired: len(p.unpaired),
	}
	for code, n := range p.open {
		s.Reasons = append(s.Reasons, evidence.Reason{Code: code, Args: map[string]string{"count": strconv.Itoa(n)}})
	}
	s.Reasons = sortReasons(s.Reasons)
	return s
}

// isKnownTo says whether one of the keys is that of something known.
func isKnownTo(keys []evidence.Key, known map[evidence.Key][]evidence.Key) bool {
	return slices.ContainsFunc(keys, func(k evidence.Key) bool {
		shared, _ := shareKey([]evidence.Key{k}, known[rough(k)])
		return shared
	})
}

// madeByProvider says whether things of a kind come about by themselves: nobody declares the snapshots that a backup makes,
// nor the default of volumes that every region has.
func madeByProvider(k evidence.Kind) bool {
	return k == (evidence.DataSnapshot{}).Kind() || k == (evidence.VolumeDefault{}).Kind()
}

// mayBe says whether a declared thing without a known name may be a live one: it is of its type, and no part of a key
// contradicts.
func mayBe(declared, live *evidence.Fact) bool {
	return slices.ContainsFunc(declared.Keys, func(d evidence.Key) bool {
		return slices.ContainsFunc(live.Keys, func(l evidence.Key) bool {
			return d.Scheme == l.Scheme && d.Type == l.Type && agree(d.Partition, l.Partition) && agree(d.Account, l.Account) && agree(d.Region, l.Region)
		})
	})
}

// notApplied says whether a state file was given that does not know the thing.
func notApplied(f *evidence.Fact) bool {
	return slices.ContainsFunc(f.Notes, func(r evidence.Reason) bool { return r.Code == "not_in_state" })
}
