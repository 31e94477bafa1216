package server

import (
	"errors"
	"io/fs"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/packets"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// atBoot says whether the host starts with a filter that lets the same packets in as the one that is in force. A host that loads no
// rules starts with none.
func (h *host) atBoot(f packetFilter) evidence.Value[bool] {
	boot := h.bootFilter()
	switch {
	case f.Filter == nil:
		return untold[bool](f.of, f.err).At(f.at)
	case boot.Filter == nil:
		return untold[bool](boot.of, boot.err).At(boot.at)
	case boot.Rules.Empty():
		return evidence.Known(false).At(f.at, boot.at)
	case !h.Live:
		return evidence.Known(true).At(boot.at)
	}
	boot.Network = f.Network
	same, known := packets.Same(f.Filter, boot.Filter)
	if !known {
		return evidence.Unresolved[bool](undecided(nil)).At(f.at, boot.at)
	}
	return evidence.Known(same).At(f.at, boot.at)
}

// startsDocker says whether Docker is started with the host, or may be.
func (h *host) startsDocker() bool {
	unit, err := systemd.Of(h.Capture).Enabled("docker.service")
	return unit.Starts || err != nil && !errors.Is(err, fs.ErrNotExist)
}
