package capture

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// linkLimit is how many links are followed for one path, as Linux does (MAXSYMLINKS):
// https://man7.org/linux/man-pages/man7/path_resolution.7.html
const linkLimit = 40

// pathLimit is how long a path may be (PATH_MAX), and how long a path is that a link points to. No daemon opens a longer one.
const pathLimit = 4096

// errLong says that a path is too long.
var errLong = fmt.Errorf("a path is longer than %d bytes: %w", pathLimit, fs.ErrInvalid)

type files = Files

// node is a file, directory or link of a memory.
type node struct {
	info  Info
	data  []byte
	link  string          // where a link points
	names map[string]bool // of a directory
	err   error           // what reading it, or listing it, answers
	// listed says that all names in a directory are known; told that the node was added for itself, not for what is below it.
	listed, told bool
}

// Memory is a host's file system in memory. The zero Memory knows nothing.
type Memory struct {
	nodes   map[string]*node
	covered map[string]bool // paths that were looked at with all below them: what is not in them is not there
	refused map[string]bool // paths that nobody could look at
}

// NewMemory makes a file system of which the covered directories were looked at as a whole, with all below them.
func NewMemory(covered ...string) *Memory {
	m := &Memory{nodes: map[string]*node{"/": {info: Info{Mode: fs.ModeDir | 0o755}, names: map[string]bool{}}},
		covered: map[string]bool{}, refused: map[string]bool{}}
	for _, dir := range covered {
		m.covered[dir] = true
	}
	return m
}

// MemoryOf makes a file system of contents by absolute path, everything else being known not to be there: for tests.
func MemoryOf(contents map[string]string) *Memory {
	m := NewMemory("/")
	for _, p := range slices.Sorted(maps.Keys(contents)) {
		m.Add(p, Info{Mode: 0o644, Size: int64(len(contents[p]))}, []byte(contents[p]), nil)
	}
	return m
}

// Add adds a file with its contents, or with the error that reading it answers. A directory has fs.ModeDir.
func (m *Memory) Add(name string, info Info, data []byte, err error) {
	n := &node{info: info, data: data, err: err}
	if info.Mode.IsDir() {
		n.names = map[string]bool{}
		if old := m.nodes[name]; old != nil && old.names != nil {
			n.names = old.names
		}
	}
	m.put(name, n)
}

// AddLink adds a symbolic link.
func (m *Memory) AddLink(name, target string) {
	m.put(name, &node{info: Info{Mode: fs.ModeSymlink | 0o777}, link: target})
}

// insert adds a node of a bundle, which names each path once and nothing below what is no directory.
func (m *Memory) insert(name string, n *node) error {
	n.told = true
	old := m.nodes[name]
	if old != nil && (old.told || n.names == nil && len(old.names) > 0) {
		return fmt.Errorf("%q is named twice, or is a file and a directory; %s", name, errAgain)
	}
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		if above := m.nodes[dir]; above != nil && above.names == nil {
			return fmt.Errorf("%q stands below what is no directory; %s", name, errAgain)
		}
		if dir == "/" {
			break
		}
	}
	if old != nil && n.names != nil {
		n.names = old.names
	}
	m.put(name, n)
	return nil
}

// put adds a node and the directories above it.
func (m *Memory) put(name string, n *node) {
	for m.nodes[name] = n; name != "/"; name = path.Dir(name) {
		above := m.nodes[path.Dir(name)]
		if above == nil || above.names == nil {
			above = &node{info: Info{Mode: fs.ModeDir | 0o755}, names: map[string]bool{}}
			m.nodes[path.Dir(name)] = above
		}
		above.names[path.Base(name)] = true
	}
}

// Read returns the contents of a file.
func (m *Memory) Read(name string) ([]byte, error) {
	n, err := m.find(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", name, err)
	case n.err != nil:
		return nil, fmt.Errorf("read %s: %w", name, n.err)
	case !n.info.Mode.IsRegular():
		return nil, fmt.Errorf("read %s: not a regular file: %w", name, fs.ErrInvalid)
	}
	return n.data, nil
}

// Stat tells about a file or directory.
func (m *Memory) Stat(name string) (Info, error) {
	n, err := m.find(name)
	if err != nil {
		return Info{}, fmt.Errorf("look at %s: %w", name, err)
	}
	return n.info, nil
}

// List returns the names in a directory, sorted. A directory that was not looked at as a whole is ErrNotCollected.
func (m *Memory) List(dir string) ([]string, error) {
	at, n, err := m.walk(dir)
	switch {
	case err != nil:
		return nil, fmt.Errorf("list %s: %w", dir, err)
	case n.err != nil:
		return nil, fmt.Errorf("list %s: %w", dir, n.err)
	case n.names == nil:
		return nil, fmt.Errorf("list %s: not a directory: %w", dir, fs.ErrInvalid)
	case !n.listed && !m.covers(at):
		return nil, fmt.Errorf("list %s: %w", dir, ErrNotCollected)
	}
	return slices.Sorted(maps.Keys(n.names)), nil
}

// Link returns where a symbolic link points; the link itself is not followed.
func (m *Memory) Link(name string) (string, error) {
	dir, _, err := m.walk(path.Dir(name))
	if err != nil {
		return "", fmt.Errorf("read link %s: %w", name, err)
	}
	n := m.nodes[path.Join(dir, path.Base(name))]
	switch {
	case n == nil:
		return "", fmt.Errorf("read link %s: %w", name, m.absent(path.Join(dir, path.Base(name)), path.Join(dir, path.Base(name))))
	case n.link == "":
		return "", fmt.Errorf("read link %s: %w", name, ErrNotLink)
	}
	return n.link, nil
}

func (m *Memory) find(name string) (*node, error) {
	_, n, err := m.walk(name)
	return n, err
}

// walk follows a path and its links, and returns the path without links.
func (m *Memory) walk(name string) (string, *node, error) {
	if len(name) >= pathLimit {
		return "", nil, errLong
	}
	at, rest, links := "/", strings.Split(name, "/"), 0
	for len(rest) > 0 {
		part := rest[0]
		rest = rest[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			at = path.Dir(at)
			continue
		}
		next := path.Join(at, part)
		n := m.nodes[next]
		switch {
		case n == nil:
			return "", nil, m.absent(next, path.Join(append([]string{next}, rest...)...))
		case n.link != "":
			if links++; links > linkLimit {
				return "", nil, fmt.Errorf("too many links: %w", fs.ErrInvalid)
			}
			if strings.HasPrefix(n.link, "/") {
				at = "/"
			}
			rest = append(strings.Split(n.link, "/"), rest...)
		case len(rest) > 0 && n.names == nil:
			return "", nil, fmt.Errorf("%s is not a directory: %w", next, fs.ErrNotExist)
		default:
			at = next
		}
	}
	n := m.nodes[at]
	if n == nil {
		return "", nil, ErrNotCollected
	}
	return at, n, nil
}

// absent is why the path whole is not there, of which name is the first part that is not: it is not, or nobody looked, or could.
func (m *Memory) absent(name, whole string) error {
	if m.refused[whole] {
		return fs.ErrPermission
	}
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		if n := m.nodes[dir]; n != nil && n.err != nil {
			return n.err
		}
		if dir == "/" {
			break
		}
	}
	if above := m.nodes[path.Dir(name)]; above != nil && above.listed || m.covers(whole) {
		return fs.ErrNotExist
	}
	return ErrNotCollected
}

// covers says whether a path was looked at: it is in a covered directory, or is one.
func (m *Memory) covers(name string) bool {
	for dir := name; ; dir = path.Dir(dir) {
		if m.covered[dir] {
			return true
		}
		if dir == "/" {
			return false
		}
	}
}
