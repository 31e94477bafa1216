package main

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
)

// checkCommand judges a snapshot.
func (p *program) checkCommand() *cobra.Command {
	var judging judgeFlags
	var rendering outputFlags
	c := &cobra.Command{
		Use:   "check SNAPSHOT",
		Short: "check a snapshot against an annex; writes the report as JSON",
		Long: `Check a snapshot that collect wrote against an annex, and write the report, as JSON unless -o says otherwise. "-" reads
standard input. It reaches no network and reads no code.`,
		Example: "  tomscan check snapshot.json --annex annex.hcl -o json=report.json",
		Args:    oneArg("snapshot"),
		RunE: func(c *cobra.Command, args []string) error {
			config, err := p.loadConfig(judging.config)
			if err != nil {
				return err
			}
			if err := judging.settle(p, config); err != nil {
				return err
			}
			rendered := config
			rendered.Outputs = nil // output blocks are of a scan
			if err := rendering.settle(rendered, "json"); err != nil {
				return err
			}
			var snapshot evidence.Snapshot
			if err := p.document(args[0], "snapshot", evidence.SnapshotVersion, &snapshot); err != nil {
				return err
			}
			if judging.options.Environments, err = config.environments(boundary{}); err != nil {
				return err
			}
			return p.judge(c.Context(), snapshot, judging, rendering)
		},
	}
	configFlag(c, &judging.config)
	judging.register(c)
	rendering.register(c)
	return c
}

func configFlag(c *cobra.Command, file *string) {
	c.Flags().StringVar(file, "config", "", "configuration `FILE` (default: "+configName+", looked for upwards)")
}

// judgeFlags say against what a snapshot is judged, and which judgements end the run with an error.
type judgeFlags struct {
	config   string
	annex    string
	policies []string
	baseline string
	failOn   string
	strict   bool
	at       string

	given     func(flag string) bool
	set       *policies.Set
	promised  evidence.Annex
	options   policies.Options
	threshold threshold
}

func (j *judgeFlags) register(c *cobra.Command) {
	f := c.Flags()
	j.given = f.Changed
	f.StringVar(&j.annex, "annex", "", "annex `FILE`; without it the catalogue with its defaults is the yardstick")
	f.StringVar(&j.baseline, "baseline", "", "earlier report as JSON `FILE`: only fails that it does not have count")
	f.StringVar(&j.failOn, "fail-on", "", "only fails at least this severe count: `SEVERITY` critical, high, medium or low")
	f.BoolVar(&j.strict, "strict", false, "end with 4 when anything was not assessed")
	policiesFlag(c, &j.policies)
	atFlag(c, &j.at)
}

// settle reads all that flags and configuration name; flags win.
func (j *judgeFlags) settle(p *program, c config) (err error) {
	if j.annex == "" {
		j.annex = c.path(c.Annex)
	}
	j.annex = relativeToHere(j.annex)
	if j.baseline == "" {
		j.baseline = c.path(c.Baseline)
	}
	if j.failOn == "" {
		j.failOn = c.FailOn
	}
	if len(j.policies) == 0 && c.Policies != "" {
		j.policies = []string{c.path(c.Policies)}
	}
	if j.threshold.strict = c.Strict; j.given("strict") {
		j.threshold.strict = j.strict
	}
	if j.threshold.failOn, err = parseSeverity(j.failOn); err != nil {
		return err
	}
	if j.options.At, err = p.clock(j.at); err != nil {
		return err
	}
	j.options.Tool, j.options.FailOn = tool(), j.threshold.failOn
	for _, e := range c.Excludes {
		j.options.Exclusions = append(j.options.Exclusions, evidence.Exclusion{Facts: e.Facts, Reason: e.Reason})
	}
	if j.set, err = loadPolicies(j.policies); err != nil {
		return err
	}
	if j.options.Baseline, err = p.loadBaseline(j.baseline); err != nil {
		return err
	}
	return j.settleAnnex(p, c.Language)
}

// settleAnnex reads the annex, or makes one of the catalogue.
func (j *judgeFlags) settleAnnex(p *program, language string) (err error) {
	if j.annex == "" {
		j.promised = policies.CatalogueAnnex(policies.LoadCatalogue(), language)
		return nil
	}
	j.promised, err = p.loadAnnex(j.annex, j.options.At)
	return err
}

// judge judges a snapshot, writes the report, and ends the run with the code that the report deserves.
func (p *program) judge(ctx context.Context, snapshot evidence.Snapshot, j judgeFlags, o outputFlags) error {
	p.progress("checking")
	j.options.Targets = targets(snapshot)
	if j.options.Commit == "" {
		j.options.Commit = commitOf(snapshot)
	}
	report, err := j.set.Judge(ctx, snapshot, j.promised, j.options)
	p.progress("")
	if len(report.Errors) > 0 {
		return errors.Join(p.write(report, o), judgeTrouble(err))
	}
	if err != nil {
		return judgeTrouble(err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := p.write(report, o); err != nil {
		return err
	}
	p.sum(report, o)
	if code := j.threshold.code(report); code != codeHolds {
		return ending(code)
	}
	return nil
}

// judgeTrouble says what to do about an error of the engine, or about a waiver that names more than one thing.
func judgeTrouble(err error) error {
	var ambiguous *policies.AmbiguousError
	var engine *policies.EngineError
	switch {
	case errors.As(err, &ambiguous):
		return usageError(err.Error(), "name one of them by its full id, or all of them with *")
	case errors.As(err, &engine):
		return cannotRun(err, "a policy that contradicts itself has no result; `tomscan checks %s` shows it", engine.Check)
	}
	return err
}

// targets lists the collectors with the roots, accounts or hosts that a snapshot looked at, such as terraform:envs/app, sorted.
func targets(s evidence.Snapshot) []string {
	var all []string
	for _, sweep := range s.Sweeps {
		all = append(all, sweep.Collector+":"+cmp.Or(sweep.Place.Root, sweep.Place.Account, sweep.Place.Host))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// commitOf returns the commit that all facts of a snapshot come from, empty when they have several or none.
func commitOf(s evidence.Snapshot) string {
	var commits []string
	for _, f := range s.Facts {
		commits = append(commits, f.Source.Commit)
	}
	slices.Sort(commits)
	if commits = slices.Compact(commits); len(commits) == 1 {
		return commits[0]
	}
	return ""
}
