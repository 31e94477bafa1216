package cron

import (
	"slices"
	"strconv"
	"strings"
)

// field is one of the five fields of a line.
type field struct {
	has  [61]bool
	star bool // it begins with a *
}

// values lists what a field matches.
func (f field) values() []int {
	var all []int
	for n, ok := range f.has {
		if ok {
			all = append(all, n)
		}
	}
	return all
}

// parseField reads a list of values, ranges and steps. Fields 3 and 4 may have names. 0 and 7 are both Sunday.
func parseField(text string, from, to, which int) (field, bool) {
	f := field{star: strings.HasPrefix(text, "*")}
	for item := range strings.SplitSeq(text, ",") {
		if !f.item(item, from, to, which) {
			return field{}, false
		}
	}
	if which == 4 {
		f.has[0] = f.has[0] || f.has[7]
		f.has[7] = false
	}
	return f, true
}

// item reads one element of a list. A value with a step and without a range is refused by Debian's cron; others take it for a range
// to the end.
func (f *field) item(text string, from, to, which int) bool {
	span, by, stepped := strings.Cut(text, "/")
	step := 1
	if stepped {
		n, err := strconv.Atoi(by)
		if err != nil || n < 1 || n > to || by[0] == '+' {
			return false
		}
		step = n
	}
	low, high := from, to
	if span != "*" {
		first, last, ranged := strings.Cut(span, "-")
		var ok1, ok2 bool
		low, ok1 = number(first, which)
		high, ok2 = low, true
		if ranged {
			high, ok2 = number(last, which)
		}
		if !ok1 || !ok2 || stepped && !ranged || low < from || high > to || low > high {
			return false
		}
	}
	for n := low; n <= high; n += step {
		f.has[n] = true
	}
	return true
}

// number reads a number or the name of a month or day.
func number(text string, which int) (int, bool) {
	lower := strings.ToLower(text)
	switch which {
	case 3:
		if at := slices.Index([]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}, lower); at >= 0 {
			return at + 1, true
		}
	case 4:
		if at := slices.Index([]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, lower); at >= 0 {
			return at, true
		}
	}
	if text == "" || len(text) > 2 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
