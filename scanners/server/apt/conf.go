package apt

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Item is one value of a configuration. The name of an element of a list ends with "::".
type Item struct {
	Name  string
	Value string
	File  string
	Line  int // 0 where apt-config told it
}

// Conf is a configuration: names count without their case.
type Conf struct {
	items []Item
	steps int // how often a value was set, or a name removed
}

// stepsLimit is far above what a host has: each step may look at all values.
const stepsLimit = 20_000

// errTooMany says that values were not read.
var errTooMany = errors.New("too many values")

// Load reads the files as apt does: those of /etc/apt/apt.conf.d in the order of their names, then /etc/apt/apt.conf. A directory that is
// not there holds nothing. The error is of a file or directory that could not be read, or of a line that apt would refuse.
func Load(f capture.Files) (Conf, error) {
	var c Conf
	names, err := f.List("/etc/apt/apt.conf.d")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	for _, name := range names {
		if !isPart(name) {
			continue
		}
		if err := c.read(f, path.Join("/etc/apt/apt.conf.d", name)); err != nil {
			return c, err
		}
	}
	if err := c.read(f, "/etc/apt/apt.conf"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	return c, nil
}

// isPart says whether a file of apt.conf.d is read: its name has letters, digits, hyphens, underscores and periods only, and no extension
// but conf. Hidden files are not read.
func isPart(name string) bool {
	for _, r := range name {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", r) {
			return false
		}
	}
	extension := path.Ext(name)
	return !strings.HasPrefix(name, ".") && (extension == "" || extension == ".conf")
}

func (c *Conf) read(f capture.Files, name string) error {
	text, err := f.Read(name)
	if err != nil {
		return err
	}
	p := parser{lexer: lexer{text: string(text), line: 1}, file: name, conf: c}
	err = p.parse()
	if err == nil && c.steps > stepsLimit {
		err = errTooMany
	}
	if err != nil {
		return fmt.Errorf("%s:%d: %w", name, p.line, err)
	}
	return nil
}

// Last returns the value of a scalar, the last one that was set.
func (c Conf) Last(name string) (Item, bool) {
	for _, i := range slices.Backward(c.items) {
		if strings.EqualFold(i.Name, name) {
			return i, true
		}
	}
	return Item{}, false
}

// List returns the elements of a list, those that were given with a name of their own included, in order.
func (c Conf) List(name string) []Item {
	var all []Item
	for _, i := range c.items {
		if len(i.Name) > len(name)+1 && strings.EqualFold(i.Name[:len(name)+2], name+"::") && i.Value != "" {
			all = append(all, i)
		}
	}
	return all
}

// set sets a scalar, or appends an element to a list.
func (c *Conf) set(i Item) {
	if c.steps++; c.steps > stepsLimit {
		return
	}
	if !strings.HasSuffix(i.Name, "::") {
		for n := range c.items {
			if strings.EqualFold(c.items[n].Name, i.Name) {
				i.Name = c.items[n].Name
				c.items[n] = i
				return
			}
		}
	}
	c.items = append(c.items, i)
}

// clear removes a name and all below it.
func (c *Conf) clear(name string) {
	if c.steps++; c.steps > stepsLimit {
		return
	}
	c.items = slices.DeleteFunc(c.items, func(i Item) bool {
		return strings.EqualFold(i.Name, name) || len(i.Name) > len(name)+1 && strings.EqualFold(i.Name[:len(name)+2], name+"::")
	})
}
