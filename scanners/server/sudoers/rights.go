package sudoers

import (
	"maps"
	"slices"
)

// Verdict answers a question; the zero Verdict is no answer.
type Verdict int

// The verdicts.
const (
	Undecided Verdict = iota
	Yes
	No
)

// Answer is a verdict with the line that decides it.
type Answer struct {
	Verdict Verdict
	By      Line
}

// Rights are what a user may run as root.
type Rights struct {
	All          Answer // every command; that some are taken away again does not count: the manual says why
	WithoutProof Answer // some command without a password
	// OthersPassword says that sudo asks for the password of root or of the target, and not for the user's own.
	OthersPassword bool
}

// anything is a command that only ALL matches.
var anything = member{name: "/"}

// decision is what the last match may be.
type decision struct {
	unset, denied, open, asked bool // nothing matches; forbidden; without a password; with one
	by                         Line
}

// Rights judges what a user may do on a host. https://www.sudo.ws/docs/man/sudoers.man/#SECURITY_NOTES
func (p *Policy) Rights(u User, host string) Rights {
	q := p.ask(u, host)
	all := q.decide(anything)
	r := Rights{All: all.may(all.open || all.asked, !all.unset && !all.denied), OthersPassword: p.othersPassword(u, host)}
	r.WithoutProof = all.may(all.open, !all.unset && !all.denied && !all.asked)
	for _, c := range p.commands {
		if r.WithoutProof.Verdict == Yes || q.steps > stepLimit {
			break
		}
		d := q.decide(c)
		if a := d.may(d.open, !d.unset && !d.denied && !d.asked); a.Verdict != No {
			r.WithoutProof = a
		}
	}
	if q.steps > stepLimit && r.WithoutProof.Verdict == No {
		r.WithoutProof = r.WithoutProof.unsure()
	}
	if len(p.Unread) > 0 {
		r.All, r.WithoutProof = r.All.unsure(), r.WithoutProof.unsure()
	}
	return r
}

// May says whether a user may run one command as root, and whether without a password. The arguments are `""` for none. It compares
// names: sudo also takes another name of the same file.
func (p *Policy) May(u User, host, path, args string) (may, withoutProof Verdict) {
	d := p.ask(u, host).decide(member{name: path, args: args})
	sure := !d.unset && !d.denied
	if len(p.Unread) > 0 {
		return Undecided, Undecided
	}
	return d.may(d.open || d.asked, sure).Verdict, d.may(d.open, sure && !d.asked).Verdict
}

// may is an answer: possible says that it may be so, certain that it is.
func (d decision) may(possible, certain bool) Answer {
	switch {
	case possible && certain:
		return Answer{Yes, d.by}
	case possible:
		return Answer{Undecided, d.by}
	}
	return Answer{No, d.by}
}

// unsure is the answer where lines are missing, which may grant or forbid.
func (a Answer) unsure() Answer { return Answer{Undecided, a.By} }

// allCommands are the commands that rights name, each once.
func (p *Policy) allCommands() []member {
	found := map[member]bool{}
	add := func(m member) {
		m.negated = false
		if m.name != "ALL" && p.aliases["C"+m.name] == nil {
			found[m] = true
		}
	}
	for _, s := range p.specs {
		add(s.command)
	}
	for name, members := range p.aliases {
		if name[0] == 'C' {
			for _, m := range members {
				add(m)
			}
		}
	}
	return slices.SortedFunc(maps.Keys(found), compare)
}

// stepLimit bounds the work for one account: each command is held against each right.
const stepLimit = 1_000_000

// held is a right with whether it holds for a user on a host, and lets run as root.
type held struct {
	spec
	matched result
}

// question is what is asked of one user on one host.
type question struct {
	policy *Policy
	asks   result
	exempt result
	held   []held // those that may hold, the last first: of two the later one counts
	steps  int
}

// ask finds the rights that may hold for a user.
func (p *Policy) ask(u User, host string) *question {
	q := &question{policy: p, asks: p.asks(u, host), exempt: p.exempt(u, host)}
	user, where, target, byDefault := p.user("U", u), p.host(host), p.user("R", superuser()), p.rootByDefault()
	for _, s := range slices.Backward(p.specs) {
		matched := and(listed(s.users, user), listed(s.hosts, where), asRoot(s, target, byDefault))
		if s.dated {
			matched = and(matched, unknown)
		}
		if matched&allowed != 0 {
			q.held = append(q.held, held{s, matched})
		}
	}
	return q
}

// decide follows the rights from the last to the first, as sudo does, until one matches for certain.
func (q *question) decide(c member) decision {
	var d decision
	matches := q.policy.command(c)
	for _, s := range q.held {
		q.steps += s.command.cost()
		r := listed([]member{s.command}, matches)
		if r&^unspecified == 0 {
			continue
		}
		if d.by == (Line{}) {
			d.by = s.line
		}
		d.denied = d.denied || r&denied != 0
		if r&allowed != 0 {
			d.grant(s.spec, q.asks, q.exempt)
		}
		if s.matched == allowed && r&unspecified == 0 {
			return d
		}
	}
	d.unset = true
	return d
}

// grant adds what a right says of passwords.
func (d *decision) grant(s spec, asks, exempt result) {
	d.open = d.open || exempt&allowed != 0
	if exempt == allowed {
		return
	}
	if s.withoutPassword != nil {
		d.open, d.asked = d.open || *s.withoutPassword, d.asked || !*s.withoutPassword
		return
	}
	d.asked, d.open = d.asked || asks&allowed != 0, d.open || asks&denied != 0
}

// and is allowed where all are, and may be where all may.
func and(all ...result) result {
	both := allowed
	for _, r := range all {
		if r&allowed == 0 {
			return unspecified
		}
		both |= (r | r>>2) & unspecified
		if r&denied != 0 {
			both |= unspecified
		}
	}
	return both
}

// superuser is root as a target.
func superuser() User { return User{Name: "root", Groups: []string{"root"}, GIDs: []int{0}} }

// asRoot says whether a right is one to run as root; byDefault is the answer where it names no target.
func asRoot(s spec, target func(member) result, byDefault result) result {
	switch {
	case len(s.runas) > 0:
		return listed(s.runas, target)
	case s.runasWritten:
		return unspecified // as oneself
	}
	return byDefault
}

// rootByDefault says whether commands run as root where no target is written.
func (p *Policy) rootByDefault() result {
	target := allowed
	for _, d := range p.settings {
		if d.name == "runas_default" && d.value != "root" && d.value != "#0" {
			target = unspecified
			if d.scope != 0 {
				target = unknown
			}
		}
	}
	return target
}
