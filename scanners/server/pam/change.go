package pam

import "slices"

// Refusal is a module that refuses bad new passwords, and whether what it refuses is really never stored.
type Refusal struct {
	Module
	Holds Verdict
}

// What a walk through the change of a password notes.
const (
	given  notes = 1 << iota // a new password was given and is there for the modules that follow
	stored                   // a password was stored that the module in question did not take
)

// Refusals judges the modules of these names in the password stack. A refusal as such stops nothing: the stack may go on to a module
// that stores a password, and one without use_authtok asks for another there. What is stored stays, however the stack ends.
// https://manpages.debian.org/bookworm/libpam-pwquality/pam_pwquality.8.en.html
func (s *Stack) Refusals(names ...string) []Refusal {
	var all []Refusal
	for at, e := range s.chains["password"] {
		if e.kind == entryModule && slices.Contains(names, e.module.Name) {
			all = append(all, Refusal{Module: e.module, Holds: s.holds(at)})
		}
	}
	return all
}

// holds says whether what the module at an entry refuses is never stored.
func (s *Stack) holds(control int) Verdict {
	chain := s.chains["password"]
	before, known := ends(chain, func(at int, so notes) []turn { return likely(chain[at].module.prepares(s.Root), so) })
	if known && never(before, func(e end) bool { return e.good }) == Yes {
		return Yes // libpam asks all modules first whether a password may be changed at all
	}
	found, all := ends(chain, func(at int, so notes) []turn { return chain[at].module.changes(s.Root, at == control, so) })
	if !known || !all {
		return Undecided
	}
	return never(found, func(e end) bool { return e.notes&stored != 0 })
}

// never says whether no way ends so: No where all do, Undecided where conditions decide.
func never(found map[end]bool, so func(end) bool) Verdict {
	some, others := false, false
	for e := range found {
		some, others = some || so(e), others || !so(e)
	}
	switch {
	case !some:
		return Yes
	case !others:
		return No
	}
	return Undecided
}

// controlModules judge a new password and store none.
func controlModules() []string {
	return []string{"pam_cracklib", "pam_passwdqc", "pam_pwhistory", "pam_pwquality"}
}

// prepares are the ways in which a module answers whether a password may be changed. Modules that judge one have none to judge yet, and
// who changes a password knows the old one.
func (m Module) prepares(root bool) []outcome {
	switch {
	case slices.Contains(controlModules(), m.Name), m.Name == "pam_unix":
		return []outcome{{code: codeSuccess}}
	case m.Name == "pam_deny":
		return []outcome{{code: codeAuthtok}}
	case m.Name == "pam_debug":
		return []outcome{{code: m.debugCode("prechauthtok")}}
	}
	return m.outcomes(root)
}

// changes are the ways in which a module ends when the password is changed; control says that it is the one in question, which refuses
// and takes away what was given. With use_authtok a module takes what is there, and fails where nothing is; others ask.
func (m Module) changes(root, control bool, so notes) []turn {
	judges, stores := slices.Contains(controlModules(), m.Name), slices.Contains(passwordModules(), m.Name)
	switch {
	case (judges || stores) && so&given == 0 && slices.Contains(m.Args, "use_authtok"):
		return []turn{{codeAuthtok, so}, {codeAuthErr, so}}
	case control:
		return []turn{{codeAuthtok, so &^ given}, {codeMaxTries, so &^ given}}
	case m.Name == "pam_unix":
		return []turn{{codeSuccess, so | given | stored}}
	case stores: // the account may be none of theirs
		return []turn{{codeSuccess, so | given | stored}, {codeUnknownUser, so}}
	case judges:
		return []turn{{codeSuccess, so | given}}
	case m.Name == "pam_deny":
		return []turn{{codeAuthtok, so}}
	case m.Name == "pam_debug":
		return []turn{{m.debugCode("chauthtok"), so}}
	}
	return likely(m.outcomes(root), so)
}
