package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
)

// source is what a command reads beside code.
type source string

// The sources of the commands: code alone, or what really runs.
const (
	codeSource     source = ""
	awsSource      source = "aws"
	serverSource   source = "server"
	endpointSource source = "probe"
)

// readFlags say what a run reads, and how.
type readFlags struct {
	config    string
	code      collectFlags
	aws       awsFlags
	hosts     hostFlags
	endpoints endpointFlags
}

// register adds the flags of code and of the source.
func (r *readFlags) register(c *cobra.Command, what source) {
	configFlag(c, &r.config)
	if what != endpointSource {
		r.code.register(c)
	}
	switch what {
	case awsSource:
		r.aws.register(c.Flags())
	case serverSource:
		r.hosts.register(c.Flags())
	case endpointSource:
		r.endpoints.register(c.Flags())
	case codeSource:
	}
}

// moment is what the reading of live sources needs to know of the run.
type moment struct {
	at     time.Time
	wanted func(context.Context) (func(evidence.Kind, string) bool, error) // which settings the promises ask for; nil for all
}

// live reads one source that really runs.
type live func(context.Context) (evidence.Snapshot, error)

// gather reads the code and the live sources that the command, its arguments and the configuration name. An interrupt
// ends the reading of live sources alone: what was read until then is returned.
func (p *program) gather(ctx context.Context, r *readFlags, what source, args []string, c config, m moment) (collection, error) {
	hosts, paths := splitHosts(args)
	r.hosts.hosts = append(r.hosts.hosts, hosts...)
	if what == endpointSource {
		r.endpoints.endpoints, paths = append(r.endpoints.endpoints, paths...), nil
	}
	sources, err := p.liveSources(ctx, r, what, c, m)
	if err != nil {
		return collection{}, err
	}
	found, err := p.codeOf(ctx, r, what, paths, c)
	if err != nil {
		return collection{}, err
	}
	for _, read := range sources {
		s, err := read(ctx)
		if err != nil {
			return collection{}, err
		}
		found.snapshot.Merge(s)
	}
	found.snapshot.Sort()
	if len(sources) > 0 && ctx.Err() != nil {
		p.warnLine("interrupted: what was read until then is reported, the rest is not assessed")
	}
	return found, nil
}

// splitHosts tells hosts, which begin with ssh://, from paths.
func splitHosts(args []string) (hosts, paths []string) {
	for _, arg := range args {
		if strings.HasPrefix(arg, sshScheme) {
			hosts = append(hosts, arg)
			continue
		}
		paths = append(paths, arg)
	}
	return hosts, paths
}

// codeOf reads the code at the paths. A command that reads something else reads code only where paths are given.
func (p *program) codeOf(ctx context.Context, r *readFlags, what source, paths []string, c config) (collection, error) {
	switch {
	case len(paths) > 0 || what == codeSource && len(r.hosts.hosts) == 0:
		return p.collect(ctx, paths, r.code, c)
	case len(r.code.states) > 0:
		return collection{}, usageError("--state without code", "name the directory of the code that the state file belongs to")
	}
	nothing := evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion, Facts: []evidence.Fact{}, Sweeps: []evidence.Sweep{}, Inputs: []evidence.Input{}}
	return collection{snapshot: nothing}, nil
}

// liveSources are those of the command; those of a plain scan are the hosts that it names, and the blocks of a
// configuration that was named. A configuration that was found may come with code that nobody vouches for: nobody is
// called for it.
func (p *program) liveSources(ctx context.Context, r *readFlags, what source, c config, m moment) ([]live, error) {
	blocks := c.liveBlocks()
	if what == codeSource && r.config == "" {
		for _, block := range blocks {
			p.warnLine(fmt.Sprintf("the %s block of %s is left out; `tomscan scan %s` reads it, or name the file with --config", block, configName, block))
		}
		blocks = nil
	}
	if what != codeSource {
		blocks = []source{what}
	}
	if len(r.hosts.hosts) > 0 && !slices.Contains(blocks, serverSource) {
		blocks = append(blocks, serverSource)
	}
	var all []live
	for _, block := range blocks {
		read, err := p.liveSource(ctx, r, block, c, m)
		if err != nil {
			return nil, err
		}
		all = append(all, read)
	}
	return all, nil
}

// liveSource makes the reading of one source.
func (p *program) liveSource(ctx context.Context, r *readFlags, what source, c config, m moment) (live, error) {
	switch what {
	case awsSource:
		o, err := r.aws.options(p, c)
		if err != nil {
			return nil, err
		}
		o.At = m.at
		if m.wanted != nil {
			o.Wanted, err = m.wanted(ctx)
		}
		return func(ctx context.Context) (evidence.Snapshot, error) { return p.collectAWS(ctx, o) }, err
	case serverSource:
		o, err := r.hosts.options(p, c)
		return func(ctx context.Context) (evidence.Snapshot, error) { return p.collectHosts(ctx, o) }, err
	case endpointSource:
		o, err := r.endpoints.options(p, c, m.at)
		return func(ctx context.Context) (evidence.Snapshot, error) { return p.collectEndpoints(ctx, o) }, err
	case codeSource:
	}
	return nil, errors.New("no live source")
}

// liveBlocks are the sources that a configuration describes, in the order in which they are read.
func (c config) liveBlocks() []source {
	var all []source
	if c.AWS != nil {
		all = append(all, awsSource)
	}
	if c.Server != nil {
		all = append(all, serverSource)
	}
	if c.Probe != nil {
		all = append(all, endpointSource)
	}
	return all
}
