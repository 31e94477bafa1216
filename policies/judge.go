package policies

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/tomscan/tomscan/evidence"
)

// Options are what a judgement depends on beside facts and promises.
type Options struct {
	At           time.Time // the only clock
	Tool         evidence.Tool
	Targets      []string // what was scanned, as given
	Commit       string   // of the scanned repository
	FailOn       evidence.Severity
	Environments []Environment
	Exclusions   []evidence.Exclusion // Facts and Reason; the count is filled in
	Baseline     *Baseline
	noMemo       bool // evaluate equal inputs again; for tests
}

// Judge runs the policies over the snapshot's facts against what the annex promises.
//
// The error is an [*EngineError] when a policy could not be evaluated or decides both ways, beside a report that names it
// in its Errors and judges nothing; and an [*AmbiguousError] when a waiver or an exclusion names more than one thing. Everything in the report is sorted: equal input gives equal
// reports, on any number of processors.
func (s *Set) Judge(ctx context.Context, snapshot evidence.Snapshot, annex evidence.Annex, o Options) (evidence.Report, error) {
	snapshot.Facts, snapshot.Sweeps = slices.Clone(snapshot.Facts), slices.Clone(snapshot.Sweeps)
	snapshot.Inputs, snapshot.Accepts = slices.Clone(snapshot.Inputs), slices.Clone(snapshot.Accepts)
	snapshot.Moved = slices.Clone(snapshot.Moved)
	snapshot.Sort()
	j := &judge{set: s, options: o, snapshot: snapshot, annex: cloneAnnex(annex)}
	if err := j.scope(); err != nil {
		return evidence.Report{}, err
	}
	if err := j.plan(ctx); err != nil {
		return evidence.Report{}, err
	}
	if err := j.evaluate(ctx); err != nil {
		return j.broken(err), err
	}
	if err := j.waive(); err != nil {
		return evidence.Report{}, err
	}
	j.attest()
	j.mark()
	return j.report(), nil
}

// judge is one run.
type judge struct {
	set      *Set
	options  Options
	snapshot evidence.Snapshot
	annex    evidence.Annex

	facts      []*evidence.Fact // in scope, sorted by id
	byKind     map[evidence.Kind][]*evidence.Fact
	things     things
	subjects   subjects
	exclusions []evidence.Exclusion
	promises   []*promise
	engine     *engine
	warnings   []evidence.Warning
}

// promise is one promise with the policies that judge it and what they said.
type promise struct {
	evidence.Promise
	clauses []string
	checks  []*applied // sorted by id
	results []*evidence.Result
	absent  map[*evidence.Result]bool // unknown only because code declares nothing of the sort
}

// applied is a policy of the promise's measure.
type applied struct {
	*policy
	belongs bool            // its applies rule holds, or it has none
	inScope bool            // the promise names one of its scope words
	kinds   []evidence.Kind // that it judges in this run; none = it is not run
	results []*evidence.Result
}

// concerns says whether the policy is one that judges the promise, run or not.
func (a *applied) concerns(p *promise) bool { return a.belongs && a.inScope && p.Declared == "" }

// counts says whether the policy's results count for the promise.
func (a *applied) counts(p *promise) bool { return a.concerns(p) && len(a.kinds) > 0 }

// cloneAnnex copies what the run fills in.
func cloneAnnex(a evidence.Annex) evidence.Annex {
	a.Waivers = slices.Clone(a.Waivers)
	a.Attestations = slices.Clone(a.Attestations)
	return a
}

// report puts everything together.
func (j *judge) report() evidence.Report {
	r := evidence.Report{
		SchemaVersion: evidence.ReportVersion, Tool: j.options.Tool, Run: j.run(), Annex: j.annex, Snapshot: j.snapshot,
		Checks: j.checks(), Exclusions: j.exclusions, Warnings: j.warnings,
	}
	r.Observed = j.observed()
	r.Measures, r.Clauses = j.rollUp()
	r.Pairing = j.pairing()
	r.Results = j.handOver()
	r.MissingPermissions = missingPermissions(r.Results, r.Measures)
	return r
}

// handOver returns all results that count, sorted, and forgets them: a large account has a hundred thousand, which need not
// be there twice. It is the last that a run does with them.
func (j *judge) handOver() []evidence.Result {
	n := 0
	for _, p := range j.promises {
		n += len(p.results)
	}
	all := make([]evidence.Result, 0, n)
	for _, p := range j.promises {
		for _, a := range p.checks {
			a.results = nil
		}
		for i, r := range p.results {
			all = append(all, *r)
			p.results[i] = nil
		}
		p.results = nil
	}
	sortResults(all)
	return all
}

// broken is the report of a run that an engine error ended: it judges nothing and names the error. It is empty for every
// other error.
func (j *judge) broken(err error) evidence.Report {
	var engine *EngineError
	if !errors.As(err, &engine) {
		return evidence.Report{}
	}
	reason := evidence.Because("engine_error", "check", engine.Check, "fact", engine.Subject, "error", engine.Err.Error())
	return evidence.Report{
		SchemaVersion: evidence.ReportVersion, Tool: j.options.Tool, Run: j.run(), Annex: j.annex, Snapshot: j.snapshot,
		Checks: j.checks(), Results: []evidence.Result{}, Measures: []evidence.MeasureResult{}, Clauses: []evidence.ClauseResult{},
		Errors: []evidence.Warning{{Reason: reason}},
	}
}

func (j *judge) run() evidence.Run {
	run := evidence.Run{
		Kind: "point-in-time", At: j.options.At.UTC().Format(time.RFC3339), Targets: j.options.Targets, Commit: j.options.Commit,
		ResponsibleParty: j.annex.Processor, Statement: evidence.SelfAssessment, PolicyDigest: j.set.digest,
		CatalogueDigest: j.set.catalogue.SHA256, FailOn: j.options.FailOn, Collectors: []string{},
	}
	for _, s := range j.snapshot.Sweeps {
		run.Collectors = append(run.Collectors, s.Collector)
	}
	slices.Sort(run.Collectors)
	run.Collectors = slices.Compact(run.Collectors)
	if run.Targets == nil {
		run.Targets = []string{}
	}
	if j.options.Baseline != nil {
		run.Baseline = j.options.Baseline.SHA256
	}
	return run
}

// checks describes the policies of all promised measures.
func (j *judge) checks() []evidence.Check {
	checks := []evidence.Check{}
	for _, c := range j.set.Checks() {
		if slices.ContainsFunc(j.promises, func(p *promise) bool { return p.Measure == c.Measure }) {
			checks = append(checks, c)
		}
	}
	return checks
}

// observed lists what was seen of a measure outside of every promised scope, each check and fact once.
func (j *judge) observed() []evidence.Result {
	type asked struct{ check, fact string }
	promised, seen := map[asked]bool{}, map[asked]bool{}
	outside := map[string]bool{} // checks that some promise does not count
	for _, p := range j.promises {
		for _, a := range p.checks {
			outside[a.check.ID] = outside[a.check.ID] || !a.counts(p)
		}
	}
	for _, p := range j.promises {
		for _, r := range p.results {
			if outside[r.Check] {
				promised[asked{r.Check, r.Fact}] = true
			}
		}
	}
	var list []evidence.Result
	for _, p := range j.promises {
		for _, a := range p.checks {
			for _, r := range a.results {
				if key := (asked{r.Check, r.Fact}); outside[r.Check] && !promised[key] && !seen[key] {
					seen[key] = true
					list = append(list, *r)
				}
			}
		}
	}
	sortResults(list)
	return list
}

func sortResults(list []evidence.Result) {
	slices.SortFunc(list, func(a, b evidence.Result) int { return cmp.Compare(a.ID, b.ID) })
}
