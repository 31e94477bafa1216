package webtls

import (
	"strconv"
	"strings"
)

// suites is what matters of a cipher list.
type suites struct {
	legacy   bool // some suite can be used below TLS 1.2
	level    int
	levelSet bool
	unknown  bool
}

// expand reads a cipher list: https://docs.openssl.org/3.0/man1/openssl-ciphers/#cipher-list-format
func (o OpenSSL) expand(list string) suites {
	if list == "" {
		list = o.Ciphers
	}
	if list == "" {
		list = "DEFAULT"
	}
	if strings.HasPrefix(list, "PROFILE=SYSTEM") {
		if o.Profile == "" {
			return suites{unknown: true}
		}
		list = strings.Replace(list, "PROFILE=SYSTEM", o.Profile, 1)
	}
	return read(list)
}

// read walks through a list; later parts add to earlier ones or take from them.
func read(list string) suites {
	var s suites
	banned := false
	for _, part := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(":, ;", r) }) {
		name, level, leveled := strings.Cut(part, "@SECLEVEL=")
		if leveled {
			n, err := strconv.Atoi(level)
			if err != nil || n < 0 || n > 5 {
				return suites{unknown: true}
			}
			s.level, s.levelSet = n, true
		}
		switch {
		case name == "" || strings.HasPrefix(name, "@") || strings.HasPrefix(name, "+"):
		case strings.ContainsAny(name, "$={}"):
			return suites{unknown: true}
		case strings.HasPrefix(name, "!"):
			banned = banned || takesLegacy(name[1:])
		case strings.HasPrefix(name, "-"):
			s.legacy = s.legacy && !takesLegacy(name[1:])
		default:
			s.legacy = s.legacy || mayBeLegacy(name)
		}
	}
	s.legacy = s.legacy && !banned
	return s
}

// takesLegacy says whether removing a keyword removes every suite that can be used below TLS 1.2: all of them have HMAC-SHA1, in
// libraries without RC4-MD5 and without keys agreed on beforehand.
func takesLegacy(name string) bool { return name == "SHA1" || name == "SHA" || name == "ALL" }

// mayBeLegacy says whether a keyword or the name of a suite may stand for a suite that can be used below TLS 1.2. Authenticated
// encryption and HMAC with SHA-256 and SHA-384 came with TLS 1.2 (https://datatracker.ietf.org/doc/html/rfc5246#appendix-C,
// https://datatracker.ietf.org/doc/html/rfc5289).
func mayBeLegacy(name string) bool {
	for _, only := range []string{"GCM", "CCM", "CHACHA20", "POLY1305", "ARIA", "SHA256", "SHA384", "TLSv1.2", "TLS_", "GOST12"} {
		if strings.Contains(name, only) {
			return false
		}
	}
	return name != "eNULL" && name != "NULL"
}
