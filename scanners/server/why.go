package server

import (
	"errors"
	"io/fs"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// untold is the setting that could not be read because of err, which names what: a path or a command.
func untold[T any](what string, err error) evidence.Value[T] {
	if errors.Is(err, fs.ErrPermission) {
		return evidence.Denied[T](why(what, err))
	}
	return evidence.Unresolved[T](why(what, err))
}

// lost makes a setting unresolved where something that may change it could not be read.
func lost[T any](v evidence.Value[T], unread []capture.Unread) evidence.Value[T] {
	if len(unread) > 0 {
		return untold[T](unread[0].Path, unread[0].Err).At(v.Positions()...)
	}
	return v
}

// why is the reason that err gives for not knowing what: a path or a command.
func why(what string, err error) evidence.Reason {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return evidence.Because("host_refused", "what", what)
	case errors.Is(err, capture.ErrNotCollected):
		return evidence.Because("host_not_collected", "what", what)
	case errors.Is(err, capture.ErrRedacted):
		return evidence.Because("host_redacted", "what", what)
	case errors.Is(err, fs.ErrNotExist):
		return evidence.Because("host_not_there", "what", what)
	}
	return evidence.Because("host_not_understood", "what", what)
}
