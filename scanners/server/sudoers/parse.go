package sudoers

import (
	"regexp"
	"slices"
	"strings"
)

// member is one of a list: of users, hosts, targets or commands.
type member struct {
	negated bool
	name    string // as written; ALL for all
	args    string // of a command; `""` for none allowed, empty for any
	regex   bool   // the name is a regular expression

	argsRegex bool // the arguments are one
	literal   bool // quoted or escaped: no name of an alias, and not ALL
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
	m, ok := negated(l)
	if !ok {
		return m, false
	}
	before := l.rest
	m.name = l.word()
	m.literal = strings.ContainsAny(before[:len(before)-len(l.rest)], `"\`)
	switch {
	case m.name == "" || m.name == "%" || m.name == "%:" || m.name == "+", strings.HasPrefix(before, `\`) && strings.Contains("%+", m.name[:1]):
		return m, false
	case strings.HasPrefix(before, `"`):
		return m, true
	}
	return m, m.name[0] != '/' && m.name[0] != '^' && !slices.Contains(options(), m.name) && !slices.Contains(reserved(), m.name)
}

// reserved are words that name nobody.
func reserved() []string { return []string{"sha224", "sha256", "sha384", "sha512", "sudoedit"} }

// negated reads the marks before a member: of those that touch each other only an odd number counts, and only once.
func negated(l *lexer) (member, bool) {
	var m member
	for l.skip(); strings.HasPrefix(l.rest, "!"); l.skip() {
		after := strings.TrimLeft(l.rest, "!")
		if odd := (len(l.rest)-len(after))%2 == 1; odd && m.negated {
			return m, false
		} else if odd {
			m.negated = true
		}
		l.rest = after
	}
	return m, true
}

// command reads a command with its arguments.
func command(l *lexer) (member, bool) {
	l.skip()
	for digest := digestRE.FindString(l.rest); digest != ""; digest = digestRE.FindString(l.rest) {
		l.rest = l.rest[len(digest):]
		l.take(",")
		l.skip()
	}
	m, ok := negated(l)
	if !ok {
		return m, false
	}
	if m.name, m.regex, ok = program(l); !ok {
		return m, false
	}
	if !strings.HasPrefix(m.name, "/") && !m.regex && m.name != "sudoedit" {
		return m, m.name == "list" || aliasName(m.name) && !slices.Contains(options(), m.name)
	}
	if strings.HasSuffix(m.name, "/") {
		return m, true // a directory has no arguments
	}
	l.rest = strings.TrimLeft(l.rest, blank)
	if strings.HasPrefix(l.rest, "^") {
		m.args, ok = l.expression()
		m.argsRegex = ok
		return m, ok
	}
	m.args, ok = arguments(l.until(",:=#"))
	return m, ok
}

// program reads the name of a command, which may be an expression.
func program(l *lexer) (name string, regex, ok bool) {
	if strings.HasPrefix(l.rest, "^") {
		name, ok = l.expression()
		return name, true, ok
	}
	name = unescape(l.until(" \t,:=#"), ",:= \t#")
	return name, false, name != "" && !strings.Contains(name, `\`) // sudo takes it for a word with another escape
}

// unescape drops the backslashes before some characters; of none named, before all.
func unescape(text, of string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && (of == "" || strings.IndexByte(of, text[i+1]) >= 0) {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// arguments joins the words of a command's arguments as sudo does: with one blank. It is false where a backslash is one too many.
func arguments(text string) (string, bool) {
	var b strings.Builder
	apart := false
	for i := 0; i < len(text); i++ {
		if strings.IndexByte(blank, text[i]) >= 0 {
			apart = true
			continue
		}
		if apart && b.Len() > 0 {
			b.WriteByte(' ')
		}
		apart = false
		if text[i] == '\\' {
			switch i++; {
			case i == len(text) || strings.IndexByte(`*?[]!^:\,= #`+"\t", text[i]) < 0:
				return "", false
			case strings.IndexByte("*?[]!^", text[i]) >= 0:
				b.WriteByte('\\')
			}
		}
		b.WriteByte(text[i])
	}
	return b.String(), true
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
	line := l.rest
	l.rest = strings.TrimPrefix(l.rest, "Defaults")
	var s setting
	if scopeRE.MatchString(l.rest) {
		one := name
		if s.scope = l.rest[0]; s.scope == '!' {
			one = bareCommand
		}
		l.rest = l.rest[1:]
		var ok bool
		if s.of, ok = list(l, touching(one)); !ok {
			return false
		}
	}
	l.skip()
	if read := strings.TrimSuffix(line, l.rest); read == strings.TrimRight(read, blank) {
		return false // a blank has to be before the parameters
	}
	for {
		s.value = ""
		m, ok := negated(l)
		if !ok {
			return false
		}
		s.negated = m.negated
		if s.name = l.word(); s.name == "" || strings.Trim(s.name, "abcdefghijklmnopqrstuvwxyz_") != "" {
			return false
		}
		if l.take("+=") || l.take("-=") || l.take("=") {
			if s.value, ok = value(l); !ok || s.negated {
				return false
			}
		}
		p.settings = append(p.settings, s)
		if !l.take(",") {
			return l.end()
		}
	}
}

// markRE is a mark before a member that does not touch it.
var markRE = regexp.MustCompile(`^!+[ \t]`)

// touching reads members of a Defaults line: a blank that is not beside a comma ends their list there.
func touching(one func(*lexer) (member, bool)) func(*lexer) (member, bool) {
	return func(l *lexer) (member, bool) {
		l.skip()
		if markRE.MatchString(l.rest) {
			return member{}, false
		}
		return one(l)
	}
}

// bareCommand reads a command of a Defaults line, which has no arguments there.
func bareCommand(l *lexer) (member, bool) {
	m, ok := negated(l)
	if !ok {
		return m, false
	}
	m.name, m.regex, ok = program(l)
	return m, ok && (m.regex || strings.HasPrefix(m.name, "/") || m.name == "sudoedit" || aliasName(m.name))
}

// value reads the value of a parameter: quoted, or a word.
func value(l *lexer) (text string, ok bool) {
	l.skip()
	if strings.HasPrefix(l.rest, `"`) {
		return l.quoted()
	}
	if strings.HasPrefix(l.rest, "!") {
		return "", false
	}
	text = unescape(l.until(" \t,#=\""), "")
	return text, text != ""
}
