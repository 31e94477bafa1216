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
	Files        []string         // that were read, in order
	Unread       []capture.Unread // that could not be read, and may say anything
	Refused      *Setting         // the line of the main file that makes the daemon give up
}

// defaultPort is that of the vendor: https://github.com/NagiosEnterprises/nrpe/blob/master/sample-config/nrpe.cfg.in
const defaultPort = 5666

const (
	depthLimit = 20
	lineLimit  = 2046 // a longer line is read as two: MAX_INPUT_BUFFER
)

// errCut says that a line is too long for the daemon.
var errCut = errors.New("a line that is read as two")

// Load reads a configuration. The error is why the main file could not be read.
func Load(f capture.Files, file string) (Config, error) {
	r := reader{Config: Config{Port: defaultPort}, in: capture.Includes{From: f, Depth: depthLimit}}
	err := r.file(file)
	r.Files, r.Unread = r.in.Files, r.in.Unread
	if w := (wrong{}); errors.As(err, &w) {
		r.Refused, err = &w.Setting, nil
	}
	return r.Config, err
}

type reader struct {
	Config
	in capture.Includes
}

// wrong is a line with which the daemon gives up on a file.
type wrong struct{ Setting }

// Error names no value: it may be a secret.
func (w wrong) Error() string { return "the daemon refuses the line" }

// file reads the lines of a file, up to the first that is wrong.
func (r *reader) file(file string) error {
	return r.in.Lines(file, func(line string, n int) error {
		if len(line) > lineLimit {
			r.in.Miss(file, errCut)
		}
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			return nil
		}
		name, value, _ := strings.Cut(strings.TrimLeft(line, "="), "=") // strtok(3) passes over delimiters in front
		s := Setting{value, file, n}
		if name == "" || value == "" || !r.set(name, s) {
			return wrong{s}
		}
		return nil
	})
}

// set takes an assignment. A blank before the equals sign belongs to the name, which is then no name at all.
func (r *reader) set(name string, s Setting) bool {
	switch name {
	case "include_dir":
		r.directory(strings.TrimSuffix(s.Value, "/"))
	case "include", "include_file":
		r.include(s.Value)
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

// include reads a file that another names, and says whether it could. One that is wrong, or not there, stops nothing.
func (r *reader) include(file string) bool {
	err := r.file(file)
	r.miss(file, err)
	return err == nil
}

// directory reads the files of a directory whose names end in .cfg, and the directories in it, in alphabetical order, up to the first
// that is wrong.
func (r *reader) directory(dir string) bool {
	good := true
	err := r.in.List(dir, func(names []string) error {
		for _, name := range names {
			at := path.Join(dir, name)
			info, err := r.in.From.Stat(at)
			r.miss(at, err)
			switch {
			case err != nil:
			case info.Mode.IsRegular() && len(name) > 4 && strings.HasSuffix(name, ".cfg"):
				good = r.include(at)
			case info.Mode.IsDir() && name[0] != '.':
				good = r.directory(at)
			}
			if !good {
				break
			}
		}
		return nil
	})
	r.miss(dir, err)
	return good && err == nil
}

// miss notes what could not be read, though it may be there.
func (r *reader) miss(name string, err error) {
	if w := (wrong{}); !errors.As(err, &w) && !errors.Is(err, fs.ErrInvalid) {
		r.in.Miss(name, capture.UnlessAbsent(err))
	}
}
