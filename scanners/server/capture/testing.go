package capture

import "time"

// Taken makes a capture of parts: for tests.
func Taken(c Capture, f Files, commands map[string]Command) *Capture {
	c.files, c.commands = f, commands
	if c.Host == "" {
		c.Host = "host1"
	}
	if c.At.IsZero() {
		c.At = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	}
	return &c
}
