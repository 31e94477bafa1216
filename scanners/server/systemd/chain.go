package systemd

import (
	"slices"
	"strings"
)

// micro is how many units a second has in a chain of seconds.
const micro = 1_000_000

// link is a component of a calendar event: a value, a range, and how often it repeats.
type link struct{ start, stop, repeat int } // stop is -1 without a range

// chain is a list of components; nil matches everything.
type chain []link

func only(n int) chain { return chain{{n, -1, 0}} }

// years completes years of two digits.
func (c chain) years() chain {
	fix := func(y int) int {
		switch {
		case y >= 0 && y < 70:
			return y + 2000
		case y >= 70 && y < 100:
			return y + 1900
		}
		return y
	}
	out := slices.Clone(c)
	for i := range out {
		out[i].start = fix(out[i].start)
		if out[i].stop >= 0 {
			out[i].stop = fix(out[i].stop)
		}
	}
	return out
}

// valid says whether all components are in a range. A repetition must happen at least once.
func (c chain) valid(from, to int, fromEnd bool) bool {
	if fromEnd {
		to -= 3
	}
	for _, l := range c {
		l = l.normal()
		switch {
		case l.start < from || l.start > to || l.repeat > to-from:
			return false
		case l.stop >= 0 && (l.stop < from || l.stop > to || l.start+l.repeat > l.stop):
			return false
		case l.stop < 0 && fromEnd && l.start-l.repeat < from:
			return false
		case l.stop < 0 && !fromEnd && l.start+l.repeat > to:
			return false
		}
	}
	return true
}

// normal ends a range at its last repetition, and makes a range of one value a value.
func (l link) normal() link {
	if l.stop > l.start && l.repeat > 0 {
		l.stop -= (l.stop - l.start) % l.repeat
	}
	if l.stop >= 0 && l.start == l.stop {
		l.stop, l.repeat = -1, 0
	}
	return l
}

// has says whether a value matches.
func (c chain) has(n int) bool {
	return c == nil || slices.ContainsFunc(c, func(l link) bool {
		switch l = l.normal(); {
		case n == l.start:
			return true
		case l.repeat == 0 || n < l.start || l.stop >= 0 && n > l.stop:
			return false
		}
		return (n-l.start)%l.repeat == 0
	})
}

// fromEnd turns days that are counted from the end of a month of so many days.
func (c chain) fromEnd(days int) chain {
	var out chain
	for _, l := range c {
		l = l.normal()
		l.start = days - l.start + 1
		if l.stop >= 0 {
			l.start, l.stop = days-l.stop+1, l.start
		}
		out = append(out, l)
	}
	return out
}

// all lists the values from first to last that match, of values in units: seconds are counted in microseconds, and every
// elapse within one second counts once.
func (c chain) all(first, last, unit int) []int {
	var out []int
	for n := first; n <= last; n++ {
		if c == nil || slices.ContainsFunc(c, func(l link) bool { return l.within(n*unit, n*unit+unit-1) }) {
			out = append(out, n)
		}
	}
	return out
}

// within says whether any of its values lies between two.
func (l link) within(from, to int) bool {
	l = l.normal()
	if l.start >= from && l.start <= to {
		return true
	}
	if l.repeat == 0 || to < l.start {
		return false
	}
	next := l.start + (max(from-l.start, 0)+l.repeat-1)/l.repeat*l.repeat
	return next <= to && (l.stop < 0 || next <= l.stop)
}

// scanner takes a calendar event apart.
type scanner struct {
	rest   string
	failed bool
}

func (s *scanner) expect(c byte) {
	if s.failed || s.rest == "" || s.rest[0] != c {
		s.failed = true
		return
	}
	s.rest = s.rest[1:]
}

// chain takes a * or a list of components.
func (s *scanner) chain(seconds bool) chain {
	if strings.HasPrefix(s.rest, "*") {
		s.rest = s.rest[1:]
		if seconds {
			return chain{{0, -1, micro}}
		}
		return nil
	}
	var all chain
	for !s.failed {
		all = append(all, s.link(seconds))
		if !strings.HasPrefix(s.rest, ",") {
			break
		}
		s.rest = s.rest[1:]
	}
	if len(all) > 240 || s.rest != "" && !strings.ContainsRune(" -~:", rune(s.rest[0])) {
		s.failed = true
	}
	return all
}

// link takes a value, with a range and a repetition.
func (s *scanner) link(seconds bool) link {
	l := link{start: s.number(seconds), stop: -1}
	if strings.HasPrefix(s.rest, "..") {
		s.rest = s.rest[2:]
		l.stop, l.repeat = s.number(seconds), 1
		if seconds {
			l.repeat = micro
		}
	}
	if strings.HasPrefix(s.rest, "/") {
		s.rest = s.rest[1:]
		l.repeat = s.number(seconds)
		s.failed = s.failed || l.repeat == 0
	} else if seconds && l.stop >= 0 && l.start+l.repeat > l.stop {
		s.failed = true
	}
	return l
}

// number takes a decimal number; seconds may have a fraction, which is rounded to microseconds.
func (s *scanner) number(seconds bool) int {
	n, digits := s.digits(6)
	s.failed = s.failed || digits == 0
	if !seconds {
		return n
	}
	n *= micro
	if len(s.rest) > 1 && s.rest[0] == '.' && s.rest[1] >= '0' && s.rest[1] <= '9' {
		s.rest = s.rest[1:]
		fraction := s.rest
		_, digits := s.digits(18)
		for i, unit := 0, micro/10; i < min(digits, 6); i, unit = i+1, unit/10 {
			n += int(fraction[i]-'0') * unit
		}
		if digits > 6 && fraction[6] >= '5' {
			n++
		}
	}
	return n
}

// digits takes a number of at most so many digits.
func (s *scanner) digits(limit int) (n, digits int) {
	for s.rest != "" && s.rest[0] >= '0' && s.rest[0] <= '9' {
		n, digits = n*10+int(s.rest[0]-'0'), digits+1
		s.rest = s.rest[1:]
		if digits > limit {
			s.failed = true
			return 0, digits
		}
	}
	return n, digits
}
