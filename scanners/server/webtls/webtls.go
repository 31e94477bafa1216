// Package webtls says which versions of TLS a web server really negotiates: what its configuration enables, less what OpenSSL refuses
// at its security level, less what no configured cipher can do.
//
// Since OpenSSL 3.0 versions below TLS 1.2 need security level 0, whatever the server enables
// (https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/). Debian builds it with level 2.
package webtls

import "slices"

// Version is a version of the protocol, by the ranks that settings have: 10 is TLS 1.0, 13 is TLS 1.3.
type Version int

// The versions.
const (
	None  Version = 0
	SSL30 Version = 3
	TLS10 Version = 10
	TLS11 Version = 11
	TLS12 Version = 12
	TLS13 Version = 13
)

// String returns the version's name, such as TLS 1.2.
func (v Version) String() string {
	switch v {
	case SSL30:
		return "SSL 3.0"
	case TLS10:
		return "TLS 1.0"
	case TLS11:
		return "TLS 1.1"
	case TLS12:
		return "TLS 1.2"
	case TLS13:
		return "TLS 1.3"
	}
	return "none"
}

// Why says why a version is not known. The zero Why says that it is known.
type Why string

// The reasons.
const (
	LibraryUnknown Why = "the version of OpenSSL"      // nothing tells which OpenSSL the server uses
	LevelUnknown   Why = "the security level"          // openssl.cnf or a crypto policy that sets it could not be read
	CiphersUnknown Why = "the list of ciphers"         // it is a variable, or refers to what could not be read
	OldAtLevel     Why = "OpenSSL 1.1 at its level"    // distributions differ in what their OpenSSL 1.1 refuses at level 2
	Nothing        Why = "no version can be agreed on" // every handshake fails
)

// Negotiable returns the lowest version that a server negotiates with some client. Enabled are the versions that its configuration
// enables, and ciphers its cipher list, empty for the library's own default. The certificate is taken to fit some cipher. For a server that
// is chosen by the name that the client asks for, the list and its level are its own.
func (o OpenSSL) Negotiable(enabled []Version, ciphers string) (Version, Why) {
	list := slices.Sorted(slices.Values(enabled))
	list = slices.DeleteFunc(list, func(v Version) bool { return v == SSL30 && o.lacksSSL3() })
	if len(list) == 0 {
		return None, Nothing
	}
	if list[0] >= TLS12 {
		return list[0], ""
	}
	suites := o.expand(ciphers)
	if suites.unknown {
		return None, CiphersUnknown
	}
	if !suites.legacy {
		return from(list, TLS12)
	}
	if o.Major == 0 {
		return None, LibraryUnknown
	}
	level, known := o.level(suites)
	return o.at(level, known, list)
}

// Fits says whether some cipher of a list can be used in the highest enabled version. Where none can, every handshake of a socket ends before
// OpenSSL looks for the server that the client asks for by name.
func (o OpenSSL) Fits(enabled []Version, ciphers string) bool {
	return len(enabled) == 0 || slices.Max(enabled) >= TLS12 || o.expand(ciphers).legacy
}

// level is the security level that a list leaves or sets.
func (o OpenSSL) level(s suites) (int, bool) {
	if s.levelSet {
		return s.level, true
	}
	return o.Level, o.LevelKnown
}

// at is the lowest version of a sorted list that the library allows at a level.
func (o OpenSSL) at(level int, known bool, list []Version) (Version, Why) {
	switch {
	case !known:
		return None, LevelUnknown
	case level == 0:
		return list[0], ""
	case o.Major >= 3 && o.AllowsSHA1:
		return None, LevelUnknown
	case o.Major >= 3:
		return from(list, TLS12)
	case level == 1 && list[0] == SSL30, level > 1:
		return None, OldAtLevel
	}
	return list[0], ""
}

// from returns the lowest version of a sorted list that is not below least.
func from(list []Version, least Version) (Version, Why) {
	for _, v := range list {
		if v >= least {
			return v, ""
		}
	}
	return None, Nothing
}

// lacksSSL3 says whether the library knows no SSL 3.0: it is left out since 1.1.0 unless somebody asks for it
// (https://github.com/openssl/openssl/blob/master/CHANGES.md, changes between 1.0.2h and 1.1.0).
func (o OpenSSL) lacksSSL3() bool { return o.Major > 1 || o.Major == 1 && o.Minor >= 1 }
