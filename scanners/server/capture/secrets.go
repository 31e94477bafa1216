package capture

import (
	"regexp"
	"strings"
)

// pattern compiles a pattern as awk reads it: the longest of the leftmost matches. It is no POSIX pattern of Go's: there ^ stands for the
// beginning of each line, so that a text of one line is looked through to its end.
func pattern(p string) *regexp.Regexp {
	re := regexp.MustCompile(p)
	re.Longest()
	return re
}

// The patterns of script/30-redact.sh, which says what each is for.
var (
	hiddenRE   = pattern(`^[ 	]*(<redacted(:[a-z0-9=]+)?>)?[ 	` + "\r" + `]*$`)
	harmlessRE = pattern(`^(yes|no|on|off|true|false|none|null|nil|[(]no default value[)]|ask|prompt|required|optional|default|md5|` +
		`scram-sha-256|enabled|disabled|unset|undef|x|[*]|!|0|1)$`)
	variableRE = pattern(`^([$][{][A-Za-z0-9_]+[}]|[$][A-Z_][A-Z0-9_]*|%[(][a-z_]+[)]s)$`)
	placeRE    = pattern(`^((hash|file|lmdb|btree|texthash):)?(~|/(etc|var|usr|run|root|home|opt|srv|dev|tmp))/[A-Za-z0-9._/@+-]*$`)
	keyFileRE  = pattern(`^([A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[A-Za-z0-9_$.{}-]*/[A-Za-z0-9._/{}$-]*[.](key|pem))$`)
	frontRE    = pattern(`^[ 	]*[#;/]*[ 	]*((export|set|setenv|SetEnv|env)[ 	]+)?["']?[$<@]?$`)
	secretRE   = pattern(`(pass|passwd|passwort|password|passphrase|passcode|pwd|secret|secrets|token|bindpw|rootpw|[_-]pw|credential|` +
		`credentials|community|masterauth|psk|salt|(api|access|secret|private|preshared|encryption|signing|master|account|auth|license|licence|` +
		`s3|azure|gcs|shared|client|session|recovery)[_-]?key)([^a-z0-9_.-]|$)`)
	noSecretRE = pattern(`(^|[._-])((proxy|fastcgi|uwsgi|scgi|grpc|memcached)_?pass|nopass|nopasswd|[a-z_]*bypass|compass|sshpass|` +
		`(load|condition|assert|import)credential|first_pass|authtok_pass)$`)
	privateKeyRE = pattern(`private_?key$`)
	separatorRE  = pattern(`^["']?[]})]?[ 	]*(=>|:=|[+]=|=|:|>)[ 	]*`)
	blankRE      = pattern(`^["']?[ 	]+`)
	manyWordsRE  = pattern(`[^ 	][ 	]+[^ 	]`)
	commentRE    = pattern(`^[ 	]*(#|;|//)`)
	innerRE      = pattern(`[{;|&(][ 	]*((export|set|setenv|SetEnv|env)[ 	]+)?["']?[$<@]?$`)
	specialRE    = pattern(`_|[a-z][A-Z]`)
	capitalsRE   = pattern(`^[A-Z0-9_]+$`)
	blockRE      = pattern(`^[|>][-+0-9]*$`)
	portRE       = pattern(`^[0-9]*[^0-9A-Za-z]?$`)

	hashRE = pattern(`([$](1|2|2a|2b|2x|2y|3|5|6|7|8|9|y|gy|sm3|md5|sha1|apr1|argon2i|argon2d|argon2id|scrypt|pbkdf2[a-z0-9-]*|P|H|S|A)` +
		`[$][A-Za-z0-9./=,+_-]*[$]?` + strings.Repeat(`[A-Za-z0-9./+=$]`, 16) + `[A-Za-z0-9./+=$-]*|` +
		`SCRAM-SHA-(1|256|512)[$][0-9]+:[A-Za-z0-9+/=]+[$][A-Za-z0-9+/=:]+)`)
	ldapRE = pattern(`[{](SSHA|SHA|SMD5|MD5|CRYPT|SSHA256|SSHA512|SHA256|SHA512|PBKDF2|PBKDF2-SHA256|PBKDF2-SHA512|BLF-CRYPT|SHA512-CRYPT|` +
		`SHA256-CRYPT|MD5-CRYPT|ARGON2|ARGON2ID|ARGON2I|PLAIN|CLEARTEXT)[}][A-Za-z0-9./+=$]+`)
	ldapKeepRE = pattern(`^[{][A-Za-z0-9-]+[}]`)
	serviceRE  = pattern(`((AKIA|ASIA)` + strings.Repeat(`[A-Z0-9]`, 16) + `|(ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|xox[abeprs]-|sk_live_|` +
		`rk_live_|AGE-SECRET-KEY-|hvs[.]|dop_v1_|SG[.])` + strings.Repeat(`[A-Za-z0-9_.-]`, 10) + `[A-Za-z0-9_.-]*|eyJ` +
		strings.Repeat(`[A-Za-z0-9_-]`, 8) + `[A-Za-z0-9_-]*[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]*|[*]` + strings.Repeat(`[0-9A-F]`, 40) + `)`)
	bearerRE     = pattern(`[Bb][Ee][Aa][Rr][Ee][Rr][ 	]+` + strings.Repeat(`[A-Za-z0-9._~+/=-]`, 15) + `[A-Za-z0-9._~+/=-]*`)
	bearerKeepRE = pattern(`^[Bb][Ee][Aa][Rr][Ee][Rr][ 	]+`)
	basicRE      = pattern(basic + strings.Repeat(`[A-Za-z0-9._~+/=-]`, 12) + `[A-Za-z0-9._~+/=-]*`)
	basicKeepRE  = pattern(`^` + basic)
	hookRE       = pattern(hook + `[A-Za-z0-9_/-]+`)
	hookKeepRE   = pattern(`^` + hook)
	mailRE       = pattern(`(^|[^a-z])(mail|mailto|mailfrom|email|e-mail|destemail|sender|serveradmin|contact|admin_email|contact_email|` +
		`action_mail_acct|adminaddr|root_mail)["']?[ 	]*(=|:|[ 	]|,)`)
	addressRE = pattern(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+`)

	passRE     = pattern(`pass:[^ 	"'<>]+`)
	passKeepRE = pattern(`^pass:`)
	digitsRE   = pattern(`^[0-9]?[0-9]?[0-9]?[0-9]?[0-9]$`)
	curlRE     = pattern(`[ 	"'](-u|--user|--proxy-user|-U|-a|--authorization)[ 	=]*["']?[A-Za-z0-9._@-]+[:,]`)
	mountRE    = pattern(`[ 	"'](-U|--user)[ 	=]*["']?[A-Za-z0-9._@-]+%`)
	optionREs  = map[string]*regexp.Regexp{"p": option("p"), "a": option("a"), "w": option("w"), "k": option("k"), "K": option("K"), "C": option("C")}

	userRE  = pattern(`^[# 	]*([Aa][Cc][Ll] [Ss][Ee][Tt])?[Uu][Ss][Ee][Rr][ 	]+[^ 	]+[ 	]`)
	desRE   = pattern(`^[A-Za-z0-9._@-]+:` + strings.Repeat(`[A-Za-z0-9./]`, 13) + `[ 	` + "\r" + `]*$`)
	aclRE   = pattern(`[ 	][>#!]`)
	nameRE  = pattern(`^[A-Za-z0-9._@-]+:`)
	placeOf = []struct {
		hint string
		re   *regexp.Regexp
	}{
		{"auth-pass", pattern(`auth-pass[ 	]+[^ 	]+[ 	]+`)},
		{"USER", pattern(`[$]USER[0-9]+[$][ 	]*=[ 	]*`)},
		{"_servers", pattern(`(mysql|pgsql|oracle|ibase|redis)_servers[ 	]*=[ 	]*`)},
		{"client_send", pattern(`client_send[ 	]*=[ 	]*["']?`)},
		{"$auth", pattern(`[{][$]auth[0-9][}][ 	]*[{]`)},
		{"static:", pattern(`static:[^: 	]*:`)},
	}
)

const basic = `[Aa]uthorization["']?[ 	]*[:=,]?[ 	]*["']?([A-Za-z]+[ 	]+)?`

const hook = `(hooks[.]slack[.]com/services/|(discord|discordapp)[.]com/api/webhooks/|hc-ping[.]com/)`

func option(letter string) *regexp.Regexp { return pattern(`[ 	]-` + letter + `[ 	]*["']?`) }

func hidden(s string) bool {
	return strings.Trim(s, " \t\r") == "" || strings.Contains(s, "<redacted") && hiddenRE.MatchString(s)
}

// harmless values say what is done, or where the secret is, and are none.
func harmless(v, key string) bool {
	return hidden(v) || harmlessRE.MatchString(lower(v)) || variableRE.MatchString(v) || placeRE.MatchString(v) ||
		privateKeyRE.MatchString(key) && keyFileRE.MatchString(v)
}

// quick says whether a line may hold a secret at all.
func quick(s string) bool {
	return strings.ContainsAny(s, "${@_*") ||
		containsAny(s, " -", "AKIA", "ASIA", "eyJ", "SG.", "hvs.", "xox", "glpat", "Hooks", "hooks", "hc-ping", "static:") ||
		containsAny(lower(s), "pass", "pw", "secret", "token", "key", "cred", "commun", "master", "psk", "salt", "auth", "bear", "user") || desRE.MatchString(s)
}

func containsAny(s string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// lower is strings.ToLower for ASCII: other bytes stay, and so does the length.
func lower(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if 'A' <= b[i] && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}
