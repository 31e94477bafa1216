package apache

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Layout is where a distribution puts httpd.
type Layout struct {
	Main   string // main file
	Root   string // ServerRoot that was compiled in
	Daemon string // name of its process
	env    []string
	static []string
}

// Layouts are those of Debian, Red Hat and cPanel. https://cwiki.apache.org/confluence/display/HTTPD/DistrosDefaultLayout
func Layouts() []Layout {
	debian := []string{"core_module", "http_module", "log_config_module", "logio_module", "so_module", "unixd_module", "version_module", "watchdog_module"}
	few := []string{"core_module", "http_module", "so_module"}
	return []Layout{
		{Main: "/etc/apache2/apache2.conf", Root: "/etc/apache2", Daemon: "apache2", env: []string{"/etc/apache2/envvars"}, static: debian},
		{Main: "/etc/apache2/conf/httpd.conf", Root: "/etc/apache2", Daemon: "httpd", static: few},
		{Main: "/etc/httpd/conf/httpd.conf", Root: "/etc/httpd", Daemon: "httpd", env: []string{"/etc/sysconfig/httpd"}, static: few},
	}
}

// Told is what a running host tells besides files; all of it may be empty.
type Told struct {
	Arguments string // of the main process
	Version   string // of the package or the program
	Modules   string // what apache2ctl -M prints
}

var staticModule = regexp.MustCompile(`(?m)^\s*(\w+) \(static\)`)

// Options are the options for a layout. The environment is read from the file that the distribution's scripts read.
func (l Layout) Options(f capture.Files, t Told) Options {
	o := Options{Main: l.Main, Root: l.Root, Static: l.static, Version: t.Version, Env: map[string]string{}}
	for _, name := range l.env {
		if data, err := f.Read(name); err == nil {
			maps.Copy(o.Env, Env(string(data)))
		}
	}
	if found := staticModule.FindAllStringSubmatch(t.Modules, -1); len(found) > 0 {
		o.Static = nil
		for _, m := range found {
			o.Static = append(o.Static, m[1])
		}
	}
	arguments := t.Arguments
	if arguments == "" {
		arguments = o.Env["APACHE_ARGUMENTS"] + " " + o.Env["OPTIONS"]
	}
	o.Defines = DefinesOf(arguments)
	fields := strings.Fields(arguments)
	if n := slices.Index(fields, "-d"); n >= 0 && n+1 < len(fields) {
		o.Root = fields[n+1]
	}
	if n := slices.Index(fields, "-f"); n >= 0 && n+1 < len(fields) {
		if o.Main = fields[n+1]; !path.IsAbs(o.Main) {
			o.Main = path.Join(o.Root, o.Main)
		}
	}
	return o
}

// Installed says whether the main file of a layout is there. The error says that this is not known.
func (l Layout) Installed(f capture.Files) (bool, error) {
	_, err := f.Stat(l.Main)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
