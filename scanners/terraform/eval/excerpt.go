package eval

import "strings"

// The bounds of an excerpt.
const (
	excerptLines = 3
	excerptWidth = 200
)

// span is a range of bytes.
type span struct{ start, end int32 }

// excerpt returns the first lines of a range with every text that might be a secret replaced by "***". It rather
// replaces too much: what stays are names, numbers, references, and short texts that look like a setting.
func (s *source) excerpt(r span) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if text, ok := s.excerpts[r]; ok {
		return text
	}
	if s.excerpts == nil {
		s.excerpts = map[span]string{}
	}
	s.excerpts[r] = s.cut(r)
	return s.excerpts[r]
}

// cut makes an excerpt.
func (s *source) cut(r span) string {
	if r.start < 0 || int(r.start) >= len(s.text) || r.end < r.start {
		return ""
	}
	text := s.text[r.start:min(int(r.end), len(s.text))]
	if s.values {
		line, _, _ := strings.Cut(string(text), "\n")
		return identifier(keyOf(line)) + " = " + hidden
	}
	lines := strings.SplitN(string(text), "\n", excerptLines+1)
	more := len(lines) > excerptLines
	lines = lines[:min(len(lines), excerptLines)]
	c := &censor{outer: sensitiveName(keyOf(lines[0]))}
	var out []string
	for _, line := range lines {
		if clean, ok := c.line(strings.TrimRight(line, "\r")); ok {
			out = append(out, shorten(strings.TrimRight(clean, " \t")))
		}
	}
	if more {
		out[len(out)-1] = shorten(out[len(out)-1] + " …")
	}
	return strings.Join(out, "\n")
}

// shorten bounds the width of a line.
func shorten(line string) string {
	runes := []rune(line)
	if len(runes) <= excerptWidth {
		return line
	}
	return string(runes[:excerptWidth-1]) + "…"
}

// keyOf returns the name before the first = or : of a line, without quotes; "" when there is none.
func keyOf(line string) string {
	line = strings.TrimLeft(line, " \t{[(,")
	if quoted, ok := strings.CutPrefix(line, `"`); ok {
		key, rest, found := strings.Cut(quoted, `"`)
		rest = strings.TrimSpace(rest)
		if found && (strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, ":")) {
			return key
		}
		return ""
	}
	i := strings.IndexFunc(line, func(r rune) bool {
		return r != '_' && r != '-' && r != '.' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if i <= 0 {
		return ""
	}
	rest := strings.TrimSpace(line[i:])
	if strings.HasPrefix(rest, "=") && !strings.HasPrefix(rest, "==") || strings.HasPrefix(rest, ":") {
		return line[:i]
	}
	return ""
}
