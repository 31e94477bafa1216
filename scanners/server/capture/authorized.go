package capture

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strings"
)

// authorizedKeyRE finds the type and the key in a line of authorized_keys; options stand before it, a comment behind:
// https://man.openbsd.org/sshd#AUTHORIZED_KEYS_FILE_FORMAT
var (
	authorizedKeyRE = pattern(`(^|[ 	])(ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)[a-z0-9@.-]+[ 	]+AAAA[A-Za-z0-9+/]+=*`)
	environmentRE   = regexp.MustCompile(`environment="(?:[^"\\]|\\.)*"`)
)

// authorizedKeys is "user type bits fingerprint options" for each key of each account, as ssh-keygen -l has it, and "user denied" for
// files that could not be read. Comments are dropped: they name persons.
func (r *rootFiles) authorizedKeys() ([]string, error) {
	accounts, err := r.Read("/etc/passwd")
	if err != nil {
		return nil, err
	}
	var found []string
	for line := range strings.Lines(string(accounts)) {
		f := strings.Split(strings.TrimSpace(line), ":")
		if len(f) < 6 || !strings.HasPrefix(f[5], "/") || f[5] == "/" || unknown(f[5]) {
			continue
		}
		for _, name := range []string{"authorized_keys", "authorized_keys2"} {
			lines, err := r.secretLines(path.Join(f[5], ".ssh", name), fileLimit)
			if errors.Is(err, fs.ErrPermission) {
				found = append(found, f[0]+" denied\n")
			}
			if err == nil {
				found = append(found, keysOf(f[0], lines)...)
			}
		}
	}
	slices.Sort(found)
	return found, nil
}

// keysOf describes the keys of one file.
func keysOf(user string, lines []string) []string {
	var found []string
	for _, line := range lines[:min(len(lines), 10_000)] {
		if trimmed := strings.TrimLeft(line, " \t"); trimmed == "" || trimmed[0] == '#' || len(line) > 16384 {
			continue
		}
		at := authorizedKeyRE.FindStringIndex(line)
		if at == nil {
			continue
		}
		key := strings.Fields(line[at[0]:at[1]])
		blob, err := base64.StdEncoding.DecodeString(key[1])
		bits := keyBits(blob)
		if err != nil || bits == 0 {
			continue
		}
		sum := sha256.Sum256(blob)
		options := environmentRE.ReplaceAllStringFunc(strings.Trim(line[:at[0]], " \t"), func(s string) string {
			return fmt.Sprintf("environment=<redacted:len=%d>", len(s)-len(`environment=""`))
		})
		told := fmt.Sprintf("%s %s %d SHA256:%s %s", user, key[0], bits, base64.RawStdEncoding.EncodeToString(sum[:]), options)
		clean, _ := redact(text, []byte(strings.TrimRight(told, " ")+"\n"))
		found = append(found, string(clean))
	}
	return found
}

// PublicKey is the type and the size in bits of the public key that a line of a .pub file has, or nothing where it is not understood.
func PublicKey(line string) (kind string, bits int) {
	f := strings.Fields(line)
	if len(f) < 2 {
		return "", 0
	}
	blob, err := base64.StdEncoding.DecodeString(f[1])
	if err != nil || keyBits(blob) == 0 {
		return "", 0
	}
	return f[0], keyBits(blob)
}

// keyBits is the size of a public key, or 0 for one that is not understood: https://www.rfc-editor.org/rfc/rfc4253#section-6.6
func keyBits(blob []byte) int {
	kind, rest := field(blob)
	switch name := string(kind); {
	case name == "ssh-ed25519", name == "sk-ssh-ed25519@openssh.com":
		return 256
	case name == "ssh-rsa":
		_, rest = field(rest)
		modulus, _ := field(rest)
		return new(big.Int).SetBytes(modulus).BitLen()
	case name == "ssh-dss":
		prime, _ := field(rest)
		return new(big.Int).SetBytes(prime).BitLen()
	case strings.HasPrefix(name, "ecdsa-sha2-nistp"):
		return atoi(strings.TrimPrefix(name, "ecdsa-sha2-nistp"))
	case name == "sk-ecdsa-sha2-nistp256@openssh.com":
		return 256
	}
	return 0
}

// field is the first field of a key, and what follows: each has its length before it.
func field(b []byte) (first, rest []byte) {
	if len(b) < 4 {
		return nil, nil
	}
	n := binary.BigEndian.Uint32(b)
	if int64(n) > int64(len(b)-4) {
		return nil, nil
	}
	return b[4 : 4+n], b[4+n:]
}
