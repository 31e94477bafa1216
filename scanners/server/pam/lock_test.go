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

// TestLock judges whether pam_faillock refuses who is locked, and counts each wrong password.
func TestLock(t *testing.T) {
	const before, after = "auth required pam_faillock.so preauth\n", "auth [default=die] pam_faillock.so authfail\n"
	tests := map[string]struct {
		service, stack  string
		refuses, counts Verdict
	}{
		"the manual":                   {"sshd", before + "auth sufficient pam_unix.so\n" + after, Yes, Yes},
		"the manual's other way":       {"sshd", "auth [success=1 default=bad] pam_unix.so\n" + after + "auth sufficient pam_faillock.so authsucc\nauth required pam_deny.so\n", Yes, Yes},
		"RHEL":                         {"sshd", before + "auth [default=1 ignore=ignore success=ok] pam_localuser.so\nauth sufficient pam_unix.so nullok\nauth sufficient pam_sss.so forward_pass\nauth required pam_faillock.so authfail\nauth required pam_deny.so\n", Yes, Yes},
		"optional":                     {"sshd", strings.Replace(before, "required", "optional", 1) + "auth sufficient pam_unix.so\n" + after, No, Yes},
		"ignored":                      {"sshd", strings.Replace(before, "required", "[default=ignore]", 1) + "auth sufficient pam_unix.so\n" + after, No, Yes},
		"behind what suffices":         {"sshd", "auth sufficient pam_unix.so\n" + before + after, No, Yes},
		"never refused":                {"sshd", "auth sufficient pam_unix.so\n" + after, No, Yes},
		"the count is not come to":     {"sshd", before + "auth requisite pam_unix.so\n" + after, Yes, No},
		"the count is passed over":     {"sshd", before + "auth [success=2 default=1] pam_unix.so\n" + after + "auth requisite pam_deny.so\nauth required pam_permit.so\n", Yes, No},
		"a part of the accounts":       {"sshd", "auth [success=1 default=ignore] pam_succeed_if.so user ingroup staff\n" + before + "auth sufficient pam_unix.so\n" + after, Undecided, Yes},
		"who is root already":          {"su", "auth sufficient pam_rootok.so\n" + before + "auth sufficient pam_unix.so\n" + after, Yes, Yes},
		"the superuser of every login": {"sshd", "auth sufficient pam_rootok.so\n" + before + "auth sufficient pam_unix.so\n" + after, No, Yes},
	}
	for name, test := range tests {
		s, err := Load(capture.MemoryOf(map[string]string{"/etc/pam.d/" + test.service: test.stack}), test.service)
		if err != nil {
			t.Fatal(err)
		}
		l := s.Lock()
		if diff := cmp.Diff([]Verdict{test.refuses, test.counts}, []Verdict{l.Refuses, l.Counts}); diff != "" {
			t.Errorf("%s: refuses, counts (-want +got)\n%s", name, diff)
		}
	}
}

// guessPasswords logs in with the right password twice, with a wrong one, and with the right one again, with an /etc of its own. A stack
// that counts who logs in locks them at once.
const guessPasswords = `cp -a /etc/passwd /etc/shadow /etc/group /etc/nsswitch.conf /etc/pam.d "$1" && cp -a /etc/security /etc/login.defs "$1" && cp "$1"/s/* "$1/pam.d" && mount --bind "$1" /etc || exit 3
echo 'zqtest:x:4242:4242::/tmp:/bin/sh' >>/etc/passwd
echo 'zqtest:$5$ab$0W.nWj9OaqQzzfnseE5L6tghSqHlo3zGiiPgQNugT48:19000:0:99999:7:::' >>/etc/shadow
try() { if yes "$1" | head -n 9 | "$3" s$2 zqtest authenticate >/dev/null 2>&1; then echo in; else echo out; fi; }
i=0; while [ $i -lt "$2" ]; do rm -rf /etc/tally; echo "$(try good $i "$3"),$(try good $i "$3"),$(try wrong $i "$3"),$(try good $i "$3")"; i=$((i+1)); done`

// TestAgainstFaillock guesses passwords under random stacks.
func TestAgainstFaillock(t *testing.T) {
	against.Superuser(t)
	pamtester, unshare := against.Daemon(t, "pamtester"), against.Daemon(t, "unshare")
	dir, r, files := t.TempDir(), against.Random(t), map[string]string{}
	if err := os.Mkdir(filepath.Join(dir, "s"), 0o700); err != nil {
		t.Fatal(err)
	}
	n := against.Cases(20, 2000)
	for i := range n {
		files[fmt.Sprintf("/etc/pam.d/s%d", i)] = randomLock(r)
		if err := os.WriteFile(filepath.Join(dir, "s", fmt.Sprintf("s%d", i)), []byte(files[fmt.Sprintf("/etc/pam.d/s%d", i)]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), unshare, "-m", "sh", "-c", guessPasswords, "sh", dir, fmt.Sprint(n), pamtester).Output()
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
		l := s.Lock()
		told[fmt.Sprint(answer, l.Refuses, l.Counts)]++
		locks := l.Refuses == Yes && l.Counts == Yes
		if answer == "in,in,out,in" && locks || answer == "in,in,out,out" && (l.Refuses == No || l.Counts == No) {
			t.Errorf("%s: we say %+v of\n%s", answer, l, files[fmt.Sprintf("/etc/pam.d/s%d", i)])
		}
	}
	t.Log(told)
}

// randomLock is a stack with pam_unix and lines of pam_faillock, which locks after one failure.
func randomLock(r *rand.Rand) string {
	var b strings.Builder
	control := func() string {
		return oneOf(r, "required", "required", "requisite", "sufficient", "optional", "[success=1 default=ignore]", "[success=1 default=bad]", "[default=die]", "[default=ignore]", "[success=ok default=1]")
	}
	for _, module := range []string{oneOf(r, "preauth", "preauth", "preauth", "debug"), "pam_unix.so nodelay", "authfail", oneOf(r, "authsucc", "debug"), "debug"} {
		switch module {
		case "preauth", "authfail", "authsucc":
			module = "pam_faillock.so " + module + " deny=1 nodelay dir=/etc/tally"
		case "debug":
			module = oneOf(r, "pam_permit.so", "pam_deny.so", "pam_debug.so auth="+oneOf(r, "ignore", "success"))
		}
		fmt.Fprintf(&b, "auth %s %s\n", control(), module)
	}
	return b.String()
}
