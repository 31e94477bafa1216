# ---- Redaction ---------------------------------------------------------------------------------------------------------------------
# One awk program replaces secrets in all captured files and outputs, in the private copy, before anything leaves the host. What is
# replaced reads <redacted:len=N>; line numbers stay. It errs on the side of replacing. The program is told the kind of each file:
#   passwd, group   full names and hashes go        words   "password" begins lines that hold no secret (PAM, nsswitch.conf)
# A Go copy of these rules reads unpacked directories; a test holds both to the same bytes.
redactor() {
	cat <<'AWK'
function hide(n) { changed = 1; return "<redacted:len=" n ">" }

function hidden(v) { return v ~ /^[ \t]*(<redacted(:[a-z0-9=]+)?>)?[ \t\r]*$/ }

# whole hides a line but for its indentation.
function whole(s,    p) {
	if (hidden(s)) return s
	match(s, /^[ \t]*/); p = RLENGTH
	return substr(s, 1, p) hide(length(s) - p)
}

# harmless values say what is done, or where the secret is, and are none.
function harmless(v, id) {
	return hidden(v) || tolower(v) ~ harmlessRE || v ~ variableRE || v ~ placeRE || (id ~ /private_?key$/ && v ~ keyFileRE)
}

# urls hides what stands between user: and @ in an address, and a long user alone.
function urls(s,    out, p, rest, auth, at, c, n) {
	out = ""
	while ((p = index(s, "://")) > 0) {
		out = out substr(s, 1, p + 2); s = substr(s, p + 3)
		match(s, /^[^ \t"'<>`]*/); rest = substr(s, 1, RLENGTH)
		match(rest, "^[^/?#]*"); auth = substr(rest, 1, RLENGTH)
		c = index(auth, ":"); at = last(auth, "@")
		if (c > 0 && at == 0 && substr(auth, c + 1) !~ /^[0-9]*[^0-9A-Za-z]?$/) at = last(rest, "@")
		if (at > 0 && c > 0 && c < at) {
			if (!harmless(substr(rest, c + 1, at - c - 1))) {
				n = at - c - 1
				out = out substr(s, 1, c) hide(n); s = substr(s, at)
			}
		} else if (at > 20 && !hidden(substr(rest, 1, at - 1))) {
			out = out hide(at - 1); s = substr(s, at)
		}
	}
	return out s
}

function last(s, c,    p, n) {
	p = 0
	while ((n = index(substr(s, p + 1), c)) > 0) p += n
	return p
}

# every hides each match of a pattern; keep says what in the front of a match stays.
function every(s, re, keep,    out, m, k) {
	out = ""
	while (match(s, re)) {
		m = substr(s, RSTART, RLENGTH); out = out substr(s, 1, RSTART - 1); s = substr(s, RSTART + RLENGTH)
		k = 0
		if (keep != "" && match(m, keep)) k = RLENGTH
		out = out substr(m, 1, k) hide(length(m) - k)
	}
	return out s
}

# tokens hides what looks like a hash of a password, or like a key of a known service, wherever it stands.
function tokens(s) {
	if (index(s, "$")) s = every(s, hashRE, "")
	if (index(s, "{")) s = every(s, ldapRE, "^[{][A-Za-z0-9-]+[}]")
	if (s ~ serviceRE) s = every(s, serviceRE, "")
	if (s ~ /[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz]|[Bb][Ee][Aa][Rr][Ee][Rr]|[Hh]ooks|hc-ping/) {
		s = every(s, bearerRE, "^[Bb][Ee][Aa][Rr][Ee][Rr][ \t]+")
		s = every(s, basicRE, basicKeep)
		s = every(s, hookRE, "^" hookPlace)
	}
	return s
}

# keys hides the values of names that end in words such as password.
function keys(s,    comment, out, low, id, e, first, q, sep, v, n, raw, b, front) {
	out = ""; q = ""; comment = (s ~ "^[ \t]*(#|;|//)")
	while (match(low = tolower(s), secretRE)) {
		e = RSTART + RLENGTH - 1
		if (substr(low, e, 1) !~ /[a-z0-9_.-]/) e--
		for (b = RSTART; b > 1 && substr(low, b - 1, 1) ~ /[a-z0-9_.-]/; b--) continue
		id = substr(low, b, e - b + 1); raw = substr(s, b, e - b + 1); front = substr(s, 1, b - 1)
		q = quoted(q, front); first = (out == "" && front ~ frontRE); out = out substr(s, 1, e); s = substr(s, e + 1)
		if (id ~ noSecretRE || (words && first && id ~ /^passw(d|ord)$/)) continue
		b = (q != "" && substr(s, 1, 1) == q) ? "" : q
		if (match(s, /^["']?[]})]?[ \t]*(=>|:=|[+]=|=|:|>)[ \t]*/)) n = RLENGTH
		else if (!match(s, /^["']?[ \t]+/)) continue
		else if (!named(raw, front, substr(s, (n = RLENGTH) + 1), first, comment)) continue
		sep = substr(s, 1, n); out = out sep; s = substr(s, n + 1)
		if (b == "") q = quoted(q, sep)
		n = value(s, sep, b, first && raw !~ /^--/ && (raw !~ /^[A-Z0-9_]+$/ || sep != "="))
		v = substr(s, skip + 1, n)
		if (sep ~ /:/ && v ~ /^[|>][-+0-9]*$/) { match(front, /^[ \t-]*/); block = RLENGTH + 1 }
		front = substr(s, 1, skip); s = substr(s, skip + n + 1)
		if (harmless(v, id)) out = out front v
		else { out = out front hide(n); if (v ~ /\\$/) continued = 1 }
		if (skip && substr(s, 1, 1) == substr(front, 1, 1)) { out = out substr(s, 1, 1); s = substr(s, 2) }
	}
	return out s
}

# named says whether a name and its value are divided by blanks alone: at the front of a line or a block, behind --, and where the name
# is no word of prose or the value is quoted.
function named(raw, front, v, first, comment,    special) {
	if (raw ~ /^--/) return 1
	if (words) return 0
	special = (raw ~ /_|[a-z][A-Z]/ || v ~ /^["']/)
	if (first || front ~ innerRE) return special || !comment || v !~ /[^ \t][ \t]+[^ \t]/
	return special && front !~ "/$" && v ~ /^[^{}|&;<>()=-]/
}

# quoted says in which open quote a text ends that begins in q.
function quoted(q, s,    c) {
	while (match(s, /["'\\]/)) {
		c = substr(s, RSTART, 1); s = substr(s, RSTART + 1)
		if (c == "\\") s = substr(s, 2)
		else if (q == "") q = c
		else if (q == c) q = ""
	}
	return q
}

# value returns how long the value at the front of s is, and sets skip to what stands before it: a quote, or nothing.
function value(s, sep, q, line,    i, c) {
	skip = 0
	if (q != "") { i = index(s, q); return i ? i - 1 : length(s) }
	c = substr(s, 1, 1)
	if (c == "\"" || c == "'") {
		skip = 1
		for (i = 2; i <= length(s); i++) {
			if (substr(s, i, 1) == "\\" && c == "\"") { i++; continue }
			if (substr(s, i, 1) == c) return i - 2
		}
		open = c
		return length(s) - 1
	}
	if (sep ~ />/ && sep !~ /=/) { i = index(s, "<"); if (substr(s, 1, 10) == "<redacted:") i = index(s, ">") + 1; return i ? i - 1 : length(s) }
	if (line) { match(s, /[ \t\r;,]*$/); return RSTART ? RSTART - 1 : length(s) }
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "\\") { i++; continue }
		if (c == " " || c == "\t" || c == "\r") break
	}
	if (i > length(s) + 1) i = length(s) + 1
	while (i > 1 && substr(s, i - 1, 1) ~ /[;,"')`]/) i--
	return i - 1
}

# options hides what command lines of known programs carry after -p, -u and the like.
function options(s,    low) {
	low = tolower(s)
	if (low ~ /mysql|mariadb|sshpass|mongo|check_/) s = option(s, "p")
	if (low ~ /redis-cli|valkey-cli/) s = option(s, "a")
	if (low ~ /snmp/) s = option(s, "C")
	if (low ~ /ldap|radtest|rclone/) s = option(s, "w")
	if (low ~ /openssl/) { s = option(s, "k"); s = option(s, "K"); s = every(s, "pass:[^ \t\"'<>]+", "^pass:") }
	if (low ~ /curl|lftp|wget|http/) { s = pair(s, "[ \t\"'](-u|--user|--proxy-user|-U|-a|--authorization)[ \t=]*[\"']?[A-Za-z0-9._@-]+[:,]") }
	if (low ~ /smbclient|mount|cifs|lftp/) s = pair(s, "[ \t\"'](-U|--user)[ \t=]*[\"']?[A-Za-z0-9._@-]+%")
	return s
}

# places hides what stands at certain places of certain files: ACLs of Redis, macros of Nagios, authenticators of exim, old hashes.
function places(s) {
	if (s ~ userRE) s = pair(s, "[ \t][>#!]")
	if (index(s, "auth-pass")) s = pair(s, "auth-pass[ \t]+[^ \t]+[ \t]+")
	if (index(s, "USER")) s = pair(s, "[$]USER[0-9]+[$][ \t]*=[ \t]*")
	if (index(s, "_servers")) s = pair(s, "(mysql|pgsql|oracle|ibase|redis)_servers[ \t]*=[ \t]*")
	if (index(s, "client_send")) s = pair(s, "client_send[ \t]*=[ \t]*[\"']?")
	if (index(s, "$auth")) s = pair(s, "[{][$]auth[0-9][}][ \t]*[{]")
	if (index(s, "static:")) s = pair(s, "static:[^: \t]*:")
	if (s ~ desRE) s = pair(s, "^[A-Za-z0-9._@-]+:")
	return s
}

function option(s, o,    out, n, re, v) {
	out = ""; re = "[ \t]-" o "[ \t]*[\"']?"
	while (match(s, re)) {
		out = out substr(s, 1, RSTART + RLENGTH - 1); v = substr(s, RSTART + RLENGTH - 1, 1); s = substr(s, RSTART + RLENGTH)
		if (v == "\"" || v == "'") n = index(s, v) ? index(s, v) - 1 : length(s)
		else { match(s, /^[^ \t\r"']*/); n = RLENGTH }
		v = substr(s, 1, n)
		if (!harmless(v) && v !~ /^-/ && v !~ /^[0-9]?[0-9]?[0-9]?[0-9]?[0-9]$/) { out = out hide(n); s = substr(s, n + 1) }
	}
	return out s
}

function pair(s, re,    out, v) {
	out = ""
	while (match(s, re)) {
		out = out substr(s, 1, RSTART + RLENGTH - 1); s = substr(s, RSTART + RLENGTH)
		match(s, /^[^ \t\r"']*/); v = substr(s, 1, RLENGTH)
		if (!harmless(v)) { s = substr(s, length(v) + 1); out = out hide(length(v)) }
	}
	return out s
}

# mails hides addresses of persons behind names such as MAILTO.
function mails(s,    m) {
	if (!match(tolower(s), mailRE)) return s
	m = RSTART + RLENGTH - 1
	return substr(s, 1, m) every(substr(s, m + 1), "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+", "")
}

function account(s, kind,    f, n, i, out) {
	n = split(s, f, ":")
	if (n < 3) return short(s)
	f[2] = short(f[2])
	if (kind == "passwd" && n >= 5 && f[5] != "") { f[5] = ""; changed = 1 }
	out = f[1]
	for (i = 2; i <= n; i++) out = out ":" f[i]
	return out
}

# short hides what is longer than the marks x, * and !; without a length, for a colon would be one of the file's own.
function short(s) {
	if (length(s) < 2 || hidden(s)) return s
	changed = 1
	return "<redacted>"
}

function clean(s,    p, i, before) {
	if (inkey) { if (index(s, "-----END ")) inkey = 0; return whole(s) }
	if (open != "") {
		i = index(s, open)
		if (!i) return whole(s)
		open = ""
		return whole(substr(s, 1, i - 1)) substr(s, i, 1) clean(substr(s, i + 1))
	}
	if (continued) { continued = (s ~ /\\$/); return whole(s) (continued && !hidden(s) ? "\\" : "") }
	if (block) {
		match(s, /^[ \t]*/)
		if (RLENGTH == length(s)) return s
		if (RLENGTH >= block) return whole(s)
		block = 0
	}
	p = index(s, "-----BEGIN ")
	if (p && index(substr(s, p), "PRIVATE KEY")) {
		inkey = !index(substr(s, p), "-----END ")
		s = substr(s, 1, p - 1) hide(length(s) - p + 1)
	}
	if (index(s, "PuTTY-User-Key-File")) { inkey = 1; return whole(s) }
	for (i = 0; i < 8; i++) {
		before = s; open = ""; s = once(s)
		if (s == before) break
	}
	return s
}

# once redacts what stands in one line alone. What it leaves may look like another secret, so that it is done again until nothing changes.
function once(s) {
	if (index(s, "://")) s = urls(s)
	if (s !~ quickRE) return s
	s = tokens(s)
	if (tolower(s) ~ /pass|pwd|pw|secret|token|key|credential|community|masterauth|psk|salt/) s = keys(s)
	s = places(options(s))
	if (index(s, "@")) s = mails(s)
	return s
}

function times(s, n,    out) { out = ""; while (n-- > 0) out = out s; return out }

BEGIN {
	harmlessRE = "^(yes|no|on|off|true|false|none|null|nil|[(]no default value[)]|ask|prompt|required|optional|default|md5|scram-sha-256|enabled|disabled|unset|undef|x|[*]|!|0|1)$"
	variableRE = "^([$][{][A-Za-z0-9_]+[}]|[$][A-Z_][A-Z0-9_]*|%[(][a-z_]+[)]s)$"
	placeRE = "^((hash|file|lmdb|btree|texthash):)?(~|/(etc|var|usr|run|root|home|opt|srv|dev|tmp))/[A-Za-z0-9._/@+-]*$"
	keyFileRE = "^([A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[A-Za-z0-9_$.{}-]*/[A-Za-z0-9._/{}$-]*[.](key|pem))$"
	frontRE = "^[ \t]*[#;/]*[ \t]*((export|set|setenv|SetEnv|env)[ \t]+)?[\"']?[$<@]?$"
	innerRE = "[{;|&(][ \t]*((export|set|setenv|SetEnv|env)[ \t]+)?[\"']?[$<@]?$"
	secretRE = "(pass|passwd|passwort|password|passphrase|passcode|pwd|secret|secrets|token|bindpw|rootpw|[_-]pw|credential|credentials|community|masterauth|psk|salt|(api|access|secret|private|preshared|encryption|signing|master|account|auth|license|licence|s3|azure|gcs|shared|client|session|recovery)[_-]?key)([^a-z0-9_.-]|$)"
	noSecretRE = "(^|[._-])((proxy|fastcgi|uwsgi|scgi|grpc|memcached)_?pass|nopass|nopasswd|[a-z_]*bypass|compass|sshpass|(load|condition|assert|import)credential|first_pass|authtok_pass)$"
	hashRE = "[$](1|2|2a|2b|2x|2y|3|5|6|7|8|9|y|gy|sm3|md5|sha1|apr1|argon2i|argon2d|argon2id|scrypt|pbkdf2[a-z0-9-]*|P|H|S|A)[$][A-Za-z0-9./=,+_-]*[$]?" times("[A-Za-z0-9./+=$]", 16) "[A-Za-z0-9./+=$-]*"
	hashRE = "(" hashRE "|SCRAM-SHA-(1|256|512)[$][0-9]+:[A-Za-z0-9+/=]+[$][A-Za-z0-9+/=:]+)"
	ldapRE = "[{](SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|SHA256|SHA512|PBKDF2|PBKDF2-SHA256|PBKDF2-SHA512|BLF-CRYPT|SHA512-CRYPT|SHA256-CRYPT|MD5-CRYPT|ARGON2|ARGON2ID|ARGON2I|PLAIN|CLEARTEXT)[}][A-Za-z0-9./+=$]+"
	serviceRE = "((AKIA|ASIA)" times("[A-Z0-9]", 16) "|(ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|xox[abeprs]-|sk_live_|rk_live_|AGE-SECRET-KEY-|hvs[.]|dop_v1_|SG[.])" times("[A-Za-z0-9_.-]", 10) "[A-Za-z0-9_.-]*|eyJ" times("[A-Za-z0-9_-]", 8) "[A-Za-z0-9_-]*[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]*|[*]" times("[0-9A-F]", 40) ")"
	bearerRE = "[Bb][Ee][Aa][Rr][Ee][Rr][ \t]+" times("[A-Za-z0-9._~+/=-]", 15) "[A-Za-z0-9._~+/=-]*"
	basicKeep = "^[Aa]uthorization[\"']?[ \t]*[:=,]?[ \t]*[\"']?([A-Za-z]+[ \t]+)?"
	basicRE = substr(basicKeep, 2) times("[A-Za-z0-9._~+/=-]", 12) "[A-Za-z0-9._~+/=-]*"
	hookPlace = "(hooks[.]slack[.]com/services/|(discord|discordapp)[.]com/api/webhooks/|hc-ping[.]com/)"
	hookRE = hookPlace "[A-Za-z0-9_/-]+"
	userRE = "^[# \t]*([Aa][Cc][Ll] [Ss][Ee][Tt])?[Uu][Ss][Ee][Rr][ \t]+[^ \t]+[ \t]"
	desRE = "^[A-Za-z0-9._@-]+:" times("[A-Za-z0-9./]", 13) "[ \t\r]*$"
	mailRE = "(^|[^a-z])(mail|mailto|mailfrom|email|e-mail|destemail|sender|serveradmin|contact|admin_email|contact_email|action_mail_acct|adminaddr|root_mail)[\"']?[ \t]*(=|:|[ \t]|,)"
	quickRE = "[Pp][Aa][Ss][Ss]|[Pp][Ww]|[Ss][Ee][Cc][Rr][Ee][Tt]|[Tt][Oo][Kk][Ee][Nn]|[Kk][Ee][Yy]|[Cc][Rr][Ee][Dd]|[Cc][Oo][Mm][Mm][Uu][Nn]|[Mm][Aa][Ss][Tt][Ee][Rr]|[Pp][Ss][Kk]|[Ss][Aa][Ll][Tt]|[$]|[{]|@|AKIA|ASIA|_|eyJ|[*]|SG[.]|hvs[.]|xox|glpat|[Aa][Uu][Tt][Hh]|[Bb][Ee][Aa][Rr]|[Hh]ooks|hc-ping|[Uu][Ss][Ee][Rr]|static:|:" times("[A-Za-z0-9./]", 13) "[ \t\r]*$| -"
	while ((getline name < list) > 0) {
		kind = name; sub(/ .*/, "", kind); sub(/^[^ ]* /, "", name)
		words = (kind == "words"); changed = inkey = continued = block = 0; open = ""; n = 0
		while ((getline line < name) > 0)
			text[++n] = (kind == "passwd" || kind == "group") ? account(line, kind) : clean(line)
		close(name)
		if (changed) {
			for (i = 1; i <= n; i++) print text[i] > name
			close(name); print name
		}
	}
}
AWK
}
