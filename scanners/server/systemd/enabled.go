package systemd

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Enablement says whether a unit is started with the host.
type Enablement struct {
	State  string // as systemctl is-enabled says it: enabled, disabled, masked, static, indirect, generated, ...; not-found
	Starts bool   // something that is started with the host wants it
	By     string // the link that wants it, where it is known
	Told   bool   // the state is what the service manager said itself
}

// Enabled says whether a unit is started with the host: a link of its name stands in a .wants or .requires directory, or a
// run level starts its script. An alias counts as the unit itself. A unit that is not there is not-found and no error; what
// presets would do is not asked. Whether a target that wants it is itself started is not followed.
func (h Host) Enabled(name string) (Enablement, error) {
	u, err := h.find(name)
	told := h.told(name)
	e := Enablement{State: told, Told: told != ""}
	switch {
	case errors.Is(err, fs.ErrNotExist) && !e.Told:
		return h.script(name)
	case err != nil && !e.Told:
		return Enablement{}, err
	case u.masked || strings.HasPrefix(told, "masked"):
		return Enablement{State: "masked", Told: e.Told}, nil
	}
	by, strong, err := h.wanted(u.names)
	if err != nil && !e.Told {
		return Enablement{}, err
	}
	e.By, e.Starts = by, by != "" || told == "enabled" || told == "enabled-runtime"
	if told == "generated" {
		s, err := h.script(name)
		return Enablement{State: told, Starts: s.Starts || e.Starts, By: s.By, Told: true}, err
	}
	if !e.Told {
		e.State, err = h.state(name, u, by != "" && strong)
	}
	return e, err
}

// state tells the state of a unit from its files; wanted says that a link in /etc or /run wants it.
func (h Host) state(name string, at found, wanted bool) (string, error) {
	switch {
	case wanted:
		return "enabled", nil
	case at.name != name && len(at.names) > 0 && !slices.Contains(at.names[1:], template(name)):
		return "alias", nil
	}
	u, err := h.Unit(name)
	if err != nil {
		return "", err
	}
	install := func(keys ...string) bool {
		return len(u.list("Install", func(k string) bool { return slices.Contains(keys, k) })) > 0
	}
	switch {
	case h.aliased(u):
		return "enabled", nil
	case install("WantedBy", "RequiredBy", "UpheldBy", "Alias"):
		return "disabled", nil
	case install("Also"):
		return "indirect", nil
	}
	return "static", nil
}

// aliased says whether one of a unit's aliases was installed.
func (h Host) aliased(u Unit) bool {
	for _, e := range u.List("Install", "Alias") {
		for _, alias := range strings.Fields(e.Value) {
			target, err := h.Files.Link(path.Join("/etc/systemd/system", alias))
			if err == nil && path.Base(target) == u.Name {
				return true
			}
		}
	}
	return false
}

// wanted finds a link of one of the names in a .wants or .requires directory; strong says that an administrator may have put it
// there.
func (h Host) wanted(names []string) (link string, strong bool, err error) {
	var weak string
	for _, dir := range unitDirs() {
		below, err := h.Files.List(dir)
		if errors.Is(err, capture.ErrNotCollected) && dir == "/etc/systemd/system" {
			return "", false, err
		}
		if err != nil {
			continue
		}
		for _, sub := range below {
			if !strings.HasSuffix(sub, ".wants") && !strings.HasSuffix(sub, ".requires") && !strings.HasSuffix(sub, ".upholds") {
				continue
			}
			in, err := h.Files.List(path.Join(dir, sub))
			if err != nil {
				continue
			}
			for _, name := range names {
				if !slices.Contains(in, name) || strings.HasSuffix(name, "@"+path.Ext(name)) {
					continue
				}
				link := path.Join(dir, sub, name)
				if strings.HasPrefix(dir, "/etc/") || strings.HasPrefix(dir, "/run/") {
					return link, true, nil
				}
				weak = link
			}
		}
	}
	return weak, false, nil
}

// script says whether a run level starts a script of System V's init of a service's name.
// https://www.freedesktop.org/software/systemd/man/latest/systemd-sysv-generator.html
func (h Host) script(name string) (Enablement, error) {
	base, ok := strings.CutSuffix(name, ".service")
	if _, err := h.Files.Stat("/etc/init.d/" + base); !ok || err != nil {
		return Enablement{State: "not-found"}, unlessAbsent(err)
	}
	e := Enablement{State: "generated"}
	for _, level := range []string{"2", "3", "4", "5"} {
		dir := "/etc/rc" + level + ".d"
		names, err := h.Files.List(dir)
		if err != nil && !absent(err) {
			return Enablement{}, err
		}
		for _, n := range names {
			if len(n) > 3 && n[0] == 'S' && n[3:] == base {
				e.Starts, e.By = true, path.Join(dir, n)
			}
		}
	}
	return e, nil
}

// told is the state that systemctl list-unit-files says, or empty.
func (h Host) told(name string) string {
	lines := bufio.NewScanner(bytes.NewReader(h.UnitFiles))
	for lines.Scan() {
		if f := strings.Fields(lines.Text()); len(f) >= 2 && f[0] == name {
			return f[1]
		}
	}
	return ""
}

// Properties returns what systemctl show says of a unit, or false when it says nothing.
func (h Host) Properties(name string) (map[string]string, bool) {
	for block := range strings.SplitSeq(string(h.Shown), "\n\n") {
		properties := map[string]string{}
		for line := range strings.SplitSeq(block, "\n") {
			if key, value, ok := strings.Cut(line, "="); ok {
				properties[key] = value
			}
		}
		if properties["Id"] == name {
			return properties, true
		}
	}
	return nil, false
}
