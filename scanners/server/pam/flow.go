package pam

// mood is libpam's impression of a stack with whether its status is success.
type mood int8

const (
	moodUndefined mood = iota // nothing counted yet: it fails
	moodGood                  // success so far
	moodOdd                   // a module that counts returned neither success nor a failure
	moodBad
)

// place is where libpam is in a stack.
type place struct {
	next  int // entry to be called
	level int // of the entry before
	mood  mood
	saved [substackLimit + 1]mood // impressions when substacks were entered
}

// step is what libpam does after the entry at p.next returned c (_pam_dispatch_aux of pam_dispatch.c).
func step(chain []entry, p place, c code) place {
	e := chain[p.next]
	at := p.next
	if e.level > p.level {
		p.saved[e.level] = p.mood
	}
	p.level = e.level
	if e.kind != entrySubstack {
		at = p.act(chain, e, c)
	}
	p.next = at + 1
	return p
}

// act changes the impression, and returns the last entry that is passed over.
func (p *place) act(chain []entry, e entry, c code) int {
	a := e.actions[c]
	switch a {
	case actionReset:
		p.mood = p.saved[e.level]
	case actionOK, actionDone:
		if p.mood == moodUndefined || p.mood == moodGood {
			p.mood = moodOdd
			if c == codeSuccess {
				p.mood = moodGood
			}
		}
		if a == actionDone && p.mood != moodBad {
			return leave(chain, p.next)
		}
	case actionBad, actionDie:
		p.mood = moodBad
		if a == actionDie {
			return leave(chain, p.next)
		}
	case actionIgnore:
	default:
		at, rest := jump(chain, p.next, int(a))
		if rest > 0 {
			p.mood = moodBad
		}
		return at
	}
	return p.next
}

// leave passes over the rest of the stack or substack.
func leave(chain []entry, at int) int {
	for level := chain[at].level; at+1 < len(chain) && chain[at+1].level >= level; {
		at++
	}
	return at
}

// jump passes over n entries of the same level; a substack is one, with all that is in it. What is left over is an error.
func jump(chain []entry, at, n int) (int, int) {
	level := chain[at].level
	for n > 0 && at+1 < len(chain) && chain[at+1].level >= level {
		for at++; at+1 < len(chain) && chain[at+1].level > level; {
			at++
		}
		n--
	}
	return at, n
}
