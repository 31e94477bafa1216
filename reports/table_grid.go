package reports

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// promises sets the table of clauses and measures.
func (t table) promises() error {
	t.heading(t.yardstick())
	rows := [][]string{t.columnHeads()}
	summary := t.summary()
	for _, r := range summary {
		rows = append(rows, t.cells(r))
	}
	t.fitNames(rows)
	var set bytes.Buffer
	grid := tablewriter.NewTable(&set, gridOptions(len(rows[0]))...)
	grid.Header(rows[0])
	if err := errors.Join(grid.Bulk(rows[1:]), grid.Render()); err != nil {
		return err
	}
	for line := range strings.Lines(set.String()) {
		t.write(trimmed(strings.TrimSuffix(line, "\n")) + "\n")
	}
	if t.narrow() {
		t.legend(summary)
	}
	return nil
}

// trimmed is a line without the space at its end, also where the end of a colour stands in it.
func trimmed(line string) string {
	text, end := strings.TrimRight(line, " "), ""
	for strings.HasSuffix(text, plain) {
		text, end = strings.TrimRight(strings.TrimSuffix(text, plain), " "), plain
	}
	return text + end
}

// narrow says whether the screen has no room for verdicts in words.
func (t table) narrow() bool { return t.width < 72 }

// legend says in words what the signs of the table mean.
func (t table) legend(rows []summaryRow) {
	var signs []string
	for _, v := range allVerdicts() {
		if slices.ContainsFunc(rows, func(r summaryRow) bool { return r.Verdict == v }) {
			signs = append(signs, mark(v)+" "+t.words.Verdict(v))
		}
	}
	t.styled(dim, "", strings.Join(signs, ", "))
}

// fitNames breaks the names of the first column so that the table fits the screen.
func (t table) fitNames(rows [][]string) {
	rest := t.width + len(gap) // none stands after the last column
	for c := 1; c < len(rows[0]); c++ {
		widest := 0
		for _, r := range rows {
			for line := range strings.Lines(r[c]) {
				widest = max(widest, columns(strings.TrimSpace(line)))
			}
		}
		rest -= widest + len(gap)
	}
	for i, r := range rows {
		indent := r[0][:len(r[0])-len(strings.TrimLeft(r[0], " "))]
		lines := wrap(r[0], rest-len(gap)-len(indent))
		for n := range lines {
			lines[n] = indent + t.paint(nameStyle(i, indent), lines[n])
		}
		r[0] = strings.Join(lines, "\n")
	}
}

// nameStyle makes the names of clauses stand out from those of their measures.
func nameStyle(row int, indent string) style {
	if row > 0 && indent == "" {
		return bold
	}
	return ""
}

// gap stands between two columns.
const gap = "  "

// gridOptions are those of a table of a name, a verdict and numbers, with nothing but a line under its head.
func gridOptions(cells int) []tablewriter.Option {
	align := slices.Repeat([]tw.Align{tw.AlignRight}, cells)
	align[0], align[1] = tw.AlignLeft, tw.AlignLeft
	padding := slices.Repeat([]tw.Padding{{Left: tw.Empty, Right: gap, Overwrite: true}}, cells)
	padding[cells-1] = tw.PaddingNone
	return []tablewriter.Option{
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone,
			Symbols: tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{
				Separators: tw.SeparatorsNone,
				Lines:      tw.Lines{ShowTop: tw.Off, ShowBottom: tw.Off, ShowHeaderLine: tw.On, ShowFooterLine: tw.Off},
			},
		})),
		tablewriter.WithHeaderPaddingPerColumn(padding),
		tablewriter.WithRowPaddingPerColumn(padding),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAutoWrap(tw.WrapNone),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithAlignment(align),
		tablewriter.WithHeaderAlignmentConfig(tw.CellAlignment{PerColumn: align}),
	}
}

func (t table) columnHeads() []string {
	heads := []string{t.subjectColumn(), t.words.Text("column.verdict")}
	if t.narrow() {
		heads[1] = ""
	}
	for _, c := range countColumns() {
		heads = append(heads, strings.ReplaceAll(t.words.Text("column."+c), "|", "\n"))
	}
	return heads
}

func (t table) cells(r summaryRow) []string {
	name := r.Name
	if r.Nested {
		name = "  " + name
	}
	verdict := mark(r.Verdict)
	if !t.narrow() {
		verdict += " " + t.words.Verdict(r.Verdict)
	}
	cells := []string{name, t.paint(hue(r.Verdict), verdict)}
	for i, text := range r.Numbers() {
		switch {
		case text == "0" || text == "–":
			text = t.paint(dim, text)
		case i == 2:
			text = t.paint(red, text)
		case i == 3:
			text = t.paint(yellow, text)
		}
		cells = append(cells, text)
	}
	return cells
}
