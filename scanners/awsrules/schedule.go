package awsrules

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// IntervalHours is the longest time between two runs of a schedule, in hours rounded up: rate(1 day), or cron with the
// six fields of AWS. False when the schedule cannot be read, or ends.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
func IntervalHours(schedule string) (int, bool) {
	kind, rest, ok := strings.Cut(strings.TrimSpace(schedule), "(")
	if !ok {
		return 0, false
	}
	fields := strings.Fields(strings.TrimSuffix(strings.TrimSpace(rest), ")"))
	switch {
	case kind == "rate" && len(fields) == 2:
		return rateHours(fields[0], fields[1])
	case kind == "cron" && len(fields) == 6 && fields[5] == "*":
		return cronHours(fields)
	}
	return 0, false
}

func rateHours(count, unit string) (int, bool) {
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > 1_000_000 {
		return 0, false
	}
	switch strings.TrimSuffix(unit, "s") {
	case "minute":
		return (n + 59) / 60, true
	case "hour":
		return n, true
	case "day":
		return 24 * n, true
	}
	return 0, false
}

// cronHours walks through four years, a leap year among them, and measures the longest gap.
func cronHours(fields []string) (int, bool) {
	minutes, ok1 := numbers(fields[0], 0, 59, nil)
	hours, ok2 := numbers(fields[1], 0, 23, nil)
	months, ok3 := numbers(fields[3], 1, 12, monthNames())
	if !ok1 || !ok2 || !ok3 || !dayFieldsUnderstood(fields[2], fields[4]) {
		return 0, false
	}
	var last, first, longest int
	start := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	const days = 4*365 + 1
	seen := false
	for d := range days {
		day := start.AddDate(0, 0, d)
		if !slices.Contains(months, int(day.Month())) || !dayMatches(day, fields[2], fields[4]) {
			continue
		}
		for _, hour := range hours {
			for _, minute := range minutes {
				at := (d*24+hour)*60 + minute
				if !seen {
					first, seen = at, true
				} else {
					longest = max(longest, at-last)
				}
				last = at
			}
		}
	}
	longest = max(longest, first+days*24*60-last)
	return (longest + 59) / 60, seen
}

// dayMatches says whether a day is one of the schedule's: by day of the month, or by day of the week when that is not ?.
func dayMatches(day time.Time, dayOfMonth, dayOfWeek string) bool {
	if dayOfWeek != "?" && dayOfWeek != "*" {
		return weekdayMatches(day, dayOfWeek)
	}
	lastOfMonth := day.AddDate(0, 0, 1).Day() == 1
	if dayOfMonth == "L" {
		return lastOfMonth
	}
	if number, ok := strings.CutSuffix(dayOfMonth, "W"); ok {
		n, _ := strconv.Atoi(number)
		return nearestWeekday(day, n)
	}
	list, _ := numbers(dayOfMonth, 1, 31, nil)
	return slices.Contains(list, day.Day())
}

// nearestWeekday says whether day is the working day nearest to the n-th of its month, within the month.
func nearestWeekday(day time.Time, n int) bool {
	target := time.Date(day.Year(), day.Month(), n, 0, 0, 0, 0, time.UTC)
	switch {
	case target.Month() != day.Month(): // the month has no such day
		return false
	case target.Weekday() == time.Saturday && n > 1:
		target = target.AddDate(0, 0, -1)
	case target.Weekday() == time.Saturday:
		target = target.AddDate(0, 0, 2)
	case target.Weekday() == time.Sunday && target.AddDate(0, 0, 1).Month() == day.Month():
		target = target.AddDate(0, 0, 1)
	case target.Weekday() == time.Sunday:
		target = target.AddDate(0, 0, -2)
	}
	return target.Equal(day)
}

// weekdayMatches knows 1 (Sunday) to 7, names, the last (6L) and the n-th (2#1) of a month.
func weekdayMatches(day time.Time, field string) bool {
	weekday := int(day.Weekday()) + 1
	if number, nth, ok := strings.Cut(field, "#"); ok {
		list, _ := numbers(number, 1, 7, weekdayNames())
		n, _ := strconv.Atoi(nth)
		return slices.Contains(list, weekday) && (day.Day()+6)/7 == n
	}
	if number, ok := strings.CutSuffix(field, "L"); ok && number != "" {
		list, _ := numbers(number, 1, 7, weekdayNames())
		return slices.Contains(list, weekday) && day.AddDate(0, 0, 7).Month() != day.Month()
	}
	list, _ := numbers(strings.ReplaceAll(field, "L", "7"), 1, 7, weekdayNames())
	return slices.Contains(list, weekday)
}

// dayFieldsUnderstood says whether dayMatches can read both fields.
func dayFieldsUnderstood(dayOfMonth, dayOfWeek string) bool {
	month, nearest := strings.CutSuffix(dayOfMonth, "W")
	if _, err := strconv.Atoi(month); nearest && err != nil {
		return false
	}
	week, nth, _ := strings.Cut(dayOfWeek, "#")
	if nth != "" && (len(nth) != 1 || nth < "1" || nth > "5") {
		return false
	}
	if len(week) > 1 {
		week = strings.TrimSuffix(week, "L")
	}
	_, ok1 := numbers(strings.Replace(month, "L", "31", 1), 1, 31, nil)
	_, ok2 := numbers(strings.ReplaceAll(week, "L", "7"), 1, 7, weekdayNames())
	return ok1 && ok2
}

func monthNames() []string {
	return []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}
}

func weekdayNames() []string { return []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"} }

// numbers expands a field of lists, ranges and steps, sorted. Names count from low.
func numbers(field string, low, high int, names []string) ([]int, bool) {
	var all []int
	for _, part := range strings.Split(field, ",") {
		span, stepText, stepped := strings.Cut(part, "/")
		from, to, step, ok := low, high, 1, true
		if span != "*" && span != "?" {
			first, last, ranged := strings.Cut(span, "-")
			if from, ok = number(first, low, names); !ok {
				return nil, false
			}
			switch {
			case ranged:
				to, ok = number(last, low, names)
			case !stepped:
				to = from
			}
		}
		if stepped {
			n, err := strconv.Atoi(stepText)
			step, ok = n, ok && err == nil && n > 0
		}
		if !ok || from < low || to > high || from > to {
			return nil, false
		}
		for n := from; n <= to; n += step {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return slices.Compact(all), true
}

func number(text string, low int, names []string) (int, bool) {
	if at := slices.Index(names, strings.ToUpper(text)); at >= 0 {
		return low + at, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
