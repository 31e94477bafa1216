package sshd_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/sshd"
)

// TestAgainstSSHD compares all settings with what sshd -T -C prints, for generated configurations and connections. A configuration that
// the daemon refuses must be refused.
func TestAgainstSSHD(t *testing.T) {
	daemon := against.Daemon(t, "sshd")
	against.Superuser(t)
	version := daemonVersion(t)
	if _, err := os.Stat("/run/sshd"); err != nil {
		if err := os.Mkdir("/run/sshd", 0o755); err != nil {
			t.Skip("no /run/sshd, which the daemon needs")
		}
	}
	key := filepath.Join(t.TempDir(), "key")
	if out, err := exec.CommandContext(t.Context(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).CombinedOutput(); err != nil {
		t.Fatalf("make a key: %v: %s", err, out)
	}
	random := against.Random(t)
	work := make(chan comparison)
	var workers sync.WaitGroup
	var mu sync.Mutex
	refused, compared, wrong := 0, 0, 0
	for range 2 {
		workers.Go(func() {
			for c := range work {
				difference, ok := c.run(t, daemon, version)
				mu.Lock()
				compared++
				if !ok {
					refused++
				}
				if difference != "" {
					if wrong++; wrong <= 5 {
						t.Errorf("%v\n%s\n%s", c.context, c.text(), difference)
					}
				}
				mu.Unlock()
			}
		})
	}
	dir := t.TempDir()
	for n := range against.Cases(60, 10_000) {
		g := generator{random, filepath.Join(dir, fmt.Sprint(n)), key}
		files := g.files()
		for name, text := range files {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			work <- comparison{g.dir + "/main", files, g.context()}
		}
	}
	close(work)
	workers.Wait()
	t.Logf("%d connections compared, %d of them of configurations that the daemon refuses, %d differ", compared, refused, wrong)
}

func daemonVersion(t *testing.T) sshd.Version {
	out, err := exec.CommandContext(t.Context(), "dpkg-query", "-W", "-f", "${Version}", "openssh-server").Output()
	if err != nil {
		t.Skip("the version of the daemon is not known")
	}
	return sshd.ParseVersion(string(out))
}

type comparison struct {
	main    string
	files   map[string]string
	context sshd.Context
}

func (c comparison) text() string {
	var b strings.Builder
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for n := range c.files {
			if !yield(n) {
				return
			}
		}
	}) {
		fmt.Fprintf(&b, "== %s\n%s", name, c.files[name])
	}
	return b.String()
}

// run returns how they differ, and whether the daemon takes the configuration.
func (c comparison) run(t *testing.T, daemon string, version sshd.Version) (difference string, ok bool) {
	x := c.context
	spec := fmt.Sprintf("user=%s,host=%s,addr=%s,laddr=%s,lport=%d", x.User, x.Host, x.Addr, x.LocalAddr, x.LocalPort)
	command := exec.CommandContext(t.Context(), daemon, "-T", "-f", c.main, "-C", spec)
	command.Dir = "/"
	var complaints strings.Builder
	command.Stderr = &complaints
	out, failure := command.Output()
	settings, err := evaluate(c, version)
	if (failure == nil) != (err == nil) {
		return fmt.Sprintf("daemon: %v: %s\nwe: %v", failure, complaints.String(), err), failure == nil
	}
	if failure != nil {
		if !errors.Is(err, sshd.ErrRefused) {
			return err.Error(), false
		}
		return "", false
	}
	want := strings.Split(strings.TrimSpace(string(out)), "\n")
	for i, line := range want {
		want[i] = strings.TrimRight(line, " ")
	}
	slices.Sort(want)
	want = slices.DeleteFunc(want, func(l string) bool { return l == "hostcertificate (null)" }) // how it prints HostCertificate none
	got := shown(settings)
	for i, line := range got {
		got[i] = strings.TrimRight(line, " ")
	}
	return cmp.Diff(got, want), true
}

func evaluate(c comparison, version sshd.Version) (sshd.Settings, error) {
	config, err := sshd.Load(capture.MemoryOf(c.files), sshd.Options{Version: version, Args: []string{"-f", c.main}})
	if err != nil {
		return nil, err
	}
	return config.For(c.context)
}

// shown leaves out what this daemon does not print.
func shown(s sshd.Settings) []string {
	for _, name := range []string{"debianbanner", "pamservicename", "refuseconnection"} {
		delete(s, name)
	}
	return s.Lines()
}

// generator makes configurations.
type generator struct {
	*rand.Rand
	dir, key string
}

func (g generator) pick(all ...string) string { return all[g.IntN(len(all))] }

func (g generator) context() sshd.Context {
	x := sshd.Context{User: g.pick("root", "nobody", "www-data", "daemon", "games", "nosuch"), Host: g.pick("a.example.com", "b.example.org", "10.1.2.3"),
		Addr: g.pick("10.1.2.3", "10.2.0.1", "192.0.2.7", "2001:db8::1", "127.0.0.1"), LocalAddr: g.pick("10.0.0.1", "192.0.2.1", "::1"), LocalPort: 22}
	if g.IntN(3) == 0 {
		x.LocalPort = 2222
	}
	// each of these accounts has one group of its own name, on Debian as elsewhere
	switch x.User {
	case "nobody":
		x.Groups = []string{"nogroup"}
	case "nosuch":
	default:
		x.Groups = groupsOf(x.User)
	}
	return x
}

func groupsOf(user string) []string {
	out, err := exec.Command("id", "-Gn", user).Output()
	if err != nil {
		return nil
	}
	return strings.Fields(string(out))
}
