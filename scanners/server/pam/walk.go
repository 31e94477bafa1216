package pam

// turn is one way in which an entry may end: with a code, and with what is known of the way so far. What the notes mean is the asker's.
type turn struct {
	code  code
	notes notes
}

// notes are what a walk remembers of its way.
type notes uint8

// spot is a place in the stack with the notes that were made on the way there.
type spot struct {
	place
	notes notes
}

// end is how a walk ends.
type end struct {
	good  bool
	notes notes
}

// walk goes all ways through a stack.
type walk struct {
	chain []entry
	turns func(at int, so notes) []turn
	seen  map[spot]bool
	ends  map[end]bool
}

// ends are the ends of all ways; known is false where there are too many ways, or something unread stands among them.
func ends(chain []entry, turns func(at int, so notes) []turn) (found map[end]bool, known bool) {
	w := &walk{chain: chain, turns: turns, seen: map[spot]bool{}, ends: map[end]bool{}}
	w.from(spot{})
	for _, e := range chain {
		if e.kind == entryUnread {
			return w.ends, false
		}
	}
	return w.ends, len(w.seen) < stateLimit
}

func (w *walk) from(s spot) {
	if w.seen[s] || len(w.seen) >= stateLimit {
		return
	}
	w.seen[s] = true
	if s.next >= len(w.chain) {
		w.ends[end{s.mood == moodGood, s.notes}] = true
		return
	}
	turns := []turn{{code: codePerm, notes: s.notes}}
	switch w.chain[s.next].kind {
	case entrySubstack:
		turns[0].code = codeSuccess
	case entryModule:
		turns = w.turns(s.next, s.notes)
	}
	for _, t := range turns {
		w.from(spot{step(w.chain, s.place, t.code), t.notes})
	}
}

// likely are the codes by which a module may end when nothing is broken.
func likely(outcomes []outcome, so notes) []turn {
	var all []turn
	for _, o := range outcomes {
		if o.chance != rare {
			all = append(all, turn{o.code, so})
		}
	}
	return all
}
