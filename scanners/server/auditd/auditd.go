// Package auditd reads the configuration of the audit daemon, and the rules that it loads into the kernel.
// https://man7.org/linux/man-pages/man5/auditd.conf.5.html https://man7.org/linux/man-pages/man7/audit.rules.7.html
package auditd

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// ConfigFile is the daemon's configuration.
const ConfigFile = "/etc/audit/auditd.conf"

// Config is what the daemon does with its log.
type Config struct {
	LogFile string
	Writes  bool      // it writes a log at all
	Growing bool      // nothing removes what it wrote: the log grows, or is rotated with all old ones kept
	Lossy   bool      // it removes old logs when there is no space
	Action  Setting   // max_log_file_action
	Unsure  []Setting // what decides and was not understood
}

// Setting is a line.
type Setting struct {
	Key, Value string
	Line       int // 0 for a default
}

// Load reads the configuration. The defaults are those of the daemon where the file does not set them.
// https://github.com/linux-audit/audit-userspace/blob/v3.0.9/src/auditd-config.c (clear_config)
func Load(f capture.Files) (Config, error) {
	data, err := f.Read(ConfigFile)
	if err != nil {
		return Config{}, err
	}
	set := map[string]Setting{}
	for i, line := range strings.Split(string(data), "\n") {
		key, value, ok := strings.Cut(line, "=")
		key = strings.ToLower(strings.TrimSpace(key))
		if ok && !strings.HasPrefix(key, "#") {
			set[key] = Setting{key, strings.TrimSpace(value), i + 1}
		}
	}
	c := Config{LogFile: "/var/log/audit/audit.log", Writes: !strings.EqualFold(set["write_logs"].Value, "no"), Action: set["max_log_file_action"]}
	if s, ok := set["log_file"]; ok && s.Value != "" {
		c.LogFile = s.Value
	}
	c.rotation(set)
	for _, key := range []string{"space_left_action", "admin_space_left_action", "disk_full_action"} {
		switch action, _, _ := strings.Cut(strings.ToLower(set[key].Value), " "); action {
		case "rotate", "exec":
			c.Lossy = true
		}
	}
	return c, nil
}

// rotation says whether anything is removed: with less than two logs nothing is rotated.
func (c *Config) rotation(set map[string]Setting) {
	action, _, _ := strings.Cut(strings.ToLower(c.Action.Value), " ")
	switch action {
	case "", "ignore", "syslog", "suspend", "keep_logs":
		c.Growing = true
	case "rotate":
		n, err := strconv.Atoi(set["num_logs"].Value)
		if set["num_logs"].Value == "" {
			n, err = 0, nil
		}
		if err != nil {
			c.Unsure = append(c.Unsure, set["num_logs"])
		}
		c.Growing = n < 2 && err == nil
	default:
		c.Unsure = append(c.Unsure, c.Action)
	}
}

// Rules are what the kernel is told to watch.
type Rules struct {
	Count     int  // of watches and rules of system calls
	Enabled   bool // the audit itself is on
	Immutable bool // until the next start nothing of it can be changed
	File      string
	Line      int // the line that makes it immutable, or the last rule
}

// LoadRules reads the rules of files: those of rules.d, which are put together in the order of their names when the host starts, or
// the one file that they are written to where there is no directory.
// https://man7.org/linux/man-pages/man8/augenrules.8.html
func LoadRules(f capture.Files) (Rules, error) {
	names, err := capture.Glob(f, "/etc/audit/rules.d/*.rules")
	if err != nil {
		return Rules{}, err
	}
	if len(names) == 0 {
		names = []string{"/etc/audit/audit.rules"}
	}
	r := Rules{Enabled: true}
	for _, name := range names {
		data, err := f.Read(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return Rules{}, err
		}
		r.read(name, data)
	}
	return r, nil
}

// read adds the rules of a file.
func (r *Rules) read(name string, data []byte) {
	for i, line := range strings.Split(string(data), "\n") {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || r.Immutable:
		case f[0] == "-D":
			r.Count = 0
		case f[0] == "-e" && len(f) > 1:
			r.Enabled, r.Immutable = f[1] != "0", f[1] == "2"
			r.File, r.Line = name, i+1
		case f[0] == "-a" || f[0] == "-A" || f[0] == "-w":
			r.Count++
			r.File, r.Line = name, i+1
		}
	}
}

// Status reads what auditctl -s says; ok is false where it does not say whether the audit is on.
func Status(out []byte) (enabled int, ok bool) {
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		if f := strings.Fields(lines.Text()); len(f) == 2 && f[0] == "enabled" {
			n, err := strconv.Atoi(f[1])
			return n, err == nil
		}
	}
	return 0, false
}

// Loaded counts the rules that auditctl -l says.
func Loaded(out []byte) int {
	n := 0
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		if text := strings.TrimSpace(lines.Text()); strings.HasPrefix(text, "-a") || strings.HasPrefix(text, "-w") {
			n++
		}
	}
	return n
}
