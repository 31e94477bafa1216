package capture

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// packagesLimit is the size of the largest list of packages that is read.
const packagesLimit = 64 << 20

// tell adds what commands of the script say and files tell as well, in the same words, so that readers have one source.
func (r *rootFiles) tell(commands map[string]Command) {
	for _, c := range []struct {
		name, line string
		read       func() ([]string, error)
	}{
		{"authorized-keys", "read ~/.ssh/authorized_keys", r.authorizedKeys},
		{"dpkg", "read /var/lib/dpkg/status", r.packages},
		{"logs", "look at /var/log", func() ([]string, error) { return r.sizes("/var/log", "/usr/local/cpanel/logs") }},
		{"shadow", "read /etc/shadow", r.shadow},
	} {
		if lines, err := c.read(); err == nil {
			commands[c.name] = Command{Line: c.line, Out: []byte(strings.Join(lines, ""))}
		}
	}
}

// secretLines are the lines of a file that may hold secrets.
func (r *rootFiles) secretLines(name string, limit int64) ([]string, error) {
	at, info, err := r.walk(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fs.ErrInvalid
	}
	data, err := r.raw(at, limit)
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n"), err
}

// packages are lines as dpkg-query -W prints them: https://manpages.debian.org/bookworm/dpkg/dpkg-query.1.en.html
func (r *rootFiles) packages() ([]string, error) {
	lines, err := r.secretLines("/var/lib/dpkg/status", packagesLimit)
	if err != nil {
		return nil, err
	}
	var found []string
	fields := map[string]string{}
	for _, line := range append(lines, "") {
		if key, value, ok := strings.Cut(line, ": "); ok && !strings.HasPrefix(line, " ") {
			fields[key] = value
			continue
		}
		if line != "" {
			continue
		}
		if status := strings.Fields(fields["Status"]); len(status) == 3 && fields["Package"] != "" && status[2] != "not-installed" {
			found = append(found, fmt.Sprintf("%s %s %s %s\n", fields["Package"], fields["Version"], status[2], fields["Architecture"]))
		}
		clear(fields)
	}
	slices.Sort(found)
	return found, nil
}

// shadow is "user scheme rounds locked lastchange max" for each account.
func (r *rootFiles) shadow() ([]string, error) {
	lines, err := r.secretLines("/etc/shadow", fileLimit)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, line := range lines {
		f := strings.Split(line, ":")
		if len(f) < 5 || !accountName(f[0]) {
			continue
		}
		scheme, rounds, locked := hashScheme(f[1])
		found = append(found, fmt.Sprintf("%s %s %s %s %s %s\n", f[0], scheme, rounds, locked, numberOr(f[2]), numberOr(f[4])))
	}
	return found, nil
}

func accountName(s string) bool {
	s = strings.TrimSuffix(s, "$")
	return s != "" && strings.Trim(lower(s), "abcdefghijklmnopqrstuvwxyz0123456789._-") == ""
}

func numberOr(s string) string {
	if s != "" && strings.Trim(s, "0123456789") == "" {
		return s
	}
	return "-"
}

// hashScheme names the scheme of a hash, and never the hash: https://manpages.debian.org/bookworm/libcrypt-dev/crypt.5.en.html
func hashScheme(hash string) (scheme, rounds, locked string) {
	locked = "no"
	if hash != "" && strings.ContainsAny(hash[:1], "!*") {
		locked = "yes"
	}
	hash = strings.TrimLeft(hash, "!")
	switch {
	case hash == "" && locked == "yes":
		return "-", "-", locked
	case hash == "":
		return "none", "-", locked
	case hash[0] == '*', hash == "x": // a longer one that begins with x may be a hash of DES
		return "-", "-", "yes"
	case hash[0] == '$':
		return modular(hash, locked)
	case hash[0] == '_' && len(hash) == 20:
		return "bsdi", "-", locked
	case len(hash) == 13:
		return "des", "-", locked
	}
	return "unknown", "-", locked
}

func modular(hash, locked string) (scheme, rounds, lock string) {
	part := append(strings.Split(hash, "$"), "", "")
	scheme, rounds = part[1], "-"
	if n, ok := strings.CutPrefix(part[2], "rounds="); ok && numberOr(n) != "-" {
		rounds = n
	}
	if strings.HasPrefix(scheme, "2") {
		rounds = numberOr(part[2])
	}
	if scheme == "" || len(scheme) > 12 || strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		scheme = "unknown"
	}
	return scheme, rounds, locked
}

// sizesLimit is how many files of logs are told.
const sizesLimit = 100_000

var errTooMany = errors.New("too many files")

// sizes is "size time path" for each file below directories, without following links.
func (r *rootFiles) sizes(dirs ...string) ([]string, error) {
	var found []string
	for _, dir := range dirs {
		err := fs.WalkDir(r.root, inRoot(dir), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil //nolint:nilerr // what cannot be listed is left out, as find does
			}
			if hasControl(name) || !d.Type().IsRegular() {
				return nil
			}
			if len(found) >= sizesLimit {
				return errTooMany
			}
			if info, err := d.Info(); err == nil {
				found = append(found, fmt.Sprintf("%d %d %s\n", info.Size(), info.ModTime().Unix(), path.Join("/", name)))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(found)
	return found, nil
}

// atoi is the number in s, or 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
