package reports

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// passedRow is a resource and the checks that it passes, one line of the page.
type passedRow struct {
	Subject string
	Place   string
	Checks  string
}

// passed lists the resources that pass something, by fact.
func (x *index) passed() []passedRow {
	checks := map[string][]string{}
	for i := range x.Results {
		if r := &x.Results[i]; r.Verdict == evidence.Pass {
			checks[r.Fact] = append(checks[r.Fact], r.Check)
		}
	}
	rows := make([]passedRow, 0, len(checks))
	for _, id := range slices.Sorted(maps.Keys(checks)) {
		list := checks[id]
		slices.Sort(list)
		row := passedRow{Subject: x.subject(id), Checks: visible(strings.Join(slices.Compact(list), " "))}
		if f, ok := x.facts[id]; ok && len(f.At) > 0 {
			row.Place = where(f.At[0])
		}
		rows = append(rows, row)
	}
	return rows
}

// bar is a strip that shows a population by verdict.
type bar struct {
	Label    string
	Segments []segment
}

type segment struct {
	Verdict  evidence.Verdict
	X, Width string // in hundredths of the strip
}

func newBar(c evidence.Counts) bar {
	var b bar
	var x float64
	for _, part := range []struct {
		v evidence.Verdict
		n int
	}{{evidence.Pass, c.Pass}, {evidence.Waived, c.Waived}, {evidence.Unknown, c.Unknown}, {evidence.Fail, c.Fail}} {
		if part.n == 0 || c.Population == 0 {
			continue
		}
		width := 100 * float64(part.n) / float64(c.Population)
		b.Segments = append(b.Segments, segment{part.v, decimal(x), decimal(width)})
		x += width
	}
	return b
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

// Tally is how many clauses have each verdict, worst first, for the head of the page.
func (p *page) Tally() []tallied {
	n := p.tally()
	var list []tallied
	for _, v := range allVerdicts() {
		if n[v] > 0 {
			list = append(list, tallied{v, n[v]})
		}
	}
	return list
}

// allVerdicts lists the verdicts, worst first.
func allVerdicts() []evidence.Verdict {
	return []evidence.Verdict{evidence.Fail, evidence.Conflict, evidence.Unknown, evidence.Waived, evidence.Pass, evidence.Attested, evidence.NotApplicable}
}

// allLevels lists the levels of evidence, lowest first.
func allLevels() []evidence.Level {
	return []evidence.Level{evidence.LevelAttested, evidence.LevelDesign, evidence.LevelImplementation, evidence.LevelOperation}
}

type tallied struct {
	Verdict evidence.Verdict
	N       int
}

// Total counts every result by verdict.
func (p *page) Total() evidence.Counts {
	c := evidence.Counts{Pass: p.count(evidence.Pass), Fail: p.count(evidence.Fail), Unknown: p.count(evidence.Unknown), Waived: p.count(evidence.Waived)}
	c.Population = c.Pass + c.Fail + c.Unknown + c.Waived
	return c
}

// Name is what the page is about.
func (p *page) Name() string { return p.annexTitle() }

// Rows are the clauses and measures of the summary, with where they stand on the page.
func (p *page) Rows() []summaryRow {
	anchors := map[string]string{}
	for _, c := range p.Clauses {
		anchors["clause "+c.Name] = c.Anchor
		for _, m := range c.Promises {
			if m.See == "" {
				anchors[m.Measure.Promise] = m.Anchor
			}
		}
	}
	rows := p.summary()
	for i, r := range rows {
		rows[i].Anchor = anchors[r.ID]
		if r.Clause {
			rows[i].Anchor = anchors["clause "+r.Name]
		}
	}
	return rows
}

// Parties says who promises to whom.
func (p *page) Parties() string { return p.parties() }

// LookedAt says what was scanned.
func (p *page) LookedAt() string { return p.lookedAt() }

// Notes lists warnings and the like.
func (p *page) Notes() []string { return p.noteLines() }

// Found says what a sweep found, kind by kind.
func (p *page) Found(s evidence.Sweep) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(s.Found)) {
		if s.Found[k] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", p.words.Kind(k), s.Found[k]))
		}
	}
	return strings.Join(parts, ", ")
}

// ObservedByCheck counts what was seen outside the promised scope, by check.
func (p *page) ObservedByCheck() []evidence.CheckCount {
	counts := map[string]*evidence.CheckCount{}
	for _, r := range p.Observed {
		c, ok := counts[r.Check]
		if !ok {
			c = &evidence.CheckCount{Check: r.Check}
			counts[r.Check] = c
		}
		c.Population++
		switch r.Verdict {
		case evidence.Pass:
			c.Pass++
		case evidence.Fail:
			c.Fail++
		default:
			c.Unknown++
		}
	}
	var list []evidence.CheckCount
	for _, id := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, *counts[id])
	}
	return list
}

// concerned names what a reason left open: promises as a whole, and the checks of results.
func (x *index) concerned(b blank) []string {
	all := slices.Clone(b.Promises)
	for _, r := range b.Results {
		all = append(all, x.words.CheckTitle(x.check(r.Check)))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// promises says whether a promise itself sets a parameter.
func promises(p *evidence.Promise, name string) bool {
	return slices.ContainsFunc(p.Parameters, func(q evidence.Parameter) bool { return q.Name == name && q.Promised })
}
