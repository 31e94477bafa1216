package sudoers

import (
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

// matcher matches members of one kind of list against one thing, following aliases. Each alias is looked up once: aliases that name
// each other often would make it endless. What comes of one that names itself, which visudo refuses, depends on where sudo begins, and
// is not known here.
type matcher struct {
	policy *Policy
	kind   string
	plain  func(member) (result, bool) // for members that can be no alias
	named  func(member) result         // for those that can
	known  map[string]result
	within map[string]bool
	loops  int // aliases that were come to again
}

func (w *matcher) match(m member) result {
	if r, ok := w.plain(m); ok {
		return r
	}
	members, ok := w.policy.aliases[w.kind+m.name]
	if !ok || m.literal {
		return w.named(m)
	}
	if r, ok := w.known[m.name]; ok {
		return r
	}
	if w.within[m.name] {
		w.loops++
		return unknown | denied
	}
	w.within[m.name] = true
	before := w.loops
	r := listed(members, w.match)
	if w.loops > before {
		r = unknown | denied
	}
	w.within[m.name] = false
	w.known[m.name] = r
	return r
}

func (p *Policy) matcher(kind string, plain func(member) (result, bool), named func(member) result) func(member) result {
	w := &matcher{policy: p, kind: kind, plain: plain, named: named, known: map[string]result{}, within: map[string]bool{}}
	return w.match
}

func known(ok bool) result {
	if ok {
		return allowed
	}
	return unspecified
}

// user matches a user of a list of users or targets: kind is U or R.
func (p *Policy) user(kind string, u User) func(member) result {
	return p.matcher(kind, func(m member) (result, bool) {
		group, isGroup := strings.CutPrefix(m.name, "%")
		switch {
		case m.name == "ALL" && !m.literal:
			return allowed, true
		case strings.HasPrefix(m.name, "+"), isGroup && strings.HasPrefix(group, ":"):
			return unknown, true // a netgroup, or a group of a plugin
		case isGroup:
			return u.in(group), true
		case strings.HasPrefix(m.name, "#"):
			id, err := strconv.Atoi(m.name[1:])
			return known(err == nil && id == u.UID), true
		}
		return 0, false
	}, func(m member) result { return known(strings.EqualFold(m.name, u.Name)) })
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
func (p *Policy) host(host string) func(member) result {
	short, _, _ := strings.Cut(host, ".")
	return p.matcher("H", func(m member) (result, bool) {
		switch {
		case m.name == "ALL" && !m.literal:
			return allowed, true
		case host == "", strings.HasPrefix(m.name, "+"), m.name[0] >= '0' && m.name[0] <= '9', strings.Contains(m.name, ":"):
			return unknown, true // a netgroup or an address
		}
		return 0, false
	}, func(m member) result {
		own := short
		if strings.Contains(m.name, ".") {
			own = host
		}
		return matches(strings.ToLower(m.name), strings.ToLower(own), ofWords)
	})
}
