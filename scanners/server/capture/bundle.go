package capture

import (
	"errors"
	"io"
	"io/fs"
)

// Limits bound what a bundle may hold.
type Limits struct {
	Entries int   // files and commands
	File    int64 // bytes of one file
	Total   int64 // bytes of all files, after decompression
}

// DefaultLimits are far above what a host has.
func DefaultLimits() Limits { return Limits{Entries: 100_000, File: 32 << 20, Total: 512 << 20} }

// ReadBundle reads a bundle that the capture script wrote, and returns the SHA-256 and the size of its bytes.
func ReadBundle(r io.Reader, l Limits) (*Capture, string, int, error) {
	return nil, "", 0, errors.New("not there yet")
}

// ReadRoot reads an unpacked root directory. Nothing runs in it.
func ReadRoot(root fs.FS, host string) (*Capture, error) {
	return nil, errors.New("not there yet")
}
