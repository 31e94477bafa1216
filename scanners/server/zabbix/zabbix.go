// Package zabbix reads the configuration of the Zabbix agent: who may ask it, and what it runs for them.
//
// https://www.zabbix.com/documentation/current/en/manual/appendix/config/zabbix_agentd
package zabbix

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Setting is an assignment.
type Setting struct {
	Name, Value string
	File        string
	Line        int
}

// Config are all assignments, in the order in which the agent reads them.
type Config struct {
	Settings []Setting
	Files    []string
	Unread   []Unread // that could not be read, and may say anything
}

// Unread is a file or directory that could not be read.
type Unread struct {
	Path string
	Err  error
}

// Limits of what is read, against hostile input.
const (
	depthLimit    = 10 // as the agent's own: https://github.com/zabbix/zabbix/blob/master/src/libs/zbxcfg/cfg.c
	filesLimit    = 500
	settingsLimit = 20_000
	unreadLimit   = 100
)

// ErrTooMuch says that files include each other without end, or say more than is read.
var ErrTooMuch = errors.New("not a configuration that is followed")

// Load reads a configuration with what it includes. The error is why the main file could not be read.
func Load(f capture.Files, file string) (Config, error) {
	var c Config
	data, err := f.Read(file)
	if err == nil {
		c.read(f, file, data, 0)
	}
	return c, err
}

func (c *Config) read(f capture.Files, file string, data []byte, depth int) {
	c.Files = append(c.Files, file)
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.Trim(line, " \t\r")
		name, value, ok := strings.Cut(line, "=")
		if !ok || line[0] == '#' {
			continue
		}
		s := Setting{strings.TrimRight(name, " \t\r"), strings.TrimLeft(value, " \t\r"), file, n + 1}
		if len(c.Settings) >= settingsLimit {
			c.unread(file, ErrTooMuch)
			return
		}
		c.Settings = append(c.Settings, s)
		if s.Name == "Include" {
			c.include(f, s.Value, depth+1)
		}
	}
}

func (c *Config) unread(name string, err error) {
	if len(c.Unread) < unreadLimit {
		c.Unread = append(c.Unread, Unread{name, err})
	}
}

// include reads a file, all files of a directory, or those of a directory whose names match a pattern. Paths that do not begin at the
// root are not followed.
func (c *Config) include(f capture.Files, pattern string, depth int) {
	if depth > depthLimit || len(c.Files) > filesLimit || !path.IsAbs(pattern) {
		c.unread(pattern, ErrTooMuch)
		return
	}
	if info, err := f.Stat(strings.TrimSuffix(pattern, "/")); err == nil && info.Mode.IsDir() {
		pattern = path.Join(pattern, "*")
	}
	names, err := capture.Glob(f, pattern)
	if err != nil {
		c.unread(pattern, err)
	}
	for _, name := range names {
		if info, err := f.Stat(name); err == nil && !info.Mode.IsRegular() {
			continue
		}
		data, err := f.Read(name)
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				c.unread(name, err)
			}
			continue
		}
		c.read(f, name, data, depth)
	}
}

// Last is the assignment of a name that is in force: the last one.
func (c Config) Last(name string) (Setting, bool) {
	for n := len(c.Settings) - 1; n >= 0; n-- {
		if c.Settings[n].Name == name {
			return c.Settings[n], true
		}
	}
	return Setting{}, false
}

// Runs returns the assignment by which whoever asks can pass arguments: a command of his own (system.run, which is refused unless a
// rule allows it), or a parameter with a flexible key. The first rule that fits a key decides.
// https://www.zabbix.com/documentation/current/en/manual/config/items/restrict_checks
func (c Config) Runs() (Setting, bool) {
	refused := false
	for _, s := range c.Settings {
		if s.Name == "EnableRemoteCommands" {
			s.Name, s.Value = map[bool]string{true: "AllowKey", false: "DenyKey"}[s.Value == "1"], "system.run[*]"
		}
		key, parameters, _ := strings.Cut(s.Value, "[")
		fits, err := path.Match(key, "system.run")
		fits = fits && err == nil
		switch {
		case s.Name == "UserParameter" && flexible(s.Value):
			return s, true
		case refused || !fits:
		case s.Name == "AllowKey" && (strings.Contains(parameters, "*") || s.Value == "*"):
			return s, true
		case s.Name == "DenyKey" && (parameters == "*]" || s.Value == "*"):
			refused = true
		}
	}
	return Setting{}, false
}

// flexible says whether a parameter's key takes arguments: key[*],command.
func flexible(value string) bool {
	key, _, _ := strings.Cut(value, ",")
	return strings.HasSuffix(strings.TrimSpace(key), "[*]")
}
