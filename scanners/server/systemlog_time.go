package server

import (
	"errors"
	"io/fs"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/timesync"
)

// timeDaemon says whether a daemon that sets the clock runs, or is started with the host, and has a source.
func (h *host) timeDaemon() evidence.Value[bool] {
	open := evidence.Value[bool]{}
	some := false
	for _, d := range timesync.Daemons() {
		runs := h.serviceRuns(d.Processes, d.Unit)
		on, known := runs.Get()
		if !known {
			open, some = runs, true
			continue
		}
		if !on {
			continue
		}
		sources, err := d.Sources(h)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			open, some = untold[bool](d.Config, err), true
		case len(sources) > 0:
			return evidence.Known(true).At(h.line(sources[0].File, sources[0].Line, ""))
		}
	}
	if some {
		return open
	}
	return evidence.Known(false).At(h.said("ps"))
}
