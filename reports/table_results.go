package reports

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// errors shows what makes the report unreliable.
func (t table) errors() {
	if len(t.Errors) == 0 {
		return
	}
	t.heading(t.words.Text("heading.errors"))
	for _, e := range t.Errors {
		t.styled(red, "  ! ", t.noted(e))
	}
}

// fails shows every failing result by check: what is demanded, where it does not hold, what to do.
func (t table) fails() {
	groups := t.groups(evidence.Fail)
	if len(groups) == 0 {
		return
	}
	t.heading(t.words.Count("heading.fails", t.count(evidence.Fail)))
	for _, g := range groups {
		t.checkHead(g)
		for _, same := range t.alike(g.results) {
			t.results(same)
		}
		t.put("  → ", t.words.Text("label.remedy", "remedy", t.words.CheckRemedy(g.check)))
	}
}

// checkHead shows the check of a group, and which promises it belongs to.
func (t table) checkHead(g group) {
	t.write("\n")
	t.styled(bold, "", visible(g.check.ID)+"  "+t.words.CheckTitle(g.check))
	parts := []string{t.words.Severity(g.check.Severity)}
	for _, p := range promisesOf(g.results) {
		parts = append(parts, joined(" ", t.words.Measure(t.measureOf(p)), parenthesised(t.clausesOf(p))))
	}
	t.styled(dim, "  ", strings.Join(parts, " · "))
}

// alike puts results that say the same together, in the order of the first of them.
func (t table) alike(results []*evidence.Result) [][]*evidence.Result {
	places := map[string]int{}
	var groups [][]*evidence.Result
	for _, r := range results {
		key := strings.Join(t.sentences(r.Reasons), "\n")
		if r.Waiver != nil {
			key += "\n" + t.waiver(*r.Waiver)
		}
		i, ok := places[key]
		if !ok {
			i = len(groups)
			places[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// results shows results that say the same: each with its place, then what they say.
func (t table) results(same []*evidence.Result) {
	for _, r := range same {
		t.put(t.paint(hue(r.Verdict), "  "+mark(r.Verdict))+" ", t.subject(r.Fact))
		if at := t.decidedAt(r); at != "" {
			t.styled(cyan, "    ", at)
		}
		for _, id := range r.Blames {
			if id != r.Fact {
				t.put("      · ", t.subject(id))
			}
		}
		if r.Baseline {
			t.styled(dim, "    ", t.words.Text("label.in_baseline"))
		}
	}
	for _, s := range t.sentences(same[0].Reasons) {
		t.put("    ", s)
	}
	if w := same[0].Waiver; w != nil {
		t.put("    ", t.waiver(*w))
	}
}

// examples is how many subjects are named for one reason; all are in the other formats.
const examples = 3

// unassessed shows why things were not assessed, how many, and what would decide them.
func (t table) unassessed() {
	blanks := t.blanks()
	if len(blanks) == 0 {
		return
	}
	t.heading(t.words.Count("heading.unknown", t.count(evidence.Unknown)))
	t.styled(dim, "", t.words.Text("explain.unknown"))
	for _, b := range blanks {
		t.write("\n")
		t.put(t.paint(yellow, "  ?")+" ", t.blankHead(b))
		for _, line := range t.blankLines(b) {
			t.put("    ", line)
		}
		if b.Settles != "" {
			t.put("  → ", t.words.Text("label.decide", "decide", b.Settles))
		}
	}
	t.permissions()
}

// permissions shows the policies that would let more be decided.
func (t table) permissions() {
	for _, m := range t.MissingPermissions {
		t.write("\n")
		t.put("  → ", t.words.Count("label.permissions", m.Results, "account", visible(m.Account)))
		for line := range strings.Lines(PermissionPolicy(m.Actions)) {
			t.write("    " + visible(strings.TrimRight(line, "\n")) + "\n")
		}
	}
}

func (x *index) blankHead(b blank) string {
	switch {
	case b.Gap:
		return x.words.Text("label.not_read") + " " + b.Why
	case len(b.Results) > 0:
		return b.Why + " " + parenthesised(x.words.Count("count.results", len(b.Results)))
	}
	return b.Why + " " + parenthesised(x.words.Count("count.promises", len(b.Promises)))
}

// blankLines names some of what a reason left open.
func (x *index) blankLines(b blank) []string {
	var lines []string
	for i, p := range b.At {
		if i == examples {
			return append(lines, x.words.Count("label.more", len(b.At)-i))
		}
		lines = append(lines, where(p))
	}
	if len(b.Promises) > 0 {
		lines = append(lines, strings.Join(b.Promises, "; "))
	}
	for i, r := range b.Results {
		if i == examples {
			return append(lines, x.words.Count("label.more", len(b.Results)-i))
		}
		lines = append(lines, joined(" · ", x.subject(r.Fact), x.decidedAt(r), visible(r.Check)))
	}
	return lines
}

// waived shows which fails somebody has accepted, who, why and until when.
func (t table) waived() {
	groups := t.groups(evidence.Waived)
	if len(groups) == 0 {
		return
	}
	t.heading(t.words.Count("heading.waived", t.count(evidence.Waived)))
	for _, g := range groups {
		t.checkHead(g)
		for _, same := range t.alike(g.results) {
			t.results(same)
		}
	}
}

// promisesOf lists the promises of results in their order, each once.
func promisesOf(results []*evidence.Result) []string {
	var promises []string
	seen := map[string]bool{}
	for _, r := range results {
		if !seen[r.Promise] {
			seen[r.Promise] = true
			promises = append(promises, r.Promise)
		}
	}
	return promises
}

func parenthesised(text string) string {
	if text == "" {
		return ""
	}
	return "(" + text + ")"
}

// joined joins the parts that are not empty.
func joined(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), separator)
}
