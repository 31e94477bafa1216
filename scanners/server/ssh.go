package server

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/pam"
	"github.com/tomscan/tomscan/scanners/server/sshd"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// sshManual documents the defaults of sshd.
const sshManual = "https://man.openbsd.org/sshd_config"

// sshServers reads the SSH daemon.
func sshServers() reader {
	return reader{name: "ssh", kinds: []evidence.Kind{"ssh_server"}, read: readSSH}
}

// sshDaemon is the daemon while its settings are judged.
type sshDaemon struct {
	*host
	config *sshd.Config
	global sshd.Settings
	views  []sshView
	socket sshSocket
	pams   map[string]sshPAM // by the name of the service
}

// sshPAM is what PAM demands of who logs in.
type sshPAM struct {
	auth pam.Auth
	err  error
}

// sshView is what the daemon does in one context.
type sshView struct {
	sshd.Context
	set      sshd.Settings
	admitted answer
}

func readSSH(h *host) {
	service := h.sshService()
	config, err := sshd.Load(h, sshd.Options{Version: h.sshVersion(), Args: service.args})
	switch {
	case errors.Is(err, sshd.ErrRefused):
		h.addSSH(nil, evidence.Because("sshd_refuses", "why", err.Error()))
		return
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		h.hide(why("/etc/ssh/sshd_config", err), "ssh_server")
		return
	}
	if service.err != nil {
		h.addSSH(config, why("ssh.service", service.err))
		return
	}
	d := &sshDaemon{host: h, config: config, socket: h.sshSocket()}
	if reason := d.look(); reason != nil {
		h.addSSH(config, *reason)
		return
	}
	d.add()
}

// addSSH adds a daemon of which nothing is decided, and why.
func (h *host) addSSH(c *sshd.Config, reason evidence.Reason) {
	files := []string{"/etc/ssh/sshd_config"}
	if c != nil {
		files = c.Files
	}
	h.add(thing{name: "sshd", files: files, daemons: []string{"sshd"}, at: []evidence.Position{h.line(files[0], 0, "")}}, evidence.SSHServer{
		PasswordLogin: evidence.Unresolved[string](reason), SecondFactor: evidence.Unresolved[bool](reason), RootLogin: evidence.Unresolved[string](reason),
		WeakAlgorithms: evidence.Unresolved[[]string](reason), UsersRestricted: evidence.Unresolved[bool](reason),
		SourcesRestricted: evidence.Unresolved[bool](reason), MaxAuthTries: evidence.Unresolved[int](reason)})
}

// look evaluates all contexts, and says why nothing can be decided.
func (d *sshDaemon) look() *evidence.Reason {
	because := func(code string, args ...string) *evidence.Reason { r := evidence.Because(code, args...); return &r }
	global, err := d.config.For(sshd.Context{})
	if err != nil {
		return because("sshd_refuses", "why", err.Error())
	}
	d.global = global
	contexts, err := d.config.Contexts(d.sshAccounts())
	if err != nil {
		return because("sshd_contexts")
	}
	for _, x := range contexts {
		set, err := d.config.For(x)
		if errors.Is(err, sshd.ErrRefused) { // the daemon ends such a connection
			continue
		}
		if err != nil {
			return because("sshd_contexts")
		}
		d.views = append(d.views, sshView{Context: x, set: set, admitted: admits(set, x)})
	}
	d.pams = map[string]sshPAM{}
	for _, v := range d.views {
		service := v.set["pamservicename"]
		if _, known := d.pams[service.String()]; known || service.Open != nil {
			continue
		}
		stack, err := pam.Load(d.host, service.String())
		p := sshPAM{err: err}
		if err == nil {
			stack.Root = true
			p.auth = stack.Auth()
		}
		d.pams[service.String()] = p
	}
	return nil
}

// pam is what PAM demands in a context.
func (d *sshDaemon) pam(v sshView) sshPAM {
	if o := v.set["pamservicename"].Open; o != nil {
		return sshPAM{err: o.Err}
	}
	return d.pams[v.set["pamservicename"].String()]
}

func admits(set sshd.Settings, x sshd.Context) answer {
	for _, name := range []string{"allowusers", "denyusers", "allowgroups", "denygroups"} {
		if set[name].Open != nil {
			return unsure
		}
	}
	admitted, known := set.Admits(x)
	switch {
	case !known:
		return unsure
	case admitted:
		return yes
	}
	return no
}

// add judges the contexts.
func (d *sshDaemon) add() {
	fact := evidence.SSHServer{PasswordLogin: d.passwordLogin(), SecondFactor: d.secondFactor(), RootLogin: d.rootLogin(),
		WeakAlgorithms: d.weakAlgorithms(), UsersRestricted: d.usersRestricted(), SourcesRestricted: d.sourcesRestricted(), MaxAuthTries: d.maxAuthTries()}
	t := thing{name: "sshd", files: d.config.Files, daemons: []string{"sshd"}, at: []evidence.Position{d.line(d.config.Files[0], 0, "")}}
	if d.socket.active { // each connection starts a daemon, which reads the files anew
		t.daemons = nil
	}
	switch keyword := d.differs(); keyword {
	case "":
	case sshAgrees:
		t.notes = []evidence.Reason{evidence.Because("sshd_dump_agrees")}
		t.at = append(t.at, d.said("sshd-T"))
	default:
		d.addSSH(d.config, evidence.Because("dump_differs", "what", "sshd -T ("+keyword+")"))
		return
	}
	d.host.add(t, fact)
}

// sshAgrees is the answer of differs for a dump that agrees.
const sshAgrees = "="

// differs compares what the daemon says itself, outside of Match blocks, and names the first keyword that differs; it is empty without
// such a dump. Keywords that only we know, or only the daemon, say nothing.
func (d *sshDaemon) differs() string {
	out, err := d.Output("sshd-T")
	if err != nil {
		return ""
	}
	told := map[string][]string{}
	for _, line := range strings.Split(string(out), "\n") {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			told[name] = append(told[name], value)
		}
	}
	for _, name := range []string{"allowgroups", "allowusers", "authenticationmethods", "ciphers", "denygroups", "denyusers", "hostkeyalgorithms", "kbdinteractiveauthentication",
		"kexalgorithms", "listenaddress", "macs", "maxauthtries", "passwordauthentication", "permitrootlogin", "port", "pubkeyauthentication", "usepam"} {
		ours, ok := d.global[name]
		if _, says := told[name]; !ok || ours.Open != nil || !says && len(ours.Values) == 0 || !says && !slices.Contains(repeated(), name) {
			continue
		}
		theirs, mine := strings.Fields(strings.Join(told[name], " ")), strings.Fields(ours.String())
		slices.Sort(theirs)
		slices.Sort(mine)
		if !slices.Equal(theirs, mine) && (len(theirs) > 0 || len(mine) > 0) {
			return name
		}
	}
	return sshAgrees
}

// repeated are the settings of which the daemon prints no line when there is none.
func repeated() []string { return []string{"allowgroups", "allowusers", "denygroups", "denyusers"} }

// sshVersion is the daemon's version: of its package, or of the client that belongs to it.
func (h *host) sshVersion() sshd.Version {
	if out, err := h.Output("dpkg"); err == nil {
		for _, line := range strings.Split(string(out), "\n") {
			if f := strings.Fields(line); len(f) > 2 && f[0] == "openssh-server" && f[2] == "installed" {
				return sshd.ParseVersion("deb " + f[1])
			}
		}
	}
	if out, err := h.Output("rpm"); err == nil {
		for _, line := range strings.Split(string(out), "\n") {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "openssh-server" {
				return sshd.ParseVersion(f[1])
			}
		}
	}
	c, err := h.Command("sshd-V")
	if err != nil {
		return sshd.Version{}
	}
	return sshd.ParseVersion(string(c.Err) + string(c.Out))
}

// sshStart is how the service manager starts the daemon.
type sshStart struct {
	args []string
	err  error
}

// sshService reads the daemon's options: ExecStart with its drop-ins, and the files that it names for its environment. A host without
// a unit starts the daemon without options.
func (h *host) sshService() sshStart {
	for _, name := range []string{"ssh.service", "sshd.service"} {
		unit, err := systemd.Of(h.Capture).Unit(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return sshStart{err: err}
		}
		args, err := h.unitArguments(unit)
		return sshStart{args: args, err: err}
	}
	return sshStart{}
}
