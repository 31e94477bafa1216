package terraform

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// name is the collector's name in facts and sweeps.
const name = "terraform"

// Options say what is collected. All paths are slash paths relative to the root of FS.
type Options struct {
	FS          fs.FS             // rooted at the file boundary: nothing outside it is read
	Paths       []string          // files or directories to look for root modules in; "." is everything
	Roots       []RootConfig      // what is declared about root modules; one directory may be declared several times
	VarFiles    []string          // variables files for all roots
	Vars        []string          // name=value for all roots; they win over variables files
	States      []StateFile       // state files of runs; they win over those that the runs declare
	Files       map[string][]byte // contents of variables and state files outside the boundary, by their name
	Environ     map[string]string // TF_VAR_*, AWS_REGION and AWS_DEFAULT_REGION are read
	Workspace   string            // of roots that declare none
	Environment string            // of roots that declare none
	Commit      string            // commit of the scanned repository, if it is one
	Log         func(string)      // told which roots are read, and why; may be nil
}

// RootConfig declares one run of a root module.
type RootConfig struct {
	Dir         string
	VarFiles    []string // after those for all roots
	Vars        []string // name=value, after those for all roots
	Workspace   string
	Account     string // AWS account that it is applied to
	Region      string // region where its provider names none
	Environment string
	State       string // state file of this run: which resources in AWS are behind its addresses
}

// StateFile is the state file of one run of a root module.
type StateFile struct {
	Root string // directory, with @environment where that is needed to tell runs apart; empty means the only one
	File string
}

// Collector collects facts from Terraform configurations.
type Collector struct{ options Options }

// New returns a collector.
func New(o Options) *Collector { return &Collector{options: o} }

// Name returns "terraform".
func (c *Collector) Name() string { return name }

// Collect evaluates all root modules and returns their facts, one sweep per run of a root, the files that were read, the
// inline accepts and the moved addresses, sorted. What cannot be read or followed is a gap of a sweep. The error is for
// paths that are not there, for code in which there is no root module, for contradictory declarations, for a state file
// that cannot be read, and for a context that ended.
func (c *Collector) Collect(ctx context.Context) (evidence.Snapshot, error) {
	if err := c.checkPaths(); err != nil {
		return evidence.Snapshot{}, err
	}
	parser := eval.NewParser(c.options.FS)
	runs, err := c.plan(ctx, parser)
	if err != nil {
		return evidence.Snapshot{}, err
	}
	states, err := c.readStates(runs)
	if err != nil {
		return evidence.Snapshot{}, err
	}
	results := make([]result, len(runs))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for n, r := range runs {
		group.Go(func() error {
			var err error
			results[n], err = c.read(ctx, parser, r)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return evidence.Snapshot{}, err
	}
	return c.snapshot(runs, results, append(parser.Inputs(), states...)), nil
}

// checkPaths fails for a path that is not there.
func (c *Collector) checkPaths() error {
	for _, p := range c.options.Paths {
		_, err := fs.Stat(c.options.FS, p)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%s: no such file or directory; name a directory with Terraform code", p)
		case err != nil:
			return fmt.Errorf("look at %s: %w", p, err)
		}
	}
	return nil
}

// read evaluates one root and makes its observations. The evaluated root is released when it returns.
func (c *Collector) read(ctx context.Context, parser *eval.Parser, r run) (result, error) {
	root, err := parser.Evaluate(ctx, c.evaluation(r))
	if ctx.Err() != nil {
		return result{}, ctx.Err()
	}
	if err != nil {
		gap := evidence.Gap{Reason: evidence.Because("root_unreadable", "root", r.Dir)}
		return result{sweep: evidence.Sweep{Gaps: []evidence.Gap{gap}}}, nil //nolint:nilerr // the gap says it
	}
	c.log(fmt.Sprintf("%s: %d resources", r.title(), len(root.Instances)))
	return observe(root, r), nil
}

// evaluation are the evaluator's options for a run: what holds for all roots first, so that what the run declares wins.
func (c *Collector) evaluation(r run) eval.Options {
	environ := c.options.Environ
	if r.config.Region != "" {
		environ = map[string]string{"AWS_REGION": r.config.Region}
		for key, value := range c.options.Environ {
			if key != "AWS_REGION" && key != "AWS_DEFAULT_REGION" {
				environ[key] = value
			}
		}
	}
	return eval.Options{
		Dir:       r.Dir,
		VarFiles:  slices.Concat(c.options.VarFiles, r.config.VarFiles),
		Vars:      slices.Concat(c.options.Vars, r.config.Vars),
		Environ:   environ,
		Workspace: r.config.Workspace,
		Files:     c.options.Files,
	}
}

func (c *Collector) log(line string) {
	if c.options.Log != nil {
		c.options.Log(line)
	}
}

// snapshot completes the observations of all roots with the defaults of their accounts and makes the facts.
func (c *Collector) snapshot(runs []run, results []result, inputs []evidence.Input) evidence.Snapshot {
	var declared []declaration
	for _, res := range results {
		declared = append(declared, res.declared...)
	}
	defaults := defaultsBySite{declared: declared, settled: map[siteKey]accountDefaults{}}
	s := evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion, Facts: []evidence.Fact{}, Inputs: inputs}
	for n, res := range results {
		source := evidence.Source{Collector: name, Level: evidence.LevelDesign, Place: runs[n].place(), Commit: c.options.Commit, Example: runs[n].Example}
		sweep := res.sweep
		sweep.Collector, sweep.Level, sweep.Place, sweep.Example = name, source.Level, source.Place, source.Example
		sweep.Kinds, sweep.Found = kinds(), map[evidence.Kind]int{}
		for _, seen := range res.seen {
			fact := seen.fact(source, defaults)
			sweep.Found[fact.Kind]++
			s.Facts = append(s.Facts, fact)
		}
		sweep.Gaps = append(slices.Clone(runs[n].Gaps), sweep.Gaps...)
		sweep.Notes = append(slices.Clone(runs[n].Why), sweep.Notes...)
		s.Sweeps = append(s.Sweeps, sweep)
		s.Accepts = append(s.Accepts, res.accepts...)
		s.Moved = append(s.Moved, res.moved...)
	}
	s.Sort()
	return s
}

// kinds are all kinds that a reader can observe, sorted: every sweep looks for all of them.
func kinds() []evidence.Kind {
	var all []evidence.Kind
	for _, r := range readers() {
		all = append(all, r.kinds...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// counted writes a number as a reason's argument.
func counted(n int) string { return strconv.Itoa(n) }
