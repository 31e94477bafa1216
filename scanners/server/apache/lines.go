package apache

import "strings"

// line is a line of a file with those that continue it.
type line struct {
	text        string
	first, last int // numbers in the file
}

// lineLimit bounds one line: httpd itself takes 16 MiB.
const lineLimit = 1 << 20

// logical splits a file into lines. A backslash at the end of a line continues it, in comments too, and with another backslash in front.
// https://httpd.apache.org/docs/2.4/configuring.html#syntax
func logical(data string) []line {
	var all []line
	var whole strings.Builder
	start := 0
	parts := strings.Split(data, "\n")
	for n, part := range parts {
		if start == 0 {
			start = n + 1
		}
		ended := n < len(parts)-1 // a last line without an end continues nothing
		part = strings.TrimSuffix(part, "\r")
		cut, slash := strings.CutSuffix(part, `\`)
		if ended && slash && whole.Len() < lineLimit {
			whole.WriteString(cut)
			continue
		}
		whole.WriteString(part)
		all = append(all, line{strings.Trim(whole.String(), blanks), start, n + 1})
		whole.Reset()
		start = 0
	}
	if whole.Len() > 0 {
		all = append(all, line{strings.Trim(whole.String(), blanks), start, len(parts)})
	}
	return all
}

// blanks are what httpd's isspace takes.
const blanks = " \t\n\v\f\r"

// word takes the first word from a text, and returns what follows it. Quotes of both sorts keep blanks; a backslash stands before a quote
// or another backslash.
func word(text string) (first, rest string) {
	text = strings.TrimLeft(text, blanks)
	if text == "" {
		return "", ""
	}
	if text[0] != '"' && text[0] != '\'' {
		end := strings.IndexAny(text, blanks)
		if end < 0 {
			end = len(text)
		}
		return strings.ReplaceAll(text[:end], `\\`, `\`), strings.TrimLeft(text[end:], blanks)
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && (text[i+1] == text[0] || text[i+1] == '\\'):
			i++
			b.WriteByte(text[i])
		case text[i] == text[0]:
			return b.String(), strings.TrimLeft(text[i+1:], blanks)
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String(), ""
}

// words splits a text into words.
func words(text string) []string {
	var all []string
	for text = strings.TrimLeft(text, blanks); text != ""; {
		var first string
		first, text = word(text)
		all = append(all, first)
	}
	return all
}
