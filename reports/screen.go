package reports

import (
	"bufio"
	"io"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// screen writes lines to a terminal of some width.
type screen struct {
	w     *bufio.Writer
	width int
	color bool
}

// The widths between which a table is set; a screen of unknown width counts as pipeWidth columns.
const (
	minWidth  = 60
	maxWidth  = 140
	pipeWidth = 100
)

func newScreen(w io.Writer, o Options) *screen {
	width := o.Width
	if width == 0 {
		width = pipeWidth
	}
	return &screen{bufio.NewWriter(w), min(max(width, minWidth), maxWidth), o.Color}
}

// style is how a piece of text looks: an ANSI SGR parameter.
type style string

const plain = "\x1b[0m" // ends every style

const (
	bold   style = "1"
	dim    style = "2"
	red    style = "31"
	green  style = "32"
	yellow style = "33"
	cyan   style = "36"
)

func (s *screen) paint(st style, text string) string {
	if !s.color || st == "" || text == "" {
		return text
	}
	return "\x1b[" + string(st) + "m" + text + plain
}

// heading begins a part of the table.
func (s *screen) heading(text string) {
	s.write("\n" + s.paint(bold, text) + "\n")
}

// put writes text wrapped under a lead: the lead stands before the first line, as much space before the others.
func (s *screen) put(lead, text string) { s.styled("", lead, text) }

func (s *screen) styled(st style, lead, text string) {
	indent := strings.Repeat(" ", columns(lead))
	for i, line := range wrap(text, s.width-len(indent)) {
		before := indent
		if i == 0 {
			before = lead
		}
		s.write(before + s.paint(st, line) + "\n")
	}
}

func (s *screen) write(text string) { _, _ = s.w.WriteString(text) } // the error stays in s.w until Flush

// mark is a verdict's sign, so that colour is never the only difference.
func mark(v evidence.Verdict) string {
	switch v {
	case evidence.Pass:
		return "✓"
	case evidence.Fail:
		return "✗"
	case evidence.Waived:
		return "~"
	case evidence.Attested:
		return "•"
	case evidence.Conflict:
		return "≠"
	case evidence.NotApplicable:
		return "–"
	}
	return "?"
}

func hue(v evidence.Verdict) style {
	switch v {
	case evidence.Pass, evidence.Attested:
		return green
	case evidence.Fail, evidence.Conflict:
		return red
	case evidence.NotApplicable:
		return dim
	case evidence.Waived:
		return cyan
	}
	return yellow
}
