package pam

import "slices"

// Verdict answers a question; the zero Verdict is no answer.
type Verdict int

// The verdicts.
const (
	Undecided Verdict = iota
	Yes
	No
)

// Answer is a verdict with the lines that decide it, or that leave it open.
type Answer struct {
	Verdict Verdict
	By      []Line
}

// Auth is what a service's auth stack demands of who logs in.
type Auth struct {
	Possible     bool   // some way through the stack succeeds
	Password     Answer // each way to success passes a check of the password
	SecondFactor Answer // each way to success passes something that one has, accounts without one being let pass where nullok says so
	Enrolled     Answer // the same where every account has its second factor
	Nullok       []Line // second factors that let accounts pass that have none
}

// Auth judges the auth stack over all outcomes that its modules may have.
func (s *Stack) Auth() Auth {
	chain := s.chains["auth"]
	a := Auth{
		Password:     s.ask(chain, knows, false),
		SecondFactor: s.ask(chain, owns, false),
		Enrolled:     s.ask(chain, owns, true),
		Possible:     (&search{chain: chain, root: s.Root, memo: map[state]*verdict{}}).from(state{}).succeeds,
	}
	for _, m := range s.Modules("auth") {
		if m.Nullok() {
			a.Nullok = append(a.Nullok, m.Line)
		}
	}
	return a
}

// state is a place in the stack with what was shown on the way there.
type state struct {
	place
	effect effect
}

// verdict is what may come of a state.
type verdict struct {
	succeeds bool // some way on succeeds
	may      bool // some way on succeeds without the factor
	must     bool // whatever the conditions are, somebody succeeds without the factor
	choice   outcome
}

// search walks a stack for ways to success that do not pass a factor.
type search struct {
	chain    []entry
	root     bool
	factor   effect
	enrolled bool
	memo     map[state]*verdict
}

// stateLimit bounds the walk. Real stacks have some hundred states.
const stateLimit = 200_000

// ask answers whether each way to success passes the factor.
func (s *Stack) ask(chain []entry, factor effect, enrolled bool) Answer {
	w := search{chain: chain, root: s.Root, factor: factor, enrolled: enrolled, memo: map[state]*verdict{}}
	v := w.from(state{})
	switch {
	case len(w.memo) >= stateLimit:
		return Answer{}
	case !v.may:
		return Answer{Verdict: Yes, By: w.checkers()}
	case v.must:
		return Answer{Verdict: No, By: w.path(true)}
	}
	return Answer{By: w.path(false)}
}

// from judges a state. A search that is too long says that all may be.
func (w *search) from(s state) *verdict {
	if v := w.memo[s]; v != nil {
		return v
	}
	v := &verdict{succeeds: true, may: true}
	if len(w.memo) >= stateLimit {
		return v
	}
	w.memo[s] = v
	*v = w.judge(s)
	return v
}

// judge tries all outcomes of the next entry. Of what whoever logs in chooses, one way without the factor is enough; of what conditions
// decide, all that can succeed must be such ways.
func (w *search) judge(s state) verdict {
	if s.next >= len(w.chain) {
		good := s.mood == moodGood
		without := good && s.effect&w.factor == 0
		return verdict{succeeds: good, may: without, must: without && s.effect&perhaps == 0}
	}
	var v verdict
	conditions, all := 0, true
	for _, o := range w.outcomes(s.next) {
		next := w.from(state{step(w.chain, s.place, o.code), s.effect | o.effect})
		if next.may && !v.may || next.must && !v.must && o.chance == chosen {
			v.choice = o
		}
		v.succeeds, v.may = v.succeeds || next.succeeds, v.may || next.may
		switch {
		case o.chance == chosen:
			v.must = v.must || next.must
		case o.chance == happens && next.succeeds:
			conditions++
			all = all && next.must
		}
	}
	v.must = v.must || conditions > 0 && all
	return v
}

// outcomes are the ways in which an entry may end; those that lead to the same are one.
func (w *search) outcomes(at int) []outcome {
	e := w.chain[at]
	switch e.kind {
	case entrySubstack:
		return []outcome{{}}
	case entryMustFail:
		return []outcome{{code: codePerm}}
	case entryUnread:
		return unreadOutcomes()
	}
	var all []outcome
	for _, o := range e.module.outcomes(w.root) {
		if w.enrolled && e.module.Nullok() && (o.code == codeIgnore || o.code == codeSuccess && o.effect == 0) {
			continue
		}
		same := func(p outcome) bool {
			return p.effect == o.effect && p.chance == o.chance && e.actions[p.code] == e.actions[o.code] && (p.code == codeSuccess) == (o.code == codeSuccess)
		}
		if !slices.ContainsFunc(all, same) {
			all = append(all, o)
		}
	}
	return all
}

// checkers are the lines of the modules that check the factor.
func (w *search) checkers() []Line {
	var lines []Line
	for _, e := range w.chain {
		if e.kind == entryModule && slices.ContainsFunc(e.module.outcomes(w.root), func(o outcome) bool { return o.effect&w.factor != 0 }) {
			lines = append(lines, e.module.Line)
		}
	}
	return lines
}

// path follows a way to success without the factor. Of one that is certain it returns the lines that grant it, otherwise those that leave
// it open.
func (w *search) path(certain bool) []Line {
	var granting, open []Line
	for s := (state{}); s.next < len(w.chain); {
		e, o := w.chain[s.next], w.from(s).choice
		if e.kind == entryModule && o.chance == chosen && o.code == codeSuccess && e.actions[o.code] != actionIgnore {
			granting = append(granting, e.module.Line)
		}
		if o.effect == perhaps || o.chance != chosen && w.matters(s) {
			open = append(open, e.module.Line)
		}
		s = state{step(w.chain, s.place, o.code), s.effect | o.effect}
	}
	if certain || len(open) == 0 {
		return granting
	}
	return open
}

// matters says whether another outcome of the entry would demand the factor.
func (w *search) matters(s state) bool {
	return slices.ContainsFunc(w.outcomes(s.next), func(o outcome) bool {
		next := w.from(state{step(w.chain, s.place, o.code), s.effect | o.effect})
		return next.succeeds && !next.may
	})
}
