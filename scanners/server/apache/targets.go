package apache

import (
	"path"
	"slices"
	"strings"
)

// Target is where httpd writes a log.
type Target struct {
	Path  string // absolute; empty for a pipe
	Pipe  string // the command that reads it, with the bar
	At    Position
	Doubt *Problem // why it is not known that it is written there
}

// Targets lists where httpd writes its logs, in the order of its files: those of the main server, which it opens even where every virtual
// host has its own, and those of virtual hosts. What goes to the system's log or to a device is not among them.
// https://httpd.apache.org/docs/2.4/logs.html
func (s *Server) Targets() []Target {
	var all []Target
	for _, list := range append([][]*Directive{s.Tree.Directives}, s.hostDirectives()...) {
		for _, d := range list {
			if slices.Contains([]string{"customlog", "errorlog", "forensiclog", "globallog", "transferlog"}, d.Name) && len(d.Args) > 0 {
				if t, ok := s.target(d); ok {
					all = append(all, t)
				}
			}
		}
	}
	return all
}

func (s *Server) hostDirectives() [][]*Directive {
	var all [][]*Directive
	for _, h := range s.Hosts {
		all = append(all, h.section.Children)
	}
	return all
}

func (s *Server) target(d *Directive) (Target, bool) {
	t := Target{At: d.At, Doubt: d.Doubt}
	name := d.Args[0]
	switch {
	case strings.HasPrefix(name, "|"):
		t.Pipe = name
		return t, true
	case strings.HasPrefix(name, "syslog"), strings.HasPrefix(name, "journald"), strings.HasPrefix(name, "/dev/"), strings.HasPrefix(name, "/proc/"):
		return t, false
	case strings.Contains(name, "${"):
		t.Doubt = first(t.Doubt, &Problem{Position: d.At, What: name})
	}
	if t.Path = path.Clean(name); !path.IsAbs(name) {
		t.Path = path.Join(s.Tree.Root, name)
	}
	return t, true
}
