package reports

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// summaryRow is a clause or a measure with its verdict and counts.
type summaryRow struct {
	ID      string // of the clause, or of the promise
	Name    string
	Clause  bool
	Nested  bool // a measure that stands under its clause
	Verdict evidence.Verdict
	Level   evidence.Level
	Counts  evidence.Counts
	Anchor  string // where it stands on a page
}

// summary lists every clause with its measures. Without an annex there are only measures, and those that nothing in this
// run can speak of are left to the notes.
func (x *index) summary() []summaryRow {
	var rows []summaryRow
	if x.Annex.FromCatalogue() {
		for i := range x.Measures {
			if m := &x.Measures[i]; spoken(m) {
				rows = append(rows, x.measureRow(m, false))
			}
		}
		return rows
	}
	for _, c := range x.Clauses {
		rows = append(rows, summaryRow{ID: c.ID, Name: clauseName(c.ID, c.Title), Clause: true, Verdict: c.Verdict,
			Level: c.Level, Counts: c.Counts})
		for _, p := range c.Promises {
			if m, ok := x.measures[p]; ok {
				rows = append(rows, x.measureRow(m, true))
			}
		}
	}
	return rows
}

// spoken says whether anything in the run speaks of a measure.
func spoken(m *evidence.MeasureResult) bool {
	return m.Verdict != evidence.Unknown && m.Verdict != "" || m.Counts.Population > 0 || len(m.Checks) > 0
}

func (x *index) measureRow(m *evidence.MeasureResult, nested bool) summaryRow {
	return summaryRow{ID: m.Promise, Name: x.words.Measure(m.Measure), Nested: nested, Verdict: m.Verdict,
		Level: m.Level, Counts: m.Counts}
}

func clauseName(id, title string) string {
	return strings.TrimSpace(visible(id) + " " + visible(title))
}

// annexName names the yardstick.
func (x *index) annexName() string {
	a := x.Annex
	if a.FromCatalogue() {
		return x.words.Text("head.no_annex")
	}
	name := visible(a.Title)
	var parts []string
	if a.Version != "" {
		parts = append(parts, x.words.Text("head.version", "version", visible(a.Version)))
	}
	if a.Date != "" {
		parts = append(parts, visible(a.Date))
	}
	if len(parts) > 0 {
		name += " (" + strings.Join(parts, ", ") + ")"
	}
	return strings.TrimSpace(name)
}

// parties says who promises to whom.
func (x *index) parties() string {
	processor, controller := visible(x.Annex.Processor), visible(x.Annex.Controller)
	switch {
	case processor != "" && controller != "":
		return x.words.Text("head.promises_to", "processor", processor, "controller", controller)
	case processor != "":
		return processor
	}
	return visible(x.Run.ResponsibleParty)
}

// lookedAt says what was scanned and what such evidence shows.
func (x *index) lookedAt() string {
	var targets []string
	for _, t := range x.Run.Targets {
		targets = append(targets, visible(t))
	}
	text := strings.Join(targets, ", ")
	for _, l := range x.levels() {
		text += " · " + x.words.Text("level."+string(l)+".short")
	}
	return text + " · " + x.words.Count("count.facts", len(x.Snapshot.Facts))
}

// levels lists the levels of evidence that occur in the run, sorted.
func (x *index) levels() []evidence.Level {
	var levels []evidence.Level
	for _, s := range x.Snapshot.Sweeps {
		levels = append(levels, s.Level)
	}
	slices.Sort(levels)
	return slices.DeleteFunc(slices.Compact(levels), func(l evidence.Level) bool { return l == "" })
}

// tally counts the clauses by verdict; without an annex, the measures that anything speaks of.
func (x *index) tally() map[evidence.Verdict]int {
	n := map[evidence.Verdict]int{}
	for _, r := range x.summary() {
		if r.Clause || !r.Nested {
			n[r.Verdict]++
		}
	}
	return n
}
