package policies

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// said is one thing that speaks about a promise: a thing that was judged, or a part of the promise that nothing judged.
type said struct {
	verdict evidence.Verdict
	level   evidence.Level
}

// part is what keeps a promise from being assessed as a whole.
type part struct {
	reason evidence.Reason
	// signable says that a person's attestation can settle it: no machine has looked. What a machine looked at without
	// an answer stays open.
	signable bool
}

// decide is the roll-up: fail, conflict, unknown, waived, pass, attested, not-applicable, in this order. The level is the
// lowest of what decides; a pass rests on attestations too where some part is only attested.
func decide(all []said) (evidence.Verdict, evidence.Level) {
	verdicts := make([]evidence.Verdict, 0, len(all))
	for _, s := range all {
		verdicts = append(verdicts, s.verdict)
	}
	worst := evidence.Worst(verdicts...)
	var levels []evidence.Level
	for _, s := range all {
		if s.verdict == worst || worst == evidence.Pass && s.verdict == evidence.Attested {
			levels = append(levels, s.level)
		}
	}
	return worst, evidence.Lowest(levels...)
}

// rollUp judges promises and clauses, in the order of the annex.
func (j *judge) rollUp() ([]evidence.MeasureResult, []evidence.ClauseResult) {
	measures := make([]evidence.MeasureResult, 0, len(j.promises))
	tallies := map[string]tally{}
	byID := map[string]evidence.MeasureResult{}
	for _, p := range j.promises {
		tallies[p.ID] = j.tally(p.results)
		byID[p.ID] = j.judgePromise(p, tallies[p.ID])
		measures = append(measures, byID[p.ID])
	}
	clauses := make([]evidence.ClauseResult, 0, len(j.annex.Clauses))
	for _, c := range j.annex.Clauses {
		clauses = append(clauses, judgeClause(c, byID, tallies))
	}
	return measures, clauses
}

// judgeClause is the worst of a clause's promises. A clause without promises is not assessed.
func judgeClause(c evidence.Clause, measures map[string]evidence.MeasureResult, tallies map[string]tally) evidence.ClauseResult {
	r := evidence.ClauseResult{ID: c.ID, Title: c.Title, Promises: []string{}}
	var all []said
	things := tally{}
	for _, p := range c.Promises {
		if slices.Contains(r.Promises, p.ID) {
			continue
		}
		r.Promises = append(r.Promises, p.ID)
		all = append(all, said{verdict: measures[p.ID].Verdict, level: measures[p.ID].Level})
		things.merge(tallies[p.ID])
	}
	r.Verdict, r.Level = decide(all)
	r.Counts = things.counts()
	return r
}

// judgePromise judges one promise by the things that its results are about.
func (j *judge) judgePromise(p *promise, things tally) evidence.MeasureResult {
	m := evidence.MeasureResult{Promise: p.ID, Measure: p.Measure, Clauses: p.clauses, Checks: []evidence.CheckCount{}, Results: []string{},
		Crosswalk: crosswalk(p.Measure)}
	if p.Declared != "" {
		return declared(m, p)
	}
	var all []said
	var open []part
	for _, a := range p.checks {
		switch {
		case a.counts(p):
			count, parts := j.countCheck(p, a)
			m.Checks = append(m.Checks, count)
			open = append(open, parts...)
			if count.Verdict == evidence.NotApplicable {
				all = append(all, said{verdict: evidence.NotApplicable, level: j.surveyOf(p, a).level})
			}
		case a.concerns(p):
			m.Checks = append(m.Checks, notRun(a))
		}
	}
	for _, id := range things.ids() {
		all = append(all, said{verdict: things[id].verdict, level: things[id].level})
	}
	open = append(open, p.unexamined()...)
	parts, reasons := j.settle(p, open)
	m.Verdict, m.Level = decide(append(all, parts...))
	m.Counts, m.Reasons = things.counts(), reasons
	m.Levels, m.Disagreements = j.levels(p), j.disagreements(p)
	for _, r := range p.results {
		m.Results = append(m.Results, r.ID)
	}
	slices.Sort(m.Results)
	return m
}

// declared judges a promise that says itself that nothing is to be found: planned, done by the controller, stated in
// another document. What was seen all the same is only observed.
func declared(m evidence.MeasureResult, p *promise) evidence.MeasureResult {
	m.Verdict = evidence.Unknown
	if p.Declared == "not-applicable" {
		m.Verdict = evidence.NotApplicable
	}
	m.Reasons = []evidence.Reason{evidence.Because("declared_" + strings.ReplaceAll(p.Declared, "-", "_"))}
	return m
}

// unexamined lists the parts of a promise that no policy judges.
func (p *promise) unexamined() []part {
	var counting []*applied
	for _, a := range p.checks {
		if a.counts(p) {
			counting = append(counting, a)
		}
	}
	if len(counting) == 0 {
		return []part{{reason: evidence.Because("no_evidence_source"), signable: true}}
	}
	var open []part
	if !slices.ContainsFunc(counting, func(a *applied) bool { return !a.partial }) {
		open = append(open, part{reason: evidence.Because("shown_in_part"), signable: true})
	}
	for _, word := range p.Scope {
		if !slices.ContainsFunc(counting, func(a *applied) bool { return slices.Contains(a.check.Scope, word) }) {
			open = append(open, part{reason: evidence.Because("scope_not_observed", "scope", word), signable: true})
		}
	}
	for _, q := range p.Parameters {
		if q.Promised && q.Name != scopeParameter && !p.examines(q.Name) {
			open = append(open, part{reason: evidence.Because("parameter_not_examined", "parameter", q.Name), signable: true})
		}
	}
	return open
}

// examines says whether a policy reads the parameter: to judge by it, or to find that by its value there is nothing to
// judge.
func (p *promise) examines(parameter string) bool {
	return slices.ContainsFunc(p.checks, func(a *applied) bool {
		return a.counts(p) && slices.Contains(a.check.Wants, parameter) || !a.belongs && slices.Contains(a.asks, parameter)
	})
}

// settle turns open parts into what they say: unknown, or attested where an attestation that has not expired settles
// them.
func (j *judge) settle(p *promise, open []part) ([]said, []evidence.Reason) {
	signed := j.attestation(p.Measure)
	var all []said
	var reasons []evidence.Reason
	used := false
	for _, o := range open {
		reasons = append(reasons, o.reason)
		if o.signable && signed != nil {
			used = true
			continue
		}
		all = append(all, said{verdict: evidence.Unknown})
	}
	used = used || slices.ContainsFunc(p.results, func(r *evidence.Result) bool { return r.Verdict == evidence.Attested })
	if used {
		all = append(all, said{verdict: evidence.Attested, level: evidence.LevelAttested})
		reasons = append(reasons, attested(signed))
	}
	return all, sortReasons(reasons)
}

// attestation returns the attestation of a measure that has not expired, the latest where there are several.
func (j *judge) attestation(measure string) *evidence.Attestation {
	var latest *evidence.Attestation
	for i := range j.annex.Attestations {
		a := &j.annex.Attestations[i]
		if a.Measure == measure && !a.Expired && (latest == nil || a.Date > latest.Date) {
			latest = a
		}
	}
	return latest
}

func attested(a *evidence.Attestation) evidence.Reason {
	return evidence.Because("attested_by", "by", a.By, "role", a.Role, "date", a.Date, "reference", a.Reference)
}
