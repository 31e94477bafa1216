package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestOtherProgramsMayBan holds that no ban is known of only where no program is installed that bans, and is not read.
func TestOtherProgramsMayBan(t *testing.T) {
	t.Parallel()
	const sshd = "501 1 900 sshd sshd: /usr/sbin/sshd -D\n"
	for name, test := range map[string]struct{ dpkg, ps, file, attempts, minutes string }{
		"none":                       {"openssh-server 1:9.2p1-2 installed amd64\n", sshd, "", never(), "0"},
		"crowdsec":                   {"crowdsec 1.4.6 installed amd64\n", sshd, "", "unresolved host_not_understood", "unresolved host_not_understood"},
		"the login failure daemon":   {"", sshd + "700 1 900 lfd\n", "", "unresolved host_not_understood", "unresolved host_not_understood"},
		"its configuration":          {"", sshd, "/etc/csf/csf.conf", "unresolved host_not_understood", "unresolved host_not_understood"},
		"cPanel's brute force guard": {"", sshd, cpanelConfig, "unresolved host_not_understood", "unresolved host_not_understood"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := capture.MemoryOf(map[string]string{"/etc/ssh/sshd_config": "UsePAM no\n"})
			if test.file != "" {
				files.Add(test.file, capture.Info{Mode: 0o600}, nil, capture.ErrRedacted)
			}
			commands := map[string]capture.Command{"dpkg": output(test.dpkg), "ps": output("1 0 900 systemd\n" + test.ps)}
			got := settingsOf(lockouts(), capture.Taken(capture.Capture{Live: true, Root: true}, files, commands), "lockout")
			want := map[string]string{"account_attempts": never(), "account_minutes": "0", "address_attempts": test.attempts, "address_minutes": test.minutes}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestTheServiceOfTheDaemonRunsAsRoot holds that pam_rootok lets everybody in by whatever name sshd asks, and at the console, and that su
// asks who is not root.
func TestTheServiceOfTheDaemonRunsAsRoot(t *testing.T) {
	t.Parallel()
	const lock = "auth required pam_faillock.so preauth\nauth sufficient pam_unix.so\nauth [default=die] pam_faillock.so authfail\n"
	const older = "auth required pam_tally2.so deny=5 unlock_time=900\nauth required pam_unix.so\n"
	for name, test := range map[string]struct{ sshd, login, su, want string }{
		"a lock":       {lock, lock, lock, "3"},
		"root of sshd": {"auth sufficient pam_rootok.so\n" + lock, lock, lock, never()},
		"of login":     {lock, "auth sufficient pam_rootok.so\n" + lock, lock, never()},
		"of su":        {lock, lock, "auth sufficient pam_rootok.so\n" + lock, "3"},
		"an older one": {older, older, older, "unresolved host_not_understood"},
		"none at su":   {older, lock, "auth required pam_unix.so\n", never()},
	} {
		files := capture.MemoryOf(map[string]string{"/etc/ssh/sshd_config": "UsePAM yes\nPAMServiceName inside\n", "/etc/pam.d/inside": test.sshd, "/etc/pam.d/login": test.login,
			"/etc/pam.d/su": test.su, "/etc/passwd": "", "/etc/group": ""})
		c := capture.Taken(capture.Capture{Live: true, Root: true}, files, map[string]capture.Command{"dpkg": output("openssh-server 1:10.0p1-5 installed amd64\n"), "ps": output("1 0 900 systemd\n")})
		if got := settingsOf(lockouts(), c, "lockout")["account_attempts"]; got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}
