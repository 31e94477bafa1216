package sudoers

import (
	"path"
	"strings"
)

// command matches a command, which may itself be what sudoers says of commands.
// https://www.sudo.ws/docs/man/sudoers.man/#Wildcards_in_command_arguments
func (p *Policy) command(c member) func(member) result {
	return p.matcher("C", func(m member) (result, bool) {
		switch {
		case m.name == "ALL", m.name == c.name && m.args == c.args && m.regex == c.regex:
			return allowed, true
		case c.regex || c.argsRegex:
			return unknown, true
		case m.regex || strings.HasPrefix(m.name, "/") || m.name == "sudoedit" || m.name == "list":
			return covers(m, c), true
		}
		return 0, false
	}, func(member) result { return unspecified })
}

// covers says whether a command of sudoers is one that sudoers, or somebody, names.
func covers(m, c member) result {
	if c.name == anything.name {
		return unspecified
	}
	many := wild(c.name) || strings.HasSuffix(c.name, "/")
	switch {
	case many && !m.regex && !m.argsRegex && !wild(m.name) && !wild(m.args) && !strings.HasSuffix(m.name, "/"):
		return unspecified // of many commands it is one at most
	case many:
		return unknown
	}
	return and(m.named(c.name), m.given(c))
}

// cost is how much work it is to match a command, where 1 is little: patterns and expressions are more.
func (m member) cost() int {
	cost := 1 + (len(m.name)+len(m.args))/32
	if m.regex || m.argsRegex {
		cost += 20
	}
	return cost
}

// wild says whether a text has characters of a pattern.
func wild(s string) bool { return strings.ContainsAny(s, `*?[\`) }

// named says whether a path is one that a command of sudoers has.
func (m member) named(name string) result {
	switch {
	case m.regex:
		return expression(m.name, name)
	case strings.HasSuffix(m.name, "/"):
		return matches(strings.TrimSuffix(m.name, "/"), path.Dir(name), ofPaths)
	}
	r := matches(m.name, name, ofPaths)
	if r == unspecified && path.Base(m.name) == path.Base(name) && strings.TrimPrefix(m.name, "/usr") == strings.TrimPrefix(name, "/usr") {
		return unknown // where /bin is a link to /usr/bin, it is the same file
	}
	return r
}

// given says whether the arguments of a command are ones that a command of sudoers allows.
func (m member) given(c member) result {
	switch {
	case m.args == "" || m.args == c.args && !m.argsRegex:
		return allowed
	case (c.args == "" || wild(c.args)) && (m.argsRegex || wild(m.args)):
		return unknown
	case c.args == "" || wild(c.args):
		return unspecified // of many it is one at most
	case m.args == `""`:
		return unspecified
	}
	own := c.args
	if own == `""` {
		own = ""
	}
	switch {
	case m.argsRegex:
		return expression(m.args, own)
	case m.name == "sudoedit":
		return unknown
	}
	return matches(m.args, own, ofWords)
}
