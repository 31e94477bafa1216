package capture

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
)

var filesOfThisHost = sync.OnceValues(func() ([]byte, error) {
	c := exec.Command("sh", "-s", "--", "-n")
	c.Stdin = bytes.NewReader(Script())
	return c.Output()
})

func TestAgainstThisHost(t *testing.T) {
	against.Superuser(t)
	bundle, err := filesOfThisHost()
	if err != nil {
		t.Fatal(err)
	}
	captured, _, _, err := ReadBundle(bytes.NewReader(bundle), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.OpenRoot("/")
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := ReadRoot(dir.FS(), "")
	if err != nil {
		t.Fatal(err)
	}
	compared := map[string]int{}
	for name, n := range captured.files.(*Memory).nodes {
		if !unknown(name) && n.told {
			compared[compareNode(t, name, n, captured, unpacked)]++
		}
	}
	for _, what := range []string{"contents", "secret", "names", "link"} {
		if compared[what] == 0 {
			t.Errorf("nothing was compared: %s", what)
		}
	}
	t.Log(compared)
}

// compareNode compares what both know of one path, and says what that was.
func compareNode(t *testing.T, name string, n *node, captured, unpacked *Capture) string {
	t.Helper()
	switch {
	case n.link != "":
		if got, err := unpacked.Link(name); err != nil || got != n.link {
			t.Errorf("link %s: %q and %q, %v", name, n.link, got, err)
		}
		return "link"
	case n.listed:
		want, err1 := captured.List(name)
		got, err2 := unpacked.List(name)
		if err := errors.Join(err1, err2); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, got); diff != "" && name != "/tmp" {
			t.Errorf("names in %s (-bundle +root):\n%s", name, diff)
		}
		return "names"
	case n.err == nil && n.info.Mode.IsRegular():
		got, err := unpacked.Read(name)
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(string(n.data), string(got)); diff != "" {
			t.Errorf("contents of %s (-bundle +root):\n%s", name, diff)
		}
		info, err := unpacked.Stat(name)
		want := n.info
		want.SHA256 = ""
		if diff := cmp.Diff(want, info); diff != "" || err != nil {
			t.Errorf("%s (-bundle +root): %v\n%s", name, err, diff)
		}
		return "contents"
	case errors.Is(n.err, ErrRedacted):
		if _, err := unpacked.Read(name); !errors.Is(err, ErrRedacted) && !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s is secret in the bundle alone: %v", name, err)
		}
		return "secret"
	}
	return "rest"
}
