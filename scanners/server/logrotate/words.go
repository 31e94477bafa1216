package logrotate

import "strings"

// words splits a text as popt does: at blanks, with quotes of both sorts and backslashes. It fails where a quote is not closed.
// https://manpages.debian.org/bookworm/libpopt-dev/popt.3.en.html
func words(text string) ([]string, bool) {
	var all []string
	var word strings.Builder
	var quote byte
	in := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0 && c == '\\' && i+1 < len(text) && text[i+1] == quote:
			i++
			word.WriteByte(text[i])
		case quote != 0:
			word.WriteByte(c)
		case strings.ContainsRune(" \t\n\r\v\f", rune(c)):
			if in && word.Len() > 0 {
				all = append(all, word.String())
			}
			word.Reset()
			in = false
		case c == '"' || c == '\'':
			quote, in = c, true
		case c == '\\' && i+1 < len(text):
			i++
			word.WriteByte(text[i])
			in = true
		default:
			word.WriteByte(c)
			in = true
		}
	}
	if word.Len() > 0 {
		all = append(all, word.String())
	}
	return all, quote == 0
}
