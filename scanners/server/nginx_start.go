package server

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/nginx"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// nginxMain is where all packages of nginx begin.
const nginxMain = "/etc/nginx/nginx.conf"

// nginxRun is how nginx is started: its main file, and the directory that other relative paths begin at. Both are empty where they are
// not known.
type nginxRun struct{ main, prefix string }

// nginxStart is how nginx runs, or how the service manager starts it where none runs; and why it may read another file than that.
func (h *host) nginxStart() (nginxRun, []evidence.Reason) {
	var runs []nginxRun
	if all, err := h.Processes(); err == nil {
		for _, p := range all {
			// https://nginx.org/en/docs/control.html
			if line, ok := strings.CutPrefix(p.Args, "nginx: master process "); ok && p.Name == "nginx" {
				args := strings.Fields(line)
				runs = append(runs, h.nginxRun(args[min(1, len(args)):]))
			}
		}
	}
	unit, err := h.nginxUnit()
	switch {
	case len(runs) == 0 && err != nil:
		return unit, []evidence.Reason{why("nginx.service", err)}
	case len(runs) == 0:
		return unit, nil
	case err != nil || !slices.Contains(runs, unit):
		unit = runs[0]
	}
	var others []evidence.Reason
	for _, run := range runs {
		if run.main != unit.main {
			others = append(others, evidence.Because("host_not_understood", "what", "nginx -c "+run.main))
		}
	}
	return unit, others
}

// nginxUnit is how the service manager starts nginx.
func (h *host) nginxUnit() (nginxRun, error) {
	unit, err := systemd.Of(h.Capture).Unit("nginx.service")
	var args []string
	if err == nil {
		args, err = h.unitArguments(unit)
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return h.nginxRun(args), err
}

// nginxRun is what arguments say, and what the program was built with where they do not. A relative file begins at the prefix.
// https://nginx.org/en/docs/switches.html https://nginx.org/en/docs/configure.html
func (h *host) nginxRun(args []string) nginxRun {
	file, prefix := nginx.Arguments(args)
	file, prefix = cmp.Or(file, h.nginxBuilt("--conf-path="), nginxMain), cmp.Or(prefix, h.nginxBuilt("--prefix="))
	switch {
	case !path.IsAbs(file) && !path.IsAbs(prefix):
		return nginxRun{prefix: prefix}
	case !path.IsAbs(file):
		file = path.Join(prefix, file)
	}
	return nginxRun{main: path.Clean(file), prefix: prefix}
}

// nginxBuilt is the value of an argument with which the program was built; empty where it is not told.
func (h *host) nginxBuilt(argument string) string {
	c, err := h.Command("nginx-V")
	if err != nil {
		return ""
	}
	for word := range strings.FieldsSeq(string(c.Out) + " " + string(c.Err)) {
		if value, ok := strings.CutPrefix(word, argument); ok {
			return value
		}
	}
	return ""
}
