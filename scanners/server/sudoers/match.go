package sudoers

import (
	"path"
	"strconv"
	"strings"
)

// result is a set of what a match may be: sudo's UNSPEC, ALLOW and DENY. What is not known is a set of more than one.
type result uint8

const (
	unspecified result = 1 << iota
	allowed
	denied
	unknown = unspecified | allowed
)

// not turns allowed and denied around.
func (r result) not() result {
	return r&unspecified | r&allowed<<1 | r&denied>>1
}

// User is an account, with the names and ids of all its groups.
type User struct {
	Name          string
	UID           int
	Groups        []string
	GIDs          []int
	GroupsUnknown bool // the groups could not be read
}

// listed finds the last member of a list that says something.
func listed(members []member, one func(member) result) result {
	var all result
	for i := len(members) - 1; i >= 0; i-- {
		r := one(members[i])
		if members[i].negated {
			r = r.not()
		}
		all |= r &^ unspecified
		if r&unspecified == 0 {
			return all
		}
	}
	return all | unspecified
}

// walk is one question as it goes through aliases.
type walk struct {
	used  map[string]bool // aliases that it is in
	steps int
}

// stepLimit bounds a question: aliases that name each other often would make it endless.
const stepLimit = 10_000

func newWalk() *walk { return &walk{used: map[string]bool{}} }

// aliased answers for an alias, or for what is none. As sudo does, it passes over an alias that names itself.
func (p *Policy) aliased(kind string, m member, w *walk, one func(member, *walk) result, otherwise func() result) result {
	key := kind + m.name
	members, ok := p.aliases[key]
	switch w.steps++; {
	case !ok:
		return otherwise()
	case w.used[key]:
		return unspecified
	case w.steps > stepLimit:
		return unknown | denied
	}
	w.used[key] = true
	defer delete(w.used, key)
	return listed(members, func(m member) result { return one(m, w) })
}

func known(ok bool) result {
	if ok {
		return allowed
	}
	return unspecified
}

// user matches a user of a list of users or targets: kind is U or R.
func (p *Policy) user(kind string, u User) func(member, *walk) result {
	var one func(m member, w *walk) result
	one = func(m member, w *walk) result {
		group, isGroup := strings.CutPrefix(m.name, "%")
		switch {
		case m.name == "ALL":
			return allowed
		case strings.HasPrefix(m.name, "+"), isGroup && strings.HasPrefix(group, ":"):
			return unknown // a netgroup, or a group of a plugin
		case isGroup:
			return u.in(group)
		case strings.HasPrefix(m.name, "#"):
			id, err := strconv.Atoi(m.name[1:])
			return known(err == nil && id == u.UID)
		}
		return p.aliased(kind, m, w, one, func() result { return known(strings.EqualFold(m.name, u.Name)) })
	}
	return one
}

// in says whether the user is in a group, by name or #id.
func (u User) in(group string) result {
	if id, ok := strings.CutPrefix(group, "#"); ok {
		n, err := strconv.Atoi(id)
		for _, gid := range u.GIDs {
			if err == nil && gid == n {
				return allowed
			}
		}
	}
	for _, name := range u.Groups {
		if strings.EqualFold(name, group) {
			return allowed
		}
	}
	if u.GroupsUnknown {
		return unknown
	}
	return unspecified
}

// host matches a host of a list of hosts.
func (p *Policy) host(host string) func(member, *walk) result {
	short, _, _ := strings.Cut(host, ".")
	var one func(m member, w *walk) result
	one = func(m member, w *walk) result {
		switch {
		case m.name == "ALL":
			return allowed
		case host == "", strings.HasPrefix(m.name, "+"), m.name[0] >= '0' && m.name[0] <= '9', strings.Contains(m.name, ":"):
			return unknown // a netgroup or an address
		}
		return p.aliased("H", m, w, one, func() result {
			for _, own := range []string{host, short} {
				if ok, err := path.Match(strings.ToLower(m.name), strings.ToLower(own)); err == nil && ok {
					return allowed
				}
			}
			return unspecified
		})
	}
	return one
}

// commands matches a command, which may itself be what sudoers says of commands.
func (p *Policy) command(c member) func(member, *walk) result {
	var one func(m member, w *walk) result
	one = func(m member, w *walk) result {
		switch {
		case m.name == "ALL":
			return allowed
		case m.name == c.name && m.args == c.args && m.regex == c.regex:
			return allowed
		case m.regex || c.regex:
			return unknown
		case strings.HasPrefix(m.name, "/") || m.name == "sudoedit" || m.name == "list":
			return covers(m, c)
		}
		return p.aliased("C", m, w, one, func() result { return unspecified })
	}
	return one
}

// covers says whether a command of sudoers is one that sudoers, or somebody, names.
func covers(m, c member) result {
	if c.name == anything.name {
		return unspecified
	}
	wild := strings.ContainsAny(m.name+m.args, `*?[\`)
	switch {
	case strings.HasSuffix(m.name, "/"):
		if wild {
			return unknown
		}
		return known(path.Dir(c.name)+"/" == m.name && !strings.HasSuffix(c.name, "/"))
	case strings.ContainsAny(c.name+c.args, `*?[\`), strings.HasSuffix(c.name, "/"):
		if !wild {
			return unspecified // of many commands it is one at most
		}
		return unknown
	case strings.ContainsAny(m.name, `[\`):
		return unknown
	}
	if ok, err := path.Match(m.name, c.name); err != nil || !ok {
		return unspecified
	}
	switch {
	case m.args == "":
		return allowed
	case m.args == `""`:
		return known(c.args == `""`)
	case wild && m.args != c.args:
		return unknown
	}
	return known(m.args == c.args)
}
