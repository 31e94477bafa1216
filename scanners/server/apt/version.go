package apt

import (
	"cmp"
	"strings"
)

// Compare orders two versions as dpkg does. https://manpages.debian.org/bookworm/dpkg-dev/deb-version.7.en.html
func Compare(a, b string) int {
	ea, a := epoch(a)
	eb, b := epoch(b)
	if c := compareDigits(ea, eb); c != 0 {
		return c
	}
	ua, ra := upstream(a)
	ub, rb := upstream(b)
	return cmp.Or(comparePart(ua, ub), comparePart(ra, rb))
}

func epoch(v string) (string, string) {
	if e, rest, ok := strings.Cut(v, ":"); ok {
		return e, rest
	}
	return "", v
}

func upstream(v string) (string, string) {
	if n := strings.LastIndexByte(v, '-'); n >= 0 {
		return v[:n], v[n+1:]
	}
	return v, ""
}

// comparePart compares runs of letters and runs of digits in turn.
func comparePart(a, b string) int {
	for a != "" || b != "" {
		var wa, wb, da, db string
		wa, a = take(a, false)
		wb, b = take(b, false)
		if c := compareWords(wa, wb); c != 0 {
			return c
		}
		da, a = take(a, true)
		db, b = take(b, true)
		if c := compareDigits(da, db); c != 0 {
			return c
		}
	}
	return 0
}

func take(s string, digits bool) (string, string) {
	n := 0
	for n < len(s) && isDigit(s[n]) == digits {
		n++
	}
	return s[:n], s[n:]
}

// compareWords orders a tilde before the end, letters before all else.
func compareWords(a, b string) int {
	for n := range max(len(a), len(b)) {
		if c := cmp.Compare(weight(a, n), weight(b, n)); c != 0 {
			return c
		}
	}
	return 0
}

func weight(s string, n int) int {
	switch {
	case n >= len(s):
		return 0
	case s[n] == '~':
		return -1
	case s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z':
		return int(s[n])
	}
	return int(s[n]) + 256
}

func compareDigits(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
