package sudoers

import (
	"cmp"
	"slices"
	"strings"
)

func compare(a, b member) int {
	return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(a.args, b.args))
}

// applies says whether a Defaults line holds for a user on a host who runs something as root. Of commands nothing is known here.
func (p *Policy) applies(s setting, u User, host string) result {
	switch s.scope {
	case ':':
		return listed(s.of, p.user("U", u))
	case '@':
		return listed(s.of, p.host(host))
	case '>':
		return listed(s.of, p.user("R", superuser()))
	case '!':
		return unknown
	}
	return allowed
}

// flag is what a parameter is for a user: allowed stands for on, denied for off. sudo takes the lines in their order, those of
// commands after all others. The manual speaks of users and hosts before targets; since 1.8.19 it is one pass.
// https://github.com/sudo-project/sudo/blob/v1.9.13/plugins/sudoers/sudoers.c (update_defaults)
func (p *Policy) flag(name string, start result, u User, host string) result {
	state := start
	for _, scopes := range []string{"\x00:@>", "!"} {
		for _, s := range p.settings {
			if s.name != name || strings.IndexByte(scopes, s.scope) < 0 {
				continue
			}
			to := allowed
			if s.negated {
				to = denied
			}
			switch holds := p.applies(s, u, host); {
			case holds == allowed:
				state = to
			case holds&allowed != 0:
				state |= to
			}
		}
	}
	return state
}

// asks says whether sudo asks the user for a password where no tag says so: allowed for yes, denied for no.
func (p *Policy) asks(u User, host string) result {
	return p.flag("authenticate", allowed, u, host)
}

// exempt says whether a user is in a group of which sudo asks no password, whatever the tags say: allowed for yes.
// https://www.sudo.ws/docs/man/sudoers.man/#exempt_group
func (p *Policy) exempt(u User, host string) result {
	state := unspecified
	for _, s := range p.settings {
		if s.name != "exempt_group" || s.negated || p.applies(s, u, host)&allowed == 0 {
			continue
		}
		switch in := u.in(strings.TrimPrefix(s.value, "%")); {
		case in == allowed && s.scope == 0:
			state = allowed
		case in&allowed != 0:
			state |= allowed
		}
	}
	return state
}

// othersPassword says whether the password that is asked for may be another's.
func (p *Policy) othersPassword(u User, host string) bool {
	return slices.ContainsFunc([]string{"targetpw", "rootpw", "runaspw"}, func(name string) bool {
		return p.flag(name, denied, u, host)&allowed != 0
	})
}
