package capture

import (
	"errors"
	"io/fs"
)

// ReadRoot reads an unpacked root directory. Nothing runs in it.
func ReadRoot(root fs.FS, host string) (*Capture, error) {
	return nil, errors.New("not there yet")
}
