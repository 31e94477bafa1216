package server

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/sshd"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// sshArguments are the arguments of ExecStart, variables replaced: $NAME alone becomes words, as systemd does it.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
func (h *host) sshArguments(u systemd.Unit) sshStart {
	environment := map[string]string{}
	for _, file := range u.List("Service", "EnvironmentFile") {
		path := strings.TrimPrefix(file.Value, "-")
		data, err := h.Read(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return sshStart{err: err}
		}
		for _, line := range strings.Split(string(data), "\n") {
			name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
			if ok && !strings.HasPrefix(name, "#") {
				environment[name] = strings.Trim(value, `"'`)
			}
		}
	}
	var args []string
	start, _ := u.Last("Service", "ExecStart")
	for _, word := range strings.Fields(start.Value) {
		if name, ok := strings.CutPrefix(word, "$"); ok {
			args = append(args, strings.Fields(environment[strings.Trim(name, "{}")])...)
			continue
		}
		args = append(args, word)
	}
	if len(args) > 0 {
		args = args[1:]
	}
	return sshStart{args: args}
}

// sshSocket is the socket by which the service manager starts the daemon.
type sshSocket struct {
	active  bool
	listens []string // its addresses with their ports
	err     error
}

// sshSocket reads ssh.socket: where it is enabled, its ListenStream counts and the daemon's Port and ListenAddress do not.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html#ListenStream=
func (h *host) sshSocket() sshSocket {
	units := systemd.Of(h.Capture)
	for _, name := range []string{"ssh.socket", "sshd.socket"} {
		enabled, err := units.Enabled(name)
		if err != nil {
			return sshSocket{err: err}
		}
		if !enabled.Starts {
			continue
		}
		unit, err := units.Unit(name)
		if err != nil {
			return sshSocket{err: err}
		}
		s := sshSocket{active: true}
		for _, e := range unit.List("Socket", "ListenStream") {
			if !strings.Contains(e.Value, ":") {
				e.Value = "[::]:" + e.Value
			}
			s.listens = append(s.listens, e.Value)
		}
		return s
	}
	return sshSocket{}
}

// accounts are the accounts that may log in, with their groups. Where the host asks a directory too, there may be others, and the groups
// of these are not known.
func (d *sshDaemon) accounts() []sshd.Account {
	remote := d.remoteAccounts()
	passwd, err1 := d.Read("/etc/passwd")
	group, err2 := d.Read("/etc/group")
	if err1 != nil || err2 != nil {
		return []sshd.Account{{Name: "root", GroupsUnknown: true}, {Name: "zq-account", GroupsUnknown: true}}
	}
	byID, members := map[string]string{}, map[string][]string{}
	for _, line := range strings.Split(string(group), "\n") {
		f := strings.Split(line, ":")
		if len(f) < 4 {
			continue
		}
		byID[f[2]] = f[0]
		for _, m := range strings.Split(f[3], ",") {
			members[m] = append(members[m], f[0])
		}
	}
	var all []sshd.Account
	for _, line := range strings.Split(string(passwd), "\n") {
		f := strings.Split(line, ":")
		if len(f) < 7 || strings.HasSuffix(f[6], "/nologin") || strings.HasSuffix(f[6], "/false") || strings.HasSuffix(f[6], "/sync") {
			continue
		}
		all = append(all, sshd.Account{Name: f[0], Groups: append([]string{byID[f[3]]}, members[f[0]]...), GroupsUnknown: remote})
	}
	if remote {
		all = append(all, sshd.Account{Name: "zq-account", GroupsUnknown: true})
	}
	return all
}

// remoteAccounts says whether a directory tells accounts or groups. https://man7.org/linux/man-pages/man5/nsswitch.conf.5.html
func (d *sshDaemon) remoteAccounts() bool {
	data, err := d.Read("/etc/nsswitch.conf")
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	for _, line := range strings.Split(string(data), "\n") {
		base, sources, _ := strings.Cut(line, ":")
		if base = strings.TrimSpace(base); base != "passwd" && base != "group" && base != "initgroups" {
			continue
		}
		for _, word := range strings.Fields(sources) {
			switch word {
			case "files", "compat", "systemd", "db", "altfiles", "mymachines":
			default:
				if !strings.HasPrefix(word, "[") && !strings.HasPrefix(word, "#") {
					return true
				}
			}
		}
	}
	return false
}
