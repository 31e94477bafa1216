package systemd

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/schedule"
)

// Calendar is a calendar event of a timer. https://www.freedesktop.org/software/systemd/man/latest/systemd.time.html#Calendar%20Events
type Calendar struct {
	weekdays            [7]bool // by time.Weekday; all false means every day
	year, month, day    chain
	hour, minute, whole chain // whole are seconds without their fractions
	fromEnd             bool  // days are counted from the end of the month
	Zone                string
}

// ErrCalendar says that an expression is no calendar event; systemd ignores the line.
var ErrCalendar = errors.New("not a calendar event")

// ParseCalendar reads a calendar event.
func ParseCalendar(text string) (Calendar, error) {
	c, err := parseCalendar(strings.TrimSpace(text))
	if err != nil {
		return Calendar{}, fmt.Errorf("read %.80q: %w", text, ErrCalendar)
	}
	return c, nil
}

// shorthands are written for longer expressions.
func shorthand(text string) string {
	switch strings.ToLower(text) {
	case "minutely":
		return "*-*-* *:*:00"
	case "hourly":
		return "*-*-* *:00:00"
	case "daily":
		return "*-*-* 00:00:00"
	case "monthly":
		return "*-*-01 00:00:00"
	case "weekly":
		return "Mon *-*-* 00:00:00"
	case "yearly", "annually", "anually":
		return "*-01-01 00:00:00"
	case "quarterly":
		return "*-01,04,07,10-01 00:00:00"
	case "semiannually", "biannually", "bi-annually", "semi-annually":
		return "*-01,07-01 00:00:00"
	}
	return text
}

func parseCalendar(text string) (Calendar, error) {
	var c Calendar
	if text == "" || len(text) > 1000 {
		return c, ErrCalendar
	}
	text, c.Zone = zone(text)
	s := scanner{rest: shorthand(text)}
	s.weekdays(&c)
	s.date(&c)
	s.clock(&c)
	if s.failed || s.rest != "" || !c.valid() {
		return c, ErrCalendar
	}
	return c, nil
}

// zone cuts a time zone off: UTC, or the name of a zone. Whether the host knows the zone is not asked.
func zone(text string) (string, string) {
	at := strings.LastIndexByte(text, ' ')
	if at < 0 {
		return text, ""
	}
	last := text[at+1:]
	if strings.EqualFold(last, "UTC") {
		return strings.TrimRight(text[:at], " "), "UTC"
	}
	if last == "" || strings.Trim(last, "0123456789*,./:~-") == "" || weekday(last) {
		return text, ""
	}
	if _, err := time.LoadLocation(last); err != nil {
		return text, ""
	}
	return strings.TrimRight(text[:at], " "), last
}

func weekday(text string) bool {
	s := scanner{rest: text}
	var c Calendar
	s.weekdays(&c)
	return s.rest != text
}

// date takes a date: year-month-day, month-day, or nothing. A ~ instead of the last dash counts days from the end of the month.
func (s *scanner) date(c *Calendar) {
	if s.rest == "" || s.failed {
		return
	}
	if strings.HasPrefix(s.rest, "@") {
		s.instant(c)
		return
	}
	before := s.rest
	first := s.chain(false)
	if s.rest == "" || s.rest[0] == ':' {
		s.rest = before // it is a time
		return
	}
	second, end := s.after(c)
	if end {
		c.month, c.day = first, second
		return
	}
	if c.fromEnd {
		s.failed = true
		return
	}
	third, end := s.after(c)
	s.failed = s.failed || !end
	c.year, c.month, c.day = first.years(), second, third
}

// after takes a dash or ~ and a component, and says whether the date ends there.
func (s *scanner) after(c *Calendar) (chain, bool) {
	if s.rest == "" || (s.rest[0] != '-' && s.rest[0] != '~') {
		s.failed = true
		return nil, true
	}
	c.fromEnd = s.rest[0] == '~'
	s.rest = s.rest[1:]
	part := s.chain(false)
	end := s.rest == "" || s.rest[0] == ' '
	if end {
		s.rest = strings.TrimLeft(s.rest, " ")
	}
	return part, end
}

// instant takes seconds since 1970, such as @1395716396.
func (s *scanner) instant(c *Calendar) {
	n, err := strconv.ParseInt(strings.TrimSpace(s.rest[1:]), 10, 64)
	t := time.Unix(n, 0).UTC()
	if err != nil || n < 0 || t.Year() > 2199 {
		s.failed = true
		return
	}
	s.rest, c.Zone = "", "UTC"
	c.year, c.month, c.day = only(t.Year()), only(int(t.Month())), only(t.Day())
	c.hour, c.minute, c.whole = only(t.Hour()), only(t.Minute()), only(t.Second()*micro)
}

// clock takes hours, minutes and seconds; what is left out is zero.
func (s *scanner) clock(c *Calendar) {
	if s.failed || c.hour != nil {
		return
	}
	c.hour, c.minute, c.whole = only(0), only(0), only(0)
	if s.rest == "" {
		return
	}
	c.hour = s.chain(false)
	s.expect(':')
	c.minute = s.chain(false)
	if s.rest != "" {
		s.expect(':')
		c.whole = s.chain(true)
	}
}

// valid says whether all components are within their ranges.
func (c Calendar) valid() bool {
	return c.year.valid(1970, 2199, false) && c.month.valid(1, 12, false) && c.day.valid(1, 31, c.fromEnd) &&
		c.hour.valid(0, 23, false) && c.minute.valid(0, 59, false) && c.whole.valid(0, 60*micro-1, false)
}

// Times returns when it elapses, in its own zone.
func (c Calendar) Times() schedule.Times {
	return schedule.Times{On: c.on, Seconds: schedule.Clock(c.hour.all(0, 23, 1), c.minute.all(0, 59, 1), c.whole.all(0, 59, micro))}
}

func (c Calendar) on(day time.Time) bool {
	y, m, d := day.Date()
	if c.weekdays != [7]bool{} && !c.weekdays[day.Weekday()] {
		return false
	}
	if !c.year.has(y) || !c.month.has(int(m)) {
		return false
	}
	if !c.fromEnd {
		return c.day.has(d)
	}
	return c.day.fromEnd(time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day()).has(d)
}
