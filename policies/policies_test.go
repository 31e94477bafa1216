package policies

import (
	"fmt"
	"os"
	"sync"
	"testing"
)

var ownSet = sync.OnceValues(func() (*Set, error) { return Load(true) })

// load returns the program's own policies and those in dirs.
func load(t testing.TB, dirs ...Dir) *Set {
	t.Helper()
	set, err := ownSet()
	if len(dirs) > 0 {
		set, err = Load(true, dirs...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestOwnPolicies(t *testing.T) {
	outcomes, err := load(t).test(t.Context(), Dir{Name: "built-in", FS: os.DirFS(".")})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		t.Run(fmt.Sprintf("%s:%d:%s", o.File, o.Line, o.Name), func(t *testing.T) {
			if !o.Passed {
				t.Errorf("%s:%d: %s: %s", o.File, o.Line, o.Name, o.Message)
			}
		})
	}
	if len(outcomes) < 3*len(load(t).Checks()) {
		t.Errorf("%d tests of %d policies, want at least three of each", len(outcomes), len(load(t).Checks()))
	}
}
