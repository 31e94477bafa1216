package policies

import (
	"maps"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// subjects are what checks over populations judge: accounts, hosts, and root modules in their environments. They know which
// regions are used in each.
type subjects struct {
	ofFact  map[*evidence.Fact]string
	ofSweep map[*evidence.Sweep]string
	regions map[string]map[string]bool
	open    map[string]bool // subjects in which further regions may be used
}

func newSubjects(facts []*evidence.Fact, sweeps []evidence.Sweep) subjects {
	s := subjects{
		ofFact: map[*evidence.Fact]string{}, ofSweep: map[*evidence.Sweep]string{},
		regions: map[string]map[string]bool{}, open: map[string]bool{},
	}
	for _, f := range facts {
		id := subjectOf(f.Source.Collector, f.Source.Place)
		s.ofFact[f] = id
		s.uses(id, f)
	}
	for i := range sweeps {
		id := subjectOf(sweeps[i].Collector, sweeps[i].Place)
		s.ofSweep[&sweeps[i]] = id
		s.open[id] = s.open[id] || slices.ContainsFunc(sweeps[i].Gaps, mayHideUse)
	}
	return s
}

// given are the kinds that AWS puts into every region of a live account, used or not.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
func given() []evidence.Kind { return []evidence.Kind{"firewall", "network", "subnet"} }

// mayHideUse says whether facts that use a region may be missing because of the gap.
func mayHideUse(g evidence.Gap) bool {
	return len(g.Kinds) == 0 || slices.ContainsFunc(g.Kinds, func(k evidence.Kind) bool { return !k.Idle() })
}

// uses notes the region of a fact that has one. Services that live in no region are not used in any, and neither what is
// idle nor an empty network uses one.
func (s subjects) uses(id string, f *evidence.Fact) {
	r, ok := f.Settings["region"]
	if !ok || f.Kind.Idle() || isLive(f.Source.Level) && slices.Contains(given(), f.Kind) {
		return
	}
	name, _ := r.Value.(string)
	if r.State != evidence.StateKnown || name == "" {
		s.open[id] = true
		return
	}
	if s.regions[id] == nil {
		s.regions[id] = map[string]bool{}
	}
	if name != "global" {
		s.regions[id][name] = true
	}
}

// used lists the regions in which the subject uses anything, sorted, and whether these are all.
func (s subjects) used(id string) ([]string, bool) {
	return slices.Sorted(maps.Keys(s.regions[id])), !s.open[id]
}

// accountMark stands in the ids of subjects that are accounts, between the collector and the account.
const accountMark = ":account:"

// hostMark stands in the ids of subjects that are hosts, between the collector and the host.
const hostMark = ":host:"

// subjectOf is the host or the account where the place declares one, else the root module in its environment.
func subjectOf(collector string, p evidence.Place) string {
	if p.Host != "" {
		return collector + hostMark + p.Host
	}
	if p.Account != "" {
		return collector + accountMark + p.Account
	}
	if p.Environment != "" {
		return collector + ":" + p.Root + "@" + p.Environment
	}
	return collector + ":" + p.Root
}
