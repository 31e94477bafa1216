package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Options say which hosts are read.
type Options struct {
	Targets  []Target
	Parallel int          // hosts at the same time; 0 means one for each processor
	Log      func(string) // told which hosts are read; may be nil
}

// Target is one host: a bundle that is opened when its turn comes, or a root directory.
type Target struct {
	Name        string // of the host; empty for the name that the capture gives, or else the last part of Origin
	Origin      string // where it comes from, in messages: a file, ssh://host, this host
	Environment string
	Bundle      func(context.Context) (io.ReadCloser, error)
	Root        fs.FS // with fs.ReadLinkFS; nil for a bundle
}

// Collector collects facts of hosts.
type Collector struct{ options Options }

// New returns a collector.
func New(o Options) *Collector { return &Collector{options: o} }

// Name returns "server".
func (c *Collector) Name() string { return name }

// Collect reads all hosts and returns their facts, and one sweep for each. A host that cannot be read is a sweep with a gap that says
// why; it hides everything, and the others go on.
func (c *Collector) Collect(ctx context.Context) (evidence.Snapshot, error) {
	snapshots := make([]evidence.Snapshot, len(c.options.Targets))
	var group errgroup.Group
	group.SetLimit(max(c.options.Parallel, 0))
	if c.options.Parallel <= 0 {
		group.SetLimit(runtime.GOMAXPROCS(0))
	}
	for n, target := range c.options.Targets {
		group.Go(func() error {
			snapshots[n] = c.collect(ctx, target)
			return nil
		})
	}
	_ = group.Wait()
	all := evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion}
	taken := map[string]string{}
	for n, s := range snapshots {
		host := s.Sweeps[0].Place.Host
		if other, ok := taken[host]; ok {
			s = unreadable(c.options.Targets[n], fmt.Errorf("a host of the name %s was read already, from %s; give one of them another name", host, other))
			s.Sweeps[0].Place.Host += " (" + c.options.Targets[n].Origin + ")"
		}
		taken[s.Sweeps[0].Place.Host] = c.options.Targets[n].Origin
		all.Merge(s)
	}
	all.Sort()
	return all, nil
}

// collect reads one host.
func (c *Collector) collect(ctx context.Context, t Target) evidence.Snapshot {
	captured, input, err := t.capture(ctx)
	if err != nil {
		return unreadable(t, err)
	}
	if c.options.Log != nil {
		c.options.Log("read " + t.Origin)
	}
	s := Read(captured, t)
	if input.Path != "" {
		s.Inputs = append(s.Inputs, input)
	}
	return s
}

// capture opens the target.
func (t Target) capture(ctx context.Context) (*capture.Capture, evidence.Input, error) {
	if t.Root != nil {
		c, err := capture.ReadRoot(t.Root, t.Name)
		return c, evidence.Input{}, err
	}
	r, err := t.Bundle(ctx)
	if err != nil {
		return nil, evidence.Input{}, err
	}
	c, sum, size, err := capture.ReadBundle(r, capture.DefaultLimits())
	cut := err != nil && ended(r)
	if closing := r.Close(); closing != nil && (err == nil || cut) {
		err = closing // why what wrote the bundle stopped, such as what ssh says
	}
	return c, evidence.Input{Path: t.Origin, SHA256: sum, Size: size}, err
}

// ended says whether nothing more can be read.
func ended(r io.Reader) bool {
	_, err := r.Read(make([]byte, 1))
	return errors.Is(err, io.EOF)
}

// Read makes the facts of one capture.
func Read(c *capture.Capture, t Target) evidence.Snapshot {
	h := &host{Capture: c, place: evidence.Place{Host: t.Name, Environment: t.Environment}, found: map[evidence.Kind]int{}}
	h.place.Host = cmp.Or(h.place.Host, c.Host, path.Base(filepath.ToSlash(t.Origin)))
	for _, r := range readers() {
		r.read(h)
	}
	if len(c.Partial) > 0 {
		h.remark(evidence.Because("host_in_part", "what", strings.Join(c.Partial, ", ")), kinds()...)
	}
	level := evidence.LevelDesign
	if c.Live {
		level = evidence.LevelImplementation
	}
	sweep := evidence.Sweep{Collector: name, Level: level, Place: h.place, Kinds: kinds(), Found: h.found, Gaps: h.gaps, Notes: h.notes}
	return evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion, Facts: h.facts, Sweeps: []evidence.Sweep{sweep}}
}

// unreadable is the sweep of a host that could not be read.
func unreadable(t Target, err error) evidence.Snapshot {
	host := t.Name
	if host == "" {
		host = t.Origin
	}
	gap := evidence.Gap{Reason: evidence.Because("host_unreadable", "host", host, "why", err.Error())}
	sweep := evidence.Sweep{Collector: name, Level: evidence.LevelDesign, Place: evidence.Place{Host: host, Environment: t.Environment},
		Kinds: kinds(), Found: map[evidence.Kind]int{}, Gaps: []evidence.Gap{gap}}
	return evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion, Sweeps: []evidence.Sweep{sweep}}
}

// kinds are all kinds that the readers may observe, sorted.
func kinds() []evidence.Kind {
	var all []evidence.Kind
	for _, r := range readers() {
		all = append(all, r.kinds...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
