package logrotate

import (
	"errors"
	"io/fs"
	"path"
	"slices"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Limits as logrotate has them, and of the number of files, against hostile input.
const (
	nestingLimit = 16
	sizeLimit    = 0xffffff
	filesLimit   = 1000
	bytesLimit   = 64 << 20 // of all files together
	problemLimit = 1000
)

// reader reads files one after the other.
type reader struct {
	Configuration
	files   capture.Files
	logs    []string
	version Version
	taken   map[string]bool // logs that stanzas have, and whether these ignore duplicates
	taboo   []string
	nesting int
	file    string // that is being read
	bytes   int
	failed  bool // an error was met in it
}

// defaultTaboo are the names that are left out of included directories.
func defaultTaboo() []string {
	return []string{"*,v", "*.bak", "*.cfsaved", "*.disabled", "*.dpkg-bak", "*.dpkg-del", "*.dpkg-dist", "*.dpkg-new", "*.dpkg-old", "*.dpkg-tmp", "*.new", "*.old",
		"*.orig", "*.pacnew", "*.pacorig", "*.pacsave", "*.rhn-cfg-tmp-*", "*.rpmnew", "*.rpmorig", "*.rpmsave", "*.swp", "*.ucf-dist", "*.ucf-new", "*.ucf-old", "*~"}
}

// problem notes an error.
func (r *reader) problem(line int, why string, patterns []string) {
	if len(r.Problems) >= problemLimit && patterns == nil {
		return
	}
	r.Problems = append(r.Problems, Problem{Place{r.file, line}, why, patterns})
}

// path reads a file or a directory, and says whether it could. Options of a file with errors are forgotten; its stanzas are not.
func (r *reader) path(name string, o *Options) bool {
	info, err := r.files.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.problem(0, "cannot find "+name, nil)
		return false
	case err != nil:
		r.Unread = append(r.Unread, Unread{name, err})
		return false
	case !info.Mode.IsDir():
		return r.kept(name, info, o)
	}
	names, err := r.files.List(name)
	if err != nil {
		r.Unread = append(r.Unread, Unread{name, err})
		return false
	}
	good := true
	for _, n := range slices.DeleteFunc(slices.Clone(names), r.tabooed) { // before any of them is read
		at := path.Join(name, n)
		info, err := r.files.Stat(at)
		if err != nil {
			r.Unread = append(r.Unread, Unread{at, err})
			continue
		}
		good = r.kept(at, info, o) && good
	}
	return good
}

// kept reads a file and takes back the options that it set where it has an error.
func (r *reader) kept(name string, info capture.Info, o *Options) bool {
	before := *o
	if r.one(name, info, o) {
		return true
	}
	*o = before
	return false
}

// tabooed says whether a name of a directory is left out.
func (r *reader) tabooed(name string) bool {
	return slices.ContainsFunc(r.taboo, func(pattern string) bool { return capture.MatchName(pattern, name) })
}

// one reads a file.
func (r *reader) one(name string, info capture.Info, o *Options) bool {
	file, failed := r.file, r.failed
	defer func() { r.file, r.failed = file, failed }()
	r.file, r.failed = name, false
	switch {
	case !info.Mode.IsRegular():
		return true
	case info.Mode.Perm()&0o022 != 0:
		r.problem(0, "ignored because it is writable by group or others", nil)
		return false
	case info.UID != 0:
		r.problem(0, "ignored because it does not belong to root", nil)
		return false
	case info.Size > sizeLimit || len(r.Files) >= filesLimit || r.bytes > bytesLimit:
		r.problem(0, "ignored because it is too large", nil)
		return false
	}
	data, err := r.files.Read(name)
	if err != nil {
		r.Unread = append(r.Unread, Unread{name, err})
		return false
	}
	r.Files, r.bytes = append(r.Files, name), r.bytes+len(data)
	p := &parser{reader: r, text: string(data), line: 1, global: o, options: o}
	p.parse()
	return !r.failed
}
