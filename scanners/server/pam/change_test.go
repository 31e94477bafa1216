package pam

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestRefusals judges whether a bad password is really never stored.
func TestRefusals(t *testing.T) {
	tests := map[string]struct {
		stack string
		want  []Verdict
	}{
		"Debian":                       {"password requisite pam_pwquality.so retry=3\npassword [success=1 default=ignore] pam_unix.so use_authtok\npassword requisite pam_deny.so\npassword required pam_permit.so\n", []Verdict{Yes}},
		"RHEL":                         {"password requisite pam_pwquality.so local_users_only\npassword [default=1 ignore=ignore success=ok] pam_localuser.so\npassword sufficient pam_unix.so use_authtok\npassword [success=1 default=ignore] pam_localuser.so\npassword sufficient pam_sss.so use_authtok\npassword required pam_deny.so\n", []Verdict{Yes}},
		"requisite ends the change":    {"password requisite pam_pwquality.so\npassword required pam_unix.so\n", []Verdict{Yes}},
		"required lets ask again":      {"password required pam_pwquality.so\npassword required pam_unix.so\n", []Verdict{No}},
		"nothing left to store":        {"password required pam_pwquality.so\npassword required pam_unix.so use_authtok\n", []Verdict{Yes}},
		"ignored, but nothing left":    {"password [default=ignore] pam_pwquality.so\npassword required pam_unix.so use_authtok\n", []Verdict{Yes}},
		"optional":                     {"password optional pam_pwquality.so\npassword required pam_unix.so\n", []Verdict{No}},
		"ignored":                      {"password [default=ignore] pam_pwquality.so\npassword required pam_unix.so\n", []Verdict{No}},
		"after it is stored":           {"password required pam_unix.so\npassword requisite pam_pwquality.so\n", []Verdict{No}},
		"passed over":                  {"password [success=1 default=ignore] pam_permit.so\npassword requisite pam_pwquality.so\npassword required pam_unix.so\n", []Verdict{No}},
		"another one asks again":       {"password required pam_pwquality.so\npassword required pam_pwhistory.so\npassword required pam_unix.so use_authtok\n", []Verdict{No, Yes}},
		"another one takes no other":   {"password required pam_pwquality.so\npassword required pam_pwhistory.so use_authtok\npassword required pam_unix.so use_authtok\n", []Verdict{Yes, Yes}},
		"for some accounts":            {"password [success=1 default=ignore] pam_succeed_if.so user ingroup staff\npassword requisite pam_pwquality.so\npassword required pam_unix.so\n", []Verdict{Undecided}},
		"without it none is taken":     {"password [success=1 default=ignore] pam_permit.so\npassword requisite pam_pwquality.so\npassword required pam_unix.so use_authtok\n", []Verdict{Yes}},
		"nobody may change a password": {"password requisite pam_deny.so\npassword optional pam_pwquality.so\npassword required pam_unix.so\n", []Verdict{Yes}},
		"in a substack":                {"password substack inner\npassword required pam_unix.so\n", []Verdict{No}},
	}
	for name, test := range tests {
		s, err := Load(capture.MemoryOf(map[string]string{"/etc/pam.d/passwd": test.stack, "/etc/pam.d/inner": "password requisite pam_pwquality.so\n"}), "passwd")
		if err != nil {
			t.Fatal(err)
		}
		var got []Verdict
		for _, r := range s.Refusals(controlModules()...) {
			got = append(got, r.Holds)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

// setPasswords sets the password of an account through each stack, with an /etc of its own, and tells whether it was stored.
const setPasswords = `cp -a /etc/passwd /etc/shadow /etc/group /etc/nsswitch.conf /etc/pam.d "$1" && cp -a /etc/security /etc/login.defs "$1" && cp "$1"/s/* "$1/pam.d" && mount --bind "$1" /etc || exit 3
echo 'zqtest:x:4242:4242::/tmp:/bin/sh' >>/etc/passwd
echo 'zqtest:!:19000:0:99999:7:::' >>/etc/shadow; cp /etc/shadow /etc/fresh
i=0; while [ $i -lt "$2" ]; do cp /etc/fresh /etc/shadow; yes abc | head -n 40 | "$3" s$i zqtest chauthtok >/dev/null 2>&1
if grep -q '^zqtest:!:' /etc/shadow; then echo kept; else echo stored; fi; i=$((i+1)); done`

// TestAgainstPasswordChanges gives libpam a bad password under random stacks, and looks whether it is stored.
func TestAgainstPasswordChanges(t *testing.T) {
	against.Superuser(t)
	pamtester, unshare := against.Daemon(t, "pamtester"), against.Daemon(t, "unshare")
	if found, err := filepath.Glob("/usr/lib/*/security/pam_pwquality.so"); len(found) == 0 {
		t.Skip("no pam_pwquality", err)
	}
	dir, r, files := t.TempDir(), against.Random(t), map[string]string{}
	if err := os.Mkdir(filepath.Join(dir, "s"), 0o700); err != nil {
		t.Fatal(err)
	}
	n := against.Cases(30, 2000)
	for i := range n {
		files[fmt.Sprintf("/etc/pam.d/s%d", i)] = randomChange(r)
		if err := os.WriteFile(filepath.Join(dir, "s", fmt.Sprintf("s%d", i)), []byte(files[fmt.Sprintf("/etc/pam.d/s%d", i)]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), unshare, "-m", "sh", "-c", setPasswords, "sh", dir, fmt.Sprint(n), pamtester).Output()
	if err != nil {
		t.Skipf("no own mounts: %v", err)
	}
	answers, memory, told := strings.Fields(string(out)), capture.MemoryOf(files), map[string]int{}
	if len(answers) != n {
		t.Fatalf("%d answers to %d stacks", len(answers), n)
	}
	for i, answer := range answers {
		s, err := Load(memory, fmt.Sprintf("s%d", i))
		if err != nil {
			t.Fatal(err)
		}
		holds := s.Refusals("pam_pwquality")[0].Holds
		told[fmt.Sprint(answer, holds)]++
		if answer == "stored" && holds == Yes || answer == "kept" && holds == No {
			t.Errorf("the bad password is %s, we say %v of\n%s", answer, holds, files[fmt.Sprintf("/etc/pam.d/s%d", i)])
		}
	}
	t.Log(told)
}

// randomChange is a password stack with one module that refuses.
func randomChange(r *rand.Rand) string {
	var b strings.Builder
	own := r.IntN(3)
	for line := range own + 1 + r.IntN(3) {
		module := oneOf(r, "pam_unix.so use_authtok", "pam_unix.so use_authtok", "pam_unix.so", "pam_permit.so", "pam_deny.so",
			"pam_debug.so chauthtok="+oneOf(r, "ignore", "perm_denied", "user_unknown"), "pam_debug.so prechauthtok="+oneOf(r, "ignore", "perm_denied"))
		if line == own {
			module = "pam_pwquality.so enforce_for_root retry=1"
		}
		control := oneOf(r, "required", "requisite", "sufficient", "optional", "[success=ok default=ignore]", "[success=1 default=ignore]", "[default=ignore]", "[success=ok default=die]", "[default=ok]", "[success=ok default=1]")
		fmt.Fprintf(&b, "password %s %s\n", control, module)
	}
	return b.String() + oneOf(r, "", "password required pam_unix.so\n", "password sufficient pam_unix.so use_authtok\n")
}
