package capture

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// FuzzReadBundle: whatever is read obeys the limits, and knows no path outside its root.
func FuzzReadBundle(f *testing.F) {
	f.Add(archive(f, small()...))
	f.Add(zipped(f, archive(f, small()...)))
	f.Add(archive(f, small("link\t777\t0\t0\t1\t/loop\t/loop\n", "link\t777\t0\t0\t1\t/up\t../../..\n")...))
	limits := Limits{Entries: 20, File: 4 << 10, Total: 64 << 10}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, _, size, err := ReadBundle(bytes.NewReader(data), limits)
		if err != nil {
			return
		}
		if size != len(data) {
			t.Errorf("%d of %d bytes were read", size, len(data))
		}
		for name := range c.files.(*Memory).nodes {
			if !cleanPath(name) || hasControl(name) {
				t.Errorf("path %q", name)
			}
			if text, err := c.Read(name); err == nil && leak("root"+name, text) > 0 {
				t.Errorf("%s holds a secret", name)
			}
		}
	})
}

// FuzzManifest: no manifest makes a capture of entries that it does not name by their hashes.
func FuzzManifest(f *testing.F) {
	f.Add(small()[0].data)
	f.Add(head + "end\n")
	f.Fuzz(func(t *testing.T, manifest string) {
		entries := map[string][]byte{"manifest": []byte(manifest), "root/etc/x": []byte("x")}
		c, err := assemble(entries, DefaultLimits())
		if err == nil && !strings.Contains(manifest, sumOf("x")) {
			t.Errorf("an entry without a hash is in %v", c)
		}
	})
}

// FuzzReadRoot: links lead nowhere but to files of the root.
func FuzzReadRoot(f *testing.F) {
	f.Add("/etc/a", "b", "c", "/etc/a")
	f.Add("../../secret", "/x/../../etc", "loop", "/etc/link/one")
	f.Add(".", "/", "/etc/three/one", "/etc/two/../one")
	f.Fuzz(func(t *testing.T, one, two, three, name string) {
		tree := fstest.MapFS{
			"etc/a": {Data: []byte("inside")}, "etc/one": {Data: []byte(one), Mode: fs.ModeSymlink}, "etc/two": {Data: []byte(two), Mode: fs.ModeSymlink},
			"etc/three": {Data: []byte(three), Mode: fs.ModeSymlink}, "etc/link/one": {Data: []byte("../one"), Mode: fs.ModeSymlink},
		}
		c, err := ReadRoot(tree, "x")
		if err != nil {
			t.Fatal(err)
		}
		m := NewMemory("/")
		m.Add("/etc/a", Info{}, []byte("inside"), nil)
		for link, target := range map[string]string{"/etc/one": one, "/etc/two": two, "/etc/three": three, "/etc/link/one": "../one"} {
			m.AddLink(link, target)
		}
		for _, p := range []string{name, "/etc/one", "/etc/two", "/etc/three", "/etc/link/one/" + name} {
			data, err := c.Read(p)
			if err == nil && string(data) != "inside" {
				t.Errorf("%q was read: %q", p, data)
			}
			want, err2 := m.Read(p)
			if one == "" || two == "" || three == "" || hasControl(one+two+three+name) || errors.Is(err, ErrNotCollected) {
				continue // an empty link is none; /proc and the like are not in roots
			}
			if string(data) != string(want) || (err == nil) != (err2 == nil) {
				t.Errorf("%q: %q, %v from the root, %q, %v from memory", p, data, err, want, err2)
			}
		}
	})
}

// FuzzGlob compares Glob with matching each part of each path.
func FuzzGlob(f *testing.F) {
	paths := []string{"/a", "/b/a", "/b/.c", "/b/c.conf", "/b/d/e.conf", "/b/[x]", "/*"}
	for _, p := range []string{"/*", "/b/*.conf", "/*/[!a]*", "/b/.*", "/b/?.conf", `/b/\[x\]`, "/b/[", "*/..", "b//d/../*"} {
		f.Add(p)
	}
	contents := map[string]string{}
	for _, p := range paths {
		contents[p] = ""
	}
	files := MemoryOf(contents)
	all := append(slices.Clone(paths), "/b", "/b/d")
	f.Fuzz(func(t *testing.T, pattern string) {
		if !strings.ContainsAny(path.Clean("/"+pattern), `*?[`) || strings.Contains(pattern, `\`) {
			return
		}
		got, err := Glob(files, pattern)
		if err != nil {
			t.Errorf("%q: %v", pattern, err)
		}
		var want []string
		for _, p := range all {
			if matches(path.Clean("/"+pattern), p) {
				want = append(want, p)
			}
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", pattern, got, want)
		}
	})
}

// matches says whether each part of a path matches that of a pattern.
func matches(pattern, name string) bool {
	patterns, names := strings.Split(pattern, "/"), strings.Split(name, "/")
	if len(patterns) != len(names) {
		return false
	}
	for i, p := range patterns {
		if !strings.ContainsAny(p, `*?[`) {
			if p != names[i] {
				return false
			}
			continue
		}
		ok, err := path.Match(strings.ReplaceAll(p, "[!", "[^"), names[i])
		if err != nil || !ok || strings.HasPrefix(names[i], ".") && !strings.HasPrefix(p, ".") {
			return false
		}
	}
	return true
}

// FuzzRedact: a secret in a known place goes whatever stands around it, lines stay lines, and redacting again changes nothing.
func FuzzRedact(f *testing.F) {
	for _, s := range tricky {
		f.Add("", s)
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		const canary = "CNRY0123456789AB"
		before = strings.ReplaceAll(before, canary, "") // a secret elsewhere may be no secret
		after = strings.ReplaceAll(after, canary, "")
		for _, front := range []string{"\nPASSWORD=", "\npassword = ", "\n\"secret\": \"", "\nrequirepass ", "\nx=https://u:"} {
			end := map[bool]string{true: "@h\n", false: "\n"}[strings.Contains(front, "://")]
			data := before + front + canary + end + after
			clean, _ := redact(text, []byte(data))
			if bytes.Contains(clean, []byte(canary)) {
				t.Errorf("%q is left of %q", clean, data)
			}
			if got, want := bytes.Count(append(clean, '\n'), []byte("\n")), strings.Count(strings.TrimSuffix(data, "\n")+"\n", "\n"); got != want && got != want+1 {
				t.Errorf("%d lines of %q are %d", want, data, got)
			}
			if again, line := redact(text, clean); line != 0 {
				t.Errorf("%q was changed again: %q", clean, again)
			}
		}
	})
}

// FuzzExcerpt: what is shown is short, one line, and has no control characters.
func FuzzExcerpt(f *testing.F) {
	for _, s := range tricky {
		f.Add(s, 20)
	}
	f.Fuzz(func(t *testing.T, line string, limit int) {
		limit = max(0, limit%500)
		shown := Excerpt(line, limit)
		if len(shown) > limit || hasControl(shown) {
			t.Errorf("%q: %q", line, shown)
		}
	})
}

// FuzzProcesses: lines of ps and blocks of systemctl make processes in order.
func FuzzProcesses(f *testing.F) {
	f.Add("  1 0 100 init /sbin/init\n 2 1 5 sshd\n", unit("2", "active", "@5", "@7"))
	f.Fuzz(func(t *testing.T, ps, show string) {
		c := Taken(Capture{}, NewMemory(), map[string]Command{"ps": {Out: []byte(ps)}, "systemctl-show": {Out: []byte(show)}})
		all, err := c.Processes()
		if err != nil {
			return
		}
		if !slices.IsSortedFunc(all, func(a, b Process) int { return a.PID - b.PID }) {
			t.Errorf("%v", all)
		}
		if r, err := c.Running("sshd"); err != nil || r.Name == "" && r.Since != (time.Time{}) {
			t.Errorf("%v, %v", r, err)
		}
	})
}
