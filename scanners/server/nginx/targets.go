package nginx

import (
	"path"
	"strings"
)

// Target is where nginx writes a log.
type Target struct {
	Path string // absolute; with variables as written
	At   Position
}

// Variable says that the name of the file depends on the request.
func (t Target) Variable() bool { return strings.Contains(t.Path, "$") }

// Targets lists the files that access_log and error_log name anywhere in a configuration, in order. Relative ones lie below the prefix
// that nginx was built with. What goes to the system's log, to memory or to a device is not among them. The positions are those of
// includes that were not read, which may name others.
// https://nginx.org/en/docs/http/ngx_http_log_module.html#access_log https://nginx.org/en/docs/ngx_core_module.html#error_log
func Targets(c Config, prefix string) (all []Target, unread []Position) {
	var walk func(block []*Directive)
	walk = func(block []*Directive) {
		for _, d := range block {
			switch {
			case d.Unread != nil:
				unread = append(unread, d.at())
			case d.Opens:
				walk(d.Block)
			case (d.Name == "access_log" || d.Name == "error_log") && len(d.Args) > 0:
				if t, ok := target(d, prefix); ok {
					all = append(all, t)
				}
			}
		}
	}
	walk(c.Main)
	return all, unread
}

func target(d *Directive, prefix string) (Target, bool) {
	name := d.Args[0]
	if name == "stderr" || name == "off" && d.Name == "access_log" {
		return Target{}, false
	}
	for _, elsewhere := range []string{"syslog:", "memory:", "/dev/", "/proc/"} {
		if strings.HasPrefix(name, elsewhere) {
			return Target{}, false
		}
	}
	if !path.IsAbs(name) {
		name = path.Join(prefix, name)
	}
	return Target{Path: path.Clean(name), At: d.at()}, true
}
