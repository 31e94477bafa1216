package sudoers

import (
	"slices"
	"strings"
)

// userSpec reads users hosts = commands : hosts = commands.
func (p *Policy) userSpec(l *lexer, at Line) bool {
	users, ok := list(l, name)
	if !ok {
		return false
	}
	var found []spec
	for {
		hosts, ok := list(l, name)
		if !ok || !l.take("=") {
			return false
		}
		specs, ok := commandSpecs(l, spec{line: at, users: users, hosts: hosts})
		if !ok {
			return false
		}
		found = append(found, specs...)
		if !l.take(":") {
			break
		}
	}
	if !l.end() {
		return false
	}
	p.specs = append(p.specs, found...)
	return true
}

// options stand before a command, as NAME=value.
func options() []string {
	return []string{"APPARMOR_PROFILE", "CHROOT", "CWD", "LIMITPRIVS", "NOTAFTER", "NOTBEFORE", "PRIVS", "ROLE", "TIMEOUT", "TYPE"}
}

// tags stand before a command, as NAME:.
func tags() []string {
	return []string{
		"EXEC", "FOLLOW", "INTERCEPT", "LOG_INPUT", "LOG_OUTPUT", "MAIL", "NOEXEC", "NOFOLLOW", "NOINTERCEPT", "NOLOG_INPUT", "NOLOG_OUTPUT",
		"NOMAIL", "NOPASSWD", "NOSETENV", "PASSWD", "SETENV",
	}
}

// commandSpecs reads commands; targets and tags hold until others are written.
func commandSpecs(l *lexer, s spec) ([]spec, bool) {
	var all []spec
	for {
		if l.take("(") {
			s.runasWritten, s.runas = true, nil
			if !runas(l, &s) {
				return nil, false
			}
		}
		if !s.prefixes(l) {
			return nil, false
		}
		var ok bool
		if s.command, ok = command(l); !ok {
			return nil, false
		}
		all = append(all, s)
		s.dated = false
		if !l.take(",") {
			return all, true
		}
	}
}

// runas reads the targets up to the closing parenthesis. Groups alone leave the user as who runs it.
func runas(l *lexer, s *spec) bool {
	var ok bool
	if !l.take(":") {
		if l.take(")") {
			return true
		}
		if s.runas, ok = list(l, name); !ok {
			return false
		}
		if !l.take(":") {
			return l.take(")")
		}
	}
	if l.take(")") {
		return true
	}
	if _, ok = list(l, name); !ok {
		return false
	}
	return l.take(")")
}

// prefixes reads options and tags.
func (s *spec) prefixes(l *lexer) bool {
	for {
		l.skip()
		i := 0
		for i < len(l.rest) && (l.rest[i] >= 'A' && l.rest[i] <= 'Z' || l.rest[i] == '_') {
			i++
		}
		word, rest := l.rest[:i], strings.TrimLeft(l.rest[i:], blank)
		switch {
		case strings.HasPrefix(rest, "=") && slices.Contains(options(), word):
			l.rest = rest[1:]
			if _, ok := value(l); !ok {
				return false
			}
			s.dated = s.dated || strings.HasPrefix(word, "NOT")
		case strings.HasPrefix(rest, ":") && slices.Contains(tags(), word):
			l.rest = rest[1:]
			if strings.HasSuffix(word, "PASSWD") {
				without := word == "NOPASSWD"
				s.withoutPassword = &without
			}
		default:
			return true
		}
	}
}
