package server

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestPasswordPolicy(t *testing.T) {
	plain := map[string]string{"complexity": "false", "max_age_days": "2147483647", "min_length": "6", "reuse_prevention": "0"}
	shadow := "root yescrypt -1 no 20000 99999\nbin none -1 yes 20000 99999\nops sha512crypt -1 no 20000 60\n"
	tests := []struct {
		name    string
		files   map[string]string
		shadow  string
		differs map[string]string
	}{
		{"as Debian ships it", map[string]string{"/etc/pam.d/passwd": "@include common-password\n", "/etc/pam.d/common-password": "password [success=1 default=ignore] pam_unix.so obscure yescrypt\npassword requisite pam_deny.so\npassword required pam_permit.so\n"}, shadow, nil},
		{"pwquality with its file", map[string]string{"/etc/pam.d/passwd": "password requisite pam_pwquality.so retry=3\npassword required pam_unix.so use_authtok\n", "/etc/security/pwquality.conf": "# minlen = 20\nminlen = 14\nminclass = 4\n"}, shadow,
			map[string]string{"min_length": "14", "complexity": "true"}},
		{"the line wins, and credits shorten", map[string]string{"/etc/pam.d/passwd": "password requisite pam_pwquality.so minlen=12 dcredit=1 ocredit=2\npassword required pam_unix.so\n", "/etc/security/pwquality.conf": "minlen = 20\n"}, shadow, map[string]string{"min_length": "9"}},
		{"the main file is read after its directory", map[string]string{"/etc/pam.d/passwd": "password requisite pam_pwquality.so\n", "/etc/security/pwquality.conf": "minlen = 10\n", "/etc/security/pwquality.conf.d/50-x.conf": "minlen = 15\n"}, shadow, map[string]string{"min_length": "10"}},
		{"a file alone demands nothing", map[string]string{"/etc/pam.d/passwd": "password required pam_unix.so\n", "/etc/security/pwquality.conf": "minlen = 20\n"}, shadow, nil},
		{"not enforced", map[string]string{"/etc/pam.d/passwd": "password requisite pam_pwquality.so minlen=20 enforcing=0\npassword required pam_unix.so minlen=8\n"}, shadow, map[string]string{"min_length": "8"}},
		{"optional", map[string]string{"/etc/pam.d/passwd": "password optional pam_pwquality.so minlen=20\npassword required pam_unix.so\n"}, shadow, nil},
		{"refused, and asked for again", map[string]string{"/etc/pam.d/passwd": "password required pam_pwquality.so minlen=20\npassword required pam_unix.so\n"}, shadow, nil},
		{"ignored, but nothing is left to store", map[string]string{"/etc/pam.d/passwd": "password [default=ignore] pam_pwquality.so minlen=20\npassword required pam_unix.so use_authtok\n"}, shadow, map[string]string{"min_length": "20"}},
		{"for some accounts", map[string]string{"/etc/pam.d/passwd": "password [success=1 default=ignore] pam_succeed_if.so user ingroup x\npassword requisite pam_pwquality.so minlen=20 minclass=4\npassword required pam_unix.so\n"}, shadow,
			map[string]string{"min_length": "unresolved pam_undecided", "complexity": "unresolved pam_undecided"}},
		{"a history that is ignored", map[string]string{"/etc/pam.d/passwd": "password [default=ignore] pam_pwhistory.so remember=5\npassword required pam_unix.so remember=2\n"}, shadow, map[string]string{"reuse_prevention": "2"}},
		{"a history", map[string]string{"/etc/pam.d/passwd": "password required pam_pwhistory.so\npassword required pam_unix.so use_authtok\n", "/etc/security/pwhistory.conf": "remember = 5\n"}, shadow, map[string]string{"reuse_prevention": "5"}},
		{"ages", map[string]string{"/etc/pam.d/passwd": "password required pam_unix.so\n", "/etc/login.defs": "PASS_MAX_DAYS\t90\n"}, "ops sha512crypt -1 no 20000 60\n", map[string]string{"max_age_days": "90"}},
	}
	for _, test := range tests {
		want := maps.Clone(plain)
		maps.Copy(want, test.differs)
		c := capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(test.files), map[string]capture.Command{"shadow": output(test.shadow)})
		if diff := cmp.Diff(want, settingsOf(passwordPolicies(), c, "password_policy")); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestLockout(t *testing.T) {
	none := map[string]string{"account_attempts": "2147483647", "account_minutes": "0", "address_attempts": "2147483647", "address_minutes": "0"}
	faillock := "auth required pam_faillock.so preauth\nauth sufficient pam_unix.so\nauth [default=die] pam_faillock.so authfail\naccount required pam_faillock.so\n"
	jail := map[string]string{"/etc/fail2ban/jail.conf": "[DEFAULT]\nbackend = auto\nbantime = 10m\nmaxretry = 5\n[sshd]\nenabled = true\nlogpath = /var/log/auth.log\n"}
	running := map[string]capture.Command{"ps": output("10 1 60 fail2ban-server /usr/bin/python3 /usr/bin/fail2ban-server\n")}
	newer := map[string]capture.Command{"ps": running["ps"], "dpkg": output("openssh-server 1:10.0p1-7 installed amd64\n")}
	tests := []struct {
		name     string
		files    map[string]string
		commands map[string]capture.Command
		differs  map[string]string
	}{
		{"nothing", map[string]string{"/etc/pam.d/sshd": "auth required pam_unix.so\n"}, running, nil},
		{"faillock with its defaults", map[string]string{"/etc/pam.d/sshd": faillock}, running, map[string]string{"account_attempts": "3", "account_minutes": "10"}},
		{"the file, and never by itself", map[string]string{"/etc/pam.d/sshd": faillock, "/etc/security/faillock.conf": "deny = 5\nunlock_time = never\n"}, running, map[string]string{"account_attempts": "5", "account_minutes": "2147483647"}},
		{"the daemon asks no PAM", map[string]string{"/etc/pam.d/sshd": faillock, "/etc/ssh/sshd_config": "UsePAM no\n"}, running, nil},
		{"a refusal that is ignored", map[string]string{"/etc/pam.d/sshd": strings.Replace(faillock, "required pam_faillock.so preauth", "[default=ignore] pam_faillock.so preauth", 1)}, running, nil},
		{"a count that is never come to", map[string]string{"/etc/pam.d/sshd": strings.Replace(faillock, "sufficient pam_unix", "requisite pam_unix", 1)}, running, nil},
		{"refused after the right password alone", map[string]string{"/etc/pam.d/sshd": "auth [success=1 default=bad] pam_unix.so\nauth [default=die] pam_faillock.so authfail\nauth sufficient pam_faillock.so authsucc\nauth required pam_deny.so\n"}, running, map[string]string{"account_attempts": "3", "account_minutes": "10"}},
		{"for some accounts", map[string]string{"/etc/pam.d/sshd": "auth [success=1 default=ignore] pam_succeed_if.so user ingroup x\n" + faillock}, running, map[string]string{"account_attempts": "unresolved pam_undecided", "account_minutes": "unresolved pam_undecided"}},
		{"the console locks nobody", map[string]string{"/etc/pam.d/sshd": faillock, "/etc/pam.d/login": "auth required pam_unix.so\n"}, running, nil},
		{"the weakest of all", map[string]string{"/etc/pam.d/sshd": faillock, "/etc/pam.d/su": "auth sufficient pam_rootok.so\n" + strings.NewReplacer("preauth", "preauth deny=7 unlock_time=1200", "authfail", "authfail deny=7 unlock_time=1200").Replace(faillock)}, running, map[string]string{"account_attempts": "7", "account_minutes": "10"}},
		{"the daemon asks by another name", map[string]string{"/etc/pam.d/sshd": faillock, "/etc/pam.d/sshd-x": "auth required pam_unix.so\n", "/etc/ssh/sshd_config": "UsePAM yes\nPAMServiceName sshd-x\n"}, newer, nil},
		{"by another name for one account", map[string]string{"/etc/pam.d/sshd": faillock, "/etc/pam.d/sshd-x": "auth required pam_unix.so\n", "/etc/ssh/sshd_config": "UsePAM yes\nMatch User anna\nPAMServiceName sshd-x\n"}, newer, nil},
		{"a file of its own", map[string]string{"/etc/pam.d/sshd": strings.NewReplacer("preauth", "preauth conf=/etc/security/own.conf", "authfail", "authfail conf=/etc/security/own.conf").Replace(faillock), "/etc/security/own.conf": "deny = 9\n"}, running, map[string]string{"account_attempts": "9", "account_minutes": "10"}},
		{"a refusal that does not count", map[string]string{"/etc/pam.d/sshd": strings.Replace(faillock, "required pam_faillock.so preauth", "optional pam_faillock.so preauth", 1)}, running, nil},
		{"lines that do not agree", map[string]string{"/etc/pam.d/sshd": strings.Replace(faillock, "preauth", "preauth deny=100", 1)}, running, map[string]string{"account_attempts": "unresolved host_not_understood", "account_minutes": "unresolved host_not_understood"}},
		{"a file alone locks nothing", map[string]string{"/etc/pam.d/sshd": "auth required pam_unix.so\n", "/etc/security/faillock.conf": "deny = 5\n"}, running, nil},
		{"without preauth the locked get in", map[string]string{"/etc/pam.d/sshd": "auth sufficient pam_unix.so\nauth [default=die] pam_faillock.so authfail\n"}, running, nil},
		{"a jail without its log", map[string]string{"/etc/pam.d/sshd": "auth required pam_unix.so\n", "/etc/fail2ban/jail.conf": jail["/etc/fail2ban/jail.conf"]}, running, nil},
		{"a jail with its log", map[string]string{"/etc/pam.d/sshd": "auth required pam_unix.so\n", "/etc/fail2ban/jail.conf": jail["/etc/fail2ban/jail.conf"], "/var/log/auth.log": ""}, running, map[string]string{"address_attempts": "5", "address_minutes": "10"}},
		{"a jail on the journal", map[string]string{"/etc/pam.d/sshd": "auth required pam_unix.so\n", "/etc/fail2ban/jail.conf": jail["/etc/fail2ban/jail.conf"], "/etc/fail2ban/jail.local": "[sshd]\nbackend = systemd\nbantime = -1\n"}, running,
			map[string]string{"address_attempts": "5", "address_minutes": "2147483647"}},
		{"a jail that nobody runs", map[string]string{"/etc/pam.d/sshd": "auth required pam_unix.so\n", "/etc/fail2ban/jail.conf": jail["/etc/fail2ban/jail.conf"], "/var/log/auth.log": ""}, map[string]capture.Command{"ps": output("10 1 60 sshd sshd\n")}, nil},
	}
	for _, test := range tests {
		want := maps.Clone(none)
		maps.Copy(want, test.differs)
		if _, own := test.files["/etc/ssh/sshd_config"]; !own {
			test.files["/etc/ssh/sshd_config"] = "UsePAM yes\n"
		}
		c := capture.Taken(capture.Capture{Live: true, At: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}, capture.MemoryOf(test.files), test.commands)
		if diff := cmp.Diff(want, settingsOf(lockouts(), c, "lockout")); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}
