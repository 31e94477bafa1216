package capture

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/against"
)

// sandbox runs a command in a root directory of its own, with the programs of this machine and nothing else of it.
const sandbox = `set -e
for dir in usr proc; do mkdir -p "$1/$dir"; mount --rbind "/$dir" "$1/$dir"; done
for dir in bin sbin lib lib64; do [ -e "$1/$dir" ] || ln -s "usr/$dir" "$1/$dir"; done
mkdir -p "$1/dev" "$1/tmp" "$1/run" "$1/etc/alternatives"
for awk in /usr/bin/*awk; do [ -e "$1/etc/alternatives/${awk##*/}" ] || ln -s "$(readlink -f "$awk")" "$1/etc/alternatives/${awk##*/}"; done
: >"$1/dev/null"; mount --bind /dev/null "$1/dev/null"
root=$1; shift
exec chroot "$root" "$@"`

// plantTree writes a tree of files. A name that ends with " -> target" is a link; shells are given by those of scripts.
func plantTree(t *testing.T, tree map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, data := range tree {
		name, target, isLink := strings.Cut(name, " -> ")
		at := filepath.Join(root, name)
		err := os.MkdirAll(filepath.Dir(at), 0o755)
		if err == nil && isLink {
			err = os.Symlink(target, at)
		} else if err == nil {
			err = os.WriteFile(at, []byte(data), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// captureTree captures a tree with the script, in a namespace of mounts of its own.
func captureTree(t *testing.T, root, shell string, options ...string) []byte {
	t.Helper()
	against.Superuser(t)
	script := filepath.Join(root, "capture.sh")
	if _, err := os.Stat(script); err != nil {
		if err := os.WriteFile(script, Script(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := append([]string{"-m", "--propagation", "private", "sh", "-c", sandbox, "sh", root, shell, "/capture.sh"}, options...)
	c := exec.CommandContext(t.Context(), against.Daemon(t, "unshare"), args...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	bundle, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
	if stderr.Len() > 0 {
		t.Errorf("the script complained: %s", &stderr)
	}
	return bundle
}

func readTree(t *testing.T, bundle []byte) *Capture {
	t.Helper()
	c, _, _, err := ReadBundle(bytes.NewReader(bundle), DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func rootOf(t *testing.T, dir string) *Capture {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ReadRoot(root.FS(), "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}
