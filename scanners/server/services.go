package server

import "slices"

// systemdRuns says whether systemd manages the host's services: without it neither timers nor units start anything. A host that does not
// run is taken at its files' word.
func (h *host) systemdRuns() bool {
	all, err := h.Processes()
	if err != nil || len(all) == 0 {
		return true
	}
	return all[0].PID != 1 || all[0].Name == "systemd" || all[0].Name == "init"
}

// cronRuns says whether a cron daemon runs.
func (h *host) cronRuns() bool {
	all, err := h.Processes()
	if err != nil {
		return true
	}
	for _, p := range all {
		if slices.Contains([]string{"cron", "crond", "cronie", "anacron"}, p.Name) {
			return true
		}
	}
	return false
}
