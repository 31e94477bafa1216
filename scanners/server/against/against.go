// Package against finds the real daemons that tests compare evaluators with. It is for tests alone.
//
// Where TOMSCAN_DAEMONS is "all", tests run all their cases; otherwise a shorter, fixed part of them. A daemon that is not installed
// skips the test and says so.
package against

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// Daemon returns the path of a program, or skips the test. Programs of /usr/sbin are found too.
func Daemon(t testing.TB, name string) string {
	t.Helper()
	for _, candidate := range []string{"/usr/lib/postgresql/15/bin/" + name, name, "/usr/sbin/" + name, "/sbin/" + name} {
		if path, err := exec.LookPath(candidate); err == nil {
			return path
		}
	}
	t.Skipf("%s is not installed: nothing was compared with it", name)
	return ""
}

// Superuser skips the test for everybody else.
func Superuser(t testing.TB) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("not the superuser: nothing was compared")
	}
}

// All says whether all cases are asked for.
func All() bool { return os.Getenv("TOMSCAN_DAEMONS") == "all" }

// Cases is how many cases a test runs: few, or all of them where that is asked for.
func Cases(few, all int) int {
	if All() {
		return all
	}
	return few
}

// Random returns numbers that are the same in every run, and says their seed. TOMSCAN_SEED chooses another.
func Random(t testing.TB) *rand.Rand {
	t.Helper()
	seed := uint64(1)
	if s, err := strconv.ParseUint(os.Getenv("TOMSCAN_SEED"), 10, 64); err == nil {
		seed = s
	}
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, seed))
}
