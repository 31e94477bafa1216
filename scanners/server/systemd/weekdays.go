package systemd

import "strings"

// weekdays takes the days of the week that a calendar event begins with. A dash makes a range as two dots do; a comma may end them.
func (s *scanner) weekdays(c *Calendar) {
	from := -1
	for first := true; ; first = false {
		day, length := dayOf(s.rest)
		if length == 0 {
			s.failed = s.failed || !first
			return
		}
		if length < len(s.rest) && !strings.ContainsRune("-., ", rune(s.rest[length])) {
			s.failed = true
			return
		}
		if from > day {
			s.failed = true
			return
		}
		for d := day; d >= 0 && (d == day || from >= 0 && d > from); d-- {
			c.weekdays[(d+1)%7] = true
		}
		s.rest = s.rest[length:]
		switch {
		case s.rest == "":
			return
		case s.rest[0] == ' ':
			s.rest = strings.TrimLeft(s.rest, " ")
			return
		case strings.HasPrefix(s.rest, "..") && from < 0:
			from, s.rest = day, s.rest[2:]
		case s.rest[0] == '-' && from < 0:
			from, s.rest = day, s.rest[1:]
		case s.rest[0] == ',':
			from, s.rest = -1, s.rest[1:]
		default:
			s.failed = true
			return
		}
		if s.rest == "" || s.rest[0] == ' ' {
			s.failed = s.failed || from >= 0
			s.rest = strings.TrimLeft(s.rest, " ")
			return
		}
	}
}

// dayOf finds the name of a day, in full or its first three letters, at the beginning of a text: Monday is 0.
func dayOf(text string) (day, length int) {
	for i, name := range []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		for _, n := range []string{name, name[:3]} {
			if len(text) >= len(n) && strings.EqualFold(text[:len(n)], n) {
				return i, len(n)
			}
		}
	}
	return 0, 0
}
