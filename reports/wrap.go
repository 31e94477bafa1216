package reports

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// wrap breaks text into lines of at most width columns: between words, and inside a word that is longer than a line
// after a separator of addresses and paths. It never returns fewer than one line.
func wrap(text string, width int) []string {
	width = max(width, 8)
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(text) {
		for _, part := range pieces(word, width) {
			w := columns(part)
			switch {
			case line == "":
				line, used = part, w
			case used+1+w <= width:
				line, used = line+" "+part, used+1+w
			default:
				lines = append(lines, line)
				line, used = part, w
			}
		}
	}
	return append(lines, line)
}

// pieces cuts a word into parts of at most width columns.
func pieces(word string, width int) []string {
	if columns(word) <= width {
		return []string{word}
	}
	var parts []string
	for columns(word) > width {
		n := cut(word, width)
		parts = append(parts, word[:n])
		word = word[n:]
	}
	if word != "" {
		parts = append(parts, word)
	}
	return parts
}

// cut returns how many bytes of a word fit into width columns, preferably up to and with a separator in the second half.
func cut(word string, width int) int {
	fits, atSeparator := 0, 0
	g := displaywidth.StringGraphemes(word)
	for used := 0; g.Next(); {
		used += g.Width()
		if used > width {
			break
		}
		fits += len(g.Value())
		if strings.Contains("./:-_@],;=", g.Value()) && used > width/2 {
			atSeparator = fits
		}
	}
	switch {
	case atSeparator > 0:
		return atSeparator
	case fits > 0:
		return fits
	}
	return len(word)
}

// columns is how wide a text is on a terminal.
func columns(text string) int { return displaywidth.Options{ControlSequences: true}.String(text) }
