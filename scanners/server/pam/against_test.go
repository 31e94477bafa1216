package pam

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestAgainstLibpam asks libpam itself about stacks of pam_debug, which returns what its line says.
func TestAgainstLibpam(t *testing.T) {
	against.Superuser(t)
	pamtester, unshare := against.Daemon(t, "pamtester"), against.Daemon(t, "unshare")
	dir, r := t.TempDir(), against.Random(t)
	files := map[string]string{"/etc/pam.d/other": "auth required pam_deny.so\n"}
	n := against.Cases(300, 10_000)
	for i := range n {
		for j := range 3 {
			files[fmt.Sprintf("/etc/pam.d/s%d_%d", i, j)] = randomStack(r, i, j)
		}
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	script := `mount --bind "$1" /etc/pam.d && i=0; while [ $i -lt "$2" ]; do if "$3" s${i}_0 root authenticate >/dev/null 2>&1 </dev/null; then echo yes; else echo no; fi; i=$((i+1)); done`
	out, err := exec.CommandContext(t.Context(), unshare, "-m", "sh", "-c", script, "sh", dir, fmt.Sprint(n), pamtester).Output()
	if err != nil {
		t.Skipf("no own mounts: %v", err)
	}
	answers, memory, passed := strings.Fields(string(out)), capture.MemoryOf(files), 0
	if len(answers) != n {
		t.Fatalf("%d answers to %d stacks", len(answers), n)
	}
	for i, answer := range answers {
		s, err := Load(memory, fmt.Sprintf("s%d_0", i))
		if err != nil {
			t.Fatal(err)
		}
		got := s.Auth()
		if got.Possible != (answer == "yes") || (got.Password.Verdict == No) != got.Possible {
			t.Errorf("libpam says %s, we say %+v of\n%s\n_1:\n%s\n_2:\n%s", answer, got,
				files[fmt.Sprintf("/etc/pam.d/s%d_0", i)], files[fmt.Sprintf("/etc/pam.d/s%d_1", i)], files[fmt.Sprintf("/etc/pam.d/s%d_2", i)])
		}
		if got.Possible {
			passed++
		}
	}
	t.Logf("%d stacks, %d of them let pass", n, passed)
}

// randomStack is a file of a few lines; file j includes only later ones.
func randomStack(r *rand.Rand, i, j int) string {
	var b strings.Builder
	for range 1 + r.IntN(6) {
		include := r.IntN(4)
		if j == 2 {
			include = 3
		}
		next := fmt.Sprintf("s%d_%d", i, j+1+r.IntN(2-min(j, 1)))
		if r.IntN(40) == 0 {
			next = "missing"
		}
		kind := oneOf(r, "auth", "auth", "auth", "auth", "auth", "auth", "auth", "auth", "auth", "auth", "auth", "auth", "-auth", "AUTH", "account")
		if r.IntN(60) == 0 {
			kind = "auht"
		}
		switch include {
		case 0:
			fmt.Fprintf(&b, "%s %s %s\n", kind, oneOf(r, "include", "substack", "substack"), next)
		case 1:
			if r.IntN(3) == 0 && (next != "missing" || j == 0) { // elsewhere libpam itself does not know what it does
				fmt.Fprintf(&b, "@include %s\n", next)
			}
		default:
			fmt.Fprintf(&b, "%s %s %s\n", kind, randomControl(r), randomModule(r))
		}
	}
	return b.String()
}

func randomModule(r *rand.Rand) string {
	if r.IntN(30) == 0 {
		return oneOf(r, "pam_deny.so", "pam_permit.so # end", "")
	}
	return "pam_debug.so auth=" + oneOf(r, "success", "success", "success", "success", "success", "success", "success", "auth_err", "ignore", "user_unknown", "perm_denied", "new_authtok_reqd", "authinfo_unavail", "maxtries")
}

func randomControl(r *rand.Rand) string {
	if r.IntN(2) == 0 {
		return oneOf(r, "required", "requisite", "sufficient", "optional", "sufficient", "optional", "Required")
	}
	var parts []string
	if r.IntN(40) == 0 {
		return oneOf(r, "nonsense", "", "[wrong=ok]", "[success=0]", "[success=ok default]")
	}
	for range r.IntN(4) {
		parts = append(parts, oneOf(r, "success", "auth_err", "ignore", "user_unknown", "default", "new_authtok_reqd")+oneOf(r, "=", "=", "=", " = ")+
			oneOf(r, "ok", "done", "bad", "die", "ignore", "reset", "1", "2", "3", "ok", "1", "ok", "ok", "ignore"))
	}
	parts = append(parts, oneOf(r, "default=ignore", "default=ok", "default=ignore", "default=bad", "default=1", "default=die"))
	return "[" + strings.Join(parts, oneOf(r, " ", "  ", " \\\n ")) + "]"
}

func oneOf(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }
