package pam

import "slices"

// Lock is what pam_faillock does in a service's auth stack.
type Lock struct {
	Refuses Verdict  // whoever is locked cannot log in, by the right password neither
	Counts  Verdict  // each wrong password is counted
	Checks  []Module // the lines that refuse
	Counter []Module // the lines that count
}

// What a walk through a stack notes.
const (
	tried       notes = 1 << iota // a password was wrong
	counted                       // and was counted since
	conditional                   // a condition of the host or the account led here
)

// Lock judges the auth stack. The module refuses by preauth and authsucc, and counts by authfail; where the stack goes on after the one
// or does not come to the other, it locks nobody.
// https://manpages.debian.org/bookworm/libpam-modules/pam_faillock.8.en.html
func (s *Stack) Lock() Lock {
	var l Lock
	for _, m := range s.Modules("auth") {
		switch {
		case m.refusesLocked():
			l.Checks = append(l.Checks, m)
		case m.countsFailures():
			l.Counter = append(l.Counter, m)
		}
	}
	l.Refuses, l.Counts = s.refusesLocked(), s.countsFailures()
	return l
}

func (m Module) refusesLocked() bool {
	return m.Name == "pam_faillock" && (slices.Contains(m.Args, "preauth") || slices.Contains(m.Args, "authsucc"))
}

func (m Module) countsFailures() bool {
	return m.Name == "pam_faillock" && slices.Contains(m.Args, "authfail")
}

// refusesLocked says whether nobody gets in while pam_faillock refuses.
func (s *Stack) refusesLocked() Verdict {
	chain := s.chains["auth"]
	found, known := ends(chain, func(at int, so notes) []turn {
		e := chain[at]
		switch {
		case e.module.Name == "pam_faillock", e.module.Name == "pam_rootok" && !s.Root: // who guesses is not root yet
			return []turn{{codeAuthErr, so}}
		}
		all := likely(e.module.outcomes(s.Root), so)
		if e.decides(all) {
			for i := range all {
				all[i].notes |= conditional
			}
		}
		return all
	})
	verdict := Yes
	for e := range found {
		switch {
		case e.good && e.notes&conditional == 0:
			return No
		case e.good:
			verdict = Undecided
		}
	}
	if !known {
		return Undecided
	}
	return verdict
}

// decides says whether it makes a difference how an entry ends, and whoever logs in has no choice.
func (e entry) decides(ways []turn) bool {
	if slices.ContainsFunc(e.module.outcomes(false), func(o outcome) bool { return o.chance == chosen }) {
		return false
	}
	return slices.ContainsFunc(ways, func(t turn) bool {
		a, first := e.actions[t.code], ways[0]
		counts := a == actionOK || a == actionDone
		return a != e.actions[first.code] || counts && (t.code == codeSuccess) != (first.code == codeSuccess)
	})
}

// countsFailures says whether each wrong password comes to authfail.
func (s *Stack) countsFailures() Verdict {
	chain := s.chains["auth"]
	found, known := ends(chain, func(at int, so notes) []turn {
		m := chain[at].module
		switch {
		case slices.Contains(passwordModules(), m.Name):
			return []turn{{codeAuthErr, so&^counted | tried}}
		case m.countsFailures():
			return []turn{{codeIgnore, so | counted}, {codeAuthErr, so | counted}}
		case m.Name == "pam_faillock":
			return []turn{{codeSuccess, so}}
		}
		return likely(m.outcomes(s.Root), so)
	})
	if !known {
		return Undecided
	}
	for e := range found {
		if e.notes&tried == 0 { // no password was asked for on this way
			delete(found, e)
		}
	}
	if len(found) == 0 {
		return Yes
	}
	return never(found, func(e end) bool { return e.notes&counted == 0 })
}
