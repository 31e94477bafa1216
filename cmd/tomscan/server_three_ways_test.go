package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/against"
)

// TestAgainstTheSameHostThreeWays reads this machine with the script, through a real SSH daemon on its loopback address, and as a root
// directory. What two of them know is the same. A second capture with the script tells what the machine itself changed meanwhile, such
// as a daemon that was started: that is not compared.
func TestAgainstTheSameHostThreeWays(t *testing.T) {
	if !against.All() {
		t.Skip("it takes half a minute: TOMSCAN_DAEMONS=all runs it")
	}
	against.Superuser(t)
	client := loopbackSSH(t)
	first := snapshotOf(t)
	throughSSH := snapshotOf(t, "ssh://loopback", "--ssh-config", client)
	again := snapshotOf(t)
	unpacked := snapshotOf(t, "--root", "host=/")

	changed, compared := changes(first, again), 0
	ssh, root := byAddress(throughSSH), byAddress(unpacked)
	for address, f := range byAddress(again) {
		for setting, reading := range f.Settings {
			key := address + " " + setting
			if changed[key] {
				continue
			}
			compared++
			if diff := cmp.Diff(told(reading), told(settingOf(ssh, address, setting))); diff != "" {
				t.Errorf("%s (-script +ssh):\n%s", key, diff)
			}
			other := settingOf(root, address, setting)
			if filesAlone(reading) && !scheduled(f.Kind, setting) && reading.State == evidence.StateKnown && other.State == evidence.StateKnown {
				compared++
				if diff := cmp.Diff(told(reading), told(other)); diff != "" {
					t.Errorf("%s (-script +root):\n%s", key, diff)
				}
			}
		}
	}
	for address, f := range root {
		if _, ok := byAddress(again)[address]; !ok && !changed[address+" "] && !mayHide(again, f) {
			t.Errorf("%s is there in the root directory alone", address)
		}
	}
	t.Logf("compared %d settings; %d changed meanwhile", compared, len(changed))
	if compared < 50 {
		t.Errorf("compared %d settings alone", compared)
	}
}

// filesAlone says whether a setting was computed from files: what a command told of a running host may be another thing than what its
// files say, and a root directory cannot tell it.
func filesAlone(r evidence.Reading) bool {
	for _, at := range r.At {
		if at.Call != "" {
			return false
		}
	}
	return len(r.At) > 0
}

// scheduled says whether a setting follows from what the service manager starts in time, where none runs: files cannot tell that.
func scheduled(kind evidence.Kind, setting string) bool {
	if _, err := os.Stat("/run/systemd/system"); err == nil {
		return false
	}
	return kind == "log_rotation" || kind == "backup_job" || kind == "operating_system" && setting == "automatic_updates"
}

// mayHide says whether a snapshot may lack a fact that files show: a gap hides its kind, or nobody writes the journal, because the service
// manager whose files are there does not run.
func mayHide(s evidence.Snapshot, f evidence.Fact) bool {
	if _, err := os.Stat("/run/systemd/system"); err != nil && f.Address == "log/journal" {
		return true
	}
	for _, gap := range s.Sweeps[0].Gaps {
		if len(gap.Kinds) == 0 || slices.Contains(gap.Kinds, f.Kind) {
			return true
		}
	}
	return false
}

// told is what a reading says, without its place.
func told(r evidence.Reading) string {
	if r.State == evidence.StateKnown {
		return fmt.Sprint(r.Value)
	}
	return fmt.Sprint(r.State, " ", r.Why)
}

func byAddress(s evidence.Snapshot) map[string]evidence.Fact {
	all := map[string]evidence.Fact{}
	for _, f := range s.Facts {
		all[f.Address] = f
	}
	return all
}

func settingOf(facts map[string]evidence.Fact, address, setting string) evidence.Reading {
	return facts[address].Settings[setting]
}

// changes are the settings that differ between two snapshots, as "address setting", and facts that one has alone, as "address ".
func changes(first, again evidence.Snapshot) map[string]bool {
	changed := map[string]bool{}
	a, b := byAddress(first), byAddress(again)
	for _, pair := range [][2]map[string]evidence.Fact{{a, b}, {b, a}} {
		for address, f := range pair[0] {
			if _, ok := pair[1][address]; !ok {
				changed[address+" "] = true
			}
			for setting, reading := range f.Settings {
				if told(reading) != told(settingOf(pair[1], address, setting)) {
					changed[address+" "+setting] = true
				}
			}
		}
	}
	return changed
}

// loopbackSSH starts an SSH daemon on the loopback address, with keys of its own, and returns the configuration of a client that may log
// in. The daemon runs under another name, so that it is not taken for this machine's.
func loopbackSSH(t *testing.T) string {
	t.Helper()
	sshd, keygen := against.Daemon(t, "sshd"), against.Daemon(t, "ssh-keygen")
	against.Daemon(t, "ssh")
	dir := t.TempDir()
	for _, key := range []string{"host", "user"} {
		if out, err := exec.CommandContext(t.Context(), keygen, "-q", "-t", "ed25519", "-N", "", "-f", filepath.Join(dir, key)).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	program, err := os.ReadFile(sshd)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "loopback-sshd"), program, 0o700)
	}
	if err == nil {
		err = os.MkdirAll("/run/sshd", 0o755) // where the daemon shuts its unprivileged part in
	}
	if err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	hostKey, err := os.ReadFile(filepath.Join(dir, "host.pub"))
	if err != nil {
		t.Fatal(err)
	}
	replace := strings.NewReplacer("@DIR", dir, "@PORT", port)
	writeTestFile(t, filepath.Join(dir, "sshd_config"), replace.Replace("Port @PORT\nListenAddress 127.0.0.1\nHostKey @DIR/host\nAuthorizedKeysFile @DIR/user.pub\n"+
		"StrictModes no\nPermitRootLogin prohibit-password\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nPidFile none\n"))
	writeTestFile(t, filepath.Join(dir, "known_hosts"), "[127.0.0.1]:"+port+" "+string(hostKey))
	writeTestFile(t, filepath.Join(dir, "client"), replace.Replace("Host loopback\nHostName 127.0.0.1\nPort @PORT\nUser root\nIdentityFile @DIR/user\nIdentitiesOnly yes\n"+
		"UserKnownHostsFile @DIR/known_hosts\nGlobalKnownHostsFile none\n"))
	daemon := exec.CommandContext(t.Context(), filepath.Join(dir, "loopback-sshd"), "-D", "-e", "-f", filepath.Join(dir, "sshd_config"))
	var said strings.Builder
	daemon.Stderr = &said
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
		if t.Failed() {
			t.Log(said.String())
		}
	})
	reachable(t, "127.0.0.1:"+port)
	return filepath.Join(dir, "client")
}

// freePort is a port of the loopback address that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err == nil {
		err = l.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// reachable waits until something listens.
func reachable(t *testing.T, address string) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		c, err := (&net.Dialer{Timeout: time.Second}).DialContext(t.Context(), "tcp", address)
		if err == nil {
			_ = c.Close()
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}
