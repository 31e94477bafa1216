package capture

import (
	"errors"
	"fmt"
	"strings"
)

// ErrTooMany says that files include each other too deep, or are too many.
var ErrTooMany = errors.New("too many files include each other")

// Unread is a file, a directory or a pattern that could not be read.
type Unread struct {
	Path string
	Err  error
}

// Includes reads the files of a configuration that include each other, and remembers which they were. It reads none that lies too deep,
// for one that includes itself would never end, and so many at most, for those that name each other several times multiply.
type Includes struct {
	From  Files
	Depth int // how deep files may include each other

	Files  []string // that were read, in order
	Unread []Unread // that could not be read, and may say anything

	depth, count, bytes int
}

// Limits against hostile input, of all files of one configuration together.
const (
	includesLimit = 2000
	bytesLimit    = 64 << 20
	unreadLimit   = 100
)

// Read has a file used. What use itself reads lies one deeper. The error is that of use, or why the file could not be read.
func (i *Includes) Read(name string, use func(text string) error) error {
	return i.deeper(func() error {
		data, err := i.From.Read(name)
		if err != nil {
			return err
		}
		i.Files, i.bytes = append(i.Files, name), i.bytes+len(data)
		return use(string(data))
	})
}

// List has the names in a directory used: for daemons that read the directories in it too, of which some may be links to itself.
func (i *Includes) List(dir string, use func(names []string) error) error {
	return i.deeper(func() error {
		names, err := i.From.List(dir)
		if err != nil {
			return err
		}
		return use(names)
	})
}

// deeper does what lies one deeper, unless that is too deep, or too much.
func (i *Includes) deeper(do func() error) error {
	if i.depth > i.Depth || i.count >= includesLimit || i.bytes > bytesLimit {
		return ErrTooMany
	}
	i.count++
	i.depth++
	defer func() { i.depth-- }()
	return do()
}

// Lines has the lines of a file used, without their ends, up to the first that use finds wrong.
func (i *Includes) Lines(name string, use func(line string, number int) error) error {
	return i.Read(name, func(text string) error {
		number := 0
		for line := range strings.Lines(text) {
			number++
			if err := use(strings.TrimSuffix(line, "\n"), number); err != nil {
				return fmt.Errorf("%s:%d: %w", name, number, err)
			}
		}
		return nil
	})
}

// Miss notes what could not be read. No error is nothing to note.
func (i *Includes) Miss(path string, err error) {
	if err != nil && len(i.Unread) < unreadLimit {
		i.Unread = append(i.Unread, Unread{path, err})
	}
}
