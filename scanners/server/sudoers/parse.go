package sudoers

import (
	"slices"
	"strings"
)

// member is one of a list: of users, hosts, targets or commands.
type member struct {
	negated bool
	name    string // as written; ALL for all
	args    string // of a command; `""` for none allowed, empty for any
	regex   bool   // a regular expression in it
}

// spec is a command that somebody may run somewhere as somebody.
type spec struct {
	line            Line
	users, hosts    []member
	runas           []member // nil where none is written
	runasWritten    bool     // () with or without names
	command         member
	withoutPassword *bool // NOPASSWD or PASSWD, or nil
	dated           bool  // NOTBEFORE or NOTAFTER
}

// setting is one parameter of a Defaults line that is read here.
type setting struct {
	scope   byte // 0 for all, : of users, @ of hosts, > of targets, ! of commands
	of      []member
	name    string
	value   string
	negated bool
}

// parseLine reads one logical line. It returns false for what is not understood.
func (p *Policy) parseLine(at Line) bool {
	l := &lexer{rest: at.Text}
	switch first := leading(at.Text); {
	case strings.HasPrefix(first, "Defaults"):
		return p.defaults(l)
	case slices.Contains([]string{"User_Alias", "Runas_Alias", "Host_Alias", "Cmnd_Alias", "Cmd_Alias"}, first):
		l.word()
		return p.alias(l, first[0])
	}
	return p.userSpec(l, at)
}

// leading is the first word of a line, with what is attached to it.
func leading(s string) string {
	s = strings.TrimLeft(s, blank)
	if i := strings.IndexAny(s, blank); i >= 0 {
		return s[:i]
	}
	return s
}

// list reads members with commas between them.
func list(l *lexer, one func(*lexer) (member, bool)) ([]member, bool) {
	var all []member
	for {
		m, ok := one(l)
		if !ok {
			return nil, false
		}
		all = append(all, m)
		if !l.take(",") {
			return all, true
		}
	}
}

// name reads a user, host or target.
func name(l *lexer) (member, bool) {
	var m member
	for l.take("!") {
		m.negated = !m.negated
	}
	m.name = l.word()
	return m, m.name != ""
}

// command reads a command with its arguments.
func command(l *lexer) (member, bool) {
	var m member
	for l.take("!") {
		m.negated = !m.negated
	}
	l.skip()
	for digest := digestRE.FindString(l.rest); digest != ""; digest = digestRE.FindString(l.rest) {
		l.rest = l.rest[len(digest):]
		l.take(",")
		l.skip()
	}
	for l.take("!") {
		m.negated = !m.negated
	}
	l.skip()
	ok := true
	if strings.HasPrefix(l.rest, "^") {
		m.regex = true
		m.name, ok = l.expression()
	} else {
		m.name = l.until(" \t,:=#()!")
	}
	if !ok || !strings.HasPrefix(m.name, "/") && !m.regex && m.name != "sudoedit" && m.name != "list" {
		return m, ok && aliasName(m.name)
	}
	l.rest = strings.TrimLeft(l.rest, blank)
	if strings.HasPrefix(l.rest, "^") {
		m.regex = true
		m.args, ok = l.expression()
	} else {
		m.args = strings.TrimRight(l.until(",:=#"), blank)
	}
	return m, ok
}

// aliasName says whether a name may be that of an alias; ALL is one.
func aliasName(s string) bool {
	return s != "" && s[0] >= 'A' && s[0] <= 'Z' && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// alias reads NAME = list : NAME = list.
func (p *Policy) alias(l *lexer, kind byte) bool {
	one := name
	if kind == 'C' {
		one = command
	}
	for {
		n := l.word()
		if !aliasName(n) || n == "ALL" || !l.take("=") {
			return false
		}
		members, ok := list(l, one)
		if !ok {
			return false
		}
		p.aliases[string(kind)+n] = members
		if !l.take(":") {
			return l.end()
		}
	}
}

// defaults reads a Defaults line: parameters with commas between them.
func (p *Policy) defaults(l *lexer) bool {
	l.skip()
	l.rest = strings.TrimPrefix(l.rest, "Defaults")
	var s setting
	if l.rest != "" && strings.IndexByte(":@>!", l.rest[0]) >= 0 {
		one := name
		if s.scope = l.rest[0]; s.scope == '!' {
			one = bareCommand
		}
		l.rest = l.rest[1:]
		var ok bool
		if s.of, ok = list(l, one); !ok {
			return false
		}
	}
	for {
		s.negated, s.value = false, ""
		for l.take("!") {
			s.negated = !s.negated
		}
		if s.name = l.word(); s.name == "" {
			return false
		}
		if l.take("+=") || l.take("-=") || l.take("=") {
			s.value = value(l)
		}
		p.settings = append(p.settings, s)
		if !l.take(",") {
			return l.end()
		}
	}
}

// bareCommand reads a command of a Defaults line, which has no arguments there.
func bareCommand(l *lexer) (member, bool) {
	var m member
	for l.take("!") {
		m.negated = !m.negated
	}
	l.skip()
	m.name = l.until(" \t,=#")
	return m, m.name != ""
}

// value reads the value of a parameter: quoted, or up to a comma or a blank.
func value(l *lexer) string {
	l.skip()
	if !strings.HasPrefix(l.rest, `"`) {
		return l.until(" \t,#")
	}
	l.rest = l.rest[1:]
	text := l.until(`"`)
	l.take(`"`)
	return text
}
