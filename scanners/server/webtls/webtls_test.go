package webtls

import (
	"testing"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// debian is the OpenSSL of Debian 12 with an openssl.cnf.
func debian(cnf string) OpenSSL {
	return Library("OpenSSL 3.0.19 27 Jan 2026", capture.MemoryOf(map[string]string{"/etc/debian_version": "12.9\n", "/etc/ssl/openssl.cnf": cnf}))
}

const levelZero = "openssl_conf = init\n[init]\nssl_conf = ssl\n[ssl]\nsystem_default = all\n[all]\nMinProtocol = TLSv1\nCipherString = DEFAULT:@SECLEVEL=0 # old clients\n"

func TestNegotiable(t *testing.T) {
	old := OpenSSL{Major: 1, Minor: 1, Level: 2, LevelKnown: true}
	all := []Version{TLS10, TLS11, TLS12, TLS13}
	for _, c := range []struct {
		name    string
		library OpenSSL
		enabled []Version
		ciphers string
		want    Version
		why     Why
	}{
		{"OpenSSL 3 refuses TLS 1.0 at level 2", debian(""), all, "HIGH:!aNULL:!MD5", TLS12, ""},
		{"level 1 refuses it too", debian(""), all, "HIGH@SECLEVEL=1", TLS12, ""},
		{"level 0 allows it", debian(""), all, "HIGH:@SECLEVEL=0", TLS10, ""},
		{"the last level counts", debian(""), all, "@SECLEVEL=0:HIGH:@SECLEVEL=2", TLS12, ""},
		{"no cipher below TLS 1.2", debian(""), all, "ECDHE+AESGCM:DHE-RSA-CHACHA20-POLY1305:@SECLEVEL=0", TLS12, ""},
		{"one old cipher is enough", debian(""), all, "ECDHE+AESGCM:AES128-SHA:@SECLEVEL=0", TLS10, ""},
		{"SHA-1 is banned", debian(""), all, "HIGH:!SHA1:@SECLEVEL=0", TLS12, ""},
		{"SHA-1 is taken out", debian(""), all, "HIGH:-SHA:@SECLEVEL=0", TLS12, ""},
		{"SHA-1 is taken out too early", debian(""), all, "-SHA:HIGH:@SECLEVEL=0", TLS10, ""},
		{"only TLS 1.0 is enabled", debian(""), []Version{TLS10, TLS11}, "HIGH", None, Nothing},
		{"nothing is enabled", debian(""), nil, "", None, Nothing},
		{"SSL 3.0 is not built in", debian(""), []Version{SSL30, TLS12}, "HIGH:@SECLEVEL=0", TLS12, ""},
		{"openssl.cnf sets the level", debian(levelZero), all, "HIGH", TLS10, ""},
		{"the list overrides openssl.cnf", debian(levelZero), all, "HIGH:@SECLEVEL=1", TLS12, ""},
		{"openssl.cnf sets the ciphers", debian(levelZero), all, "", TLS10, ""},
		{"OpenSSL 1.1 at level 2 depends on its build", old, all, "HIGH", None, OldAtLevel},
		{"OpenSSL 1.1 at level 1", old, all, "HIGH:@SECLEVEL=1", TLS10, ""},
		{"OpenSSL 1.1 with TLS 1.2", old, []Version{TLS13, TLS12}, "HIGH", TLS12, ""},
		{"no library is known", OpenSSL{}, all, "HIGH", None, LibraryUnknown},
		{"no library is needed", OpenSSL{}, []Version{TLS12}, "HIGH", TLS12, ""},
		{"a profile that was not read", debian(""), all, "PROFILE=SYSTEM", None, CiphersUnknown},
		{"a variable", debian(""), all, "$list", None, CiphersUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, why := c.library.Negotiable(c.enabled, c.ciphers)
			if got != c.want || why != c.why {
				t.Errorf("Negotiable = %v %q, want %v %q", got, why, c.want, c.why)
			}
		})
	}
}

func TestLibrary(t *testing.T) {
	for _, c := range []struct {
		name, says string
		files      map[string]string
		level      int
		known      bool
	}{
		{"Debian", "OpenSSL 3.0.19", map[string]string{"/etc/debian_version": ""}, 2, true},
		{"OpenSSL's own", "OpenSSL 3.0.1", nil, 1, true},
		{"OpenSSL's own since 3.2", "OpenSSL 3.2.0", nil, 2, true},
		{"the running one counts", "built with OpenSSL 3.2.0 (running with OpenSSL 3.0.19)", nil, 1, true},
		{"nothing told", "", nil, 0, false},
		{"an included file", "OpenSSL 3.0.7", map[string]string{
			"/etc/pki/tls/openssl.cnf":                         "openssl_conf = init\n[init]\nssl_conf = ssl\n[ssl]\nsystem_default = crypto_policy\n[ crypto_policy ]\n.include = /etc/crypto-policies/back-ends/opensslcnf.config\n",
			"/etc/crypto-policies/back-ends/opensslcnf.config": "CipherString = @SECLEVEL=0:kEECDH\nTLS.MinProtocol = TLSv1\n"}, 0, true},
		{"a file that includes itself", "OpenSSL 3.0.7", map[string]string{"/etc/ssl/openssl.cnf": ".include /etc/ssl/openssl.cnf\n"}, 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Library(c.says, capture.MemoryOf(c.files))
			if got.Level != c.level || got.LevelKnown != c.known {
				t.Errorf("level %d, known %v; want %d, %v", got.Level, got.LevelKnown, c.level, c.known)
			}
		})
	}
}

func FuzzLibrary(f *testing.F) {
	f.Add("OpenSSL 3.0.19", levelZero, "HIGH:@SECLEVEL=0")
	f.Add("OpenSSL 1.1.1w", ".include /etc/ssl", "!SHA1:-SHA:+AES")
	f.Fuzz(func(t *testing.T, says, cnf, ciphers string) {
		o := Library(says, capture.MemoryOf(map[string]string{"/etc/ssl/openssl.cnf": cnf}))
		got, why := o.Negotiable([]Version{TLS11, TLS12}, ciphers)
		if (why == "") != (got == TLS11 || got == TLS12) {
			t.Errorf("Negotiable = %v, %q", got, why)
		}
	})
}
