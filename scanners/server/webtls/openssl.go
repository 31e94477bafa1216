package webtls

import (
	"errors"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// OpenSSL is what matters of the library of a host.
type OpenSSL struct {
	Major, Minor int // zero when the version is not known
	Level        int // security level before a cipher list sets another
	LevelKnown   bool
	AllowsSHA1   bool    // Red Hat's switch for signatures with SHA-1, which moves what a level means
	MinProtocol  Version // of openssl.cnf, for servers that set none; None when it sets none
	Ciphers      string  // list of openssl.cnf, for servers that set none
	Profile      string  // list of Red Hat's crypto policy, which PROFILE=SYSTEM stands for
	Files        []string
}

// version is a version in what `openssl version` or a server says, such as "OpenSSL 3.0.19 27 Jan 2026".
var version = regexp.MustCompile(`OpenSSL (\d+)\.(\d+)\.(\d+)`)

// Library describes the OpenSSL that says says of itself, as the files of its host configure it.
func Library(says string, files capture.Files) OpenSSL {
	var o OpenSSL
	found := version.FindAllStringSubmatch(says, -1)
	if len(found) > 0 {
		last := found[len(found)-1] // "built with OpenSSL 3.0.22 (running with OpenSSL 3.0.19)"
		o.Major, _ = strconv.Atoi(last[1])
		o.Minor, _ = strconv.Atoi(last[2])
	}
	o.Level, o.LevelKnown = o.compiled(files)
	o.configure(files)
	if policy, err := files.Read(policyFile); err == nil {
		o.Profile = strings.TrimSpace(string(policy))
	}
	return o
}

// policyFile is Red Hat's list for PROFILE=SYSTEM.
const policyFile = "/etc/crypto-policies/back-ends/openssl.config"

// configurations are where distributions keep openssl.cnf: Debian, Red Hat.
var configurations = [...]string{"/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf"}

// compiled is the level that the library was built with: 2 by Debian and Ubuntu
// (https://sources.debian.org/src/openssl/3.0.17-1~deb12u2/debian/rules/) and since 3.2 by OpenSSL itself
// (https://docs.openssl.org/3.2/man7/ossl-guide-migration/), 1 before. No distribution builds it with 0.
func (o OpenSSL) compiled(files capture.Files) (int, bool) {
	if _, err := files.Stat("/etc/debian_version"); err == nil {
		return 2, true
	}
	switch {
	case o.Major == 0:
		return 0, false
	case o.Major >= 3 && (o.Major > 3 || o.Minor >= 2):
		return 2, true
	}
	return 1, true
}

// configure reads openssl.cnf.
func (o *OpenSSL) configure(files capture.Files) {
	for _, name := range configurations {
		c := cnf{files: files, sections: map[string]map[string]string{}}
		err := c.read(name, 0)
		if errors.Is(err, fs.ErrNotExist) && len(c.names) == 0 {
			continue
		}
		o.Files = append(o.Files, c.names...)
		if err != nil {
			o.LevelKnown = false
			return
		}
		o.apply(c)
		return
	}
}

// apply takes over the defaults for all TLS contexts: https://docs.openssl.org/3.0/man5/config/#ssl-configuration
func (o *OpenSSL) apply(c cnf) {
	top := c.sections[c.sections["default"]["openssl_conf"]]
	o.AllowsSHA1 = c.sections[top["alg_section"]]["rh-allow-sha1-signatures"] == "yes"
	system := c.sections[c.sections[top["ssl_conf"]]["system_default"]]
	for key, value := range system {
		key = key[strings.LastIndex(key, ".")+1:]
		switch strings.ToLower(key) {
		case "cipherstring":
			o.Ciphers = value
			if s := read(value); s.unknown {
				o.LevelKnown = false
			} else if s.levelSet {
				o.Level, o.LevelKnown = s.level, true
			}
		case "minprotocol":
			o.MinProtocol = Named(value)
		}
	}
}

// Named returns the version that OpenSSL and the servers call by this name, and None for another name.
func Named(name string) Version {
	switch strings.ToLower(name) {
	case "sslv3":
		return SSL30
	case "tlsv1", "tlsv1.0":
		return TLS10
	case "tlsv1.1":
		return TLS11
	case "tlsv1.2":
		return TLS12
	case "tlsv1.3":
		return TLS13
	}
	return None
}
