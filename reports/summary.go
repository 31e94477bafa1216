package reports

import (
	"slices"
	"strconv"
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
	run := func(c evidence.CheckCount) bool { return !c.NotRun() }
	return m.Verdict != evidence.Unknown && m.Verdict != "" || m.Counts.Population > 0 || slices.ContainsFunc(m.Checks, run)
}

func (x *index) measureRow(m *evidence.MeasureResult, nested bool) summaryRow {
	return summaryRow{ID: m.Promise, Name: x.measureName(m.Promise), Nested: nested, Verdict: m.Verdict,
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
	text := x.targets()
	for _, l := range x.levels() {
		text += " · " + x.words.Text("level."+string(l)+x.designOf(l)+".short")
	}
	return text + " · " + x.words.Count("count.facts", len(x.Snapshot.Facts))
}

// designOf says whether the design is that of hosts, whose configuration is no code, or of code and hosts.
func (x *index) designOf(l evidence.Level) string {
	hosts, code := false, false
	for _, f := range x.Snapshot.Facts {
		if f.Source.Level == l {
			hosts, code = hosts || f.Source.Place.Host != "", code || f.Source.Place.Host == ""
		}
	}
	switch {
	case l != evidence.LevelDesign || !hosts:
		return ""
	case code:
		return ".mixed"
	}
	return ".hosts"
}

// shownTargets is how many targets the head names; all are where the report says how it was produced.
const shownTargets = 5

// targets names what was scanned: one by one, or what differs below the directory that all have in common.
func (x *index) targets() string {
	var all []string
	for _, t := range x.Run.Targets {
		all = append(all, visible(strings.TrimPrefix(t, "terraform:")))
	}
	base := ""
	if len(all) > 1 {
		base = commonDirectory(all)
		for i := range all {
			all[i] = all[i][len(base):]
		}
	}
	if more := len(all) - shownTargets; more > 0 {
		all = append(all[:shownTargets], x.words.Count("label.more", more))
	}
	if base == "" {
		return strings.Join(all, ", ")
	}
	return base + "{" + strings.Join(all, ", ") + "}"
}

// commonDirectory is the longest beginning up to a slash that all paths share.
func commonDirectory(paths []string) string {
	base := paths[0][:strings.LastIndex(paths[0], "/")+1]
	for _, p := range paths {
		for !strings.HasPrefix(p, base) {
			base = base[:strings.LastIndex(strings.TrimSuffix(base, "/"), "/")+1]
		}
	}
	return base
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

// Numbers are the counts of a row as they are shown, in the order of countColumns: a dash where there was nothing to
// look at, for 0 fails would look like a result.
func (r summaryRow) Numbers() []string {
	c := r.Counts
	numbers := make([]string, 0, 5)
	for _, n := range []int{c.Population, c.Pass, c.Fail, c.Unknown, c.Waived} {
		if c.Population == 0 {
			numbers = append(numbers, "–")
		} else {
			numbers = append(numbers, strconv.Itoa(n))
		}
	}
	return numbers
}

// yardstick is the heading of the summary: what an annex promises, or the catalogue.
func (x *index) yardstick() string {
	if x.Annex.FromCatalogue() {
		return x.words.Text("heading.catalogue")
	}
	return x.words.Text("heading.promises")
}

// subjectColumn is the head of the summary's first column.
func (x *index) subjectColumn() string {
	if x.Annex.FromCatalogue() {
		return x.words.Text("column.measure")
	}
	return x.words.Text("column.promise")
}
