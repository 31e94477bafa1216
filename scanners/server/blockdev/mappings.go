package blockdev

import (
	"slices"
	"strconv"
	"strings"
)

// Mappings reads what `dmsetup table` printed, and returns the ciphers of the encrypted mappings by name. The key was left out; its
// length in bytes stands in its place, as `:64:`. A key in the kernel's keyring is shown as `:64:logon:...`.
// https://docs.kernel.org/admin-guide/device-mapper/dm-crypt.html
func Mappings(table []byte) map[string]Cipher {
	all := map[string]Cipher{}
	for line := range strings.Lines(string(table)) {
		name, rest, ok := strings.Cut(line, ": ")
		f := strings.Fields(rest)
		if !ok || len(f) < 5 || f[2] != "crypt" {
			continue
		}
		c := Cipher{Spec: f[3]}
		if parts := strings.Split(f[4], ":"); len(parts) > 2 {
			if bytes, err := strconv.Atoi(parts[1]); err == nil && bytes > 0 && bytes < 1<<10 {
				c.Bits = 8 * bytes
			}
		}
		if old, ok := all[name]; !ok || old.AES256() { // a mapping of several pieces is as weak as its weakest
			all[name] = c
		}
	}
	return all
}

// Tab is a line of crypttab. https://man7.org/linux/man-pages/man5/crypttab.5.html
type Tab struct {
	Name, Source string
	Options      []string
	Line         int
}

// Plain says whether the mapping has no header, so that its options alone say how it is encrypted.
func (t Tab) Plain() bool {
	return slices.ContainsFunc(t.Options, func(o string) bool { return o == "plain" || o == "swap" || o == "tmp" || strings.HasPrefix(o, "tmp=") }) && !slices.Contains(t.Options, "luks")
}

// Cipher is what the options say of the cipher; a part of it that they do not say is empty. The defaults of plain mappings changed:
// https://gitlab.com/cryptsetup/cryptsetup/-/merge_requests/543
func (t Tab) Cipher() Cipher {
	var c Cipher
	for _, option := range t.Options {
		switch name, value, _ := strings.Cut(option, "="); name {
		case "cipher":
			c.Spec = value
		case "size":
			if n, err := strconv.Atoi(value); err == nil && n > 0 && n <= 1<<13 {
				c.Bits = n
			}
		}
	}
	return c
}

// Crypttab reads /etc/crypttab.
func Crypttab(text []byte) []Tab {
	var all []Tab
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		f := strings.Fields(line)
		if len(f) < 2 || strings.HasPrefix(f[0], "#") {
			continue
		}
		t := Tab{Name: f[0], Source: f[1], Line: n}
		if len(f) > 3 {
			t.Options = strings.Split(f[3], ",")
		}
		all = append(all, t)
	}
	return all
}

// Mount is a line of fstab. https://man7.org/linux/man-pages/man5/fstab.5.html
type Mount struct {
	Source, Target, FSType string
	Options                []string
	Line                   int
}

// Fstab reads /etc/fstab.
func Fstab(text []byte) []Mount {
	var all []Mount
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		f := strings.Fields(line)
		if len(f) < 3 || strings.HasPrefix(f[0], "#") {
			continue
		}
		m := Mount{Source: unescape(f[0]), Target: unescape(f[1]), FSType: f[2], Line: n}
		if len(f) > 3 {
			m.Options = strings.Split(f[3], ",")
		}
		all = append(all, m)
	}
	return all
}

// unescape replaces the octal escapes of fstab and of mountinfo.
func unescape(s string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(s)
}
