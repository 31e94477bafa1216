package capture

import (
	"regexp"
	"strings"
)

// urls hides what stands between user: and @ in an address, and a long user alone.
func (r *redactor) urls(s string) string {
	var out strings.Builder
	var w span
	for {
		p := strings.Index(s, "://")
		if p < 0 {
			return out.String() + s
		}
		out.WriteString(s[:p+3])
		s = s[p+3:]
		rest := w.of(s)
		authority := upTo(rest, "/?#")
		colon, at := strings.Index(authority, ":"), strings.LastIndex(authority, "@")
		if colon >= 0 && at < 0 && !portRE.MatchString(authority[colon+1:]) {
			at = w.at(s)
		}
		switch {
		case at >= 0 && colon >= 0 && colon < at:
			if secret := rest[colon+1 : at]; !harmless(secret, "") {
				out.WriteString(s[:colon+1] + r.hide(len(secret)))
				s = s[at:]
			}
		case at >= 20 && !hidden(rest[:at]):
			out.WriteString(r.hide(at))
			s = s[at:]
		}
	}
}

// span is the text up to the next blank or quote, in which many addresses may stand: each is looked at once.
type span struct {
	known     bool
	end, last int // how many bytes of the line are behind it, and behind its last @; -1 where it has none
}

// of is the span that s begins with.
func (w *span) of(s string) string {
	if !w.known || len(s) < w.end {
		front := upTo(s, " \t\"'<>`")
		w.known, w.end, w.last = true, len(s)-len(front), -1
		if at := strings.LastIndexByte(front, '@'); at >= 0 {
			w.last = len(s) - at
		}
	}
	return s[:len(s)-w.end]
}

// at is where the last @ of the span that s begins with stands, or -1.
func (w *span) at(s string) int {
	if w.last < 0 {
		return -1
	}
	return max(-1, len(s)-w.last)
}

// upTo is the front of s without any of the bytes.
func upTo(s, bytes string) string {
	if i := strings.IndexAny(s, bytes); i >= 0 {
		return s[:i]
	}
	return s
}

// every hides each match of a pattern; keep says what in the front of a match stays.
func (r *redactor) every(s string, re, keep *regexp.Regexp) string {
	var out strings.Builder
	for {
		at := re.FindStringIndex(s)
		if at == nil {
			return out.String() + s
		}
		match, k := s[at[0]:at[1]], 0
		if keep != nil {
			if kept := keep.FindStringIndex(match); kept != nil {
				k = kept[1]
			}
		}
		out.WriteString(s[:at[0]] + match[:k] + r.hide(len(match)-k))
		s = s[at[1]:]
	}
}

// tokens hides what looks like a hash of a password, or like a key of a known service, wherever it stands.
func (r *redactor) tokens(s string) string {
	if strings.Contains(s, "$") {
		s = r.every(s, hashRE, nil)
	}
	if strings.Contains(s, "{") {
		s = r.every(s, ldapRE, ldapKeepRE)
	}
	if containsAny(s, "AKIA", "ASIA", "gh", "glpat-", "xox", "k_live_", "AGE-SECRET-KEY-", "hvs.", "dop_v1_", "SG.", "eyJ", "*") {
		s = r.every(s, serviceRE, nil)
	}
	if l := lower(s); containsAny(l, "authoriz", "bearer") || containsAny(s, "hooks", "Hooks", "hc-ping") {
		s = r.every(s, bearerRE, bearerKeepRE)
		s = r.every(s, basicRE, basicKeepRE)
		s = r.every(s, hookRE, hookKeepRE)
	}
	return s
}

// keys hides the values of names that end in words such as password.
func (r *redactor) keys(s string) string {
	var out strings.Builder
	quote, comment, low := "", commentRE.MatchString(s), lower(s)
	for {
		low = low[len(low)-len(s):]
		at := secretRE.FindStringIndex(low)
		if at == nil {
			return out.String() + s
		}
		begin, end := at[0], at[1]
		if !inName(low[end-1]) {
			end--
		}
		for begin > 0 && inName(low[begin-1]) {
			begin--
		}
		key, raw, front := low[begin:end], s[begin:end], s[:begin]
		quote = quoted(quote, front)
		first := out.Len() == 0 && frontRE.MatchString(front)
		out.WriteString(s[:end])
		s = s[end:]
		word := r.kind == words && first && (key == "passwd" || key == "password")
		if !word && !noSecretRE.MatchString(key) {
			s, quote = r.key(&out, s, keyName{key, raw, front, first, comment}, quote)
		}
	}
}

// keyName is a name that may have a secret value: in lower case, as written, what stands before it, whether it begins the line, and whether
// that is a comment.
type keyName struct {
	key, raw, front string
	first, comment  bool
}

func inName(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '.' || c == '-'
}

// key hides the value behind a name; it returns what follows, and the quote that is open there.
func (r *redactor) key(out *strings.Builder, s string, k keyName, quote string) (string, string) {
	within := quote
	if quote != "" && strings.HasPrefix(s, quote) {
		within = ""
	}
	n := r.separator(s, k)
	if n < 0 {
		return s, quote
	}
	separator := s[:n]
	out.WriteString(separator)
	if s = s[n:]; within == "" {
		quote = quoted(quote, separator)
	}
	line := k.first && !strings.HasPrefix(k.raw, "--") && (!capitalsRE.MatchString(k.raw) || separator != "=")
	skip, n := r.value(s, separator, within, line)
	mark, v := s[:skip], s[skip:skip+n]
	if strings.Contains(separator, ":") && blockRE.MatchString(v) {
		r.block = len(k.front) - len(strings.TrimLeft(k.front, " \t-")) + 1
	}
	s = s[skip+n:]
	if harmless(v, k.key) {
		out.WriteString(mark + v)
	} else {
		out.WriteString(mark + r.hide(n))
		r.continued = r.continued || strings.HasSuffix(v, `\`)
	}
	if mark != "" && strings.HasPrefix(s, mark) {
		out.WriteString(mark)
		s = s[1:]
	}
	return s, quote
}

// separator is the length of what stands between a name and its value, or -1 where no value follows.
func (r *redactor) separator(s string, k keyName) int {
	if at := separatorRE.FindStringIndex(s); at != nil {
		return at[1]
	}
	if at := blankRE.FindStringIndex(s); at != nil && r.named(k, s[at[1]:]) {
		return at[1]
	}
	return -1
}

// named says whether a name and its value are divided by blanks alone: at the front of a line or a block, behind --, and where the
// name is no word of prose or the value is quoted.
func (r *redactor) named(k keyName, v string) bool {
	special := specialRE.MatchString(k.raw) || strings.HasPrefix(v, `"`) || strings.HasPrefix(v, "'")
	switch {
	case strings.HasPrefix(k.raw, "--"):
		return true
	case r.kind == words:
		return false
	case k.first || innerRE.MatchString(k.front):
		return special || !k.comment || !manyWordsRE.MatchString(v)
	}
	return special && !strings.HasSuffix(k.front, "/") && v != "" && !strings.ContainsAny(v[:1], "{}|&;<>()=-")
}

// quoted says in which open quote a text ends that begins in q.
func quoted(q, s string) string {
	for i := 0; i < len(s); i++ {
		switch c := s[i : i+1]; {
		case c == `\`:
			i++
		case c != `"` && c != "'":
		case q == "":
			q = c
		case q == c:
			q = ""
		}
	}
	return q
}

// value says where the value at the front of s begins, after a quote or at once, and how long it is.
func (r *redactor) value(s, separator, within string, line bool) (skip, n int) {
	if within != "" {
		return 0, len(upTo(s, within))
	}
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		return r.quotedValue(s)
	}
	if strings.Contains(separator, ">") && !strings.Contains(separator, "=") {
		if strings.HasPrefix(s, "<redacted:") {
			return 0, strings.Index(s, ">") + 1
		}
		return 0, len(upTo(s, "<"))
	}
	if line {
		return 0, len(strings.TrimRight(s, " \t\r;,"))
	}
	return 0, word(s)
}

func (r *redactor) quotedValue(s string) (skip, n int) {
	for i := 1; i < len(s); i++ {
		if s[i] == '\\' && s[0] == '"' {
			i++
			continue
		}
		if s[i] == s[0] {
			return 1, i - 1
		}
	}
	r.open = s[:1]
	return 1, len(s) - 1
}

// word is the length of the word at the front of s, without punctuation behind it.
func word(s string) int {
	i := 0
	for ; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if s[i] == ' ' || s[i] == '\t' || s[i] == '\r' {
			break
		}
	}
	i = min(i, len(s))
	return len(strings.TrimRight(s[:i], ";,\"')`"))
}

// options hides what command lines of known programs carry after -p, -u and the like.
func (r *redactor) options(s string) string {
	low := lower(s)
	if containsAny(low, "mysql", "mariadb", "sshpass", "mongo", "check_") {
		s = r.option(s, "p")
	}
	if containsAny(low, "redis-cli", "valkey-cli") {
		s = r.option(s, "a")
	}
	if strings.Contains(low, "snmp") {
		s = r.option(s, "C")
	}
	if containsAny(low, "ldap", "radtest", "rclone") {
		s = r.option(s, "w")
	}
	if strings.Contains(low, "openssl") {
		s = r.option(s, "k")
		s = r.option(s, "K")
		s = r.every(s, passRE, passKeepRE)
	}
	if containsAny(low, "curl", "lftp", "wget", "http") {
		s = r.pair(s, curlRE)
	}
	if containsAny(low, "smbclient", "mount", "cifs", "lftp") {
		s = r.pair(s, mountRE)
	}
	return s
}

// places hides what stands at certain places of certain files: ACLs of Redis, macros of Nagios, authenticators of exim, old hashes.
func (r *redactor) places(s string) string {
	if userRE.MatchString(s) {
		s = r.pair(s, aclRE)
	}
	for _, p := range placeOf {
		if strings.Contains(s, p.hint) {
			s = r.pair(s, p.re)
		}
	}
	if desRE.MatchString(s) {
		s = r.pair(s, nameRE)
	}
	return s
}

func (r *redactor) option(s, letter string) string {
	var out strings.Builder
	for {
		at := optionREs[letter].FindStringIndex(s)
		if at == nil {
			return out.String() + s
		}
		quote := s[at[1]-1 : at[1]]
		out.WriteString(s[:at[1]])
		s = s[at[1]:]
		v := upTo(s, " \t\r\"'")
		if quote == `"` || quote == "'" {
			v = upTo(s, quote)
		}
		if !harmless(v, "") && !strings.HasPrefix(v, "-") && !digitsRE.MatchString(v) {
			out.WriteString(r.hide(len(v)))
			s = s[len(v):]
		}
	}
}

func (r *redactor) pair(s string, re *regexp.Regexp) string {
	var out strings.Builder
	for {
		at := re.FindStringIndex(s)
		if at == nil {
			return out.String() + s
		}
		out.WriteString(s[:at[1]])
		s = s[at[1]:]
		if v := upTo(s, " \t\r\"'"); !harmless(v, "") {
			out.WriteString(r.hide(len(v)))
			s = s[len(v):]
		}
	}
}

// mails hides addresses of persons behind names such as MAILTO.
func (r *redactor) mails(s string) string {
	at := mailRE.FindStringIndex(lower(s))
	if at == nil {
		return s
	}
	return s[:at[1]] + r.every(s[at[1]:], addressRE, nil)
}
