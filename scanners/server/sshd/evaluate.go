package sshd

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Settings are what the daemon does for one connection, by the names that sshd -T prints.
type Settings map[string]Value

// walk reads the configuration once: when the daemon starts, without a context, or for a connection.
type walk struct {
	context *Context
	state   *state
}

// file reads the lines of a file. outer says whether the block that includes it counts; matchOnly that the file stands outside of all
// blocks, so that only its Match blocks count for a connection.
func (w *walk) file(s *source, active, outer activity, matchOnly bool, open *Open) error {
	for i := range s.lines {
		st := &s.lines[i]
		switch st.keyword.name {
		case "match":
			active = min(outer, holds(st.criteria, w.context))
			matchOnly = false
			if active == perhaps && open == nil {
				open = &Open{File: st.file, Line: st.line, What: "Match", Err: ErrGroups}
			}
		case "include":
			if err := w.include(st, active, matchOnly, open); err != nil {
				return err
			}
		default:
			if err := w.line(st, active, open); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *walk) include(st *statement, active activity, matchOnly bool, open *Open) error {
	outer := active
	if matchOnly {
		outer = on
	}
	for _, p := range st.parts {
		if p.open != nil {
			if outer != off && w.state.hole == nil {
				w.state.hole = p.open
			}
			continue
		}
		if err := w.file(p.source, active, outer, matchOnly, open); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) line(st *statement, active activity, open *Open) error {
	if active == off {
		if !st.keyword.match && w.context == nil {
			return fmt.Errorf("%s:%d: %w: %s in a Match block", st.file, st.line, ErrRefused, st.keyword.name)
		}
		return w.anyMethod(st)
	}
	if err := w.anyMethod(st); err != nil {
		return err
	}
	if active == on {
		open = nil
	}
	if err := w.state.apply(st, open); err != nil {
		return fmt.Errorf("%s:%d: %w: %w", st.file, st.line, ErrRefused, err)
	}
	return nil
}

// anyMethod refuses "any" after other methods, in blocks that do not count too, as the daemon does.
func (w *walk) anyMethod(st *statement) error {
	for _, e := range st.effects {
		if old := w.state.fields[e.field]; e.rule == methods && slices.Contains(e.values, "any") && old != nil && len(old.Values) > 0 {
			return fmt.Errorf("%s:%d: %w: any must be alone", st.file, st.line, ErrRefused)
		}
	}
	return nil
}

// begin does what the daemon does when it starts.
func (c *Config) begin() error {
	w := &walk{state: newState()}
	for i := range c.args {
		if err := w.line(&c.args[i], on, nil); err != nil {
			return err
		}
	}
	if err := w.file(c.main, on, on, false, nil); err != nil {
		return err
	}
	c.start = w.state
	return c.sensible(c.finish(w.state, nil))
}

// errSense says that the daemon ends for settings that make no sense together.
var errSense = errors.New("settings that make no sense together")

// sensible does the daemon's last checks before it starts. They look at the settings outside of Match blocks.
func (c *Config) sensible(s Settings, err error) error {
	if err != nil {
		return err
	}
	for _, name := range []string{"authorizedkeyscommand", "authorizedprincipalscommand"} {
		command, user := s[name], s[name+"user"]
		if command.Open == nil && user.Open == nil && !isNone(command.String()) && command.String() != "" && user.File == "" { // a user that is called none is one
			return fmt.Errorf("%s:%d: %w: %w: %s without a user", command.File, command.Line, ErrRefused, errSense, name)
		}
	}
	m := s["authenticationmethods"]
	if m.Open == nil && m.String() != "any" && !slices.ContainsFunc(m.Values, func(list string) bool { return s.possible(list) }) {
		return fmt.Errorf("%s:%d: %w: %w: AuthenticationMethods that are switched off", m.File, m.Line, ErrRefused, errSense)
	}
	return nil
}

// possible says whether all ways of a list are switched on, or may be.
func (s Settings) possible(list string) bool {
	for _, way := range strings.Split(list, ",") {
		name, _, _ := strings.Cut(way, ":")
		v := s[map[string]string{"publickey": "pubkeyauthentication", "password": "passwordauthentication", "keyboard-interactive": "kbdinteractiveauthentication",
			"hostbased": "hostbasedauthentication", "gssapi-with-mic": "gssapiauthentication", "gssapi-keyex": "gssapikeyexchange"}[name]]
		if name != "none" && v.Open == nil && v.String() == "no" {
			return false
		}
	}
	return true
}

// For returns the settings of a connection. The error says that the daemon ends the connection for what a Match block says.
func (c *Config) For(x Context) (Settings, error) {
	w := &walk{context: &x, state: newState()}
	if err := w.file(c.main, off, on, true, nil); err != nil {
		return nil, err
	}
	return c.finish(c.start, w.state)
}

// overridable are the settings that a Match block changes.
func overridable() map[string]bool {
	names := map[string]bool{"rekeyinterval": true}
	for _, k := range matchable() {
		if k.match {
			names[k.name] = true
		}
	}
	return names
}

// finish puts the settings of a connection over those of the start, and the defaults below both.
func (c *Config) finish(start, connection *state) (Settings, error) {
	merged := maps.Clone(start.fields)
	names, overridden := overridable(), map[string]bool{}
	if connection != nil {
		for name, v := range connection.fields {
			if names[name] && (len(v.Values) > 0 || v.Open != nil) {
				merged[name], overridden[name] = v, true
			}
		}
	}
	s := Settings{}
	for name, v := range c.defaults() {
		s[name] = v
		if start.hole != nil && merged[name] == nil {
			s[name] = Value{Values: v.Values, Open: start.hole}
		}
	}
	for name, v := range merged {
		s[name] = *v
	}
	if connection != nil && connection.hole != nil {
		for name := range names {
			if v, ok := s[name]; ok && connection.fields[name] == nil {
				v.Open = either(v.Open, connection.hole)
				s[name] = v
			}
		}
	}
	return s, c.complete(s, start, overridden)
}
