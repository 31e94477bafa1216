package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// pageClause is a clause with its text and its promises; without an annex, one that has neither number nor text.
type pageClause struct {
	Anchor   string
	Name     string
	Text     []string // paragraphs
	Lang     string   // the annex' language
	Verdict  evidence.Verdict
	Level    evidence.Level
	Counts   evidence.Counts
	Promises []pagePromise
}

// pagePromise is a promise with what was found. Where an earlier clause makes the same promise, See is its anchor and
// the results stand there.
type pagePromise struct {
	Anchor     string
	Name       string
	Measure    *evidence.MeasureResult
	Promise    *evidence.Promise
	See        string
	SeeName    string
	Population []string
	Crosswalk  string
	Signed     []evidence.Reason // who attested it
	Open       []evidence.Reason // what was not assessed, beside results
	Checks     []pageCheck
}

// pageCheck is a check under a promise, with its results but passes.
type pageCheck struct {
	Check  evidence.Check
	Count  evidence.CheckCount
	Fails  bool
	Groups []pageGroup
}

// pageGroup is the results of a check that say the same.
type pageGroup struct {
	Verdict   evidence.Verdict
	Severity  evidence.Severity
	Sentences []string
	Decide    []string
	Waiver    *evidence.Waiver
	Rows      []pageRow
}

// pageRow is one result.
type pageRow struct {
	Subject     string
	Place       string // file and lines
	File        int    // row in the table of files, 0 for none
	Digest      string // first digits of the file's digest
	Receipt     string // when the call behind it was made, and its number
	Excerpt     string
	Blames      []string
	Placeholder bool
	Baseline    bool
}

// clauses lists the clauses; without an annex, one clause without a name that has all measures.
func (p *page) clauses() []pageClause {
	if p.Annex.FromCatalogue() {
		return []pageClause{p.catalogueClause()}
	}
	texts := byID(p.Annex.Clauses, func(c *evidence.Clause) string { return c.ID })
	shown := map[string]string{}
	var all []pageClause
	for i, c := range p.Report.Clauses {
		clause := pageClause{Anchor: fmt.Sprintf("c%d", i+1), Name: clauseName(c.ID, c.Title), Lang: p.Annex.Language, Verdict: c.Verdict, Level: c.Level, Counts: c.Counts}
		if t, ok := texts[c.ID]; ok {
			clause.Text = paragraphs(t.Text)
		}
		for _, id := range c.Promises {
			if m, ok := p.measures[id]; ok {
				clause.Promises = append(clause.Promises, p.promise(m, clause.Anchor, shown))
			}
		}
		all = append(all, clause)
	}
	return all
}

func (p *page) catalogueClause() pageClause {
	clause := pageClause{Anchor: "c1"}
	shown := map[string]string{}
	for i := range p.Measures {
		clause.Promises = append(clause.Promises, p.promise(&p.Measures[i], clause.Anchor, shown))
	}
	return clause
}

// promise gathers what was found for a promise; shown remembers which promises already stand under which anchor.
func (p *page) promise(m *evidence.MeasureResult, clause string, shown map[string]string) pagePromise {
	out := pagePromise{Anchor: fmt.Sprintf("%s-p%d", clause, len(shown)+1), Name: p.measureName(m.Promise), Measure: m, Promise: p.promises[m.Promise]}
	if anchor, ok := shown[m.Promise]; ok {
		out.Anchor, out.See, out.SeeName = "", anchor, out.Name
		return out
	}
	shown[m.Promise] = out.Anchor
	out.Population = p.population(m)
	out.Crosswalk = p.crosswalk(m.Crosswalk)
	out.Signed, out.Open = openReasons(m)
	out.Checks = p.pageChecks(m)
	return out
}

// openReasons is who attested a promise, and what was left open beside results: of the promise, and of checks that found
// nothing to look at. What a promise declares of itself is said with its parameters.
func openReasons(m *evidence.MeasureResult) (signed, open []evidence.Reason) {
	for _, r := range m.Reasons {
		switch {
		case r.Code == attestedBy:
			signed = append(signed, r)
		case !strings.HasPrefix(r.Code, "declared_"):
			open = append(open, r)
		}
	}
	for _, c := range m.Checks {
		if c.Verdict == evidence.Unknown && !c.NotRun() { // who was not run says so in its own row
			open = append(open, c.Reasons...)
		}
	}
	return signed, open
}

// attestedBy is the reason that a person has attested a promise.
const attestedBy = "attested_by"

// pageChecks lists the checks of a promise, with results grouped by what they say.
func (p *page) pageChecks(m *evidence.MeasureResult) []pageCheck {
	byCheck := map[string][]*evidence.Result{}
	for _, id := range m.Results {
		if r, ok := p.results[id]; ok {
			byCheck[r.Check] = append(byCheck[r.Check], r)
		}
	}
	checks := make([]pageCheck, 0, len(m.Checks))
	for _, count := range m.Checks {
		c := pageCheck{Check: p.check(count.Check), Count: count, Groups: p.pageGroups(byCheck[count.Check])}
		c.Fails = slices.ContainsFunc(c.Groups, func(g pageGroup) bool { return g.Verdict == evidence.Fail })
		checks = append(checks, c)
	}
	slices.SortStableFunc(checks, func(a, b pageCheck) int {
		return cmp.Or(b.Count.Fail-a.Count.Fail, b.Count.Unknown-a.Count.Unknown, compareChecks(a.Check, b.Check))
	})
	return checks
}

// pageGroups puts results with the same verdict, reasons and waiver together: fails first, then what was not assessed.
func (p *page) pageGroups(results []*evidence.Result) []pageGroup {
	found := map[string]int{}
	var groups []pageGroup
	for _, r := range results {
		if r.Verdict == evidence.Pass || r.Verdict == evidence.NotApplicable {
			continue
		}
		sentences := p.sentences(r.Reasons)
		key := string(r.Verdict) + "\x00" + strings.Join(sentences, "\x00")
		if r.Waiver != nil {
			key += "\x00" + p.waiver(*r.Waiver)
		}
		i, ok := found[key]
		if !ok {
			i = len(groups)
			found[key] = i
			groups = append(groups, pageGroup{Verdict: r.Verdict, Severity: r.Severity, Sentences: sentences, Decide: p.decisions(r), Waiver: r.Waiver})
		}
		groups[i].Rows = append(groups[i].Rows, p.row(r))
	}
	order := []evidence.Verdict{evidence.Fail, evidence.Conflict, evidence.Unknown, evidence.Waived, evidence.Attested}
	slices.SortStableFunc(groups, func(a, b pageGroup) int { return slices.Index(order, a.Verdict) - slices.Index(order, b.Verdict) })
	return groups
}

// decisions says what would settle a result that was not assessed.
func (p *page) decisions(r *evidence.Result) []string {
	if r.Verdict != evidence.Unknown {
		return nil
	}
	var all []string
	for _, why := range r.Reasons {
		if d := p.words.Decide(why); d != "" && !slices.Contains(all, d) {
			all = append(all, d)
		}
	}
	return all
}
