package packets

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// ruling is a generated ruleset, how it is loaded, and how it is read without asking the kernel.
type ruling struct {
	name  string
	load  func(*testing.T, *lab) error
	text  string // for the reader of a failure
	files *capture.Memory
	read  func(capture.Files) (*Ruleset, error)
}

// tally counts questions.
type tally struct{ asked, unknown, live, offline, refused int }

// TestAgainstPackets sends packets through generated rulesets: none that a ruleset is said to stop may get through, and all that it is
// said to let through must.
func TestAgainstPackets(t *testing.T) {
	l := newLab(t)
	r := against.Random(t)
	var n tally
	total := against.Cases(8, 400)
	for i := range total {
		c := l.loaded(t, r, i, &n)
		probes := l.ask(t, l.probes(), 120*time.Millisecond)
		l.judge(t, &c, probes, "live", &n, l.live(t))
		if c.read != nil {
			rules, err := c.read(c.files)
			if err != nil {
				t.Fatalf("%s %d: %v\n%s", c.name, i, err, c.text)
			}
			l.judge(t, &c, probes, "offline", &n, rules)
		}
		if t.Failed() {
			t.Fatalf("ruleset %d", i)
		}
	}
	share := 100 * float64(n.unknown) / float64(n.asked)
	t.Logf("%d rulesets (%d read from files too; %d others were refused), %d questions, %d unknown: %.1f %%", n.live, n.offline, n.refused, n.asked, n.unknown, share)
	if share >= 10 {
		t.Errorf("%.1f %% unknown", share)
	}
}

// loaded makes a ruleset that its program takes: some combinations are refused.
func (l *lab) loaded(t *testing.T, r *rand.Rand, i int, n *tally) ruling {
	t.Helper()
	for {
		c := generate(r, i)
		l.clear(t)
		err := c.load(t, l)
		if err == nil {
			return c
		}
		if n.refused++; n.refused > 20+i {
			t.Fatalf("%s %d: %v\n%s", c.name, i, err, c.text)
		}
	}
}

// clear removes all rules.
func (l *lab) clear(t *testing.T) {
	t.Helper()
	l.host.must(t, "nft flush ruleset; for i in iptables-legacy ip6tables-legacy; do for c in INPUT OUTPUT FORWARD; do $i -P $c ACCEPT; done; for x in filter nat mangle raw; do $i -t $x -F; $i -t $x -X; done; done; for x in $(seq 100); do ipset flush; ipset destroy 2>/dev/null && break; sleep 0.02; done") // the kernel lets go of sets a moment after the rules
}

// probes are all clients to all ports.
func (l *lab) probes() []probe {
	var all []probe
	for _, from := range clients() {
		for _, port := range ports() {
			all = append(all, probe{from: from, port: port}, probe{from: from, port: port, udp: true})
		}
	}
	return all
}

// ask sends the probes.
func (l *lab) ask(t *testing.T, probes []probe, wait time.Duration) []probe {
	t.Helper()
	var connections, datagrams []probe
	for _, p := range probes {
		if p.udp {
			datagrams = append(datagrams, p)
		} else {
			connections = append(connections, p)
		}
	}
	if len(datagrams) > 0 {
		l.send(t, datagrams, wait)
	}
	if len(connections) > 0 {
		l.try(t, connections, wait)
	}
	return append(connections, datagrams...)
}

// live reads the ruleset as a capture would.
func (l *lab) live(t *testing.T) *Ruleset {
	t.Helper()
	var told Told
	for command, to := range map[string]*[]byte{"nft -j list ruleset": &told.NFT, "nft list ruleset": &told.NFTText, "iptables-save": &told.Tables, "ip6tables-save": &told.Tables6,
		"iptables-legacy-save": &told.Legacy, "ip6tables-legacy-save": &told.Legacy6, "ipset save 2>/dev/null || true": &told.IPSets} {
		*to = []byte(l.host.must(t, command))
	}
	rules, err := Live(told)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// judge compares what is said with what happened.
func (l *lab) judge(t *testing.T, c *ruling, probes []probe, how string, n *tally, rules *Ruleset) {
	t.Helper()
	filter := Filter{Rules: rules, Network: l.network}
	answers := map[string]Reach{}
	var again []probe
	for _, p := range probes {
		f := familyOf(p.from)
		protocol := map[bool]int{true: udp, false: tcp}[p.udp]
		key := fmt.Sprint(f, protocol, p.port)
		reach, ok := answers[key]
		if !ok {
			reach = filter.Ingress(f, protocol, p.port)
			answers[key] = reach
		}
		must, may := reach.Must.Contains(p.from), reach.May.Contains(p.from)
		n.asked++
		switch {
		case must && !may:
			t.Errorf("%s %s: %v to %d (udp %v): surely and not possibly through\n%s", c.name, how, p.from, p.port, p.udp, c.text)
		case p.through && !may:
			t.Errorf("%s %s: %v to %d (udp %v) got through, and was said to be stopped\n%s", c.name, how, p.from, p.port, p.udp, c.text)
		case !p.through && must:
			again = append(again, p)
		case must != may:
			n.unknown++
		}
	}
	if how == "live" {
		n.live++
	} else {
		n.offline++
	}
	if len(again) > 0 { // perhaps only slow
		again = l.ask(t, again, 2*time.Second)
	}
	for _, p := range again {
		if !p.through {
			t.Errorf("%s %s: %v to %d (udp %v) was stopped, and was said to get through\n%s", c.name, how, p.from, p.port, p.udp, c.text)
		}
	}
}

// generate makes a ruleset, of each sort in turn.
func generate(r *rand.Rand, i int) ruling {
	switch i % 4 {
	case 0, 1:
		return generateNFT(r)
	case 2:
		return generateTables(r, []string{"nft", "legacy"}[i/4%2])
	}
	return generateUFW(r)
}

// generateNFT makes a file of nft.
func generateNFT(r *rand.Rand) ruling {
	text := nftText(r)
	files := capture.MemoryOf(map[string]string{"/etc/nftables.conf": text})
	return ruling{name: "nft", text: text, files: files,
		read: func(f capture.Files) (*Ruleset, error) { return ReadNFTFile(f, "/etc/nftables.conf") },
		load: func(t *testing.T, l *lab) error {
			_, err := l.host.run(t, text, "nft", "-f", "-")
			return err
		}}
}

// generateTables makes tables of iptables and ip6tables.
func generateTables(r *rand.Rand, backend string) ruling {
	sets, v4, v6 := setText(r), tablesText(r, IPv4), tablesText(r, IPv6)
	files := capture.MemoryOf(map[string]string{"/v4": v4, "/v6": v6, "/sets": sets})
	return ruling{name: "iptables-" + backend, text: sets + v4 + v6, files: files, read: readTables,
		load: func(t *testing.T, l *lab) error {
			if _, err := l.host.run(t, sets, "ipset", "restore"); err != nil {
				return err
			}
			if _, err := l.host.run(t, v4, "iptables-"+backend+"-restore"); err != nil {
				return err
			}
			_, err := l.host.run(t, v6, "ip6tables-"+backend+"-restore")
			return err
		}}
}

func readTables(files capture.Files) (*Ruleset, error) {
	all := &Ruleset{}
	text, err := files.Read("/sets")
	if err != nil {
		return nil, err
	}
	sets := ReadIPSets(text)
	for name, family := range map[string]Family{"/v4": IPv4, "/v6": IPv6} {
		text, err := files.Read(name)
		if err != nil {
			return nil, err
		}
		rules, err := ReadTables(text, family, name, sets)
		if err != nil {
			return nil, err
		}
		all.add(rules)
	}
	return all, nil
}

// generateUFW makes the files of ufw, which ufw's own script loads.
func generateUFW(r *rand.Rand) ruling {
	contents := ufwFiles(r)
	files := capture.MemoryOf(contents)
	return ruling{name: "ufw", text: contents["/etc/default/ufw"] + contents["/etc/ufw/user.rules"] + contents["/etc/ufw/user6.rules"], files: files, read: ReadUFW,
		load: func(t *testing.T, l *lab) error {
			dir := t.TempDir()
			for name, text := range contents {
				if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					return err
				}
			}
			_, err := l.host.run(t, "", "sh", "/lib/ufw/ufw-init", "--datadir", dir, "start")
			return err
		}}
}

// pick picks one.
func pick[T any](r *rand.Rand, all ...T) T { return all[r.IntN(len(all))] }

// source4 and source6 are blocks that some clients are in.
func source4(r *rand.Rand) string {
	return pick(r, "10.0.0.0/8", "10.1.0.0/16", "10.1.0.0/24", "10.1.0.5", "10.2.0.0/15", "10.9.0.0/24", "10.200.3.4", "10.1.0.64/26", "10.77.0.0/16", "0.0.0.0/0", "0.0.0.0/1", "10.128.0.0/9")
}

func source6(r *rand.Rand) string {
	return pick(r, "fd00::/16", "fd00:1::/32", "fd00:1::/64", "fd00:1::5", "fd00:2::/32", "fd00:9::/64", "::/0", "fd00:1:8000::/33", "fd00:5::/32")
}

func port(r *rand.Rand) string {
	return pick(r, "22", "80", "443", "3306", "8080", "22", "80-443", "1-1023", "3306-8080", "9999")
}

// lines joins what f makes, so many times.
func lines(n int, f func() string) string {
	var b strings.Builder
	for range n {
		b.WriteString(f() + "\n")
	}
	return b.String()
}

var _ = netip.Addr{}
