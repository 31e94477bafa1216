package reports

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// attested shows what persons have declared.
func (t table) attested() {
	if len(t.Annex.Attestations) == 0 {
		return
	}
	t.heading(t.words.Text("heading.attested"))
	for _, a := range t.Annex.Attestations {
		t.put("  • ", t.attestation(a))
	}
}

func (x *index) attestation(a evidence.Attestation) string {
	text := x.words.Text("label.attestation", "measure", x.words.Measure(a.Measure), "by", visible(a.By), "role", visible(a.Role),
		"date", visible(a.Date), "expires", visible(a.Expires), "reference", visible(a.Reference))
	if a.Expired {
		text += " " + parenthesised(x.words.Text("label.expired"))
	}
	return text
}

// notes shows warnings, what the configuration leaves out, and what was seen outside the promises.
func (t table) notes() {
	notes := t.noteLines()
	if len(notes) == 0 {
		return
	}
	t.heading(t.words.Text("heading.notes"))
	for _, n := range notes {
		t.put("  · ", n)
	}
}

func (x *index) noteLines() []string {
	var notes []string
	for _, w := range x.Warnings {
		if note := x.noted(w); !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	for _, e := range x.Exclusions {
		notes = append(notes, x.exclusion(e))
	}
	if line := x.callsLine(); line != "" {
		notes = append(notes, line)
	}
	if x.Run.FailOn != "" {
		notes = append(notes, x.words.Text("label.fail_on", "severity", x.words.Severity(x.Run.FailOn)))
	}
	if x.Run.Baseline != "" {
		notes = append(notes, x.words.Text("label.baseline"))
	}
	if n := len(x.Observed); n > 0 {
		notes = append(notes, x.words.Count("label.observed", n))
	}
	if n := x.unspoken(); n > 0 {
		notes = append(notes, x.words.Count("label.unspoken", n))
	}
	return notes
}

// noted is a warning with the place that it is about.
func (x *index) noted(w evidence.Warning) string {
	text := x.words.Reason(w.Reason)
	if w.At != nil && w.At.File != "" {
		text = where(*w.At) + ": " + text
	}
	return text
}

func (x *index) exclusion(e evidence.Exclusion) string {
	return x.words.Count("label.excluded", e.Count, "facts", visible(e.Facts), "reason", visible(e.Reason))
}

func (x *index) waiver(w evidence.Waiver) string {
	return x.words.Text("label.waiver", "owner", visible(w.Owner), "until", visible(w.Expires), "ticket", visible(w.Ticket),
		"reason", visible(w.Reason))
}

// unspoken counts the measures that nothing in the run speaks of, where the catalogue is the yardstick.
func (x *index) unspoken() int {
	if !x.Annex.FromCatalogue() {
		return 0
	}
	n := 0
	for i := range x.Measures {
		if !spoken(&x.Measures[i]) {
			n++
		}
	}
	return n
}

// closing is the verdict in plain words.
func (t table) closing() {
	v, text := t.conclusion()
	t.write("\n")
	t.styled(bold+";"+hue(v), t.paint(bold+";"+hue(v), mark(v))+" ", text)
}

// conclusion sums a report up: the worst verdict and a sentence with the number not assessed.
func (x *index) conclusion() (evidence.Verdict, string) {
	n, noun := x.tally(), "clause"
	if x.Annex.FromCatalogue() {
		noun = "measure"
	}
	total := 0
	for _, c := range n {
		total += c
	}
	failing, open := n[evidence.Fail]+n[evidence.Conflict], n[evidence.Unknown]
	v, key := evidence.Pass, "conclusion.pass."
	switch {
	case len(x.Errors) > 0:
		v, key = evidence.Unknown, "conclusion.error."
	case failing > 0:
		v, key = evidence.Fail, "conclusion.fail."
	case open > 0 || total == 0:
		v, key = evidence.Unknown, "conclusion.unknown."
	}
	sentences := []string{x.words.Text(key+noun, "n", strconv.Itoa(failing), "total", strconv.Itoa(total))}
	if open > 0 {
		sentences = append(sentences, x.words.Text("conclusion.open."+noun, "n", strconv.Itoa(open), "total", strconv.Itoa(total)))
	}
	if results := x.count(evidence.Unknown); results > 0 {
		sentences = append(sentences, x.words.Count("conclusion.open_results", results))
	}
	return v, strings.Join(sentences, " ")
}
