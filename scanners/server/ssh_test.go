package server

import (
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestSSHServers holds what the daemon does against its files: precedence, contexts, what was not read.
func TestSSHServers(t *testing.T) {
	const debian = "Include /etc/ssh/sshd_config.d/*.conf\nKbdInteractiveAuthentication no\nUsePAM yes\n"
	base := map[string]string{"/etc/passwd": "root:x:0:0::/root:/bin/bash\nanna:x:1000:1000::/home/anna:/bin/bash\n", "/etc/group": "root:x:0:\nanna:x:1000:\nadmins:x:50:anna\n",
		"/etc/nsswitch.conf": "passwd: files systemd\n", "/etc/pam.d/sshd": "auth required pam_unix.so\n"}
	tests := []struct {
		name    string
		files   map[string]string
		setting string
		want    string
	}{
		{"a drop-in of cloud-init is first and wins", map[string]string{"/etc/ssh/sshd_config": debian + "PasswordAuthentication no\n", "/etc/ssh/sshd_config.d/50-cloud-init.conf": "PasswordAuthentication yes\n"}, "password_login", "accepted"},
		{"without it the password is refused", map[string]string{"/etc/ssh/sshd_config": debian + "PasswordAuthentication no\n"}, "password_login", "refused"},
		{"the default accepts", map[string]string{"/etc/ssh/sshd_config": debian}, "password_login", "accepted"},
		{"keyboard-interactive is a password too", map[string]string{"/etc/ssh/sshd_config": "UsePAM yes\nPasswordAuthentication no\n"}, "password_login", "accepted"},
		{"a Match block opens it for one account", map[string]string{"/etc/ssh/sshd_config": debian + "PasswordAuthentication no\nMatch User anna\nPasswordAuthentication yes\n"}, "password_login", "restricted"},
		{"a Match block opens it for a network", map[string]string{"/etc/ssh/sshd_config": debian + "PasswordAuthentication no\nMatch Address 10.0.0.0/8\nPasswordAuthentication yes\n"}, "password_login", "restricted"},
		{"a key is demanded in every alternative", map[string]string{"/etc/ssh/sshd_config": debian + "AuthenticationMethods publickey,password\n"}, "password_login", "refused"},
		{"an alternative without a key", map[string]string{"/etc/ssh/sshd_config": debian + "AuthenticationMethods publickey,password password\n"}, "password_login", "accepted"},
		{"groups of a directory are not known", map[string]string{"/etc/nsswitch.conf": "passwd: files sss\ngroup: files sss\n", "/etc/ssh/sshd_config": debian + "PasswordAuthentication no\nMatch Group staff\nPasswordAuthentication yes\n"}, "password_login", "unresolved sshd_groups"},
		{"groups of a directory do not matter to what is refused anyway", map[string]string{"/etc/nsswitch.conf": "passwd: files sss\n", "/etc/ssh/sshd_config": debian + "PasswordAuthentication no\nMatch Group staff\nX11Forwarding no\n"}, "password_login", "refused"},
		{"a file that the daemon refuses", map[string]string{"/etc/ssh/sshd_config": "Bogus yes\n"}, "password_login", "unresolved sshd_refuses"},
		{"root with a key is the default", map[string]string{"/etc/ssh/sshd_config": debian}, "root_login", "key"},
		{"root in a Match block", map[string]string{"/etc/ssh/sshd_config": debian + "PermitRootLogin no\nMatch Address 10.0.0.5\nPermitRootLogin yes\n"}, "root_login", "password"},
		{"root is not among those who may", map[string]string{"/etc/ssh/sshd_config": debian + "PermitRootLogin yes\nAllowUsers anna\n"}, "root_login", "refused"},
		{"an option of the unit comes first", map[string]string{"/etc/ssh/sshd_config": debian + "PermitRootLogin yes\n", "/etc/default/ssh": "SSHD_OPTS=-oPermitRootLogin=no\n",
			"/usr/lib/systemd/system/ssh.service": "[Service]\nEnvironmentFile=-/etc/default/ssh\nExecStart=/usr/sbin/sshd -D $SSHD_OPTS\n"}, "root_login", "refused"},
		{"an option of the unit's own environment", map[string]string{"/etc/ssh/sshd_config": debian + "PermitRootLogin yes\n",
			"/usr/lib/systemd/system/ssh.service": "[Service]\nEnvironment=A=1 \"SSHD_OPTS=-o PermitRootLogin=no\"\nExecStart=/usr/sbin/sshd -D $SSHD_OPTS\n"}, "root_login", "refused"},
		{"a file of the environment wins over the unit", map[string]string{"/etc/ssh/sshd_config": debian + "PermitRootLogin no\n", "/etc/default/ssh": "SSHD_OPTS='-f /etc/ssh/other'\n", "/etc/ssh/other": "PermitRootLogin yes\nUsePAM yes\n",
			"/usr/lib/systemd/system/ssh.service": "[Service]\nEnvironment=SSHD_OPTS=-4\nEnvironmentFile=/etc/default/ssh\nExecStart=/usr/sbin/sshd -D $SSHD_OPTS\n"}, "root_login", "password"},
		{"a variable in braces is one word", map[string]string{"/etc/ssh/sshd_config": debian + "PermitRootLogin yes\n",
			"/usr/lib/systemd/system/ssh.service": "[Service]\nEnvironment=ROOT=no\nExecStart=/usr/sbin/sshd -D -o \"PermitRootLogin ${ROOT}\"\n"}, "root_login", "refused"},
		{"a variable in braces that is not set is empty, and values are not looked at again", map[string]string{"/etc/ssh/sshd_config": debian + "PermitRootLogin yes\n",
			"/usr/lib/systemd/system/ssh.service": "[Service]\nEnvironment=A=${B} B=yes\nExecStart=/usr/sbin/sshd -D -o \"PermitRootLogin no${NONE}\" -o \"Banner ${A}\"\n"}, "root_login", "refused"},
		{"a directory of accounts alone has groups that are not known", map[string]string{"/etc/nsswitch.conf": "passwd: files\ngroup: files\ninitgroups: files sss\n", "/etc/ssh/sshd_config": debian + "PasswordAuthentication no\nMatch Group staff\nPasswordAuthentication yes\n"}, "password_login", "unresolved sshd_groups"},
		{"a key alone is one factor", map[string]string{"/etc/ssh/sshd_config": debian + "PasswordAuthentication no\n"}, "second_factor_demanded", "false"},
		{"a key and the password are two", map[string]string{"/etc/ssh/sshd_config": debian + "AuthenticationMethods publickey,password\n"}, "second_factor_demanded", "true"},
		{"two keys are one sort", map[string]string{"/etc/ssh/sshd_config": debian + "AuthenticationMethods publickey,publickey\n"}, "second_factor_demanded", "false"},
		{"security keys with a PIN", map[string]string{"/etc/ssh/sshd_config": debian + "PasswordAuthentication no\nPubkeyAcceptedAlgorithms sk-*\nPubkeyAuthOptions verify-required\n"}, "second_factor_demanded", "true"},
		{"accounts are named", map[string]string{"/etc/ssh/sshd_config": debian + "AllowGroups admins\n"}, "users_restricted", "true"},
		{"everybody is named by a pattern", map[string]string{"/etc/ssh/sshd_config": debian + "AllowGroups ?*\n"}, "users_restricted", "false"},
		{"everybody is named", map[string]string{"/etc/ssh/sshd_config": debian + "AllowUsers *\n"}, "users_restricted", "false"},
		{"each account from a network", map[string]string{"/etc/ssh/sshd_config": debian + "AllowUsers *@10.0.0.0/8\n"}, "sources_restricted", "true"},
		{"an address outside of a private network is the world's", map[string]string{"/etc/ssh/sshd_config": debian + "Match Address 172.20.0.0/16\nX11Forwarding no\n"}, "sources_restricted", "false"},
		{"a private address only", map[string]string{"/etc/ssh/sshd_config": debian + "ListenAddress 10.0.0.1\n"}, "sources_restricted", "true"},
		{"a socket listens in place of the daemon", map[string]string{"/etc/ssh/sshd_config": debian + "ListenAddress 10.0.0.1\n", "/usr/lib/systemd/system/ssh.socket": "[Socket]\nListenStream=22\n",
			"/etc/systemd/system/sockets.target.wants/ssh.socket": "[Socket]\nListenStream=22\n"}, "sources_restricted", "false"},
		{"a socket on a private address", map[string]string{"/etc/ssh/sshd_config": debian, "/usr/lib/systemd/system/ssh.socket": "[Socket]\nListenStream=22\n",
			"/etc/systemd/system/ssh.socket.d/a.conf":             "[Socket]\nListenStream=\nListenStream=10.0.0.1:22\n",
			"/etc/systemd/system/sockets.target.wants/ssh.socket": "[Socket]\nListenStream=22\n"}, "sources_restricted", "true"},
		{"the world, and no firewall stands before it", map[string]string{"/etc/ssh/sshd_config": debian}, "sources_restricted", "false"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{}
			for _, part := range []map[string]string{base, test.files} {
				for name, text := range part {
					files[name] = text
				}
			}
			got := sshSetting(t, capture.MemoryOf(files), test.setting)
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// sshSetting is one setting of the SSH daemon of a host of Debian 12, as text.
func sshSetting(t *testing.T, f capture.Files, setting string) string {
	t.Helper()
	h := &host{Capture: capture.Taken(capture.Capture{}, f, map[string]capture.Command{"dpkg": output("openssh-server 1:9.2p1-2+deb12u10 installed amd64\n")}),
		place: evidence.Place{Host: "host1"}, found: map[evidence.Kind]int{}}
	sshServers().read(h)
	if len(h.facts) != 1 {
		t.Fatalf("got %d facts and gaps %v, want one fact", len(h.facts), h.gaps)
	}
	r := h.facts[0].Settings[setting]
	if r.State != evidence.StateKnown {
		if r.Why == nil {
			return string(r.State)
		}
		return string(r.State) + " " + r.Why.Code
	}
	switch v := r.Value.(type) {
	case bool:
		if v {
			return "true"
		}
		return "false"
	case string:
		return v
	}
	t.Fatalf("%s is of another type", setting)
	return ""
}

// TestSSHUnread shows what files that were not read leave open.
func TestSSHUnread(t *testing.T) {
	const main = "PermitRootLogin no\nInclude /etc/ssh/sshd_config.d/*.conf\nInclude /opt/ssh/*\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
	m := capture.NewMemory("/etc", "/usr", "/lib", "/run", "/opt/nothing")
	m.Add("/etc/ssh/sshd_config", capture.Info{Mode: 0o644}, []byte(main), nil)
	m.Add("/etc/ssh/sshd_config.d/a.conf", capture.Info{Mode: 0o600}, nil, fs.ErrPermission)
	if diff := cmp.Diff(sshSetting(t, m, "password_login"), "unresolved host_refused"); diff != "" {
		t.Error(diff)
	}
	m = capture.NewMemory("/etc", "/usr", "/lib", "/run", "/opt/nothing")
	m.Add("/etc/ssh/sshd_config", capture.Info{Mode: 0o644}, []byte(main), nil)
	if diff := cmp.Diff(sshSetting(t, m, "password_login"), "unresolved host_not_collected"); diff != "" {
		t.Error(diff)
	}
}

// TestSSHDump compares with what the daemon says itself.
func TestSSHDump(t *testing.T) {
	files := capture.MemoryOf(map[string]string{"/etc/ssh/sshd_config": "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"})
	for _, test := range []struct{ name, dump, want string }{
		{"agrees", "port 22\npasswordauthentication no\nmaxauthtries 6\n", ""},
		{"differs", "port 22\npasswordauthentication yes\nmaxauthtries 6\n", "dump_differs"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := &host{Capture: capture.Taken(capture.Capture{}, files, map[string]capture.Command{"sshd-T": output(test.dump)}),
				place: evidence.Place{Host: "host1"}, found: map[evidence.Kind]int{}}
			sshServers().read(h)
			got := ""
			if r := h.facts[0].Settings["password_login"]; r.Why != nil {
				got = r.Why.Code
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
