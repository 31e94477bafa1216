package eval

import "strings"

// hidden stands for a text that an excerpt does not show.
const hidden = "***"

// censor replaces what might be secret in the lines of one range, one after the other.
type censor struct {
	outer   bool   // the range is a sensitive attribute
	heredoc string // the word that ends the heredoc that the next line is in
	shown   bool   // the heredoc has been shown as hidden
	comment bool   // within a block comment
}

// line returns a line without secrets and comments; ok is false for one that is not to be shown at all.
func (c *censor) line(line string) (clean string, ok bool) {
	if c.heredoc != "" {
		if strings.TrimSpace(line) == c.heredoc {
			c.heredoc, c.shown = "", false
			return line, true
		}
		first := !c.shown
		c.shown = true
		return hidden, first
	}
	var out strings.Builder
	secret := c.outer || sensitiveName(keyOf(line))
	for i := 0; i < len(line); {
		rest := line[i:]
		switch {
		case c.comment:
			end := strings.Index(rest, "*/")
			if end < 0 {
				return out.String(), strings.TrimSpace(out.String()) != ""
			}
			c.comment = false
			i += end + 2
		case rest[0] == '#' || strings.HasPrefix(rest, "//"):
			return out.String(), strings.TrimSpace(out.String()) != ""
		case strings.HasPrefix(rest, "/*"):
			c.comment = true
			i += 2
		case strings.HasPrefix(rest, "<<"):
			c.heredoc = strings.Trim(strings.TrimSpace(strings.TrimLeft(rest, "<-~")), `"`)
			return out.String() + "<<" + identifier(c.heredoc), true
		case rest[0] == '"':
			n := quotedLength(rest)
			out.WriteString(censorQuoted(rest[:n], secret, strings.TrimSpace(rest[n:])))
			i += n
		default:
			n := plainLength(rest)
			out.WriteString(censorPlain(rest[:n], secret))
			i += n
		}
	}
	return out.String(), true
}

// quotedLength returns how long the quoted text at the start of a line is; it reaches to the end when it is not closed.
func quotedLength(line string) int {
	depth := 0
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case strings.HasPrefix(line[i:], "${") || strings.HasPrefix(line[i:], "%{"):
			depth++
			i++
		case depth > 0 && line[i] == '}':
			depth--
		case depth > 0 && line[i] == '"':
			i += quotedLength(line[i:]) - 1
		case line[i] == '"':
			return i + 1
		}
	}
	return len(line)
}

// plainLength returns how long the word, or the run of other characters, at the start of a line is.
func plainLength(line string) int {
	if isWord(line[0]) {
		for i := 1; i < len(line); i++ {
			if !isWord(line[i]) && line[i] != '.' {
				return i
			}
		}
		return len(line)
	}
	for i := 1; i < len(line); i++ {
		if isWord(line[i]) || strings.IndexByte(`"#/<`, line[i]) >= 0 {
			return i
		}
	}
	return len(line)
}

func isWord(b byte) bool {
	return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= 0x80
}

// censorPlain returns a word or some punctuation: numbers may be secret too.
func censorPlain(word string, secret bool) string {
	if word[0] >= '0' && word[0] <= '9' && (secret || len(word) > 12) {
		return hidden
	}
	return word
}

// censorQuoted returns a quoted text, or *** in quotes. A key, which = or : follows, is judged as if it was not secret.
func censorQuoted(quoted string, secret bool, after string) string {
	isKey := strings.HasPrefix(after, ":") || strings.HasPrefix(after, "=") && !strings.HasPrefix(after, "==")
	inner := strings.TrimPrefix(quoted, `"`)
	closed := strings.HasSuffix(inner, `"`) && len(quoted) > 1
	inner = strings.TrimSuffix(inner, `"`)
	if !closed || !harmlessTemplate(inner, secret && !isKey) {
		return `"` + hidden + `"`
	}
	return quoted
}

// harmlessTemplate says whether a text with interpolations may be shown: the text between them is harmless, and they
// only name things.
func harmlessTemplate(text string, secret bool) bool {
	for {
		before, rest, found := strings.Cut(text, "${")
		if before != "" && (secret || !harmless(before)) {
			return false
		}
		if !found {
			return true
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || strings.ContainsAny(name, `"{\`) {
			return false
		}
		text = after
	}
}
