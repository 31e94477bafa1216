// Package mail reads what mail transfer agents do with TLS: Exim by what it says itself, Postfix by its main.cf and master.cf.
package mail

import (
	"net/netip"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Exim are the options that `exim -bP` prints, and those of its transports by their names.
type Exim struct {
	Options    map[string]string
	Transports map[string]map[string]string
}

// ReadExim reads what `exim -bP` and `exim -bP transports` printed: `name = value`, or the name of a switch alone, which no_ turns off.
// https://www.exim.org/exim-html-current/doc/html/spec_html/ch-the_exim_command_line.html (-bP)
func ReadExim(main, transports []byte) Exim {
	e := Exim{Options: map[string]string{}, Transports: map[string]map[string]string{}}
	for line := range strings.Lines(string(main)) {
		option(e.Options, line)
	}
	var current map[string]string
	for line := range strings.Lines(string(transports)) {
		if name, ok := strings.CutSuffix(strings.TrimSpace(line), " transport:"); ok {
			current = map[string]string{}
			e.Transports[name] = current
			continue
		}
		if current != nil {
			option(current, line)
		}
	}
	return e
}

func option(into map[string]string, line string) {
	line = strings.TrimRight(line, "\r\n")
	name, value, ok := strings.Cut(line, " = ")
	switch {
	case ok:
		into[strings.TrimSpace(name)] = strings.TrimSpace(value)
	case strings.HasSuffix(line, " ="):
		into[strings.TrimSpace(strings.TrimSuffix(line, "="))] = ""
	case strings.HasPrefix(line, "no_"):
		into[strings.TrimPrefix(line, "no_")] = "no"
	case line != "" && !strings.ContainsAny(line, " :"):
		into[line] = "yes"
	}
}

// Local says whether all addresses of a list of Exim's are loopback. A list may name its separator first: `<; 127.0.0.1 ; ::1`.
// https://www.exim.org/exim-html-current/doc/html/spec_html/ch-file_and_database_lookups.html (lists)
func (e Exim) Local() bool {
	text, ok := e.Options["local_interfaces"]
	if !ok || text == "" {
		return false
	}
	separator := ":"
	if rest, ok := strings.CutPrefix(text, "<"); ok && rest != "" {
		separator, text = rest[:1], rest[1:]
	}
	for item := range strings.SplitSeq(text, separator) {
		item = strings.Trim(strings.TrimSpace(item), "[]")
		if item == "" {
			continue
		}
		if host, _, ok := strings.Cut(item, "]"); ok {
			item = strings.Trim(host, "[]")
		}
		if a, err := netip.ParseAddr(item); err != nil || !a.IsLoopback() {
			return false
		}
	}
	return true
}

// Postfix are the parameters of a main.cf, with its version where it is known.
type Postfix struct {
	Parameters map[string]Parameter
	File       string
}

// Parameter is one assignment.
type Parameter struct {
	Value string
	File  string
	Line  int
}

// ReadPostfix reads a main.cf: lines that begin with a blank go on, and the last assignment counts.
// https://www.postfix.org/postconf.5.html
func ReadPostfix(f capture.Files, file string) (Postfix, error) {
	text, err := f.Read(file)
	if err != nil {
		return Postfix{}, err
	}
	p := Postfix{Parameters: map[string]Parameter{}, File: file}
	name, n := "", 0
	for line := range strings.Lines(string(text)) {
		n++
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || trimmed[0] == '#':
		case line[0] == ' ' || line[0] == '\t':
			if name != "" {
				old := p.Parameters[name]
				p.Parameters[name] = Parameter{strings.TrimSpace(old.Value + " " + trimmed), file, old.Line}
			}
		default:
			key, value, ok := strings.Cut(trimmed, "=")
			if name = strings.TrimSpace(key); ok {
				p.Parameters[name] = Parameter{strings.TrimSpace(value), file, n}
			}
		}
	}
	return p, nil
}

// expandLimit is how deep parameters may stand in each other.
const expandLimit = 16

// Get returns a parameter with those expanded that stand in it as $name, ${name} or $(name), and false where it, or one of them, is not
// set here or depends on a condition.
func (p Postfix) Get(name string) (Parameter, bool) {
	v, ok := p.Parameters[name]
	if !ok {
		return Parameter{}, false
	}
	v.Value, ok = p.expand(v.Value, expandLimit)
	return v, ok
}

func (p Postfix) expand(text string, depth int) (string, bool) {
	if depth == 0 {
		return "", false
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "$")
		b.WriteString(before)
		if !found {
			return b.String(), b.Len() <= 1<<16
		}
		name, after, ok := reference(rest)
		inner, set := p.Parameters[name]
		if !ok || !set {
			return "", false
		}
		value, ok := p.expand(inner.Value, depth-1)
		if !ok || b.Len() > 1<<16 {
			return "", false
		}
		b.WriteString(value)
		text = after
	}
}

// reference reads the name after a dollar sign.
func reference(text string) (name, rest string, ok bool) {
	if text == "" {
		return "", "", false
	}
	if end := map[byte]string{'{': "}", '(': ")"}[text[0]]; end != "" {
		name, rest, ok = strings.Cut(text[1:], end)
		return name, rest, ok && !strings.ContainsAny(name, "?:{")
	}
	n := 0
	for n < len(text) && (text[n] == '_' || text[n]|0x20 >= 'a' && text[n]|0x20 <= 'z' || text[n] >= '0' && text[n] <= '9') {
		n++
	}
	return text[:n], text[n:], n > 0
}
