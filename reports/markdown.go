package reports

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// markdownLimit is how long a comment gets, in bytes: GitHub and GitLab refuse comments of more than 65,536 characters.
const markdownLimit = 60000

// Markdown writes a short report for a pull request's comment or a pipeline's summary: the verdict, the promises in a
// table, and the rest folded. It stays under what GitHub takes as one comment, and says so where it had to leave out.
func Markdown(w io.Writer, r evidence.Report, o Options) error {
	m := &markdown{index: newIndex(r, o.words())}
	m.head()
	m.promises()
	m.errors()
	m.fails()
	m.unassessed()
	m.waived()
	m.pairing()
	m.notes()
	m.foot()
	_, err := w.Write(m.b.Bytes())
	return err
}

type markdown struct {
	*index
	b       bytes.Buffer
	omitted int // entries that the limit left out
}

func (m *markdown) write(format string, args ...any) { fmt.Fprintf(&m.b, format, args...) }

func (m *markdown) head() {
	v, sentence := m.conclusion()
	m.write("## %s %s: %s\n\n", mark(v), escapeMarkdown(m.Tool.Name), escapeMarkdown(m.annexTitle()))
	m.write("**%s**\n\n", escapeMarkdown(sentence))
}

func (x *index) annexTitle() string {
	if x.Annex.FromCatalogue() {
		return x.words.Text("head.catalogue")
	}
	return x.annexName()
}

// promises is the table of clauses; what each consists of is folded. Without an annex it is the table of measures.
func (m *markdown) promises() {
	rows := m.summary()
	clauses := slices.DeleteFunc(slices.Clone(rows), func(r summaryRow) bool { return r.Nested })
	m.grid(clauses)
	if len(clauses) == len(rows) {
		return
	}
	m.open(m.words.Text("column.promise"))
	m.grid(rows)
	m.shut()
}

func (m *markdown) grid(rows []summaryRow) {
	heads := []string{m.subjectColumn(), m.words.Text("column.verdict")}
	for _, c := range countColumns() {
		heads = append(heads, m.words.Text("count."+c))
	}
	m.write("| %s |\n|:--|:--|%s\n", strings.Join(heads, " | "), strings.Repeat("--:|", len(heads)-2))
	for _, r := range rows {
		name := escapeMarkdown(r.Name)
		switch {
		case r.Clause:
			name = "**" + name + "**"
		case r.Nested:
			name = "&emsp;" + name
		}
		m.write("| %s | %s %s | %s |\n", name, mark(r.Verdict), m.words.Verdict(r.Verdict), strings.Join(r.Numbers(), " | "))
	}
	m.write("\n")
}

// countColumns are the columns of numbers, in their order.
func countColumns() []string { return []string{"population", "pass", "fail", "unknown", "waived"} }

func (m *markdown) errors() {
	for _, e := range m.Errors {
		m.write("> **%s** %s\n\n", m.words.Text("heading.errors"), escapeMarkdown(m.noted(e)))
	}
}

func (m *markdown) fails() {
	m.fold(evidence.Fail, "heading.fails", true)
}

func (m *markdown) waived() {
	m.fold(evidence.Waived, "heading.waived", false)
}

// fold writes the results with a verdict by check, below a line that opens and closes them.
func (m *markdown) fold(v evidence.Verdict, heading string, remedies bool) {
	groups := m.groups(v)
	if len(groups) == 0 {
		return
	}
	m.open(m.words.Count(heading, m.count(v)))
	for _, g := range groups {
		if !m.room(len(g.results)) {
			continue
		}
		m.write("**%s %s** · %s\n\n", codeSpan(g.check.ID), escapeMarkdown(m.words.CheckTitle(g.check)), m.words.Severity(g.check.Severity))
		for _, r := range g.results {
			if m.room(1) {
				m.result(r)
			}
		}
		if remedies {
			m.write("\n→ %s\n", escapeMarkdown(m.words.CheckRemedy(g.check)))
		}
		m.write("\n")
	}
	m.shut()
}

func (m *markdown) result(r *evidence.Result) {
	m.write("- %s", codeSpan(m.subject(r.Fact)))
	if at := m.decidedAt(r); at != "" {
		m.write(" %s", codeSpan(at))
	}
	for _, s := range m.sentences(r.Reasons) {
		m.write("  \n  %s", escapeMarkdown(s))
	}
	if r.Waiver != nil {
		m.write("  \n  %s", escapeMarkdown(m.waiver(*r.Waiver)))
	}
	m.write("\n")
}

func (m *markdown) unassessed() {
	blanks := m.blanks()
	if len(blanks) == 0 {
		return
	}
	m.open(m.words.Count("heading.unknown", m.count(evidence.Unknown)))
	m.write("%s\n\n", escapeMarkdown(m.words.Text("explain.unknown")))
	for _, b := range blanks {
		if !m.room(1) {
			continue
		}
		m.write("- %s\n", escapeMarkdown(m.blankHead(b)))
		for _, line := range m.blankLines(b) {
			m.write("  - %s\n", codeSpan(line))
		}
		if b.Settles != "" {
			m.write("  - → %s\n", escapeMarkdown(b.Settles))
		}
	}
	m.permissions()
	m.shut()
}

// permissions shows the policies that would let more be decided.
func (m *markdown) permissions() {
	for _, p := range m.MissingPermissions {
		if m.room(1) {
			m.write("\n%s\n\n```json\n%s\n```\n", escapeMarkdown(m.words.Count("label.permissions", p.Results, "account", visible(p.Account))),
				visibleLines(PermissionPolicy(p.Actions)))
		}
	}
}

func (m *markdown) notes() {
	notes := m.noteLines()
	if len(notes) == 0 {
		return
	}
	m.open(m.words.Text("heading.notes"))
	for _, n := range notes {
		if m.room(1) {
			m.write("- %s\n", escapeMarkdown(n))
		}
	}
	m.shut()
}

func (m *markdown) foot() {
	if m.omitted > 0 {
		m.write("%s\n\n", escapeMarkdown(m.words.Count("label.omitted", m.omitted)))
	}
	m.write("<sub>%s %s · %s · %s</sub>\n", escapeMarkdown(m.Tool.Name), escapeMarkdown(m.Tool.Version), escapeMarkdown(m.Run.At),
		escapeMarkdown(m.words.Text("statement.self_assessment")))
}

func (m *markdown) open(summary string) {
	m.write("<details>\n<summary>%s</summary>\n\n", escapeMarkdown(summary))
}

func (m *markdown) shut() { m.write("\n</details>\n\n") }

// room says whether there is room for more; where there is none, n entries are counted as left out.
func (m *markdown) room(n int) bool {
	if m.b.Len() < markdownLimit-2000 {
		return true
	}
	m.omitted += n
	return false
}
