// Package reports turns a judged run into bytes: for people a table, a web page and a pull-request comment, for
// machines JSON, SARIF and JUnit. Renderers only read the report; they look nothing up, reach no network, and give the
// same bytes for the same report.
//
// Whatever comes from scanned code is hostile until shown otherwise: it reaches a page escaped, and a terminal without
// control characters.
package reports

import (
	"io"

	"github.com/tomscan/tomscan/evidence"
)

// Options say how a report is shown. Only the table looks at Width and Color.
type Options struct {
	Words Words // the reader's language; the zero Words are English
	Width int   // columns of the terminal; 0 where there is none, which means 100
	Color bool  // whether the terminal understands colour
}

// Renderer writes a report to w in one format. An error is that of w.
type Renderer func(w io.Writer, r evidence.Report, o Options) error

// Format is one way of showing a report. Name is what `-o` takes; Extension, with its dot, is what files of the format
// are commonly called.
type Format struct {
	Name      string
	Extension string
	Render    Renderer
}

// Formats lists every format there is, sorted by name.
func Formats() []Format {
	return []Format{
		{"html", ".html", HTML},
		{"json", ".json", JSON},
		{"junit", ".xml", JUnit},
		{"markdown", ".md", Markdown},
		{"sarif", ".sarif", SARIF},
		{"table", ".txt", Table},
	}
}

// words returns the words to use: English where none were chosen.
func (o Options) words() Words {
	if o.Words.texts == nil {
		return english()
	}
	return o.Words
}
