package capture

import (
	"bytes"
	"fmt"
	"strings"
)

// The redactor is a copy of the awk program of the capture script (script/30-redact.sh), in the same order and with the same names, so
// that an unpacked root directory tells what a bundle of it tells. A test holds both to the same bytes. Redacting twice changes nothing.

// textKind says how a file is redacted.
type textKind string

// The kinds of text: accounts lose names of persons and hashes; in words, "password" begins lines that hold no secret.
const (
	accounts textKind = "passwd"
	groups   textKind = "group"
	words    textKind = "words"
	text     textKind = "text"
)

// kindOf says how the file at an absolute path is redacted.
func kindOf(file string) textKind {
	switch {
	case file == "/etc/passwd":
		return accounts
	case file == "/etc/group":
		return groups
	case strings.HasPrefix(file, "/etc/pam.d/"), file == "/etc/pam.conf", file == "/etc/nsswitch.conf":
		return words
	}
	return text
}

// redactor replaces secrets line by line; what it remembers from line to line is what is open.
type redactor struct {
	kind      textKind
	changed   bool
	inKey     bool   // in a private key
	open      string // the quote that a secret value is in
	continued bool   // the line before ended with a backslash within a secret
	block     int    // the indentation from which on lines belong to a secret of YAML; 0 is none
}

// redact returns a text without its secrets, and the number of the first line that was changed, or 0.
func redact(kind textKind, data []byte) ([]byte, int) {
	r, first := &redactor{kind: kind}, 0
	var out bytes.Buffer
	rest := string(data)
	for n := 1; rest != ""; n++ {
		line, after, _ := strings.Cut(rest, "\n")
		rest = after
		if kind == accounts || kind == groups {
			line = r.account(line)
		} else {
			line = r.clean(line)
		}
		if r.changed && first == 0 {
			first = n
		}
		out.WriteString(line)
		out.WriteByte('\n')
	}
	if first == 0 {
		return data, 0
	}
	return out.Bytes(), first
}

func (r *redactor) hide(n int) string {
	r.changed = true
	return fmt.Sprintf("<redacted:len=%d>", n)
}

// whole hides a line but for its indentation.
func (r *redactor) whole(s string) string {
	if hidden(s) {
		return s
	}
	p := len(s) - len(strings.TrimLeft(s, " \t"))
	return s[:p] + r.hide(len(s)-p)
}

// account drops the full name and the hash of a line of passwd or group.
func (r *redactor) account(s string) string {
	f := strings.Split(s, ":")
	if len(f) < 3 {
		return r.short(s)
	}
	f[1] = r.short(f[1])
	if r.kind == accounts && len(f) >= 5 && f[4] != "" {
		f[4], r.changed = "", true
	}
	return strings.Join(f, ":")
}

// short hides what is longer than the marks x, * and !; without a length, for a colon would be one of the file's own.
func (r *redactor) short(s string) string {
	if len(s) < 2 || hidden(s) {
		return s
	}
	r.changed = true
	return "<redacted>"
}

// clean redacts one line.
func (r *redactor) clean(s string) string {
	if hidden, ok := r.within(s); ok {
		return hidden
	}
	if p := strings.Index(s, "-----BEGIN "); p >= 0 && strings.Contains(s[p:], "PRIVATE KEY") {
		r.inKey = !strings.Contains(s[p:], "-----END ")
		s = s[:p] + r.hide(len(s)-p)
	}
	if strings.Contains(s, "PuTTY-User-Key-File") {
		r.inKey = true
		return r.whole(s)
	}
	for range 8 {
		before := s
		r.open = ""
		if s = r.once(s); s == before {
			break
		}
	}
	return s
}

// once redacts what stands in one line alone. What it leaves may look like another secret, so that it is done again until nothing changes.
func (r *redactor) once(s string) string {
	if strings.Contains(s, "://") {
		s = r.urls(s)
	}
	if !quick(s) {
		return s
	}
	s = r.tokens(s)
	if containsAny(lower(s), "pass", "pwd", "pw", "secret", "token", "key", "credential", "community", "masterauth", "psk", "salt") {
		s = r.keys(s)
	}
	s = r.places(r.options(s))
	if strings.Contains(s, "@") {
		s = r.mails(s)
	}
	return s
}

// within hides a line that belongs to a secret that began before it.
func (r *redactor) within(s string) (string, bool) {
	switch {
	case r.inKey:
		r.inKey = !strings.Contains(s, "-----END ")
		return r.whole(s), true
	case r.open != "":
		i := strings.Index(s, r.open)
		if i < 0 {
			return r.whole(s), true
		}
		r.open = ""
		return r.whole(s[:i]) + s[i:i+1] + r.clean(s[i+1:]), true
	case r.continued:
		r.continued = strings.HasSuffix(s, `\`)
		if r.continued && !hidden(s) {
			return r.whole(s) + `\`, true
		}
		return r.whole(s), true
	case r.block > 0:
		indent := len(s) - len(strings.TrimLeft(s, " \t"))
		if indent == len(s) {
			return s, true
		}
		if indent >= r.block {
			return r.whole(s), true
		}
		r.block = 0
	}
	return "", false
}
