package capture

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

// format is the version of the manifest that this package reads.
const format = "1"

// manifest is a bundle while its manifest is read.
type manifest struct {
	entries map[string][]byte
	told    map[string]bool // entries of the archive that the manifest names
	capture *Capture
	memory  *Memory
	ended   bool
}

// assemble makes a capture of the entries of a bundle.
func assemble(entries map[string][]byte, l Limits) (*Capture, error) {
	text, ok := entries["manifest"]
	if !ok {
		return nil, fmt.Errorf("it has no manifest: it is no bundle, or it was cut; %s", errAgain)
	}
	memory := NewMemory()
	m := &manifest{entries: entries, told: map[string]bool{"manifest": true}, memory: memory,
		capture: &Capture{files: memory, commands: map[string]Command{}}}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(lines) > 4*l.Entries {
		return nil, fmt.Errorf("its manifest has more than %d lines", 4*l.Entries)
	}
	for n, line := range lines {
		if err := m.line(n, strings.Split(line, "\t")); err != nil {
			return nil, fmt.Errorf("manifest:%d: %w", n+1, err)
		}
		if len(memory.nodes) > 4*l.Entries {
			return nil, fmt.Errorf("manifest:%d: it has more than %d files and directories", n+1, 4*l.Entries)
		}
	}
	if !m.ended {
		return nil, fmt.Errorf("its manifest was cut; %s", errAgain)
	}
	for name := range entries {
		if !m.told[name] {
			return nil, fmt.Errorf("entry %q is not in the manifest; %s", name, errAgain)
		}
	}
	_, m.capture.Live = m.capture.commands["ps"]
	return m.capture, nil
}

// errLine says that a line is none that the script writes.
var errLine = errors.New("a line that the script does not write; " + errAgain)

// line reads one line of the manifest: words between tabs.
func (m *manifest) line(n int, f []string) error {
	if n == 0 {
		return version(f)
	}
	if m.ended || hasControl(strings.Join(f, "")) {
		return errLine
	}
	switch key := f[0] + "/" + strconv.Itoa(len(f)); key {
	case "host/2", "time/2", "uid/2", "script/2":
		return m.head(f[0], f[1])
	case "absent/2", "refused/2":
		return m.absent(f[0], f[1])
	case "dir/7", "file/9", "link/7", "other/6":
		return m.node(f)
	case "cmd/6":
		return m.command(f)
	case "end/1":
		m.ended = true
		return nil
	}
	return errLine
}

// version checks the first line.
func version(f []string) error {
	switch {
	case len(f) != 2 || f[0] != "tomscan-capture":
		return errLine
	case f[1] != format:
		return fmt.Errorf("format %q is not %s, the one that this version reads; %s", f[1], format, errAgain)
	}
	return nil
}

// head reads what is known of the capture as a whole.
func (m *manifest) head(key, value string) error {
	switch key {
	case "host":
		m.capture.Host = value
	case "time":
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds < 0 || seconds > 1<<40 {
			return errLine
		}
		m.capture.At = time.Unix(seconds, 0).UTC()
	case "uid":
		m.capture.Root = value == "0"
	case "script":
		m.capture.Script = strings.TrimPrefix(value, "-")
	}
	return nil
}

// absent reads a path that is known not to be there, or that could not be looked at.
func (m *manifest) absent(what, name string) error {
	if !cleanPath(name) {
		return errLine
	}
	if what == "absent" {
		m.memory.covered[name] = true
	} else {
		m.memory.refused[name] = true
	}
	return nil
}

// node reads a directory, file, link or other thing: mode, uid, gid, time, and what is particular to each.
func (m *manifest) node(f []string) error {
	info, err := metadata(f)
	if err != nil {
		return err
	}
	switch f[0] {
	case "dir":
		return m.dir(info, f[5], f[6])
	case "file":
		return m.file(info, f[5:])
	case "link":
		if !cleanPath(f[5]) || f[5] == "/" || f[6] == "" || len(f[6]) >= pathLimit {
			return errLine
		}
		return m.memory.insert(f[5], &node{info: info, link: f[6]})
	}
	if !cleanPath(f[5]) {
		return errLine
	}
	info.Mode |= fs.ModeIrregular
	return m.memory.insert(f[5], &node{info: info})
}

// metadata reads mode (octal), uid, gid and time.
func metadata(f []string) (Info, error) {
	mode, err1 := strconv.ParseUint(f[1], 8, 12)
	uid, err2 := strconv.ParseUint(f[2], 10, 32)
	gid, err3 := strconv.ParseUint(f[3], 10, 32)
	at, err4 := strconv.ParseInt(f[4], 10, 48)
	if errors.Join(err1, err2, err3, err4) != nil {
		return Info{}, errLine
	}
	return Info{Mode: fileMode(mode, f[0]), UID: int(uid), GID: int(gid), ModTime: time.Unix(at, 0).UTC()}, nil
}

// fileMode translates the bits of a mode and the word for its type.
func fileMode(bits uint64, what string) fs.FileMode {
	mode := fs.FileMode(bits & 0o777)
	if bits&0o1000 != 0 {
		mode |= fs.ModeSticky
	}
	if bits&0o2000 != 0 {
		mode |= fs.ModeSetgid
	}
	if bits&0o4000 != 0 {
		mode |= fs.ModeSetuid
	}
	switch what {
	case "dir":
		mode |= fs.ModeDir
	case "link":
		mode |= fs.ModeSymlink
	}
	return mode
}

// dir reads a directory: whole where all names in it are in the manifest, part where some are, refused where nobody could look.
func (m *manifest) dir(info Info, state, name string) error {
	n := &node{info: info, names: map[string]bool{}, listed: state == "whole"}
	switch {
	case !cleanPath(name):
		return errLine
	case state == "refused":
		n.err = fs.ErrPermission
	case state != "whole" && state != "part":
		return errLine
	}
	return m.memory.insert(name, n)
}

// file reads a file: its size, what was done with it, the hash of its entry, its path.
func (m *manifest) file(info Info, f []string) error {
	size, err := strconv.ParseInt(f[0], 10, 64)
	state, sum, name := f[1], f[2], f[3]
	if err != nil || size < 0 || !cleanPath(name) || name == "/" {
		return errLine
	}
	info.Size = size
	n := &node{info: info}
	switch state {
	case "whole", "redacted":
		if n.data, err = m.take("root"+name, sum); err != nil {
			return err
		}
		n.info.Redacted = state == "redacted"
		if !n.info.Redacted {
			n.info.SHA256 = sum
		}
	case "secret":
		n.err = ErrRedacted
	case "refused":
		n.err = fs.ErrPermission
	case "stat", "large", "binary":
		n.err = ErrNotCollected
	default:
		return errLine
	}
	return m.memory.insert(name, n)
}

// command reads a command: exit status, hashes of what it printed, name, line.
func (m *manifest) command(f []string) error {
	exit, err := strconv.Atoi(f[1])
	if err != nil || exit < 0 || exit > 255 {
		return errLine
	}
	out, err1 := m.take("cmd/"+f[4]+".out", f[2])
	stderr, err2 := m.take("cmd/"+f[4]+".err", f[3])
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	m.capture.commands[f[4]] = Command{Line: f[5], Exit: exit, Out: out, Err: stderr}
	return nil
}

// take returns an entry whose hash is the one that the manifest tells.
func (m *manifest) take(name, sum string) ([]byte, error) {
	data, ok := m.entries[name]
	switch {
	case !ok:
		return nil, fmt.Errorf("entry %q is missing; %s", name, errAgain)
	case m.told[name]:
		return nil, fmt.Errorf("entry %q is named twice; %s", name, errAgain)
	}
	m.told[name] = true
	if real := sha256.Sum256(data); hex.EncodeToString(real[:]) != sum {
		return nil, fmt.Errorf("entry %q was changed after the capture: its hash is not the manifest's; %s", name, errAgain)
	}
	return data, nil
}

// cleanPath says whether a path is absolute, no longer than one may be, and has no . or .. or double slash.
func cleanPath(name string) bool {
	return strings.HasPrefix(name, "/") && len(name) < pathLimit && path.Clean(name) == name
}
