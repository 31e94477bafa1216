package mysql

import (
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Server is which server reads the files.
type Server struct {
	MariaDB bool
	Version string // major and minor, such as 10.11 or 8.0
}

// groups are the groups that the server reads.
// https://mariadb.com/docs/server/server-management/starting-and-stopping-mariadb/mariadbd#mariadbd-option-groups-for-mariadbd
// https://dev.mysql.com/doc/refman/8.0/en/option-files.html
func (s Server) groups() []string {
	if !s.MariaDB {
		return []string{"mysqld", "server", "mysqld-" + s.Version}
	}
	return []string{"mysqld", "server", "mysqld-" + s.Version, "mariadb", "mariadb-" + s.Version, "mariadbd", "mariadbd-" + s.Version, "client-server", "galera"}
}

// Option is one assignment. Its name has underscores, and no prefix.
type Option struct {
	Name, Value string
	Bare        bool // it stood without a value
	File        string
	Line        int
}

// Options are the assignments in the order in which they take effect.
type Options struct {
	capture.Includes
	all    []Option
	groups []string // that the server reads
}

// depthLimit is how deep includes are followed. https://github.com/MariaDB/server/blob/main/mysys/my_default.c (max_recursion_level)
const depthLimit = 10

// Load reads the files that the server reads without being told otherwise. A file that is not there is passed over.
func Load(f capture.Files, s Server, files ...string) (*Options, error) {
	if len(files) == 0 {
		files = []string{"/etc/my.cnf", "/etc/mysql/my.cnf"}
	}
	o := &Options{Includes: capture.Includes{From: f, Depth: depthLimit}, groups: s.groups()}
	for _, file := range files {
		err := capture.UnlessAbsent(o.read(file))
		if err != nil && !errors.Is(err, capture.ErrTooMany) {
			return nil, err
		}
		o.Miss(file, err)
	}
	return o, nil
}

// Arguments adds the arguments of a server's command line, which win over files.
func (o *Options) Arguments(line string) {
	for _, word := range strings.Fields(line) {
		if text, ok := strings.CutPrefix(word, "--"); ok {
			option := assignment(text)
			option.File = "arguments"
			o.add(option)
			o.otherFiles(option)
		}
	}
}

// otherFiles notes that the server was told to read other files than those that were read.
// https://mariadb.com/docs/server/server-management/install-and-upgrade-mariadb/configuring-mariadb/configuring-mariadb-with-option-files#global-options-related-to-option-files
func (o *Options) otherFiles(p Option) {
	switch p.Name {
	case "defaults_file", "defaults_extra_file":
		if slices.Contains(o.Files, p.Value) {
			return
		}
	case "defaults_group_suffix", "no_defaults":
	default:
		return
	}
	o.Miss("--"+p.Name, capture.ErrNotCollected)
}

func (o *Options) read(file string) error {
	ours := false
	return o.Lines(file, func(line string, n int) error {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '!':
			o.include(file, line)
		case line[0] == '[':
			name, _, ok := strings.Cut(line[1:], "]")
			if !ok {
				return errors.New("a group without an end")
			}
			ours = slices.Contains(o.groups, strings.TrimRight(name, " \t"))
		case ours:
			option := assignment(withoutComment(line))
			option.File, option.Line = file, n
			o.add(option)
		}
		return nil
	})
}

// include follows !include FILE and !includedir DIR, of which the files that end in .cnf are read.
func (o *Options) include(file, line string) {
	if dir, ok := strings.CutPrefix(line, "!includedir"); ok {
		dir = absolute(file, strings.TrimSpace(dir))
		names, err := o.From.List(dir)
		o.Miss(dir, capture.UnlessAbsent(err))
		for _, name := range names {
			if strings.HasSuffix(name, ".cnf") {
				o.Miss(path.Join(dir, name), o.read(path.Join(dir, name)))
			}
		}
		return
	}
	if target, ok := strings.CutPrefix(line, "!include"); ok {
		target = absolute(file, strings.TrimSpace(target))
		o.Miss(target, o.read(target))
	}
}

func absolute(file, target string) string {
	if path.IsAbs(target) {
		return target
	}
	return path.Join(path.Dir(file), target)
}

// withoutComment cuts a comment at the end of a line: a # outside of quotes.
func withoutComment(line string) string {
	var quote byte
	escaped := false
	for n := range len(line) {
		c := line[n]
		switch {
		case quote != 0 && c == quote && !escaped:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"') && !escaped:
			quote = c
		case quote == 0 && c == '#':
			return strings.TrimRight(line[:n], " \t")
		}
		escaped = quote != 0 && c == '\\' && !escaped
	}
	return line
}

// assignment reads `name = value` or `name`.
func assignment(line string) Option {
	name, value, ok := strings.Cut(line, "=")
	o := Option{Name: strings.ReplaceAll(strings.TrimSpace(name), "-", "_"), Bare: !ok}
	o.Value = unquote(strings.TrimSpace(value))
	return o
}

// unquote takes the quotes from a value and replaces its escapes.
func unquote(v string) string {
	if len(v) >= 2 && (v[0] == '"' || v[0] == '\'') && v[len(v)-1] == v[0] {
		v = v[1 : len(v)-1]
	}
	return strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\r`, "\r", `\b`, "\b", `\s`, " ").Replace(v)
}

// add adds an option under its own name: loose_, skip_, disable_ and enable_ are prefixes. Options whose name itself begins with skip_ keep it.
// https://mariadb.com/docs/server/server-management/install-and-upgrade-mariadb/configuring-mariadb/configuring-mariadb-with-option-files#option-prefixes
func (o *Options) add(p Option) {
	p.Name = strings.TrimPrefix(p.Name, "loose_")
	if !slices.Contains([]string{"skip_networking", "skip_name_resolve", "skip_grant_tables", "skip_external_locking", "skip_show_database", "skip_slave_start"}, p.Name) {
		for _, prefix := range []string{"skip_", "disable_", "enable_"} {
			if name, ok := strings.CutPrefix(p.Name, prefix); ok {
				p.Name, p.Bare = name, false
				p.Value = map[bool]string{true: "ON", false: "OFF"}[prefix == "enable_"]
			}
		}
	}
	o.all = append(o.all, p)
}

// Last returns the assignment that counts: the last one.
func (o *Options) Last(name string) (Option, bool) {
	for _, p := range slices.Backward(o.all) {
		if p.Name == name {
			return p, true
		}
	}
	return Option{}, false
}

// On reads a switch: it is on without a value, and with 1, ON, TRUE and YES. Known is false for any other word but their opposites.
func (p Option) On() (on, known bool) {
	switch strings.ToUpper(p.Value) {
	case "1", "ON", "TRUE", "YES":
		return true, true
	case "0", "OFF", "FALSE", "NO":
		return false, true
	case "":
		return p.Bare, true
	}
	return false, false
}
