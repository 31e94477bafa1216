// Package rsyslog reads where rsyslog sends messages: files, and other hosts with or without TLS.
//
// Which messages an action gets is not asked, and conditions are taken to hold: an action that stands in the configuration is one
// that may be used. https://www.rsyslog.com/doc/configuration/index.html
package rsyslog

import (
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

// Configuration is what rsyslog does. Actions may be missing where something could not be read.
type Configuration struct {
	capture.Includes
	Actions []Action
	Opaque  []Place // what was not understood and may be an action
}

// Limits, against hostile input.
const (
	nestingLimit = 12
	actionsLimit = 10_000
)

// Load reads a configuration from its main file. The error is fs.ErrNotExist where there is none.
func Load(f capture.Files, main string) (Configuration, error) {
	r := &reader{Configuration: Configuration{Includes: capture.Includes{From: f, Depth: nestingLimit}}}
	if err := r.file(main); err != nil {
		return Configuration{}, err
	}
	for i := range r.Actions {
		r.Actions[i].answers(r.driver, r.pending[i])
	}
	return r.Configuration, nil
}

// reader reads files one after the other.
type reader struct {
	Configuration
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
func (r *reader) file(name string) error {
	return r.Read(name, func(text string) error {
		for _, s := range split(text) {
			r.statement(s, Place{name, s.line})
		}
		return nil
	})
}

// include reads the files that match a pattern; relative ones are looked for where the main file is.
func (r *reader) include(pattern string) {
	if !strings.HasPrefix(pattern, "/") {
		r.Miss(pattern, capture.ErrNotCollected)
		return
	}
	if info, err := r.From.Stat(pattern); err == nil && info.Mode.IsDir() {
		pattern = path.Join(pattern, "*")
	}
	names, err := capture.Glob(r.From, pattern)
	r.Miss(pattern, err)
	for _, name := range names {
		r.Miss(name, capture.UnlessAbsent(r.file(name)))
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
