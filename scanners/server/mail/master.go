package mail

import (
	"maps"
	"net/netip"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Service is a line of Postfix' master.cf.
type Service struct {
	Name, Type, Command string
	Overrides           map[string]Parameter // -o name=value
	Line                int
}

// ReadMaster reads a master.cf: lines that begin with a blank go on, comments may stand between them.
// https://www.postfix.org/master.5.html
func ReadMaster(f capture.Files, file string) ([]Service, error) {
	text, err := f.Read(file)
	if err != nil {
		return nil, err
	}
	var all []Service
	line, at, n := "", 0, 0
	flush := func() {
		if s, ok := service(line, file, at); ok {
			all = append(all, s)
		}
		line = ""
	}
	for raw := range strings.Lines(string(text)) {
		n++
		trimmed := strings.TrimSpace(raw)
		switch {
		case trimmed == "" || trimmed[0] == '#':
		case raw[0] == ' ' || raw[0] == '\t':
			if at > 0 { // there is a line that it goes on
				line += " " + trimmed
			}
		default:
			flush()
			line, at = trimmed, n
		}
	}
	flush()
	return all, nil
}

// service reads a whole line: seven fields, the command, its arguments.
func service(line, file string, at int) (Service, bool) {
	words := fields(line)
	if len(words) < 8 {
		return Service{}, false
	}
	s := Service{Name: words[0], Type: words[1], Command: words[7], Overrides: map[string]Parameter{}, Line: at}
	for n := 8; n < len(words); n++ {
		option, inline := strings.CutPrefix(words[n], "-o")
		switch {
		case !inline:
			continue
		case option == "" && n+1 < len(words):
			n++
			option = words[n]
		}
		if name, value, ok := strings.Cut(option, "="); ok {
			s.Overrides[strings.TrimSpace(name)] = Parameter{strings.TrimSpace(value), file, at}
		}
	}
	return s, true
}

// fields are the words of a line; what stands in braces is one.
func fields(line string) []string {
	var all []string
	for {
		line = strings.TrimLeft(line, " \t")
		if line == "" {
			return all
		}
		if inner, rest, ok := strings.Cut(strings.TrimPrefix(line, "{"), "}"); ok && line[0] == '{' {
			all, line = append(all, strings.TrimSpace(inner)), rest
			continue
		}
		end := strings.IndexAny(line, " \t")
		if end < 0 {
			end = len(line)
		}
		all, line = append(all, line[:end]), line[end:]
	}
}

// Local says whether the service listens on a loopback address of its own: 127.0.0.1:10025.
func (s Service) Local() bool {
	at := strings.LastIndexByte(s.Name, ':')
	if at < 0 {
		return false
	}
	host := strings.Trim(s.Name[:at], "[]")
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.Unmap().IsLoopback()
}

// In are the parameters that a service has: its own before those of main.cf.
func (p Postfix) In(s Service) Postfix {
	all := maps.Clone(p.Parameters)
	maps.Copy(all, s.Overrides)
	return Postfix{Parameters: all, File: p.File}
}
