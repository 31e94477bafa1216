package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"
)

// bundleParts are a bundle before it is written: the manifest, in which * stands for the hash of an entry, and the entries. Entries of
// commands that printed nothing need not be there.
type bundleParts struct {
	manifest string
	entries  map[string]string
}

// write makes the archive.
func (b bundleParts) write() ([]byte, error) {
	entries := maps.Clone(b.entries)
	lines := strings.Split(strings.TrimSuffix(b.manifest, "\n"), "\n")
	for n, line := range lines {
		f := strings.Split(line, "\t")
		switch {
		case f[0] == "file" && len(f) == 9 && f[7] == "*":
			f[7] = entryHash(entries, "root"+f[8])
		case f[0] == "cmd" && len(f) == 6:
			for i, kind := range []string{".out", ".err"} {
				if f[2+i] == "*" {
					f[2+i] = entryHash(entries, "cmd/"+f[4]+kind)
				}
			}
		}
		lines[n] = strings.Join(f, "\t")
	}
	entries["manifest"] = strings.Join(lines, "\n") + "\n"
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(entries[name])), Typeflag: tar.TypeReg, Format: tar.FormatGNU}); err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(entries[name])); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), w.Close()
}

// entryHash is the hash of an entry, which is there afterwards.
func entryHash(entries map[string]string, name string) string {
	entries[name] += ""
	sum := sha256.Sum256([]byte(entries[name]))
	return hex.EncodeToString(sum[:])
}

// textBundle makes a bundle of its text form: a txtar file with the manifest and the entries.
func textBundle(tb testing.TB, file string) []byte {
	tb.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	parts := bundleParts{entries: map[string]string{}}
	for _, f := range archive.Files {
		parts.entries[f.Name] = string(f.Data)
	}
	parts.manifest = parts.entries["manifest"]
	data, err := parts.write()
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// treeParts are the parts of a bundle of a host: dir/root is its root directory, of which everything is known, dir/cmd/NAME what a
// command printed. Lines of dir/manifest count instead of those that are made for their path or command; a file whose hash there is - was
// looked at alone, whatever stands in it.
func treeParts(host string, dir fs.FS) (bundleParts, error) {
	b := bundleParts{entries: map[string]string{}}
	own, _ := fs.ReadFile(dir, "manifest")
	said, unread := map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(string(own)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		at := f[len(f)-1]
		if f[0] == "cmd" {
			at = "/cmd/" + f[4]
		}
		said[at], unread[at] = true, f[0] == "file" && f[7] == "-"
	}
	var made strings.Builder
	err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		at := "/" + strings.TrimPrefix(strings.TrimPrefix(name, "root"), "/")
		switch isRoot := name == "root" || strings.HasPrefix(name, "root/"); {
		case err != nil || d.IsDir() && !isRoot:
		case unread[at]:
		case said[at] || d.IsDir():
			if !said[at] {
				fmt.Fprintf(&made, "dir\t755\t0\t0\t0\twhole\t%s\n", at)
			}
			if entry := name; !d.IsDir() {
				if !isRoot {
					entry += ".out"
				}
				b.entries[entry], err = readString(dir, name)
			}
		case isRoot:
			b.entries[name], err = readString(dir, name)
			fmt.Fprintf(&made, "file\t644\t0\t0\t0\t%d\twhole\t*\t%s\n", len(b.entries[name]), at)
		case strings.HasPrefix(name, "cmd/"):
			b.entries[name+".out"], err = readString(dir, name)
			fmt.Fprintf(&made, "cmd\t0\t*\t*\t%s\t%s\n", path.Base(name), path.Base(name))
		}
		return err
	})
	b.manifest = "tomscan-capture\t1\nhost\t" + host + "\ntime\t1795262400\nuid\t0\nscript\t-\n" + made.String() + string(own) + "end\n"
	return b, err
}

func readString(dir fs.FS, name string) (string, error) {
	data, err := fs.ReadFile(dir, name)
	return string(data), err
}

// makeBundle runs `bundle FILE HOST DIR`: a bundle of the host that the directory describes, as treeParts reads it.
func makeBundle(s *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		s.Fatalf("usage: bundle FILE HOST DIR")
	}
	parts, err := treeParts(args[1], os.DirFS(s.MkAbs(args[2])))
	s.Check(err)
	data, err := parts.write()
	s.Check(err)
	s.Check(os.WriteFile(s.MkAbs(args[0]), data, 0o600))
}
