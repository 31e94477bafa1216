package reports

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

func (p *page) row(r *evidence.Result) pageRow {
	row := pageRow{Subject: p.subject(r.Fact), Placeholder: r.Placeholder, Baseline: r.Baseline}
	for _, id := range r.Blames {
		if id != r.Fact {
			row.Blames = append(row.Blames, p.subject(id))
		}
	}
	at := p.positions(r)
	if len(at) == 0 {
		return row
	}
	row.Place = linesOf(at[0])
	if in, ok := p.inputs[at[0].File]; ok && scanned(at[0]) {
		row.File, row.Digest = p.fileRows[in.Path], shortDigest(in.SHA256)
	}
	row.Receipt, row.Excerpt = p.receipt(p.facts[r.Fact], at[0]), p.excerpt(at[0])
	return row
}

// excerpt shows the deciding lines with their numbers, as long as there is room.
func (p *page) excerpt(at evidence.Position) string {
	if at.Excerpt == "" {
		return ""
	}
	text := visibleLines(at.Excerpt)
	if at.StartLine > 0 {
		text = numbered(text, at.StartLine)
	}
	if p.excerpts < len(text) {
		p.Withheld++
		return ""
	}
	p.excerpts -= len(text)
	return text
}

func numbered(text string, first int) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	width := len(fmt.Sprint(first + len(lines)))
	for i := range lines {
		lines[i] = fmt.Sprintf("%*d  %s", width, first+i, lines[i])
	}
	return strings.Join(lines, "\n")
}

// linesOf is a position as a reader of a report sees it: file:first–last.
func linesOf(p evidence.Position) string {
	if p.EndLine > p.StartLine {
		return fmt.Sprintf("%s–%d", where(p), p.EndLine)
	}
	return where(p)
}

// shortDigest is enough of a digest to find the file in the table of files.
func shortDigest(sum string) string { return visible(sum[:min(12, len(sum))]) }

// paragraphs is a clause's text without the line ends of its file: a blank line ends a paragraph, a line that begins an
// item of a list stays a line.
func paragraphs(text string) []string {
	var all []string
	for _, block := range strings.Split(visibleLines(text), "\n\n") {
		var b strings.Builder
		for i, line := range strings.Split(strings.Trim(block, "\n"), "\n") {
			if line = strings.TrimSpace(line); i > 0 && item.MatchString(line) {
				b.WriteString("\n")
			} else if i > 0 {
				b.WriteString(" ")
			}
			b.WriteString(line)
		}
		if b.Len() > 0 {
			all = append(all, b.String())
		}
	}
	return all
}

// item is how a line begins that is an item of a list.
var item = regexp.MustCompile(`^([-*•–]|[0-9a-z]{1,3}[.)]|\([0-9a-z]{1,3}\)) `)
