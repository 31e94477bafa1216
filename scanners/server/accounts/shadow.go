package accounts

import (
	"bufio"
	"bytes"
	"strconv"
	"strings"
	"time"
)

// Password is what is known of the password of an account.
type Password struct {
	Scheme  string // as evidence.LocalAccount has it: none, locked, empty, des, md5, ...
	Rounds  int    // of sha256crypt and sha512crypt, where they are written; -1 otherwise
	MaxDays int    // how long it may be used, -1 for ever
	Changed int    // day of the last change since 1970, -1 where it is not told
}

// Usable says whether the password can open a session.
func (p Password) Usable() bool { return p.Scheme != "locked" && p.Scheme != "none" }

// ParseShadow reads lines of "user scheme rounds locked lastchange max", which the capture makes of /etc/shadow.
func ParseShadow(data []byte) map[string]Password {
	all := map[string]Password{}
	for f := range fields(data) {
		if len(f) != 6 {
			continue
		}
		if _, twice := all[f[0]]; twice {
			continue // the C library takes the first
		}
		p := Password{Scheme: scheme(f[1]), Rounds: number(f[2]), Changed: number(f[4]), MaxDays: number(f[5])}
		if f[3] == "yes" {
			p.Scheme = "locked"
		}
		if p.MaxDays >= 99999 || p.MaxDays < 0 || p.Changed < 0 {
			p.MaxDays = -1 // https://man7.org/linux/man-pages/man5/shadow.5.html: without a date of change ageing is off
		}
		all[f[0]] = p
	}
	return all
}

// scheme names a scheme by the id of its hash: https://man7.org/linux/man-pages/man5/crypt.5.html
func scheme(id string) string {
	switch id {
	case "none":
		return "empty"
	case "-":
		return "locked"
	case "des", "bsdi":
		return "des"
	case "1":
		return "md5"
	case "2", "2a", "2b", "2x", "2y":
		return "bcrypt"
	case "5":
		return "sha256crypt"
	case "6":
		return "sha512crypt"
	case "7":
		return "scrypt"
	case "sha1":
		return "sha1"
	case "y":
		return "yescrypt"
	case "gy":
		return "gost-yescrypt"
	}
	return "other"
}

// Key is a public key that opens an account.
type Key struct {
	Type    string
	Bits    int
	Options string
}

// Weak says whether it is a DSA key or an RSA key below 2048 bits.
func (k Key) Weak() bool {
	return k.Type == "ssh-dss" || k.Type == "ssh-rsa" && k.Bits < 2048
}

// Keys are the keys of one account; Denied says that a file of its could not be read.
type Keys struct {
	Keys   []Key
	Denied bool
}

// ParseKeys reads lines of "user type bits fingerprint options".
func ParseKeys(data []byte) map[string]Keys {
	all := map[string]Keys{}
	for f := range fields(data) {
		k := all[f[0]]
		switch {
		case len(f) == 2 && f[1] == "denied":
			k.Denied = true
		case len(f) >= 4:
			k.Keys = append(k.Keys, Key{Type: f[1], Bits: number(f[2]), Options: strings.Join(f[4:], " ")})
		default:
			continue
		}
		all[f[0]] = k
	}
	return all
}

// ParseLastLogins reads lines of a user and a date, or never. A date is the zero time where it is not understood.
func ParseLastLogins(data []byte) (last map[string]time.Time, never map[string]bool) {
	last, never = map[string]time.Time{}, map[string]bool{}
	for f := range fields(data) {
		if len(f) == 2 && f[1] == "never" {
			never[f[0]] = true
			continue
		}
		at, err := time.Parse("Mon Jan 2 15:04:05 -0700 2006", strings.Join(f[1:], " "))
		if err == nil {
			last[f[0]] = at
		}
	}
	return last, never
}

// fields yields the words of each line that has some.
func fields(data []byte) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		scanner := bufio.NewScanner(bytes.NewReader(data))
		scanner.Buffer(nil, 1<<20)
		for scanner.Scan() {
			if f := strings.Fields(scanner.Text()); len(f) > 0 && !yield(f) {
				return
			}
		}
	}
}

// number reads a number, or is -1.
func number(s string) int {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return -1
	}
	return int(n)
}
