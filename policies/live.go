package policies

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// live lists the kinds of a policy that only a running system shows: `live: true` is all of them, a list is some. In a run
// that looked at no running system they are left out, and with all of them the check.
func (m *metadata) live(kinds []evidence.Kind) []evidence.Kind {
	const form = "METADATA: custom.live must be true, or a list of some of the kinds: those that only a running system shows"
	switch given := m.note.Custom["live"].(type) {
	case nil:
		if _, ok := m.note.Custom["live"]; ok {
			m.fail(form)
		}
		return nil
	case bool:
		if !given {
			m.fail(form)
		}
		return kinds
	}
	var live []evidence.Kind
	for _, name := range m.texts("live") {
		k := evidence.Kind(name)
		if !slices.Contains(kinds, k) {
			m.fail("METADATA: live names kind %q, which the policy does not judge", name)
		}
		live = append(live, k)
	}
	if len(live) >= len(kinds) {
		m.fail(form)
	}
	return live
}

// kindsFor returns the kinds that the policy judges in this run under p, of those that the run could have seen: those that
// only a running system shows are among them when a sweep of a running system that p is about looked for any of the
// policy's kinds. None means that the check is not run.
func (j *judge) kindsFor(p *promise, by *policy, seeable []evidence.Kind) []evidence.Kind {
	if len(by.live) == 0 || j.sawRunning(p, by.check.Kinds) {
		return seeable
	}
	return slices.DeleteFunc(slices.Clone(seeable), func(k evidence.Kind) bool { return slices.Contains(by.live, k) })
}

// sawRunning says whether a sweep of a running system that p is about looked for any of the kinds.
func (j *judge) sawRunning(p *promise, kinds []evidence.Kind) bool {
	return slices.ContainsFunc(j.snapshot.Sweeps, func(s evidence.Sweep) bool {
		looks := slices.ContainsFunc(kinds, func(k evidence.Kind) bool { return slices.Contains(s.Kinds, k) })
		return looks && isLive(s.Level) && j.covers(p, s.Place)
	})
}

// notRun is the count of a check that was not run for want of a running system. It leaves its promise as it is.
func notRun(a *applied) evidence.CheckCount {
	return evidence.CheckCount{
		Check: a.check.ID, Verdict: evidence.Unknown, Reasons: []evidence.Reason{evidence.Because("needs_live_source")},
	}
}
