package capture

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestProcessesInContainersAreNoneOfTheHost: the runtime is, and so is a daemon beside it.
func TestProcessesInContainersAreNoneOfTheHost(t *testing.T) {
	t.Parallel()
	out := "1 0 900 systemd\n40 1 800 containerd-shim\n41 40 800 sh\n42 41 800 mysqld mysqld --require-secure-transport=ON\n50 1 800 mysqld mysqld\n60 1 9 conmon\n61 60 9 nginx\n" +
		"70 71 9 a\n71 70 9 b\n80 99 9 c\nno process\n"
	all, err := Taken(Capture{Live: true}, NewMemory(), map[string]Command{"ps": {Out: []byte(out)}}).Processes()
	var names []string
	for _, p := range all {
		names = append(names, p.Name+" "+p.Args)
	}
	if diff := cmp.Diff([]string{"systemd ", "containerd-shim ", "mysqld mysqld", "conmon ", "a ", "b ", "c "}, names); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
