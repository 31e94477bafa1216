package server

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// software are the names of the installed packages, of dpkg or rpm. The error says that neither list is known.
func (h *host) software() (map[string]bool, error) {
	type softwareKey struct{}
	return sharedTry(h, softwareKey{}, func() (map[string]bool, error) {
		all := map[string]bool{}
		deb, debErr := h.packages()
		for name := range deb {
			all[name] = true
		}
		rpm, rpmErr := h.Output("rpm")
		for line := range strings.Lines(string(rpm)) {
			if f := strings.Fields(line); len(f) > 1 {
				all[f[0]] = true
			}
		}
		if rpmErr == nil {
			debErr = nil
		}
		return all, debErr
	})
}

// has says whether one of the packages is installed, or one of the processes runs: a program need not come from a package.
func (h *host) has(packages, processes []string) bool {
	installed, _ := h.software()
	for _, name := range packages {
		if installed[name] {
			return true
		}
	}
	running, err := h.Running(processes...)
	return err == nil && !running.Since.IsZero()
}

// anyRuns says whether a program runs, or is started with a host that does not run, by one of the units.
func (h *host) anyRuns(processes []string, units ...string) evidence.Value[bool] {
	answer := evidence.Known(false)
	for _, unit := range units {
		one := h.serviceRuns(processes, unit)
		on, known := one.Get()
		switch {
		case known && on:
			return one
		case !known:
			answer = one
		case len(answer.Positions()) == 0 && answer.State() == evidence.StateKnown:
			answer = one
		}
	}
	return answer
}
