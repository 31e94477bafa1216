package systemd

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ErrSpan says that a text is no time span.
var ErrSpan = errors.New("not a time span")

// ParseSpan reads a time span such as "1h 30min" or "1month"; a number without a unit is in seconds. Months and years have the
// average length that systemd gives them. https://www.freedesktop.org/software/systemd/man/latest/systemd.time.html#Parsing%20Time%20Spans
func ParseSpan(text string) (time.Duration, error) {
	var total float64
	rest := strings.TrimSpace(text)
	if rest == "" {
		return 0, fmt.Errorf("read %q: %w", text, ErrSpan)
	}
	for rest != "" {
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789."))
		n, err := strconv.ParseFloat(rest[:digits], 64)
		if err != nil {
			return 0, fmt.Errorf("read %.80q: %w", text, ErrSpan)
		}
		rest = strings.TrimLeft(rest[digits:], " \t")
		letters := len(rest) - len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZµμ"))
		unit, ok := unitOf(rest[:letters])
		if !ok {
			return 0, fmt.Errorf("read %.80q: %w", text, ErrSpan)
		}
		total += n * float64(unit)
		rest = strings.TrimLeft(rest[letters:], " \t")
	}
	if total > float64(290*365*24*time.Hour) {
		return 290 * 365 * 24 * time.Hour, nil
	}
	return time.Duration(total), nil
}

// unitOf returns the length of a unit of time.
func unitOf(name string) (time.Duration, bool) {
	switch name {
	case "", "s", "sec", "second", "seconds":
		return time.Second, true
	case "ns", "nsec":
		return time.Nanosecond, true
	case "us", "usec", "µs", "μs":
		return time.Microsecond, true
	case "ms", "msec":
		return time.Millisecond, true
	case "m", "min", "minute", "minutes":
		return time.Minute, true
	case "h", "hr", "hour", "hours":
		return time.Hour, true
	case "d", "day", "days":
		return 24 * time.Hour, true
	case "w", "week", "weeks":
		return 7 * 24 * time.Hour, true
	case "M", "month", "months":
		return 2629800 * time.Second, true
	case "y", "year", "years":
		return 31557600 * time.Second, true
	}
	return 0, false
}
