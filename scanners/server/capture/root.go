package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// fileLimit is the size of the largest file that is captured, as in the script.
const fileLimit = 4 << 20

// ReadRoot reads an unpacked root directory, or a mounted image: a file system that is an fs.ReadLinkFS. Nothing runs in it, so that
// what only a running host knows is not collected. Files are read when they are asked for, without their secrets, as the capture
// script leaves them out. Links never leave the root: absolute ones begin at it again, and .. ends there.
func ReadRoot(root fs.FS, host string) (*Capture, error) {
	links, ok := root.(fs.ReadLinkFS)
	if !ok {
		return nil, errors.New("read root: links cannot be read in this file system")
	}
	if _, err := fs.Stat(root, "."); err != nil {
		return nil, fmt.Errorf("read root: %w", err)
	}
	r := &rootFiles{root: links, read: map[string]contents{}}
	r.partial = r.parts()
	c := &Capture{Host: host, Root: true, Partial: r.partial, files: r, commands: map[string]Command{}}
	if name, err := r.Read("/etc/hostname"); err == nil && host == "" && !hasControl(strings.TrimSpace(string(name))) {
		c.Host = strings.TrimSpace(string(name))
	}
	r.tell(c.commands)
	return c, nil
}

// rootFiles are the files of an unpacked root directory.
type rootFiles struct {
	root    fs.ReadLinkFS
	partial []string // what a missing path says nothing of
	mu      sync.Mutex
	read    map[string]contents // by resolved path
}

// contents is what reading a file gave.
type contents struct {
	data     []byte
	redacted bool
	err      error
}

// unknown are the directories of which an unpacked root tells nothing: the kernel and running programs fill them.
func unknown(name string) bool {
	for _, dir := range []string{"/dev", "/proc", "/run", "/sys"} {
		if name == dir || strings.HasPrefix(name, dir+"/") {
			return true
		}
	}
	return false
}

// Read returns the contents of a file, secrets replaced.
func (r *rootFiles) Read(name string) ([]byte, error) {
	at, info, err := r.walk(name)
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("not a regular file: %w", fs.ErrInvalid)
	}
	if err == nil {
		c := r.contents(at)
		if err = c.err; err == nil {
			return c.data, nil
		}
	}
	return nil, fmt.Errorf("read %s: %w", name, err)
}

// contents reads a file once.
func (r *rootFiles) contents(at string) contents {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, ok := r.read[at]
	if !ok {
		c = r.load(at)
		r.read[at] = c
	}
	return c
}

// load reads a file as the script would have captured it.
func (r *rootFiles) load(at string) contents {
	data, err := r.raw(at, fileLimit)
	switch {
	case err != nil:
		return contents{err: err}
	case secretName(lower(at)):
		return contents{err: ErrRedacted}
	case !configuration(at) && !bytes.HasPrefix(data, []byte("#!")):
		return contents{err: ErrNotCollected}
	case bytes.IndexByte(data, 0) >= 0:
		return contents{err: fmt.Errorf("not text: %w", ErrNotCollected)}
	}
	data, line := redact(kindOf(at), data)
	return contents{data: data, redacted: line > 0}
}

// raw returns the bytes of a file of a resolved path. They may hold secrets.
func (r *rootFiles) raw(at string, limit int64) ([]byte, error) {
	f, err := r.root.Open(inRoot(at))
	if err != nil {
		return nil, plainError(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, ErrNotCollected
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	switch {
	case err != nil:
		return nil, plainError(err)
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("larger than %d bytes: %w", limit, ErrNotCollected)
	}
	return data, nil
}

// Stat tells about a file or directory.
func (r *rootFiles) Stat(name string) (Info, error) {
	at, info, err := r.walk(name)
	if err != nil {
		return Info{}, fmt.Errorf("look at %s: %w", name, err)
	}
	return r.info(at, info), nil
}

// info translates what a file system tells. Whether a file was redacted is known of files that were read.
func (r *rootFiles) info(at string, info fs.FileInfo) Info {
	uid, gid := owner(info.Sys())
	told := Info{Mode: info.Mode(), UID: uid, GID: gid, ModTime: info.ModTime().UTC().Truncate(1e9), Size: info.Size()}
	if told.Mode.IsDir() {
		told.Size = 0
	} else if !told.Mode.IsRegular() {
		told.Mode = told.Mode&^fs.ModeType | fs.ModeIrregular
		told.Size = 0
	}
	r.mu.Lock()
	told.Redacted = r.read[at].redacted
	r.mu.Unlock()
	return told
}

// owner finds the owner in what the system tells of a file, whose type differs between systems.
func owner(sys any) (uid, gid int) {
	v := reflect.Indirect(reflect.ValueOf(sys))
	if v.Kind() != reflect.Struct {
		return 0, 0
	}
	number := func(name string) int {
		if f := v.FieldByName(name); f.IsValid() && f.CanUint() {
			return int(f.Uint())
		}
		return 0
	}
	return number("Uid"), number("Gid")
}

// List returns the names in a directory, sorted. Names with control characters make it incomplete, as in the script.
func (r *rootFiles) List(dir string) ([]string, error) {
	at, info, err := r.walk(dir)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("list %s: not a directory: %w", dir, fs.ErrInvalid)
	}
	entries, err := fs.ReadDir(r.root, inRoot(at))
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, plainError(err))
	}
	var names []string
	for _, e := range entries {
		if hasControl(e.Name()) {
			return nil, fmt.Errorf("list %s: a name has control characters: %w", dir, ErrNotCollected)
		}
		names = append(names, e.Name())
	}
	slices.Sort(names)
	return names, nil
}

// Link returns where a symbolic link points; the link itself is not followed.
func (r *rootFiles) Link(name string) (string, error) {
	name = path.Clean("/" + name)
	at, _, err := r.walk(path.Dir(name))
	if err != nil {
		return "", fmt.Errorf("read link %s: %w", name, err)
	}
	at = path.Join(at, path.Base(name))
	info, err := r.lstat(at)
	switch {
	case err != nil:
		return "", fmt.Errorf("read link %s: %w", name, err)
	case info.Mode()&fs.ModeSymlink == 0:
		return "", fmt.Errorf("read link %s: %w", name, ErrNotLink)
	}
	target, err := r.root.ReadLink(inRoot(at))
	if err != nil {
		return "", fmt.Errorf("read link %s: %w", name, plainError(err))
	}
	return target, nil
}

// walk follows a path and its links, and returns the path without links.
func (r *rootFiles) walk(name string) (string, fs.FileInfo, error) {
	if len(name) >= pathLimit {
		return "", nil, errLong
	}
	at, rest, links := "/", strings.Split(name, "/"), 0
	info, err := r.lstat(at)
	for len(rest) > 0 && err == nil {
		part := rest[0]
		rest = rest[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			at = path.Dir(at)
			info, err = r.lstat(at)
			continue
		}
		next := path.Join(at, part)
		if info, err = r.lstat(next); err != nil {
			break
		}
		switch {
		case info.Mode()&fs.ModeSymlink != 0:
			if links++; links > linkLimit {
				return "", nil, fmt.Errorf("too many links: %w", fs.ErrInvalid)
			}
			var target string
			if target, err = r.root.ReadLink(inRoot(next)); err != nil {
				return "", nil, plainError(err)
			}
			if strings.HasPrefix(target, "/") {
				at = "/"
			}
			rest = append(strings.Split(target, "/"), rest...)
			info, err = r.lstat(at)
		case len(rest) > 0 && !info.IsDir():
			return "", nil, fmt.Errorf("%s is not a directory: %w", next, fs.ErrNotExist)
		default:
			at = next
		}
	}
	return at, info, err
}

// lstat looks at a path whose directories are no links. Names that are no UTF-8 cannot be asked for: https://pkg.go.dev/io/fs#ValidPath
func (r *rootFiles) lstat(at string) (fs.FileInfo, error) {
	if unknown(at) || !fs.ValidPath(inRoot(at)) {
		return nil, ErrNotCollected
	}
	info, err := r.root.Lstat(inRoot(at))
	if errors.Is(err, fs.ErrNotExist) && r.untold(at) {
		return nil, ErrNotCollected
	}
	return info, plainError(err)
}

// inRoot is a path as io/fs has it.
func inRoot(at string) string {
	if at == "/" {
		return "."
	}
	return strings.TrimPrefix(at, "/")
}

// plainError keeps what an error means, without the names in it.
func plainError(err error) error {
	for _, known := range []error{fs.ErrNotExist, fs.ErrPermission} {
		if errors.Is(err, known) {
			return known
		}
	}
	if err != nil {
		return ErrNotCollected
	}
	return nil
}
