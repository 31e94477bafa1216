package packets

import "slices"

// stretch are rules that follow one another and do not ask for the port: what they do with packets to one port they do for all. It
// remembers what it did last.
type stretch struct {
	end  int // the rule after the last
	told map[stretchKey]answer
}

// stretchKey is all that rules ask a packet but its port.
type stretchKey struct {
	family   Family
	protocol int
	in, out  string
	own      number
	owns     bool

	outgoing, ordinary, sent, forwarded, untracked, marked, early, midway bool
}

// answer is what a stretch did with those who came to it.
type answer struct {
	came, accepted, returned, left Set
	doubts                         []Where
}

// stretchesOf finds the stretches of a chain that are long enough.
func stretchesOf(rules []rule) map[int]*stretch {
	all := map[int]*stretch{}
	for from := 0; from < len(rules); from++ {
		to := from
		for to < len(rules) && rules[to].portless() {
			to++
		}
		if to-from >= fewest || slices.ContainsFunc(rules[from:to], costly) {
			all[from] = &stretch{end: to, told: map[stretchKey]answer{}}
		}
		from = to
	}
	return all
}

// costly says whether a rule asks large sets.
func costly(r rule) bool {
	large := false
	visitAll(r.tests, func(t test) { large = large || len(t.values.spans) >= fewest || len(t.any) >= fewest })
	return large
}

// portless says whether a rule asks nobody for the port.
func (r *rule) portless() bool {
	asks := false
	visit := func(t test) { asks = asks || t.field == targetPort }
	visitAll(r.tests, visit)
	for _, b := range r.branches {
		visitAll(b.tests, visit)
		switch b.verdict.action {
		case goesOn, accepts, drops, returns:
		default:
			return false
		}
	}
	return !asks
}

// stretch takes packets through a stretch that begins with a rule, and returns those that go on.
func (w *walk) stretch(s *stretch, rules []rule, from int, live Set, out *outcome) Set {
	key := stretchKey{family: w.family, protocol: w.protocol, in: w.in, out: w.out, owns: w.own != nil, outgoing: w.outgoing, ordinary: w.ordinary,
		sent: w.sent, forwarded: w.forwarded, untracked: w.untracked, marked: w.marked, early: w.early, midway: w.midway}
	if w.own != nil {
		key.own = *w.own
	}
	t, asked := s.told[key]
	if !asked || !t.came.Equal(live) {
		t = w.through(rules[from:s.end], live)
		s.told[key] = t
	}
	out.accepted, out.returned = out.accepted.Union(t.accepted), out.returned.Union(t.returned)
	for _, d := range t.doubts {
		w.doubt(d)
	}
	return t.left
}

// through takes packets through rules.
func (w *walk) through(rules []rule, live Set) answer {
	t := answer{came: live}
	var out outcome
	before := w.undecided
	w.undecided = nil
	for len(rules) > 0 && !live.Empty() {
		*w.steps++
		if gone, count := w.stopped(rules); count > 0 {
			*w.steps += count
			live, rules = live.Minus(gone), rules[count:]
			continue
		}
		live, rules = w.rule(&rules[0], live, &out), rules[1:]
	}
	t.accepted, t.returned, t.left, t.doubts = out.accepted, out.returned, live, w.undecided
	w.undecided = before
	return t
}

// stopped are those whom the first rules surely drop, and how many rules these are: long lists of banned addresses are taken at once.
func (w *walk) stopped(rules []rule) (Set, int) {
	var gone []span
	count := 0
	for _, r := range rules {
		if len(r.branches) != 1 || len(r.branches[0].tests) > 0 || r.branches[0].verdict.action != drops {
			break
		}
		e := w.together(r.tests)
		if !e.sure.Equal(e.possible) {
			break
		}
		gone = append(gone, e.sure.spans...)
		count++
	}
	return makeSet(gone), count
}
