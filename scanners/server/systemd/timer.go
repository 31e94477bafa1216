package systemd

import (
	"slices"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/schedule"
)

// Timer says how often a timer unit starts its unit.
type Timer struct {
	Unit                        // of the timer itself
	Activates  string           // the unit that it starts
	Interval   time.Duration    // the longest time between two starts by its expressions, without Jitter
	Repeats    bool             // it elapses again and again; otherwise Interval is zero
	Jitter     time.Duration    // how much later than its time it may start: RandomizedDelaySec and AccuracySec
	Elapses    []schedule.Times // by the calendar
	Every      time.Duration    // since it last ran, 0 when it does not elapse so
	Persistent bool             // a start that was missed while the host was down is made up for
	At         []Entry          // the lines that decide
	Ignored    []Entry          // lines that systemd ignores, for they are not understood
}

// defaultAccuracy is AccuracySec where nothing sets it. https://www.freedesktop.org/software/systemd/man/latest/systemd.timer.html#AccuracySec=
const defaultAccuracy = time.Minute

// Timer returns the timer unit of a name. Whether it is started is Enabled's to say. The month and year of an expression that ends are
// counted from the time given.
func (h Host) Timer(name string, from time.Time) (Timer, error) {
	u, err := h.Unit(name)
	if err != nil || u.Masked {
		return Timer{Unit: u}, err
	}
	stem, instance, _ := split(name)
	t := Timer{Unit: u, Activates: stem + instance + ".service", Jitter: defaultAccuracy}
	if e, ok := u.Last("Timer", "Unit"); ok && e.Value != "" {
		t.Activates = e.Value
	}
	t.delays()
	t.elapses(from)
	return t, nil
}

// delays reads what makes a timer late.
func (t *Timer) delays() {
	if e, ok := t.Last("Timer", "AccuracySec"); ok {
		if d, err := ParseSpan(e.Value); err == nil {
			t.Jitter = d
		}
	}
	if e, ok := t.Last("Timer", "RandomizedDelaySec"); ok {
		if d, err := ParseSpan(e.Value); err == nil {
			t.Jitter += d
		}
	}
	if e, ok := t.Last("Timer", "Persistent"); ok {
		t.Persistent = Bool(e.Value)
	}
}

// elapses joins a timer's expressions. An empty one of any sort drops all before it. Those that elapse once after the start of the
// host do not repeat.
func (t *Timer) elapses(from time.Time) {
	keys := []string{"OnActiveSec", "OnBootSec", "OnCalendar", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec"}
	for _, e := range t.list("Timer", func(k string) bool { return slices.Contains(keys, k) }) {
		switch {
		case e.Key == "OnCalendar":
			c, err := ParseCalendar(e.Value)
			if err != nil {
				t.Ignored = append(t.Ignored, e)
				continue
			}
			t.Elapses = append(t.Elapses, c.Times())
		case strings.HasPrefix(e.Key, "OnUnit"):
			d, err := ParseSpan(e.Value)
			if err != nil {
				t.Ignored = append(t.Ignored, e)
				continue
			}
			if t.Every == 0 || d < t.Every {
				t.Every = d
			}
		default:
			continue
		}
		t.At = append(t.At, e)
	}
	t.Interval, t.Repeats = schedule.Longest(from, t.Elapses...)
	if t.Every > 0 && (!t.Repeats || t.Every < t.Interval) {
		t.Interval, t.Repeats = t.Every, true
	}
}

// Bool reads a boolean: 1, yes, y, true, t and on are true. https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
func Bool(value string) bool {
	return slices.Contains([]string{"1", "yes", "y", "true", "t", "on"}, strings.ToLower(value))
}

// Timers lists the names of all timer units of the host, sorted, aliases and templates left out.
func (h Host) Timers() ([]string, error) {
	var all []string
	for _, dir := range unitDirs() {
		names, err := h.Files.List(dir)
		if err != nil {
			if dir == "/etc/systemd/system" && !absent(err) {
				return nil, err
			}
			continue
		}
		for _, name := range names {
			if strings.HasSuffix(name, ".timer") && !strings.HasSuffix(name, "@.timer") {
				all = append(all, name)
			}
			if strings.HasSuffix(name, ".wants") || strings.HasSuffix(name, ".requires") {
				all = append(all, h.instances(dir+"/"+name)...)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// instances lists the instances of timers that a directory of links wants.
func (h Host) instances(dir string) []string {
	var all []string
	names, _ := h.Files.List(dir)
	for _, name := range names {
		if strings.HasSuffix(name, ".timer") && template(name) != "" {
			all = append(all, name)
		}
	}
	return all
}
