package terraform

import (
	"maps"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// result is what one run of a root gives. It holds plain values only.
type result struct {
	seen     []seen
	declared []declaration
	accepts  []evidence.Waiver
	moved    []evidence.Moved
	sweep    evidence.Sweep // gaps and notes; the rest is filled in later
}

// seen is an observation with its place in the code, ready to become a fact once the account's defaults are known.
type seen struct {
	id          string
	address     string
	addresses   []string
	placeholder bool
	at          []evidence.Position
	site        site
	resource    evidence.Resource
	keys        []evidence.Key
	notes       []evidence.Reason
	settle      func(evidence.Resource, accountDefaults) (evidence.Resource, []evidence.Reason)
}

// fact makes the fact, completed by the defaults of its account.
func (s seen) fact(source evidence.Source, defaults defaultsBySite) evidence.Fact {
	resource, notes := s.resource, s.notes
	if s.settle != nil {
		var more []evidence.Reason
		resource, more = s.settle(resource, defaults.at(s.site))
		notes = append(notes[:len(notes):len(notes)], more...)
	}
	f := evidence.NewFact(s.id, source, resource)
	f.Address, f.Addresses, f.Placeholder = s.address, s.addresses, s.placeholder
	f.At, f.Keys, f.Notes = s.at, s.keys, notes
	return f
}

// observe calls the readers for every instance of an evaluated root.
func observe(root *eval.Root, r run) result {
	o := observer{root: root, run: r, ids: map[string]bool{}, accepted: map[*eval.Instance][]string{}, identities: identitiesByType()}
	byType := map[string][]readFunc{}
	known := map[string]bool{}
	for _, rd := range readers() {
		read := rd.read
		if rd.begin != nil {
			read = rd.begin(root)
		}
		for _, t := range rd.types {
			byType[t] = append(byType[t], read)
			known[t] = true
		}
		for _, t := range rd.joins {
			known[t] = true
		}
		if rd.root != nil {
			o.add(nil, rd.root(root))
		}
	}
	for _, i := range root.Instances {
		if i.Data {
			continue
		}
		for _, read := range byType[i.Type] {
			o.add(i, read(root, i))
		}
	}
	return result{
		seen:     o.seen,
		declared: declarations(root, o.site),
		accepts:  o.accepts(),
		moved:    movedOf(root),
		sweep: evidence.Sweep{Gaps: root.Gaps, Notes: append(slices.Clone(root.Notes), notRead(root, known)...),
			Known: o.undeclared(), Types: keyTypes()},
	}
}

// observer gathers the observations of one root.
type observer struct {
	root       *eval.Root
	run        run
	seen       []seen
	ids        map[string]bool
	accepted   map[*eval.Instance][]string // ids of the facts that an instance is part of
	identities map[string]identity
}

// add gathers the observations of one instance, or those of the root itself when i is nil.
func (o *observer) add(i *eval.Instance, observations []observation) {
	for _, observed := range observations {
		s := seen{address: observed.address, at: observed.at, site: o.site(i), resource: observed.resource, settle: observed.settle,
			notes: observed.notes}
		keys, notes := o.keys(i, observed)
		s.keys, s.notes = keys, append(s.notes[:len(s.notes):len(s.notes)], notes...)
		joined := observed.joined
		if i != nil {
			joined = append([]*eval.Instance{i}, joined...)
			s.address, s.placeholder = i.Address, i.Placeholder
			s.at = append([]evidence.Position{i.At(evidence.RoleDecides)}, i.Calls...)
		}
		if observed.suffix != "" {
			s.address += "#" + observed.suffix
		}
		s.id = o.id(s.address, observed.resource.Kind())
		s.addresses = append(s.addresses, s.address)
		for _, j := range joined {
			if j != nil {
				s.addresses = append(s.addresses, j.Address)
				o.accepted[j] = append(o.accepted[j], s.id)
			}
		}
		slices.Sort(s.addresses)
		s.addresses = slices.Compact(s.addresses)
		o.seen = append(o.seen, s)
	}
}

// id makes the fact's id; the kind tells two facts of one address apart.
func (o *observer) id(address string, kind evidence.Kind) string {
	id := name + ":" + o.run.title() + ":" + address
	if o.ids[id] {
		id += "#" + string(kind)
	}
	o.ids[id] = true
	return id
}

// site is where i belongs. The account is the provider's, or the one that is declared for the root.
func (o *observer) site(i *eval.Instance) site {
	s := site{run: o.run.number, example: o.run.Example}
	if i == nil {
		return s
	}
	s.alias, s.account, s.region = i.Provider.Alias, i.Provider.Account, i.Provider.Region
	if _, known := s.account.Get(); !known && o.run.config.Account != "" {
		s.account = evidence.Known(o.run.config.Account)
	}
	return s
}

// accepts turns the inline accepts of all instances into waivers, one for every fact that the instance is part of. An
// accept beside something of which there is no fact keeps the address, so that it is reported as matching nothing.
func (o *observer) accepts() []evidence.Waiver {
	var all []evidence.Waiver
	for _, i := range o.root.Instances {
		facts := o.accepted[i]
		if len(facts) == 0 {
			facts = []string{name + ":" + o.run.title() + ":" + i.Address}
		}
		slices.Sort(facts)
		for _, a := range i.Accepts {
			for _, fact := range slices.Compact(facts) {
				all = append(all, evidence.Waiver{Check: a.Check, Fact: fact, Reason: a.Fields["reason"], Owner: a.Fields["owner"],
					Ticket: a.Fields["ticket"], Expires: a.Fields["until"], Inline: true, At: a.At})
			}
		}
	}
	return all
}

// undeclared are the identities of what the state file knows and the code does not declare.
func (o *observer) undeclared() []evidence.Key {
	declared := map[string]bool{}
	for _, i := range o.root.Instances {
		declared[i.Address] = true
	}
	return o.run.state.known(func(address string) bool { return declared[address] }, o.identities)
}

func movedOf(root *eval.Root) []evidence.Moved {
	var all []evidence.Moved
	for _, m := range root.Moved {
		all = append(all, evidence.Moved{Root: root.Dir, From: m.From, To: m.To, At: m.At})
	}
	return all
}

// notRead lists the resource types that no reader knows: of AWS by type, of other providers by their number.
func notRead(root *eval.Root, known map[string]bool) []evidence.Gap {
	types, providers := map[string]int{}, map[string]int{}
	for _, i := range root.Instances {
		switch {
		case i.Data || known[i.Type]:
		case strings.HasPrefix(i.Type, "aws_"):
			types[i.Type]++
		default:
			provider, _, _ := strings.Cut(i.Type, "_")
			providers[provider]++
		}
	}
	var notes []evidence.Gap
	for _, t := range slices.Sorted(maps.Keys(types)) {
		notes = append(notes, evidence.Gap{Reason: evidence.Because("resource_type_not_read", "type", t, "count", counted(types[t]))})
	}
	for _, p := range slices.Sorted(maps.Keys(providers)) {
		notes = append(notes, evidence.Gap{Reason: evidence.Because("provider_not_read", "provider", p, "count", counted(providers[p]))})
	}
	return notes
}
