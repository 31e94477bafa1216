package reports

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// pairedKind says how the declared and the live things of one kind belong together, and why some do not.
type pairedKind struct {
	Line    string
	Reasons []string
}

// pairedList is the resources that are on one side only, with a heading.
type pairedList struct {
	Heading  string
	Subjects []string
}

func (x *index) pairedKinds() []pairedKind {
	var kinds []pairedKind
	for _, k := range x.Pairing.Kinds {
		line := pairedKind{Line: x.words.Text("pairing.kind", "kind", x.words.Kind(k.Kind), "declared", strconv.Itoa(k.Declared),
			"live", strconv.Itoa(k.Live), "paired", strconv.Itoa(k.Paired), "unmanaged", strconv.Itoa(k.Unmanaged),
			"missing", strconv.Itoa(k.Missing), "unpaired", strconv.Itoa(k.Unpaired))}
		for _, why := range k.Reasons {
			line.Reasons = append(line.Reasons, joined(" → ", x.words.Reason(why), x.words.Decide(why)))
		}
		kinds = append(kinds, line)
	}
	return kinds
}

// pairedLists names at most so many resources of each list.
func (x *index) pairedLists(most int) []pairedList {
	var lists []pairedList
	for _, l := range []struct {
		heading string
		ids     []string
	}{{"pairing.unmanaged", x.Pairing.Unmanaged}, {"pairing.missing", x.Pairing.Missing}} {
		if len(l.ids) == 0 {
			continue
		}
		list := pairedList{Heading: x.words.Count(l.heading, len(l.ids))}
		for _, id := range l.ids[:min(most, len(l.ids))] {
			list.Subjects = append(list.Subjects, x.subject(id))
		}
		if more := len(l.ids) - most; more > 0 {
			list.Subjects = append(list.Subjects, x.words.Count("label.more", more))
		}
		lists = append(lists, list)
	}
	return lists
}

// disputes lists what code and reality disagree on, each with all observations, once where several promises ask for it.
func (x *index) disputes() []string {
	var all []string
	for i := range x.Measures {
		for _, line := range x.disputesOf(&x.Measures[i]) {
			if !slices.Contains(all, line) {
				all = append(all, line)
			}
		}
	}
	return all
}

func (x *index) disputesOf(m *evidence.MeasureResult) []string {
	lines := make([]string, 0, len(m.Disagreements))
	for _, d := range m.Disagreements {
		var seen []string
		for _, id := range d.Results {
			if r, ok := x.results[id]; ok {
				seen = append(seen, x.subject(r.Fact)+" "+parenthesised(x.words.Level(r.Level)+": "+x.words.Verdict(r.Verdict)))
			}
		}
		lines = append(lines, visible(d.Check)+": "+strings.Join(seen, "; "))
	}
	return lines
}

// levelLines says what each level of evidence alone shows of a promise.
func (x *index) levelLines(m *evidence.MeasureResult) []string {
	lines := make([]string, 0, len(m.Levels))
	for _, l := range m.Levels {
		c := l.Counts
		lines = append(lines, x.words.Text("pairing.level", "level", x.words.Level(l.Level), "verdict", x.words.Verdict(l.Verdict),
			"population", strconv.Itoa(c.Population), "pass", strconv.Itoa(c.Pass), "fail", strconv.Itoa(c.Fail), "unknown", strconv.Itoa(c.Unknown)))
	}
	return lines
}

// How many resources of one list are named in a terminal and in a comment; the JSON and the page have them all.
const (
	namedInTable    = 5
	namedInMarkdown = 20
)

// pairing shows how declared and real belong together, in short.
func (t table) pairing() {
	if t.Pairing == nil {
		return
	}
	t.heading(t.words.Text("heading.pairing"))
	for _, k := range t.pairedKinds() {
		t.put("  · ", k.Line)
		for _, why := range k.Reasons {
			t.styled(dim, "      ", why)
		}
	}
	for _, list := range t.pairedLists(namedInTable) {
		t.put("  ", list.Heading+":")
		for _, s := range list.Subjects {
			t.put("    · ", s)
		}
	}
	if disputes := t.disputes(); len(disputes) > 0 {
		t.put("  ", t.words.Text("pairing.disagree"))
		for _, d := range disputes {
			t.put("    · ", d)
		}
	}
}

// pairing shows how declared and real belong together, folded.
func (m *markdown) pairing() {
	if m.Pairing == nil {
		return
	}
	m.open(m.words.Text("heading.pairing"))
	for _, k := range m.pairedKinds() {
		if m.room(1) {
			m.write("- %s\n", escapeMarkdown(k.Line))
			for _, why := range k.Reasons {
				m.write("  - %s\n", escapeMarkdown(why))
			}
		}
	}
	lists := m.pairedLists(namedInMarkdown)
	if disputes := m.disputes(); len(disputes) > 0 {
		lists = append(lists, pairedList{m.words.Text("pairing.disagree"), disputes})
	}
	for _, list := range lists {
		m.write("\n**%s**\n\n", escapeMarkdown(list.Heading))
		for _, s := range list.Subjects {
			if m.room(1) {
				m.write("- %s\n", codeSpan(s))
			}
		}
	}
	m.shut()
}

// PairedKinds says how declared and real belong together, kind by kind.
func (p *page) PairedKinds() []pairedKind { return p.pairedKinds() }

// PairedLists names all resources that are on one side only.
func (p *page) PairedLists() []pairedList {
	return p.pairedLists(max(len(p.Pairing.Unmanaged), len(p.Pairing.Missing)))
}
