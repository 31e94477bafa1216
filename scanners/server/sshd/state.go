package sshd

import (
	"fmt"
	"slices"
	"strings"
)

// Open says why something is not decided: the line that leaves it open, and the error that says why.
type Open struct {
	File string
	Line int
	What string // a path, or a criterion
	Err  error
}

// Value is what a setting is, as sshd -T prints it, one text for each line or word; and the line that decides it. A default has no file.
type Value struct {
	Values []string
	File   string
	Line   int
	Open   *Open // not nil: something that is not known may change it
}

// String returns the values in one line.
func (v Value) String() string { return strings.Join(v.Values, " ") }

// state is what was set while the configuration is read once.
type state struct {
	fields map[string]*Value
	hole   *Open // what could not be read before the present line
}

func newState() *state { return &state{fields: map[string]*Value{}} }

// apply does what a line says. sure is false in a Match block that may hold or not.
func (s *state) apply(st *statement, open *Open) error {
	for _, e := range st.effects {
		old := s.fields[e.field]
		if open != nil {
			s.maybe(e, st, open)
			continue
		}
		if len(e.values) == 0 {
			continue
		}
		next := &Value{Values: slices.Clone(e.values), File: st.file, Line: st.line, Open: s.hole}
		switch e.rule {
		case each, named:
			if old != nil {
				if e.rule == named && slices.ContainsFunc(old.Values, func(v string) bool { return sameName(v, e.values[0]) }) {
					return fmt.Errorf("%w: defined twice", errValue)
				}
				next.Values = append(slices.Clone(old.Values), next.Values...)
				next.Open = either(old.Open, next.Open)
			}
		case first, methods:
			if old != nil && (old.Open == nil || len(old.Values) > 0) {
				continue
			}
			if old != nil {
				next.Open = old.Open
			}
		case principals:
			if s.fields["authorizedkeyscommand"] != nil {
				continue
			}
		case startups:
			if next.Values[1] == "" {
				next.Values[1] = "30"
				if old != nil {
					next.Values[1] = old.Values[1]
				}
			}
		}
		s.fields[e.field] = next
	}
	return nil
}

// maybe leaves a setting open, where it is not decided already.
func (s *state) maybe(e effect, st *statement, open *Open) {
	old := s.fields[e.field]
	switch {
	case old == nil:
		s.fields[e.field] = &Value{File: st.file, Line: st.line, Open: open}
	case e.rule != first && e.rule != methods:
		changed := *old
		changed.Open = either(old.Open, open)
		s.fields[e.field] = &changed
	}
}

func either(a, b *Open) *Open {
	if a != nil {
		return a
	}
	return b
}

func sameName(a, b string) bool {
	a, _, _ = strings.Cut(a, " ")
	b, _, _ = strings.Cut(b, " ")
	return a == b
}
