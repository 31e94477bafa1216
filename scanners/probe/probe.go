package probe

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/tomscan/tomscan/evidence"
)

// name is the collector's name in facts and sweeps.
const name = "probe"

// The bounds of a run.
const (
	addressLimit   = 8 // addresses of one host that are called
	endpointLimit  = 1000
	defaultTimeout = 10 * time.Second
	defaultAtOnce  = 4 // endpoints at the same time; the addresses of one are called one after the other
)

// Options say which endpoints are called, and how.
type Options struct {
	Endpoints []string
	Timeout   time.Duration  // of one connection, from its beginning to its end; 0 means ten seconds
	Roots     *x509.CertPool // whom to trust; nil means the system's roots
	At        time.Time      // by which certificates are judged
	Parallel  int            // endpoints at the same time; 0 means four
	Log       func(string)   // told what is called; may be nil
	// Resolve and Dial are the system's when they are nil.
	Resolve func(ctx context.Context, host string) ([]netip.Addr, error)
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
}

// Collector calls endpoints.
type Collector struct {
	options Options
	targets []target
	err     error
}

// New returns a collector.
func New(o Options) *Collector {
	o.Timeout, o.Parallel = cmp.Or(max(o.Timeout, 0), defaultTimeout), cmp.Or(max(o.Parallel, 0), defaultAtOnce)
	if o.Resolve == nil {
		o.Resolve = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	if o.Dial == nil {
		o.Dial = (&net.Dialer{}).DialContext
	}
	c := &Collector{options: o}
	c.targets, c.err = parseAll(o.Endpoints)
	return c
}

// Check says which of the endpoints is none, and after a semicolon what to do.
func Check(endpoints []string) error {
	_, err := parseAll(endpoints)
	return err
}

// parseAll reads endpoints: sorted, each once. The error says which is none, and after a semicolon what to do.
func parseAll(endpoints []string) ([]target, error) {
	if len(endpoints) > endpointLimit {
		return nil, errors.New("more than 1000 endpoints; call them in several runs")
	}
	var all []target
	for _, text := range endpoints {
		t, err := parse(text)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b target) int { return cmp.Compare(a.text, b.text) })
	return slices.CompactFunc(all, func(a, b target) bool { return a.text == b.text }), nil
}

// Name returns "probe".
func (c *Collector) Name() string { return name }

// Collect calls all endpoints, and returns their facts and one sweep for each. An endpoint that does not answer is a sweep with a gap
// that says why. An error means that an endpoint is none, and that nothing was called.
func (c *Collector) Collect(ctx context.Context) (evidence.Snapshot, error) {
	if c.err != nil {
		return evidence.Snapshot{}, c.err
	}
	found := make([]*subject, len(c.targets))
	var group errgroup.Group
	group.SetLimit(c.options.Parallel)
	for n, t := range c.targets {
		group.Go(func() error {
			found[n] = &subject{Options: &c.options, target: t, found: map[evidence.Kind]int{}}
			found[n].read(ctx)
			return nil
		})
	}
	_ = group.Wait()
	all := evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion}
	for _, s := range found {
		sweep := evidence.Sweep{Collector: name, Level: evidence.LevelImplementation, Place: s.place(), Kinds: s.kinds(), Found: s.found, Gaps: s.gaps, Notes: s.notes}
		all.Merge(evidence.Snapshot{Facts: s.facts, Sweeps: []evidence.Sweep{sweep}})
	}
	all.Sort()
	return all, nil
}

// kinds are what an endpoint of the scheme can show, sorted.
func (s *subject) kinds() []evidence.Kind {
	switch s.name {
	case "http":
		return []evidence.Kind{"listener"}
	case "https":
		return []evidence.Kind{"certificate", "endpoint", "listener", "web_endpoint"}
	}
	return []evidence.Kind{"certificate", "endpoint", "listener"}
}
