package server

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// accountFiles are those of a host with an administrator, a service and an account without a shell.
func accountFiles() map[string]string {
	return map[string]string{
		"/etc/passwd":        "root:x:0:0::/root:/bin/bash\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\nops:x:1000:1000::/home/ops:/bin/bash\nold:x:1001:1001::/home/old:/bin/sh\n",
		"/etc/group":         "root:x:0:\nsudo:x:27:ops\n",
		"/etc/nsswitch.conf": "passwd: files systemd\n",
		"/etc/sudoers":       "root ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) NOPASSWD: ALL\n",
	}
}

func accountCommands() map[string]capture.Command {
	return map[string]capture.Command{
		"shadow":          output("root - -1 yes 20000 99999\nwww-data - -1 yes 20000 99999\nops y -1 no 20000 99999\nold 1 -1 no 20000 99999\n"),
		"authorized-keys": output("root ssh-ed25519 256 SHA256:x\nops ssh-rsa 1024 SHA256:y\n"),
		"lastlog":         output("root never\nops Fri Nov 20 10:00:00 +0000 2026\nold never\n"),
	}
}

func TestLocalAccounts(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	ops := map[string]string{"superuser": "false", "login": "true", "password_scheme": "yescrypt", "sudo_all": "true", "sudo_without_proof": "true", "keys": "1", "weak_keys": "1", "idle_days": "1"}
	tests := []struct {
		name, account string
		change        func(files map[string]string, commands map[string]capture.Command)
		want          map[string]string
	}{
		{"an administrator", "ops", nil, ops},
		{"root, whose password is locked, with a key", "root", nil, map[string]string{"superuser": "true", "login": "true", "password_scheme": "locked", "sudo_all": "true", "sudo_without_proof": "false", "keys": "1", "weak_keys": "0", "idle_days": "2147483647"}},
		{"an old hash", "old", nil, map[string]string{"superuser": "false", "login": "true", "password_scheme": "md5", "sudo_all": "false", "sudo_without_proof": "false", "keys": "0", "weak_keys": "0", "idle_days": "2147483647"}},
		{"a service without a shell is no fact", "www-data", nil, map[string]string{}},
		{"sudoers could not be read", "ops", func(f map[string]string, _ map[string]capture.Command) { f["/etc/sudoers"] = "this is ( nothing\n" },
			map[string]string{"superuser": "false", "login": "true", "password_scheme": "yescrypt", "sudo_all": "unresolved sudo_undecided", "sudo_without_proof": "unresolved sudo_undecided", "keys": "1", "weak_keys": "1", "idle_days": "1"}},
		{"no sudo at all", "ops", func(f map[string]string, _ map[string]capture.Command) { delete(f, "/etc/sudoers") },
			map[string]string{"superuser": "false", "login": "true", "password_scheme": "yescrypt", "sudo_all": "false", "sudo_without_proof": "false", "keys": "1", "weak_keys": "1", "idle_days": "1"}},
		{"nobody was allowed to look at passwords and keys", "old", func(_ map[string]string, c map[string]capture.Command) {
			delete(c, "shadow")
			c["authorized-keys"] = output("old denied\n")
		}, map[string]string{"superuser": "false", "login": "unresolved host_not_collected", "password_scheme": "unresolved host_not_collected", "sudo_all": "false", "sudo_without_proof": "false",
			"keys": "denied host_refused", "weak_keys": "denied host_refused", "idle_days": "2147483647"}},
		{"no password is needed", "old", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/passwd"] = "old::1001:1001::/home/old:/bin/sh\n"
		},
			map[string]string{"superuser": "false", "login": "true", "password_scheme": "empty", "sudo_all": "false", "sudo_without_proof": "false", "keys": "0", "weak_keys": "0", "idle_days": "2147483647"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files, commands := accountFiles(), accountCommands()
			if test.change != nil {
				test.change(files, commands)
			}
			c := capture.Taken(capture.Capture{Live: true, Root: true, At: at}, capture.MemoryOf(files), commands)
			if diff := cmp.Diff(test.want, settingsOf(localAccounts(), c, "account/"+test.account)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAccountsOfADirectoryAreAGap(t *testing.T) {
	files := accountFiles()
	files["/etc/nsswitch.conf"] = "passwd: files sss\n"
	h := &host{Capture: capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(files), accountCommands()), found: map[evidence.Kind]int{}}
	readAccounts(h)
	if code := firstCode(h.gaps); code != "accounts_elsewhere" {
		t.Error(code)
	}
}
