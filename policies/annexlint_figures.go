package policies

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
)

// deadlines finds two figures for one duty.
func (l *annexLinter) deadlines() {
	first := map[string]promised{}
	for _, p := range l.of() {
		m, _ := l.catalogue.Measure(p.Measure)
		for _, spec := range m.Parameters {
			want, text, ok := p.figure(spec.Name)
			if !ok || spec.Bound == "" {
				continue
			}
			duty := fmt.Sprintf("%s|%s|%s|%q|%q", p.Measure, spec.Name, p.Provider, p.Scope, p.Environments)
			earlier, seen := first[duty]
			if !seen {
				first[duty] = p
				continue
			}
			if other, otherText, _ := earlier.figure(spec.Name); other != want {
				l.warn(p.At, "R4", "Two figures for one duty", "Clause %q promises %s = %s of %s, clause %q promises %s. Each is judged; the reader must know which one binds.",
					p.clause.ID, spec.Name, text, p.Measure, earlier.clause.ID, otherText)
			}
		}
	}
}

// statute finds deadlines that leave the controller none, and duties that are the controller's.
func (l *annexLinter) statute() {
	for _, p := range l.of("breach-notification") {
		if hours, text, ok := p.figure("notify_within"); ok && hours >= 72 {
			l.warn(p.At, "R4", "Deadline against the statute", "Clause %q promises to notify within %s. The controller itself has 72 hours (GDPR Art. 33(1)); the processor notifies without undue delay (Art. 33(2)).", p.clause.ID, text)
		}
		if slices.Contains(p.texts("to"), "authority") {
			l.warn(p.At, "R4", "Duty of the controller", "Clause %q promises to notify the authority. A processor notifies the controller (GDPR Art. 33(2)); the authority is the controller's.", p.clause.ID)
		}
	}
	for _, p := range l.of("data-subject-rights") {
		if hours, text, ok := p.figure("respond_within"); ok && hours > 31*24 {
			l.warn(p.At, "R4", "Deadline against the statute", "Clause %q promises an answer within %s. The controller has one month (GDPR Art. 12(3)).", p.clause.ID, text)
		}
	}
}

// copiesOutlive finds backups and logs that are kept longer than the data itself.
func (l *annexLinter) copiesOutlive() {
	for _, data := range l.of("data-retention") {
		limit, text, ok := data.figure("max")
		if !ok {
			continue
		}
		for _, p := range l.of("backup", "log-retention") {
			for _, name := range []string{"retention", "log_retention_min"} {
				if kept, keptText, ok := p.figure(name); ok && kept > limit {
					l.warn(p.At, "R5", "A copy outlives the data", "Clause %q promises %s = %s of %s, clause %q that the data is kept for %s at most. The longest copy is the real retention.",
						p.clause.ID, name, keptText, p.Measure, data.clause.ID, text)
				}
			}
		}
	}
}

// erasureOutlived finds backups that outlive a promised erasure which includes them.
func (l *annexLinter) erasureOutlived() {
	for _, erasure := range l.of("data-erasure") {
		limit, text, ok := erasure.figure("within")
		if included, _ := erasure.Wants["backups_included"].(bool); !ok || !included {
			continue
		}
		for _, p := range l.of("backup") {
			if kept, keptText, ok := p.figure("retention"); ok && kept > limit {
				l.warn(p.At, "R5", "A copy outlives the erasure", "Clause %q keeps backups for %s; clause %q promises erasure within %s, backups included.", p.clause.ID, keptText, erasure.clause.ID, text)
			}
		}
	}
}

// stale finds an annex that is older than its own review interval, or the catalogue's where it names none.
func (l *annexLinter) stale() {
	date, err := ParseDate(l.annex.Date)
	if err != nil {
		return
	}
	m, _ := l.catalogue.Measure("information-security-management")
	p := promised{Promise: newPromise(m, nil)}
	said := "the catalogue's review interval"
	for _, own := range l.of(m.ID) {
		if _, _, ok := own.figure("review_interval"); ok {
			p, said = own, fmt.Sprintf("the review interval of clause %q", own.clause.ID)
		}
	}
	days, _ := p.Wants["review_interval"].(int)
	if due := date.AddDate(0, 0, days); l.at.After(due.AddDate(0, 0, 1)) {
		l.warn(l.top(), "R6", "Stale", "The annex is dated %s; by %s it was due for review on %s.", l.annex.Date, said, due.Format(time.DateOnly))
	}
}

// weakMechanisms finds parameters that promise what no longer protects. A result can pass and the promise still be weak.
func (l *annexLinter) weakMechanisms() {
	for _, p := range l.of() {
		for _, weak := range weaknesses(p.Promise) {
			l.warn(p.At, "R8", "Weak mechanism", "Clause %q: %s.", p.clause.ID, weak)
		}
	}
}

// weaknesses says what is weak about the parameters of p.
func weaknesses(p evidence.Promise) []string {
	var weak []string
	say := func(is bool, format string, args ...any) {
		if is {
			weak = append(weak, fmt.Sprintf(format, args...))
		}
	}
	text := func(name string) string { s, _ := p.Wants[name].(string); return s }
	switch p.Measure {
	case "encryption-at-rest", "backup-encryption", "application-layer-encryption":
		cipher := strings.ToUpper(text("cipher"))
		say(slices.ContainsFunc([]string{"3DES", "DES", "RC4", "BLOWFISH", "ECB"}, func(w string) bool { return word(cipher, w) }), "cipher = %q is not safe any more", text("cipher"))
	case "encryption-in-transit":
		rank, _ := p.Wants["tls_min"].(int)
		say(rank < evidence.RankTLS12, "TLS below 1.2 is deprecated (RFC 8996)")
		say(text("http") == "allowed", "http = \"allowed\" lets data through unencrypted")
	case "media-sanitisation":
		methods, _ := p.Wants["method"].([]string)
		say(slices.Contains(methods, "overwrite-single"), "overwriting once does not reliably erase a solid-state disk")
	case "password-hashing":
		say(slices.Contains([]string{"md5", "sha1", "sha256"}, text("algorithm")), "%s is a fast hash, made for other uses than passwords", text("algorithm"))
		say(text("algorithm") == "unspecified", "the hash is not named")
	case "password-policy":
		pin, _ := p.Wants["pin_allowed"].(bool)
		say(pin, "a PIN can be guessed where attempts are not limited")
		_, rotates := p.Wants["rotation"]
		say(rotates, "changing passwords without a cause is advised against (NIST SP 800-63B)")
	case "web-application-firewall":
		say(text("min_version") != "", "a promised product version (%s) grows old with the agreement", text("min_version"))
	}
	return weak
}
