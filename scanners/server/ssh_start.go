package server

import (
	"strings"

	"github.com/tomscan/tomscan/scanners/server/accounts"
	"github.com/tomscan/tomscan/scanners/server/sshd"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

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

// sshAccounts are the accounts that may log in, with their groups. Where the host asks a directory too, there may be others, and the
// groups of these are not known.
func (h *host) sshAccounts() []sshd.Account {
	database, err := accounts.Load(h)
	if err != nil {
		return []sshd.Account{{Name: "root", GroupsUnknown: true}, {Name: "zq-account", GroupsUnknown: true}}
	}
	elsewhere := database.SourcesErr != nil || len(database.Remote) > 0
	var all []sshd.Account
	for _, a := range database.Accounts {
		if a.HasShell() {
			groups, _ := database.GroupsOf(a)
			all = append(all, sshd.Account{Name: a.Name, Groups: groups, GroupsUnknown: database.GroupsUnknown()})
		}
	}
	if elsewhere {
		all = append(all, sshd.Account{Name: "zq-account", GroupsUnknown: true})
	}
	return all
}
