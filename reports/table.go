package reports

import (
	"io"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// Table writes a report for a terminal: the promises with their counts, then what fails and what to do about it, then
// what was not assessed and what would decide it, and at the end the verdict in a sentence. It needs no manual.
func Table(w io.Writer, r evidence.Report, o Options) error {
	t := table{newScreen(w, o), newIndex(r, o.words())}
	t.head()
	if err := t.promises(); err != nil {
		return err
	}
	t.errors()
	t.fails()
	t.unassessed()
	t.waived()
	t.attested()
	t.pairing()
	t.notes()
	t.closing()
	return t.w.Flush()
}

type table struct {
	*screen
	*index
}

// head says what was looked at, by what yardstick, and that this is no audit.
func (t table) head() {
	tool := visible(strings.TrimSpace(t.Tool.Name + " " + t.Tool.Version))
	t.write(t.paint(bold, tool) + "\n")
	t.styled(dim, "", t.words.Text("statement.self_assessment"))
	t.write("\n")
	rows := t.headRows()
	lead := 0
	for _, r := range rows {
		lead = max(lead, columns(r[0]))
	}
	for _, r := range rows {
		t.put(pad(r[0], lead)+"  ", r[1])
	}
}

func (t table) headRows() [][2]string {
	rows := [][2]string{{t.words.Text("head.annex"), t.annexName()}}
	if p := t.parties(); p != "" {
		rows = append(rows, [2]string{t.words.Text("head.parties"), p})
	}
	return append(rows,
		[2]string{t.words.Text("head.looked_at"), t.lookedAt()},
		[2]string{t.words.Text("head.time"), visible(t.Run.At)})
}

func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-columns(text)))
}
