// Package rsyslog reads where rsyslog sends messages: files, and other hosts with or without TLS.
//
// Which messages an action gets is not asked, and conditions are taken to hold: an action that stands in the configuration is one
// that may be used. https://www.rsyslog.com/doc/configuration/index.html
package rsyslog

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// MainFile is where rsyslog starts.
const MainFile = "/etc/rsyslog.conf"

// Action is what is done with messages.
type Action struct {
	Place
	Kind   string // file, forward, or other
	Target string // path of a file, or the host
	Port   string

	// Encrypted and Authenticated are of forward: whether TLS is spoken, and whether the receiver's certificate is checked.
	Encrypted, Authenticated Answer
}

// Answer is yes, no, or not known.
type Answer string

// The answers; the zero Answer is not known.
const (
	Yes Answer = "yes"
	No  Answer = "no"
)

// Place is a line of a file.
type Place struct {
	File string
	Line int
}

// Configuration is what rsyslog does.
type Configuration struct {
	Actions []Action
	Files   []string // that were read, in order
	Unread  []Unread // includes that could not be read: actions may be missing
	Opaque  []Place  // what was not understood and may be an action
}

// Unread is a file or pattern that could not be read.
type Unread struct {
	Path string
	Err  error
}

// Limits, against hostile input.
const (
	nestingLimit = 12
	filesLimit   = 1000
	actionsLimit = 10_000
	bytesLimit   = 64 << 20 // of all files together
)

// Load reads a configuration from its main file. The error is fs.ErrNotExist where there is none.
func Load(f capture.Files, main string) (Configuration, error) {
	if _, err := f.Read(main); err != nil {
		return Configuration{}, err
	}
	r := &reader{files: f}
	r.file(main, 0)
	for i := range r.Actions {
		r.Actions[i].answers(r.driver, r.pending[i])
	}
	return r.Configuration, nil
}

// reader reads files one after the other.
type reader struct {
	Configuration
	files   capture.Files
	bytes   int
	driver  string // of streams, where an action does not name its own; the last one that is set counts
	legacy  tls    // as the directives above an action set it
	pending []tls  // of each action
}

// tls is what an action says of its stream.
type tls struct {
	relp   bool // of the relp protocol
	tcp    bool
	driver string
	mode   string
	auth   string
}

// file reads one file.
func (r *reader) file(name string, depth int) {
	data, err := r.files.Read(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil || depth > nestingLimit || len(r.Files) >= filesLimit || r.bytes > bytesLimit:
		r.Unread = append(r.Unread, Unread{name, err})
		return
	}
	r.Files, r.bytes = append(r.Files, name), r.bytes+len(data)
	for _, s := range split(string(data)) {
		r.statement(s, Place{name, s.line}, depth)
	}
}

// include reads the files that match a pattern; relative ones are looked for where the main file is.
func (r *reader) include(pattern string, depth int) {
	if !strings.HasPrefix(pattern, "/") {
		r.Unread = append(r.Unread, Unread{pattern, capture.ErrNotCollected})
		return
	}
	if info, err := r.files.Stat(pattern); err == nil && info.Mode.IsDir() {
		pattern = path.Join(pattern, "*")
	}
	names, err := capture.Glob(r.files, pattern)
	if err != nil {
		r.Unread = append(r.Unread, Unread{pattern, err})
	}
	for _, name := range names {
		r.file(name, depth+1)
	}
}

// answers says whether an action's stream is encrypted, and whether the receiver is checked.
func (a *Action) answers(driver string, t tls) {
	if a.Kind != "forward" {
		return
	}
	a.Encrypted, a.Authenticated = No, No
	switch {
	case t.relp && strings.EqualFold(t.mode, "on"):
		a.Encrypted = Yes
		// https://www.rsyslog.com/doc/configuration/modules/omrelp.html (tls.authmode: without it nobody is checked)
		if slices.Contains([]string{"name", "fingerprint", "certvalid"}, strings.ToLower(t.auth)) {
			a.Authenticated = Yes
		}
	case t.relp || !t.tcp || t.mode == "" || t.mode == "0":
	case t.mode != "1":
		a.Encrypted, a.Authenticated = "", ""
	default:
		a.stream(driver, t)
	}
}

// stream is of TLS in TCP. https://www.rsyslog.com/doc/concepts/ns_gtls.html
func (a *Action) stream(driver string, t tls) {
	if t.driver != "" {
		driver = t.driver
	}
	if !slices.Contains([]string{"gtls", "ossl", "mbedtls"}, strings.ToLower(driver)) {
		a.Encrypted, a.Authenticated = "", "" // a mode that the plain driver refuses
		return
	}
	a.Encrypted = Yes
	switch strings.ToLower(t.auth) {
	case "", "x509/name", "x509/certvalid", "x509/fingerprint": // x509/name is the default
		a.Authenticated = Yes
	case "anon":
	default:
		a.Authenticated = ""
	}
}
