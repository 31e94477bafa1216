package capture

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits bound what a bundle may hold.
type Limits struct {
	Entries int   // files and commands
	File    int64 // bytes of one file
	Total   int64 // bytes of all files, after decompression
}

// DefaultLimits are far above what a host has.
func DefaultLimits() Limits { return Limits{Entries: 100_000, File: 32 << 20, Total: 512 << 20} }

// errAgain is what to do about a bundle that is not as the script writes it.
const errAgain = "capture the host again with the script that this version prints"

// ReadBundle reads a bundle that the capture script wrote, and returns the SHA-256 and the size of its bytes. A bundle that is not
// whole, that is not what its manifest says, or in which a secret is left, is refused; the error names the entry.
func ReadBundle(r io.Reader, l Limits) (*Capture, string, int, error) {
	raw := &measured{r: r, left: l.Total, sum: sha256.New(), why: errors.New("the bundle is larger than a bundle may be")}
	entries, err := readTar(bufio.NewReader(raw), l)
	if err == nil {
		_, err = io.Copy(io.Discard, raw)
	}
	if err != nil {
		return nil, "", 0, fmt.Errorf("read bundle: %w", err)
	}
	c, err := assemble(entries, l)
	if err == nil {
		err = scan(entries)
	}
	if err != nil {
		return nil, "", 0, fmt.Errorf("read bundle: %w", err)
	}
	return c, hex.EncodeToString(raw.sum.Sum(nil)), raw.size, nil
}

// measured counts and hashes what is read through it, and ends with why when it is more than is left.
type measured struct {
	r    io.Reader
	left int64
	size int
	sum  interface {
		io.Writer
		Sum([]byte) []byte
	}
	why error
}

// Read reads, counts and hashes.
func (m *measured) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	if m.left -= int64(n); m.left < 0 {
		return 0, m.why
	}
	m.size += n
	if m.sum != nil {
		_, _ = m.sum.Write(b[:n])
	}
	return n, err
}

// readTar reads all entries of an archive, compressed or not.
func readTar(r *bufio.Reader, l Limits) (map[string][]byte, error) {
	var plain io.Reader = r
	if magic, _ := r.Peek(2); string(magic) == "\x1f\x8b" {
		unzipped, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("decompress: %w", err)
		}
		plain = unzipped
	}
	plain = &measured{r: plain, left: l.Total, why: fmt.Errorf("it holds more than %d bytes", l.Total)}
	entries, archive := map[string][]byte{}, tar.NewReader(plain)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			// What follows the end of the archive is read so that a cut compressed file is noticed.
			_, err = io.Copy(io.Discard, plain)
			return entries, err
		}
		if err != nil {
			return nil, fmt.Errorf("the archive cannot be read after %d entries: %w; %s", len(entries), err, errAgain)
		}
		data, err := readEntry(archive, header, l)
		if err != nil {
			return nil, err
		}
		if _, twice := entries[header.Name]; twice {
			return nil, fmt.Errorf("entry %q is there twice; %s", header.Name, errAgain)
		}
		if entries[header.Name] = data; len(entries) > l.Entries {
			return nil, fmt.Errorf("it has more than %d entries", l.Entries)
		}
	}
}

// readEntry reads one entry. The script writes regular files alone, at clean relative paths: links, devices and the like are in the
// manifest, never in the archive.
func readEntry(r io.Reader, h *tar.Header, l Limits) ([]byte, error) {
	switch {
	case h.Typeflag != tar.TypeReg:
		return nil, fmt.Errorf("entry %q is no regular file; %s", h.Name, errAgain)
	case !cleanName(h.Name):
		return nil, fmt.Errorf("entry %q has a name that the script does not write; %s", h.Name, errAgain)
	case h.Size > l.File:
		return nil, fmt.Errorf("entry %q is larger than %d bytes", h.Name, l.File)
	}
	data, err := io.ReadAll(io.LimitReader(r, l.File+1))
	if err != nil {
		return nil, fmt.Errorf("entry %q cannot be read: %w; %s", h.Name, err, errAgain)
	}
	if int64(len(data)) > l.File {
		return nil, fmt.Errorf("entry %q is larger than %d bytes", h.Name, l.File)
	}
	return data, nil
}

// cleanName says whether the script may have written an entry of this name.
func cleanName(name string) bool {
	if path.Clean(name) != name || hasControl(name) {
		return false
	}
	base, isCommand := strings.CutPrefix(name, "cmd/")
	return name == "manifest" || strings.HasPrefix(name, "root/") || isCommand && !strings.Contains(base, "/")
}

func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r != utf8.RuneError && r < 0x80 && unicode.IsControl(r) })
}
