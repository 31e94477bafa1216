package sysctl

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// againstScript applies each set of files in mounts and a network of its own, and says which files were read and what the kernel has
// before and after.
const againstScript = `
set -e
cd "$1"
mount -t tmpfs none /run
mount -t tmpfs none /usr/local/lib
mount -t tmpfs none /etc/sysctl.d
mount -t tmpfs none /usr/lib/sysctl.d
mkdir -p /run/sysctl.d /usr/local/lib/sysctl.d
touch own
mount --bind own /etc/sysctl.conf
i=0
while [ -d "$i" ]; do
	for d in /etc /run /usr/local/lib /usr/lib; do
		rm -rf "$d"/sysctl.d/* "$d"/sysctl.d/.conf
		if [ -d "$i$d/sysctl.d" ]; then cp -a "$i$d/sysctl.d/." "$d/sysctl.d/"; fi
	done
	cat "$i/etc/sysctl.conf" >/etc/sysctl.conf
	echo "case"
	"$2" --cat-config 2>/dev/null | grep '^# /' || true
	unshare -n sh -c '
		ip link add v0 type veth peer name v0.2
		for key in $(cat keys); do echo "< $key $(cat /proc/sys/$key)"; done
		"$1" >/dev/null 2>&1 || true
		for key in $(cat keys); do echo "> $key $(cat /proc/sys/$key)"; done
	' sh "$2"
	i=$((i+1))
done
`

// againstKeys are keys of a network.
func againstKeys() []string {
	keys := []string{"net/ipv4/ip_default_ttl", "net/ipv4/ip_forward", "net/ipv4/tcp_fin_timeout", "net/ipv4/tcp_syncookies"}
	for _, device := range []string{"all", "default", "lo", "v0", "v0.2"} {
		keys = append(keys, "net/ipv4/conf/"+device+"/forwarding", "net/ipv4/conf/"+device+"/rp_filter", "net/ipv6/conf/"+device+"/accept_ra")
	}
	return append(keys, "net/ipv6/conf/all/forwarding")
}

// TestAgainstSystemd lets systemd-sysctl apply generated files, and compares which it reads and what the kernel has then.
func TestAgainstSystemd(t *testing.T) {
	against.Superuser(t)
	program, unshare := against.Daemon(t, "/lib/systemd/systemd-sysctl"), against.Daemon(t, "unshare")
	if out, err := exec.CommandContext(t.Context(), unshare, "-m", "-n", "true").CombinedOutput(); err != nil {
		t.Skipf("no own network and mounts: %v: %s", err, out)
	}
	dir, r := t.TempDir(), against.Random(t)
	if err := os.WriteFile(filepath.Join(dir, "keys"), []byte(strings.Join(againstKeys(), "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	sets := make([]fileSet, against.Cases(10, 300))
	for i := range sets {
		sets[i] = randomFiles(r)
		sets[i].write(t, filepath.Join(dir, fmt.Sprint(i)))
	}
	var errors strings.Builder
	run := exec.CommandContext(t.Context(), unshare, "-m", "-n", "sh", "-c", againstScript, "sh", dir, program)
	run.Stderr = &errors
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errors.String())
	}
	told := strings.Split(string(out), "case\n")[1:]
	if len(told) != len(sets) {
		t.Fatalf("%d answers to %d sets", len(told), len(sets))
	}
	changed := 0
	for i, s := range sets {
		changed += s.compare(t, told[i])
	}
	t.Logf("%d sets of files, %d keys changed", len(sets), changed)
	if changed < len(sets) {
		t.Error("the sets say too little")
	}
}

// compare compares what the kernel has after the start with what we say, and counts what changed.
func (s fileSet) compare(t *testing.T, told string) int {
	t.Helper()
	var read []string
	before, after := kernel{}, kernel{}
	for line := range strings.Lines(told) {
		words := strings.Fields(line)
		switch words[0] {
		case "#":
			if s[words[1]] != "->/dev/null" {
				read = append(read, words[1])
			}
		case "<":
			before[words[1]] = words[2]
		default:
			after[words[1]] = words[2]
		}
	}
	c := Load(s.memory())
	nowhere := slices.Contains(slices.Collect(maps.Values(s)), "->/nowhere") // at which --cat-config ends, but not the start
	if diff := cmp.Diff(read, c.Files); diff != "" && !nowhere {
		t.Errorf("files (- as systemd reads them): %s%s", diff, s.text())
	}
	ours, own := maps.Clone(before), map[string]bool{}
	for _, w := range c.Writes(againstKeys()) {
		ours.write(w.Key, w.Value, own)
	}
	if diff := cmp.Diff(after, ours); diff != "" {
		t.Errorf("- of the kernel, + ours: %s%s", diff, s.text())
	}
	four, six := c.Forwarding()
	forwards := false
	for key, value := range after {
		forwards = forwards || strings.HasPrefix(key, "net/ipv4/conf/") && strings.HasSuffix(key, "/forwarding") && value != "0"
	}
	if four.On != forwards || six.On != (after["net/ipv6/conf/all/forwarding"] != "0") {
		t.Errorf("forwards %v and %v of\n%s", four, six, s.text())
	}
	changed := 0
	for key, value := range after {
		if before[key] != value {
			changed++
		}
	}
	return changed
}

// kernel is what keys have.
type kernel map[string]string

// write does what the kernel does: forwarding of all devices sets each, where it changes; other defaults of IPv4 are taken by devices
// that have none of their own.
func (k kernel) write(key, value string, own map[string]bool) {
	old, ok := k[key]
	if !ok {
		return
	}
	if value == "" || key == "net/ipv4/ip_default_ttl" && value == "0" || strings.Trim(value, "0123456789") != "" {
		value = old // refused; but the device has a value of its own from then on
	}
	const ip, all = "net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding"
	switch {
	case (key == ip || key == all) && k[all] != value:
		for other := range k {
			if other == ip || strings.HasPrefix(other, "net/ipv4/conf/") && strings.HasSuffix(other, "/forwarding") {
				k[other] = value
			}
		}
	case key == "net/ipv4/conf/default/rp_filter":
		for other := range k {
			if strings.HasPrefix(other, "net/ipv4/conf/") && strings.HasSuffix(other, "/rp_filter") && !strings.Contains(other, "/all/") && !own[other] {
				k[other] = value
			}
		}
	}
	k[key], own[key] = value, true
}

// fileSet is files by path; a text that begins with -> is a link.
type fileSet map[string]string

func (s fileSet) memory() *capture.Memory {
	m := capture.NewMemory("/")
	for _, p := range slices.Sorted(maps.Keys(s)) {
		if target, ok := strings.CutPrefix(s[p], "->"); ok {
			m.AddLink(p, target)
			continue
		}
		m.Add(p, capture.Info{Mode: 0o644, Size: int64(len(s[p]))}, []byte(s[p]), nil)
	}
	return m
}

func (s fileSet) write(t *testing.T, dir string) {
	t.Helper()
	for p, text := range s {
		name := filepath.Join(dir, p)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, ok := strings.CutPrefix(text, "->"); ok {
			err = os.Symlink(target, name)
		} else {
			err = os.WriteFile(name, []byte(text), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (s fileSet) text() string {
	var b strings.Builder
	for _, p := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintf(&b, "== %s\n%s\n", p, s[p])
	}
	return b.String()
}

// randomFiles makes files in all directories, of which some have the same names.
func randomFiles(r *rand.Rand) fileSet {
	s := fileSet{"/etc/sysctl.conf": randomText(r)}
	for range 1 + r.IntN(6) {
		p := oneOf(r, "/etc", "/etc", "/run", "/usr/local/lib", "/usr/lib") + "/sysctl.d/" + oneOf(r, "10-a.conf", "20-b.conf", "b.conf", "B.conf", "99-z.conf", "9.conf", ".conf", "x.off", "y.conf~")
		if s[p] = randomText(r); r.IntN(8) == 0 {
			s[p] = oneOf(r, "->/dev/null", "->/nowhere", "")
		}
	}
	if r.IntN(2) == 0 {
		s["/etc/sysctl.d/99-sysctl.conf"] = "->../sysctl.conf"
	}
	return s
}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(5) {
		b.WriteString(oneOf(r, "", "", "", " ", "\t") + randomLine(r) + oneOf(r, "\n", "\n", " \n", "\n\n", "\r\n"))
	}
	return b.String()
}

func randomLine(r *rand.Rand) string {
	key := oneOf(r, againstKeys()...)
	switch r.IntN(5) {
	case 0, 1:
		key = swap(key)
	case 2:
		key = oneOf(r, "net.ipv4.conf.*.rp_filter", "net/ipv4/conf/*/forwarding", "net.ipv4.conf.v0*.rp_filter", "net.ipv6.conf.[a-d]*.accept_ra", "net/ipv4/ip_f?rward", "net.ipv4.conf.*.forwarding", "net.ipv6.conf.*.accept_ra", "net.ipv6.*.all.accept_ra")
	}
	switch r.IntN(12) {
	case 0:
		return "-" + key
	case 1:
		return oneOf(r, "# ", "; ", "#") + key + " = 1"
	case 2:
		return key
	case 3:
		return "/" + key + " = 1"
	}
	return oneOf(r, "", "", "", "-", "- ") + key + oneOf(r, "=", " = ", "\t=") + oneOf(r, "0", "1", "2", "1", "0", "x", "")
}

// swap writes a key with dots.
func swap(key string) string {
	return strings.NewReplacer("/", ".", ".", "/").Replace(key)
}

func oneOf(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }
