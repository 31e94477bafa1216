// Package zabbix reads the configuration of the Zabbix agent: who may ask it, and what it runs for them.
//
// https://www.zabbix.com/documentation/current/en/manual/appendix/config/zabbix_agentd
package zabbix

import (
	"errors"
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
	capture.Includes
	Settings []Setting
}

const (
	depthLimit    = 10 // as the agent's own: https://github.com/zabbix/zabbix/blob/master/src/libs/zbxcfg/cfg.c
	settingsLimit = 20_000
)

// errTooMuch says that files say more than is read.
var errTooMuch = errors.New("too many settings")

// Load reads a configuration with what it includes. The error is why the main file could not be read.
func Load(f capture.Files, file string) (Config, error) {
	c := Config{Includes: capture.Includes{From: f, Depth: depthLimit}}
	err := c.read(file)
	if errors.Is(err, errTooMuch) {
		c.Miss(file, err)
		err = nil
	}
	return c, err
}

func (c *Config) read(file string) error {
	return c.Lines(file, func(line string, n int) error {
		line = strings.Trim(line, " \t\r")
		name, value, ok := strings.Cut(line, "=")
		if !ok || line[0] == '#' {
			return nil
		}
		if len(c.Settings) >= settingsLimit {
			return errTooMuch
		}
		s := Setting{strings.TrimRight(name, " \t\r"), strings.TrimLeft(value, " \t\r"), file, n}
		c.Settings = append(c.Settings, s)
		if s.Name == "Include" {
			c.include(s.Value)
		}
		return nil
	})
}

// include reads a file, all files of a directory, or those of a directory whose names match a pattern. Paths that do not begin at the
// root are not followed.
func (c *Config) include(pattern string) {
	if !path.IsAbs(pattern) {
		c.Miss(pattern, capture.ErrNotCollected)
		return
	}
	if info, err := c.From.Stat(strings.TrimSuffix(pattern, "/")); err == nil && info.Mode.IsDir() {
		pattern = path.Join(pattern, "*")
	}
	names, err := capture.Glob(c.From, pattern)
	c.Miss(pattern, err)
	for _, name := range names {
		if info, err := c.From.Stat(name); err == nil && !info.Mode.IsRegular() {
			continue
		}
		c.Miss(name, capture.UnlessAbsent(c.read(name)))
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
