package aws

import (
	"context"
	"fmt"
	"slices"
	"sync"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"golang.org/x/sync/errgroup"

	"github.com/tomscan/tomscan/evidence"
)

// globalRegion is the region of what lives in none.
const globalRegion = "global"

// place is one region of an account, or its global services, while it is read.
type place struct {
	*account
	region string // globalRegion for global services

	mu    sync.Mutex
	facts []evidence.Fact
	gaps  []evidence.Gap
	notes []evidence.Gap
	found map[evidence.Kind]int
	// settings are those of all facts: facts that say the same share them, for most volumes do. Nobody may change them.
	settings map[string]map[string]evidence.Reading

	remembered sync.Map // key of shared -> *remembered
}

// site is a place as one reader sees it.
type site struct {
	*place
	reader reader
	told   positions // of the reader
}

// config is the SDK's configuration for clients of the site's region. Global services are asked in the partition's home
// region.
func (s *site) config() sdk.Config { return s.configFor(s.region) }

// configIn is the SDK's configuration for clients of another region.
func (s *site) configIn(region string) sdk.Config { return s.configFor(region) }

// needs says whether what an operation lists, or its settings, are wanted by anybody. Name it as the reader's table does.
func (s *site) needs(operation string) bool {
	for _, o := range s.reader.operations {
		if o.name == operation && (slices.ContainsFunc(o.lists, s.looksFor) || slices.ContainsFunc(o.fills, s.wanted)) {
			return true
		}
	}
	return false
}

// thing says which resource a fact is about.
type thing struct {
	arn    string
	typ    string // as in ARNs, with the service: s3:bucket
	name   string // that the type's key has
	region string // where it is not the site's: a bucket's own
	suffix string // tells several facts of one resource apart
	keys   []evidence.Key
	level  evidence.Level // implementation unless said otherwise
	notes  []evidence.Reason
	// unasked are operations of the reader's table, by their full names, that were not needed for this thing
	unasked []string
}

// add makes a fact of a resource. Settings without a position get the operations that tell them, by the reader's table.
func (s *site) add(t thing, r evidence.Resource) {
	region := t.region
	if region == "" {
		region = s.region
	}
	level := t.level
	if level == "" {
		level = evidence.LevelImplementation
	}
	address := t.arn
	if t.suffix != "" {
		address += "#" + t.suffix
	}
	source := evidence.Source{Collector: name, Level: level, Place: evidence.Place{Account: s.id, Region: region}}
	f := evidence.NewFact(name+":"+address, source, r)
	f.Address, f.Addresses, f.Notes = address, []string{address}, t.notes
	f.Keys = s.keysOf(t, region)
	s.explain(&f, t.unasked)
	said := fmt.Sprintf("%s %#v", f.Kind, f.Settings)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.settings == nil {
		s.settings = map[string]map[string]evidence.Reading{}
	}
	if same, ok := s.settings[said]; ok {
		f.Settings = same
	}
	s.settings[said] = f.Settings
	s.facts = append(s.facts, f)
	s.found[f.Kind]++
}

// keysOf are the thing's identities: by type and name, and by ARN.
func (s *site) keysOf(t thing, region string) []evidence.Key {
	var keys []evidence.Key
	if t.typ != "" && t.name != "" && t.suffix == "" {
		keys = append(keys, evidence.Key{Scheme: name, Partition: s.partition, Account: s.id, Region: region, Type: t.typ, Name: t.name})
	}
	if t.suffix == "" {
		keys = append(keys, evidence.Key{Scheme: name, Partition: s.partition, Account: s.id, Region: region, Type: "arn", Name: t.arn})
	}
	return append(keys, t.keys...)
}

// explain gives settings without a position the operations that tell them, but for those that were not asked.
func (s *site) explain(f *evidence.Fact, unasked []string) {
	for setting, reading := range f.Settings {
		if len(reading.At) == 0 {
			reading.At = s.told.of(f.Kind, setting, unasked...)
			f.Settings[setting] = reading
		}
	}
}

// hide says that facts of the kinds may be missing because of m; nil hides nothing. What is not enabled, or not there in
// the region, has no resources: that hides nothing either.
func (s *site) hide(m *miss, kinds ...evidence.Kind) {
	if m == nil {
		return
	}
	if m.notOffered() {
		s.remark(evidence.Because("service_not_offered", "service", serviceOf(m.operation), "account", m.account, "region", m.region), kinds...)
	}
	if m.nothingThere() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gaps = append(s.gaps, evidence.Gap{Reason: m.reason(), Kinds: kinds})
}

// remark says what the reader of the sweep should know of the kinds, and what hides nothing.
func (s *site) remark(reason evidence.Reason, kinds ...evidence.Kind) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes = append(s.notes, evidence.Gap{Reason: reason, Kinds: kinds})
}

// resourcesAtOnce is how many resources of one list are asked about at the same time; the budget paces the calls.
const resourcesAtOnce = 24

// each calls do for every item, several at a time. In a sample it is called for the first alone.
func each[T any](ctx context.Context, s *site, items []T, do func(context.Context, T)) {
	if s.sample && len(items) > 1 {
		items = items[:1]
	}
	var group errgroup.Group
	group.SetLimit(resourcesAtOnce)
	for _, item := range items {
		group.Go(func() error {
			do(ctx, item)
			return nil
		})
	}
	_ = group.Wait()
}

// remembered is something that is read once.
type remembered struct {
	once  sync.Once
	value any
}

// shared returns what make makes, which is called once per place and key: for what several readers need. The key must be
// of a type of its own, as a context's.
func shared[T any](p *place, key any, makeIt func() T) T { return once(&p.remembered, key, makeIt) }

// once returns what make makes, which is called once per map and key.
func once[T any](m *sync.Map, key any, makeIt func() T) T {
	stored, _ := m.LoadOrStore(key, &remembered{})
	r := stored.(*remembered)
	r.once.Do(func() { r.value = makeIt() })
	return r.value.(T)
}
