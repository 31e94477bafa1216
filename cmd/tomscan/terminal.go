package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// pipeWidth is the width, in columns, of what goes to a file or a pipe.
const pipeWidth = 120

// terminal returns the file descriptor of w when it is a terminal.
func terminal(w io.Writer) (int, bool) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	return int(f.Fd()), true
}

// width returns the columns of the terminal that w is, or pipeWidth.
func (p *program) width(w io.Writer) int {
	if fd, ok := terminal(w); ok {
		if columns, _, err := term.GetSize(fd); err == nil && columns > 0 {
			return columns
		}
	}
	return pipeWidth
}

// colour says whether w takes colour: a terminal, without --no-color and NO_COLOR (https://no-color.org) and TERM=dumb.
func (p *program) colour(w io.Writer) bool {
	_, ok := terminal(w)
	return ok && !p.noColor && p.env["NO_COLOR"] == "" && p.env["TERM"] != "dumb"
}

// progress shows on a terminal what is being done; elsewhere, in CI above all, it is silent. The empty text clears it.
func (p *program) progress(text string) {
	if _, ok := terminal(p.stderr); !ok || p.quiet || p.env["CI"] != "" {
		return
	}
	const clear = "\r\x1b[K"
	_, _ = io.WriteString(p.stderr, clear+text)
}
