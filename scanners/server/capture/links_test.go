package capture

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

// TestLinks reads links of all sorts in memory and in a root directory. A file outside of the root has the name of one inside.
func TestLinks(t *testing.T) {
	tree := map[string]string{
		"/etc/a": "inside", "/etc/absolute -> /etc/a": "", "/etc/relative -> a": "", "/etc/up -> ../../../../../../../../../../etc/a": "", "/etc/dir -> /etc": "",
		"/etc/loop -> loop": "", "/etc/one -> two": "", "/etc/two -> one": "", "/etc/gone -> /etc/nothing": "", "/etc/x/deep -> ../dir/dir/relative": "",
		"/etc/outside -> /etc/hostname": "", "/etc/kernel -> /proc/version": "", "/etc/passwd": "",
	}
	dir := plantTree(t, tree)
	memory := NewMemory("/")
	memory.Add("/etc/a", Info{}, []byte("inside"), nil)
	for link, target := range map[string]string{
		"absolute": "/etc/a", "relative": "a", "up": "../../../../../../../../../../etc/a", "dir": "/etc", "loop": "loop", "one": "two", "two": "one",
		"gone": "/etc/nothing", "x/deep": "../dir/dir/relative", "outside": "/etc/hostname",
	} {
		memory.AddLink("/etc/"+link, target)
	}
	for name, files := range map[string]Files{"memory": memory, "root": rootOf(t, dir)} {
		t.Run(name, func(t *testing.T) {
			for path, want := range map[string]error{
				"/etc/absolute": nil, "/etc/relative": nil, "/etc/up": nil, "/etc/dir/dir/up": nil, "/etc/x/deep": nil, "/etc/dir/../etc/a": nil,
				"/etc/loop": fs.ErrInvalid, "/etc/one": fs.ErrInvalid, "/etc/gone": fs.ErrNotExist, "/etc/outside": fs.ErrNotExist, "/etc/a/b": fs.ErrNotExist,
				"/etc/dir": fs.ErrInvalid,
			} {
				data, err := files.Read(path)
				if !errors.Is(err, want) || err == nil && string(data) != "inside" {
					t.Errorf("%s: %q, %v, want %v", path, data, err, want)
				}
			}
			if _, err := files.Link("/etc/a"); !errors.Is(err, ErrNotLink) {
				t.Error(err)
			}
			if target, err := files.Link("/etc/dir/dir/relative"); target != "a" {
				t.Error(target, err)
			}
		})
	}
	if _, err := rootOf(t, dir).Read("/etc/kernel"); !errors.Is(err, ErrNotCollected) {
		t.Errorf("a file of the kernel: %v", err)
	}
}

// TestPatternsThroughLinksEnd: a directory with links to itself has a number of paths that nobody can count.
func TestPatternsThroughLinksEnd(t *testing.T) {
	m := NewMemory("/")
	for _, link := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		m.AddLink("/d/"+link, "/d")
	}
	if got, err := Glob(m, "/d"+strings.Repeat("/*", 3)); len(got) != 1000 || err != nil {
		t.Errorf("%d paths, %v", len(got), err)
	}
	if got, err := Glob(m, "/d"+strings.Repeat("/*", 30)); len(got) != 0 || !errors.Is(err, ErrTooMany) {
		t.Errorf("%d paths, %v", len(got), err)
	}
}
