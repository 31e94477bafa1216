package main

import (
	"strconv"
	"time"

	"github.com/spf13/cobra"
)

func atFlag(c *cobra.Command, at *string) {
	c.Flags().StringVar(at, "at", "", "`TIME` of the run as RFC 3339, the only clock (also: SOURCE_DATE_EPOCH; default now)")
}

// clock returns the time of the run, in UTC and whole seconds: --at, else SOURCE_DATE_EPOCH, else now.
// See https://reproducible-builds.org/specs/source-date-epoch.
func (p *program) clock(at string) (time.Time, error) {
	if at != "" {
		t, err := time.Parse(time.RFC3339, at)
		if err != nil {
			return time.Time{}, usageError("--at "+at+": not a time", "write it as RFC 3339: --at 2026-11-21T12:00:00Z")
		}
		return t.UTC().Truncate(time.Second), nil
	}
	if epoch := p.env["SOURCE_DATE_EPOCH"]; epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil || seconds < 0 || seconds > 1<<40 {
			return time.Time{}, usageError("SOURCE_DATE_EPOCH "+quote(epoch)+": not a time", "it counts seconds since 1970, such as 1763726400")
		}
		return time.Unix(seconds, 0).UTC(), nil
	}
	return p.now().UTC().Truncate(time.Second), nil
}
