package capture

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// leaks are what must not be in a bundle however it came there; they do not depend on the redactor's rules.
var leaks = []struct {
	hint string // every match contains it
	re   *regexp.Regexp
}{
	{"PRIVATE KEY-----", regexp.MustCompile(`PRIVATE KEY-----`)},
	{"KIA", regexp.MustCompile(`\bAKIA[A-Z0-9]{16}\b`)},
	{"ASIA", regexp.MustCompile(`\bASIA[A-Z0-9]{16}\b`)},
	{"$", regexp.MustCompile(`\$(1|5|6|y|gy|7|2[aby]|apr1)\$[./A-Za-z0-9=,]+\$[./A-Za-z0-9]{16,}`)},
	{"AGE-SECRET-KEY-1", regexp.MustCompile(`AGE-SECRET-KEY-1[A-Z0-9]+`)},
}

// scan refuses entries in which a secret is left: one of leaks, or what the redactor would replace. The error names the entry and the
// line, never the secret.
func scan(entries map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		if line := leak(name, entries[name]); line > 0 {
			return fmt.Errorf("entry %q, line %d: what looks like a secret was not left out, so that the bundle is not read; "+
				"delete the bundle and %s", name, line, errAgain)
		}
	}
	return nil
}

// leak is the line of the first secret in an entry, or 0. A file that is never copied is a secret as a whole.
func leak(name string, data []byte) int {
	if at, ok := strings.CutPrefix(name, "root"); ok && len(data) > 0 && secretName(lower(at)) {
		return 1
	}
	for _, l := range leaks {
		if bytes.Contains(data, []byte(l.hint)) {
			if at := l.re.FindIndex(data); at != nil {
				return 1 + bytes.Count(data[:at[0]], []byte("\n"))
			}
		}
	}
	if name == "manifest" {
		return 0
	}
	_, line := redact(kindOfEntry(name), data)
	return line
}

// kindOfEntry says how an entry of a bundle was redacted.
func kindOfEntry(name string) textKind {
	command, ok := strings.CutPrefix(name, "cmd/")
	if !ok {
		return kindOf(strings.TrimPrefix(name, "root"))
	}
	base, _, _ := strings.Cut(command, ".")
	if base == "dpkg" || base == "rpm" || strings.HasPrefix(base, "systemctl-") {
		return words
	}
	return text
}
