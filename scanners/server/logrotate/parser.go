package logrotate

import (
	"slices"
	"strings"
)

// parser reads one file as logrotate's own reader does, character by character: several words may stand on one line, a value goes to
// the end of its line, and words that are not known are warned of and passed over.
// https://github.com/logrotate/logrotate/blob/3.21.0/config.c
type parser struct {
	*reader
	text string
	at   int
	line int

	global  *Options // of the file
	options *Options // of the stanza, or of the file
	stanza  *Stanza  // nil outside
}

// outcome says how reading goes on.
type outcome int

const (
	next  outcome = iota
	skip          // the stanza is wrong and left out
	abort         // the rest of the file is not read
)

// parse reads the file to its end.
func (p *parser) parse() {
	for p.at < len(p.text) {
		switch p.step() {
		case skip:
			p.failed = true
			if p.stanza == nil { // wrong outside of a stanza
				return
			}
			p.problem(p.line, "found an error, the stanza is skipped", p.stanza.Patterns)
			p.skipStanza()
		case abort:
			p.failed = true
			if p.stanza != nil {
				p.problem(p.line, "found an error, the rest of the file is skipped", p.stanza.Patterns)
			}
			return
		}
	}
	if p.stanza != nil { // a stanza that does not end is one all the same
		p.end()
	}
}

// step reads one thing of a file.
func (p *parser) step() outcome {
	c := p.text[p.at]
	switch {
	case c == '\n':
		p.line++
		p.at++
	case c == ' ' || c == '\t':
		p.at++
	case c == '#':
		p.skipLine()
	case letter(c):
		return p.directive()
	case c == '/' || c == '"' || c == '\'' || c == '~':
		return p.header()
	case c == '}':
		return p.close()
	default:
		p.problem(p.line, "a line must begin with a keyword or a file name", nil)
		p.eat()
		return skip
	}
	return next
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// skipLine goes to the end of the line, before its newline.
func (p *parser) skipLine() {
	if end := strings.IndexByte(p.text[p.at:], '\n'); end >= 0 {
		p.at += end
		return
	}
	p.at = len(p.text)
}

// word takes letters, after blanks.
func (p *parser) word() string {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\t') {
		p.at++
	}
	from := p.at
	for p.at < len(p.text) && letter(p.text[p.at]) {
		p.at++
	}
	return p.text[from:p.at]
}

// rest takes what is left of the line.
func (p *parser) rest() string {
	from := p.at
	p.skipLine()
	return strings.TrimRight(p.text[from:p.at], " \t\r\v\f")
}

// eat goes over a character: logrotate's reader loses some of them when it meets an error, which may be the brace that ends the stanza.
func (p *parser) eat() {
	if p.at >= len(p.text) {
		return
	}
	if p.text[p.at] == '\n' {
		p.line++
	}
	p.at++
}

// value takes the value of a word: the rest of the line, after blanks and an equals sign. Where there is none nothing is taken.
func (p *parser) value() (string, bool) {
	from := p.at
	text := p.rest()
	text = strings.TrimLeft(text, " \t")
	if after, ok := strings.CutPrefix(text, "="); ok {
		text = strings.TrimLeft(after, " \t")
	}
	if text == "" {
		p.at = from
	}
	return text, text != ""
}

// missing says that a value is missing, which is an error.
func (p *parser) missing(key string, line int) outcome {
	p.problem(line, "argument expected after "+key, nil)
	p.eat()
	return skip
}

// close ends a stanza.
func (p *parser) close() outcome {
	if p.stanza == nil {
		p.problem(p.line, "unexpected }", nil)
		return abort
	}
	p.end()
	p.at++
	if after := strings.TrimLeft(p.rest(), " \t"); after != "" { // an error message, without consequence
		p.problem(p.line, "unexpected text after }", nil)
	}
	return next
}

// end adds the stanza to those that are in force.
func (p *parser) end() {
	for _, log := range p.stanza.Logs {
		p.taken[log] = p.stanza.IgnoreDups
	}
	p.Stanzas = append(p.Stanzas, *p.stanza)
	p.stanza, p.options = nil, p.global
}

// header reads the names of a stanza, up to its brace.
func (p *parser) header() outcome {
	if p.stanza != nil {
		p.problem(p.line, "unexpected log file name", nil)
		p.eat()
		return skip
	}
	at := p.line
	p.stanza = &Stanza{Options: *p.global, Place: Place{p.file, at}}
	names, ok := p.names()
	p.stanza.Patterns = names
	if !ok || len(names) == 0 {
		p.problem(at, "log file names are not followed by {", nil)
		return abort
	}
	p.options = &p.stanza.Options
	p.take(p.stanza)
	return next
}

// names takes the text up to the brace, comments that stand on lines of their own left out, and splits it as a shell would.
func (p *parser) names() ([]string, bool) {
	var text strings.Builder
	for p.at < len(p.text) {
		if p.text[p.at] == '#' && p.first() {
			p.skipLine()
			continue
		}
		switch c := p.text[p.at]; c {
		case '}':
			return nil, false
		case '{':
			p.at++
			return words(text.String())
		case '\n':
			p.line++
			fallthrough
		default:
			text.WriteByte(c)
			p.at++
		}
	}
	return nil, false
}

// first says whether nothing but blanks stands before a character in its line.
func (p *parser) first() bool {
	at := p.at
	for at > 0 && strings.IndexByte(" \t\r\v\f", p.text[at-1]) >= 0 {
		at--
	}
	return at == 0 || p.text[at-1] == '\n'
}

// skipStanza passes over a wrong stanza to its brace, which counts only where a line begins with it; scripts in it may have braces. One
// that does not end is in force as far as it was read.
func (p *parser) skipStanza() {
	for p.eat(); p.at < len(p.text); p.eat() {
		if p.text[p.at] == '}' {
			p.at++
			p.stanza, p.options = nil, p.global
			return
		}
		switch word := p.word(); {
		case slices.Contains(scripts(), word):
			p.eat()
			p.script()
		case p.at < len(p.text) && p.text[p.at] != '\n':
			p.skipLine()
		}
	}
	p.end()
}

// scripts are the words that begin a script.
func scripts() []string {
	return []string{"firstaction", "lastaction", "postrotate", "preremove", "prerotate"}
}

// script passes over a script, up to a line that begins with endscript, and says whether there is one.
func (p *parser) script() bool {
	for p.at < len(p.text) {
		if p.word() == "endscript" {
			return true
		}
		p.skipLine()
		if p.at < len(p.text) {
			p.line++
			p.at++
		}
	}
	return false
}
