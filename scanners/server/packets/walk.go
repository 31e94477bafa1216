package packets

import "slices"

// walk follows packets through chains. For ordinary packets it collects who surely gets through, for all packets who possibly does.
type walk struct {
	packet
	undecided []Where
	depth     int
	steps     *int
}

// depthLimit is how deep chains may call one another; the kernel allows 16: https://wiki.nftables.org/wiki-nftables/index.php/Jumping_to_chain.
const depthLimit = 20

// stepLimit bounds the rules that are looked at for one question: rules of rulesets that call chains from everywhere.
const stepLimit = 200_000

// outcome is where packets went that entered a chain.
type outcome struct {
	accepted Set
	returned Set // came to the end of the chain
	sent     []sent
}

// sent are packets that go elsewhere.
type sent struct {
	who Set
	to  destination
}

// send notes packets that go elsewhere. Those that go to the same place are one.
func (o *outcome) send(s sent) {
	for i := range o.sent {
		if o.sent[i].to == s.to {
			o.sent[i].who = o.sent[i].who.Union(s.who)
			return
		}
	}
	o.sent = append(o.sent, s)
}

// chain follows packets through a chain.
func (w *walk) chain(c *Chain, live Set) outcome {
	var out outcome
	if w.depth++; w.depth > depthLimit || *w.steps > stepLimit {
		w.depth--
		return w.lost(live, Where{Text: c.ID.name})
	}
	made := w.chains[c]
	made.index.of(&w.packet, len(c.Rules), func(i int) int {
		if live.Empty() {
			return len(c.Rules)
		}
		*w.steps++
		if s := made.stretches[i]; s != nil {
			live = w.stretch(s, c.Rules, i, live, &out)
			return s.end
		}
		live = w.rule(&c.Rules[i], live, &out)
		return i + 1
	})
	w.depth--
	out.returned = out.returned.Union(live)
	return out
}

// lost is what becomes of packets that cannot be followed.
func (w *walk) lost(live Set, at Where) outcome {
	w.doubt(at)
	if w.ordinary {
		return outcome{}
	}
	return outcome{accepted: live, returned: live, sent: []sent{{live, destination{unclear: true}}}}
}

// rule applies a rule to the packets that came to it, and returns those that go on to the next.
func (w *walk) rule(r *rule, live Set, out *outcome) Set {
	here := w.together(r.tests)
	if here.possible.Empty() {
		return live
	}
	if len(r.branches) == 0 {
		return live
	}
	w.pairs[&r.branches[0]].of(&w.packet, len(r.branches), func(i int) int {
		b := &r.branches[i]
		e := here
		if len(b.tests) > 0 {
			own := w.together(b.tests)
			e = extent{here.sure.Intersect(own.sure), here.possible.Intersect(own.possible)}
			here = extent{here.sure.Minus(own.possible), here.possible.Minus(own.sure)}
		}
		if !e.possible.Empty() && b.verdict.action != goesOn {
			live = w.act(b.verdict, e, live, r.at, out)
		}
		return i + 1
	})
	return live
}

// act applies a verdict to the packets of an extent.
func (w *walk) act(v verdict, e extent, live Set, at Where, out *outcome) Set {
	if v.action == unclear {
		return w.shrug(e, live, at, out)
	}
	if !live.Intersect(e.possible).Within(e.sure) {
		w.doubt(at)
	}
	hit, rest := w.split(e, live)
	switch v.action {
	case accepts:
		out.accepted = out.accepted.Union(hit)
	case returns:
		out.returned = out.returned.Union(hit)
	case translates:
		out.send(sent{hit, v.to})
	case jumps, goesTo:
		called := w.chain(v.chain, live.Intersect(e.possible))
		back := w.join(called, e, out)
		if v.action == jumps {
			return rest.Union(back)
		}
		out.returned = out.returned.Union(w.certain(back, e))
	}
	return rest
}

// join adds what a called chain did with the packets of an extent, and returns those that came back.
func (w *walk) join(called outcome, e extent, out *outcome) Set {
	out.accepted = out.accepted.Union(w.certain(called.accepted, e))
	for _, s := range called.sent {
		s.who = w.certain(s.who, e)
		out.send(s)
	}
	return called.returned
}

// certain leaves out those who may not have come to where they are, of packets of which only sure things are said.
func (w *walk) certain(who Set, e extent) Set {
	if w.ordinary {
		return who.Intersect(e.sure)
	}
	return who
}

// split is who a terminal verdict is for, and who goes on.
func (w *walk) split(e extent, live Set) (hit, rest Set) {
	if w.ordinary {
		return live.Intersect(e.sure), live.Minus(e.possible)
	}
	return live.Intersect(e.possible), live.Minus(e.sure)
}

// shrug is a verdict that may be anything. It may even write over a packet, which then is another to all that follows.
func (w *walk) shrug(e extent, live Set, at Where, out *outcome) Set {
	w.doubt(at)
	if w.ordinary {
		return live.Minus(e.possible)
	}
	out.accepted = out.accepted.Union(live.Intersect(e.possible))
	out.send(sent{live.Intersect(e.possible), destination{unclear: true}})
	return live
}

// doubtLimit is how many rules that decide nothing are named.
const doubtLimit = 16

// doubt remembers a rule that decides nothing.
func (w *walk) doubt(at Where) {
	if len(w.undecided) < doubtLimit && !slices.Contains(w.undecided, at) {
		w.undecided = append(w.undecided, at)
	}
}
