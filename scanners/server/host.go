package server

import (
	"fmt"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// name is the collector's name in facts and sweeps.
const name = "server"

// host is a host while it is read: by one reader after the other.
type host struct {
	*capture.Capture
	place evidence.Place

	facts      []evidence.Fact
	gaps       []evidence.Gap
	notes      []evidence.Gap
	found      map[evidence.Kind]int
	names      map[string]int // how often a thing has a name
	remembered map[any]any    // what shared made
}

// thing says what a fact is about.
type thing struct {
	name  string // such as nginx/www.example.com:443; a second thing of a name becomes its #2
	at    []evidence.Position
	notes []evidence.Reason

	// files are the configuration files that the settings were computed from, and daemons the names of the process that
	// reads them: together they give the level, and whether the settings are stale. Facts of files that no process reads
	// once and for all (PAM, sudoers, schedules) name no daemon: the host itself reads them each time.
	files   []string
	daemons []string
	// level is for what was not computed from files: implementation for what a daemon or the kernel said itself, operation
	// for what has run.
	level evidence.Level
}

// add makes a fact of a resource.
func (h *host) add(t thing, r evidence.Resource) {
	t.name = h.unique(t.name)
	level, stale := t.level, (*evidence.Reason)(nil)
	if level == "" {
		level, stale = h.inForce(t.files, t.daemons)
	}
	source := evidence.Source{Collector: name, Level: level, Place: h.place}
	f := evidence.NewFact(name+":"+h.place.Host+":"+t.name, source, r)
	f.Address = t.name
	f.Addresses, f.At, f.Notes = []string{t.name}, t.at, t.notes
	if stale != nil {
		for setting, reading := range f.Settings {
			if reading.State == evidence.StateKnown {
				f.Settings[setting] = evidence.Reading{State: evidence.StateUnresolved, Why: stale, At: reading.At}
			}
		}
	}
	h.facts = append(h.facts, f)
	h.found[f.Kind]++
}

// unique is the name of a thing that no other has.
func (h *host) unique(name string) string {
	if h.names == nil {
		h.names = map[string]int{}
	}
	if h.names[name]++; h.names[name] > 1 {
		return h.unique(name + "#" + itoa(h.names[name]))
	}
	return name
}

// inForce says what files can show of what is in force: design on a host that does not run, or whose daemon does not;
// implementation where the process has read them; or why they are stale.
func (h *host) inForce(files, daemons []string) (evidence.Level, *evidence.Reason) {
	if !h.Live {
		return evidence.LevelDesign, nil
	}
	if len(daemons) == 0 {
		return evidence.LevelImplementation, nil
	}
	running, err := h.Running(daemons...)
	if err != nil || running.Since.IsZero() {
		return evidence.LevelDesign, nil
	}
	for _, file := range files {
		info, err := h.Stat(file)
		if err == nil && info.ModTime.After(running.Since) {
			stale := evidence.Because("stale", "file", file, "process", running.Name)
			return evidence.LevelImplementation, &stale
		}
	}
	return evidence.LevelImplementation, nil
}

// hide says that facts of the kinds may be missing, and why.
func (h *host) hide(why evidence.Reason, kinds ...evidence.Kind) {
	h.gaps = append(h.gaps, evidence.Gap{Reason: why, Kinds: kinds})
}

// remark says what the reader of the sweep should know of the kinds, and what hides nothing.
func (h *host) remark(why evidence.Reason, kinds ...evidence.Kind) {
	h.notes = append(h.notes, evidence.Gap{Reason: why, Kinds: kinds})
}

// excerptLimit is how much of a line is shown.
const excerptLimit = 200

// line is the position of a line of a file; text is the line itself, or empty.
func (h *host) line(file string, line int, text string) evidence.Position {
	return evidence.Position{Host: h.place.Host, File: file, StartLine: line, EndLine: line, Role: evidence.RoleDecides, Excerpt: capture.Excerpt(text, excerptLimit)}
}

// said is the position of what a command told.
func (h *host) said(command string) evidence.Position {
	p := evidence.Position{Host: h.place.Host, Call: command, Role: evidence.RoleDecides}
	if c, err := h.Command(command); err == nil {
		p.Call = fmt.Sprintf("%s (exit %d)", c.Line, c.Exit)
	}
	return p
}

// shared returns what makeIt makes, which is called once per host and key: for what several readers need. The key must be of a
// type of its own, as a context's.
func shared[T any](h *host, key any, makeIt func() T) T {
	if made, ok := h.remembered[key]; ok {
		return made.(T)
	}
	made := makeIt()
	if h.remembered == nil {
		h.remembered = map[any]any{}
	}
	h.remembered[key] = made
	return made
}

// sharedTry is shared for what may fail.
func sharedTry[T any](h *host, key any, makeIt func() (T, error)) (T, error) {
	type tried struct {
		value T
		err   error
	}
	t := shared(h, key, func() tried {
		value, err := makeIt()
		return tried{value, err}
	})
	return t.value, t.err
}
