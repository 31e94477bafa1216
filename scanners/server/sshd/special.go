package sshd

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

func subsystem(l *line) ([]effect, error) {
	name, err := l.next()
	if err != nil {
		return nil, err
	}
	program, err := l.next()
	if err != nil {
		return nil, err
	}
	line := strings.Join(append([]string{name, program}, l.args...), " ")
	l.args = nil
	return []effect{{"subsystem", []string{line}, named}}, nil
}

// routingDomain is refused on everything but OpenBSD.
func routingDomain(*line) ([]effect, error) { return nil, errValue }

func userEnvironment(l *line) ([]effect, error) {
	arg, err := l.next()
	return one("permituserenvironment", first, arg), err
}

func bindMask(l *line) ([]effect, error) {
	arg, err := l.next()
	if err != nil {
		return nil, err
	}
	digits := len(arg) - len(strings.TrimLeft(arg, "01234567"))
	n, err := strconv.ParseInt(arg[:digits], 8, 32)
	if err != nil || n > 0o777 {
		return nil, errValue
	}
	return one("streamlocalbindmask", last, fmt.Sprintf("0%o", n)), nil
}

func maxStartups(l *line) ([]effect, error) {
	arg, err := l.next()
	if err != nil {
		return nil, err
	}
	parts := strings.Split(arg, ":")
	var n [3]int
	for i, part := range parts {
		if i > 2 {
			return nil, errValue
		}
		if n[i], err = strconv.Atoi(part); err != nil || n[i] <= 0 {
			return nil, errValue
		}
	}
	switch {
	case len(parts) == 2 || len(parts) == 3 && (n[0] > n[2] || n[1] > 100):
		return nil, errValue
	case len(parts) == 1: // the rate stays what it was
		return []effect{{"maxstartups", []string{parts[0], "", parts[0]}, startups}}, nil
	}
	return []effect{{"maxstartups", parts, startups}}, nil
}

func perSource(l *line) ([]effect, error) {
	if len(l.args) > 0 && l.args[0] == "none" {
		l.args = l.args[1:]
		return one("persourcemaxstartups", last, "none"), nil
	}
	e, err := number("persourcemaxstartups")(l)
	if err != nil {
		return nil, err
	}
	if e[0].rule = last; e[0].values[0] == strconv.Itoa(math.MaxInt32) {
		e[0].values[0] = "none"
	}
	return e, nil
}

// blockSize reads the two lengths of PerSourceNetBlockSize. Without the second the daemon of 9.2 takes what stands in its memory.
func blockSize(l *line) ([]effect, error) {
	arg, err := l.next()
	if err != nil {
		return nil, err
	}
	v4, v6, both := strings.Cut(arg, ":")
	n4, err4 := strconv.Atoi(v4)
	n6, err6 := 0, error(nil)
	if both {
		n6, err6 = strconv.Atoi(v6)
	}
	if err4 != nil || err6 != nil || n4 < 0 || n4 > 32 || n6 < 0 || n6 > 128 {
		return nil, errValue
	}
	return one("persourcenetblocksize", last, fmt.Sprintf("%d:%d", n4, n6)), nil
}

// rekeyLimit sets two settings of their own: the amount of data, and the time.
func rekeyLimit(l *line) ([]effect, error) {
	arg, err := l.next()
	if err != nil {
		return nil, err
	}
	amount, ok := int64(0), true
	if arg != "default" {
		amount, ok = scaled(arg)
	}
	if !ok || amount != 0 && amount < 16 {
		return nil, errValue
	}
	all := one("rekeylimit", first, strconv.FormatInt(amount, 10))
	if len(l.args) == 0 {
		return all, nil
	}
	if l.args[0] == "none" {
		l.args = l.args[1:]
		return all, nil
	}
	interval, err := duration("rekeyinterval")(l)
	return append(all, interval...), err
}

// scaled reads a number with a unit, as scan_scaled does.
func scaled(s string) (int64, bool) {
	if s == "" {
		return 0, false
	}
	shift := 0
	if at := strings.IndexByte("kmgt", s[len(s)-1]|0x20); at >= 0 {
		shift, s = 10*(at+1), s[:len(s)-1]
	}
	whole, fraction, dotted := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64>>shift {
		return 0, false
	}
	n <<= shift
	if dotted {
		part, err := strconv.ParseFloat("0."+fraction, 64)
		if err != nil {
			return 0, false
		}
		n += int64(part * float64(int64(1)<<shift))
	}
	return n, true
}

func quality(l *line) ([]effect, error) {
	a, err := l.next()
	if err != nil {
		return nil, err
	}
	b := a
	if len(l.args) > 0 {
		b, l.args = l.args[0], l.args[1:]
	}
	first, ok1 := service(a)
	second, ok2 := service(b)
	if !ok1 || !ok2 {
		return nil, errValue
	}
	return one("ipqos", last, first+" "+second), nil
}

// service is the name of a class of traffic. https://man.openbsd.org/sshd_config#IPQoS
func service(s string) (string, bool) {
	names := []string{"af11", "af12", "af13", "af21", "af22", "af23", "af31", "af32", "af33", "af41", "af42", "af43",
		"cs0", "cs1", "cs2", "cs3", "cs4", "cs5", "cs6", "cs7", "ef", "le", "lowdelay", "throughput"}
	values := []int64{0x28, 0x30, 0x38, 0x48, 0x50, 0x58, 0x68, 0x70, 0x78, 0x88, 0x90, 0x98,
		0x00, 0x20, 0x40, 0x60, 0x80, 0xa0, 0xc0, 0xe0, 0xb8, 0x04, 0x10, 0x08}
	s = strings.ToLower(s)
	switch s {
	case "none":
		return s, true
	case "reliability": // the same bits as le
		return "le", true
	}
	for _, name := range names {
		if name == s {
			return s, true
		}
	}
	n, err := strconv.ParseInt(s, 0, 64)
	if err != nil || n < 0 || n > 255 {
		return "", false
	}
	for i, v := range values {
		if v == n {
			return names[i], true
		}
	}
	return fmt.Sprintf("0x%02x", n), true
}
