package server

import (
	"io/fs"
	"path"
	"testing"
	"testing/fstest"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// watched is an unpacked root that holds its reader to names within it: none leads through a link, which the system would follow out of
// the root, and nothing is opened but files and directories, for a pipe never ends and a device is none of the root's.
type watched struct {
	fstest.MapFS
	t *testing.T
}

func (w watched) look(name string) {
	if !fs.ValidPath(name) {
		w.t.Errorf("%q is asked for, which is no path in a root", name)
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if f := w.MapFS[dir]; f != nil && f.Mode&fs.ModeSymlink != 0 {
			w.t.Errorf("%q is asked for, through the link %s", name, dir)
		}
	}
}

func (w watched) Open(name string) (fs.File, error) {
	w.look(name)
	if f := w.MapFS[name]; f != nil && f.Mode.Type() != 0 {
		w.t.Errorf("%q is opened, which is no file: %s", name, f.Mode)
	}
	return w.MapFS.Open(name)
}

func (w watched) ReadDir(name string) ([]fs.DirEntry, error) {
	w.look(name)
	if f := w.MapFS[name]; f != nil && f.Mode.Type() != 0 {
		w.t.Errorf("%q is listed, which is no directory: %s", name, f.Mode)
	}
	return w.MapFS.ReadDir(name)
}

func (w watched) Lstat(name string) (fs.FileInfo, error) { w.look(name); return w.MapFS.Lstat(name) }

func (w watched) ReadLink(name string) (string, error) { w.look(name); return w.MapFS.ReadLink(name) }

// tree is a root with two texts, one of them where a daemon reads it, a link, a pipe and a device. No text is read where the place is a
// command.
func (p place) tree(text, more, target string) fstest.MapFS {
	m := fstest.MapFS{
		"etc/more": {Data: []byte(more)}, "etc/link": {Data: []byte(target), Mode: fs.ModeSymlink},
		"etc/d/more.conf": {Data: []byte(more)}, "etc/d/link.conf": {Data: []byte(target), Mode: fs.ModeSymlink},
		"etc/pipe": {Mode: fs.ModeNamedPipe}, "etc/d/pipe.conf": {Mode: fs.ModeNamedPipe}, "etc/disk": {Mode: fs.ModeDevice},
		"etc/passwd": {Data: []byte("root:x:0:0::/root:/bin/sh\n")},
	}
	if p.file != "" {
		m[p.file] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// FuzzRead reads a whole host of which one file or one answer of a command is anything: no reader leaves the root, and every position is one.
func FuzzRead(f *testing.F) {
	all := places()
	for n, p := range all {
		for _, include := range p.includes {
			f.Add(uint8(n), include+"/etc/link\n"+include+"/etc/d/*.conf\n"+include+"/etc/pipe\n"+include+"../../../etc/disk\n", include+"/proc/self/root/etc/passwd\n", "../../../../../etc/shadow")
			f.Add(uint8(n), include+"/etc/d\n"+include+"d\n", include+"/etc/link/../more\n", "/proc/self/root")
		}
		f.Add(uint8(n), p.seed, "", "link")
	}
	f.Fuzz(func(t *testing.T, n uint8, text, more, target string) {
		p := all[int(n)%len(all)]
		root, err := capture.ReadRoot(watched{p.tree(text, more, target), t}, "h")
		if err != nil {
			t.Fatal(err)
		}
		commands := map[string]capture.Command{}
		if p.command != "" {
			commands[p.command] = capture.Command{Line: p.command, Out: []byte(text)}
			commands["uname"] = capture.Command{Line: "uname -srm", Out: []byte("Linux 6.1 x86_64\n")}
		}
		s := Read(capture.Taken(capture.Capture{Root: true, Live: p.command != ""}, root, commands), Target{Name: "h"})
		for _, fact := range s.Facts {
			for _, at := range fact.At {
				if at.Call == "" && (!path.IsAbs(at.File) || at.StartLine < 0 || at.EndLine < at.StartLine) {
					t.Errorf("%s stands at %+v", fact.Address, at)
				}
			}
		}
	})
}
