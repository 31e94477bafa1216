// Package nrpe reads the configuration of NRPE, the agent of Nagios: who may ask it, and whether with arguments.
//
// It follows read_config_file: https://github.com/NagiosEnterprises/nrpe/blob/master/src/nrpe.c
package nrpe

import (
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// MainFile is where the packages have the configuration.
const MainFile = "/etc/nagios/nrpe.cfg"

// Setting is an assignment.
type Setting struct {
	Value string
	File  string
	Line  int // 0 where nothing sets it
}

// Config is what the daemon makes of its files.
type Config struct {
	AllowedHosts []Setting // one for each entry of all lists, which add up
	Limited      bool      // a list was given: without one, everyone may ask
	Arguments    Setting   // dont_blame_nrpe; with 1 arguments are taken, if the daemon was built for it
	Address      Setting   // server_address
	Port         int
	Files        []string // that were read, in order
	Unread       []Unread // that could not be read, and may say anything
	Refused      *Setting // the line of the main file that makes the daemon give up
}

// Unread is a file or directory that could not be read.
type Unread struct {
	Path string
	Err  error
}

// defaultPort is that of the vendor: https://github.com/NagiosEnterprises/nrpe/blob/master/sample-config/nrpe.cfg.in
const defaultPort = 5666

// Limits of what is read, against hostile input.
const (
	depthLimit  = 10
	filesLimit  = 1000
	unreadLimit = 100
	lineLimit   = 2046 // a longer line is read as two: MAX_INPUT_BUFFER
)

// ErrTooDeep says that files include each other without end, or more than is read, or have lines that are cut.
var ErrTooDeep = errors.New("not a configuration that is followed")

// Load reads a configuration. The error is why the main file could not be read.
func Load(f capture.Files, file string) (Config, error) {
	c := Config{Port: defaultPort}
	data, err := f.Read(file)
	if err != nil {
		return c, err
	}
	r := reader{f, &c}
	c.Refused = r.file(file, data, 0)
	return c, nil
}

type reader struct {
	files capture.Files
	*Config
}

// file reads the lines of a file, up to the first that is wrong.
func (r reader) file(file string, data []byte, depth int) (wrong *Setting) {
	r.Files = append(r.Files, file)
	for n, line := range strings.Split(string(data), "\n") {
		if len(line) > lineLimit {
			r.unread(file, ErrTooDeep)
		}
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, _ := strings.Cut(strings.TrimLeft(line, "="), "=") // strtok(3) passes over delimiters in front
		s := Setting{value, file, n + 1}
		if name == "" || value == "" || !r.set(name, s, depth) {
			return &s
		}
	}
	return nil
}

// unread notes what could not be read.
func (r reader) unread(name string, err error) {
	if len(r.Unread) < unreadLimit {
		r.Unread = append(r.Unread, Unread{name, err})
	}
}

// set takes an assignment. A blank before the equals sign belongs to the name, which is then no name at all.
func (r reader) set(name string, s Setting, depth int) bool {
	switch name {
	case "include_dir":
		r.directory(strings.TrimSuffix(s.Value, "/"), depth+1)
	case "include", "include_file":
		r.include(s.Value, depth+1)
	case "allowed_hosts":
		r.Limited = true
		for entry := range strings.SplitSeq(s.Value, ",") {
			if entry = strings.TrimSpace(entry); entry != "" {
				r.AllowedHosts = append(r.AllowedHosts, Setting{entry, s.File, s.Line})
			}
		}
	case "dont_blame_nrpe":
		r.Arguments = s
	case "server_address":
		r.Address = s
	case "server_port":
		r.Port = number(s.Value)
		return r.Port >= 1024
	}
	return true
}

// number reads as atoi(3) does: what is no number is 0.
func number(text string) int {
	text = strings.TrimLeft(text, " \t")
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9') {
		end++
	}
	n, err := strconv.Atoi(text[:end])
	if err != nil {
		return 0
	}
	return n
}

// Accepts says whether the configuration asks for arguments to be taken.
func (c Config) Accepts() bool { return number(c.Arguments.Value) == 1 }

// include reads a file that another names. One that is wrong, or not there, stops nothing.
func (r reader) include(file string, depth int) (wrong bool) {
	if depth > depthLimit || len(r.Files) > filesLimit {
		r.unread(file, ErrTooDeep)
		return true
	}
	data, err := r.files.Read(file)
	if err != nil {
		if !absent(err) {
			r.unread(file, err)
		}
		return true
	}
	return r.file(file, data, depth) != nil
}

// directory reads the files of a directory whose names end in .cfg, and the directories in it, in alphabetical order, up to the first
// that is wrong.
func (r reader) directory(dir string, depth int) (wrong bool) {
	names, err := r.files.List(dir)
	if depth > depthLimit {
		err = ErrTooDeep
	}
	if err != nil {
		if !absent(err) {
			r.unread(dir, err)
		}
		return true
	}
	for _, name := range names {
		at := path.Join(dir, name)
		info, err := r.files.Stat(at)
		switch {
		case err != nil:
			if !absent(err) {
				r.unread(at, err)
			}
		case info.Mode.IsRegular() && len(name) > 4 && strings.HasSuffix(name, ".cfg"):
			wrong = r.include(at, depth+1)
		case info.Mode.IsDir() && name[0] != '.':
			wrong = r.directory(at, depth+1)
		}
		if wrong {
			return true
		}
	}
	return false
}

func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) }
