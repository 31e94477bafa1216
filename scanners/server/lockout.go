package server

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/fail2ban"
	"github.com/tomscan/tomscan/scanners/server/pam"
	"github.com/tomscan/tomscan/scanners/server/sshd"
)

// lockouts reads what stops the guessing of passwords over SSH.
func lockouts() reader {
	return reader{name: "lockout", kinds: []evidence.Kind{"lockout_policy"}, read: readLockout}
}

func readLockout(h *host) {
	services, err := h.sshServices()
	if errors.Is(err, fs.ErrNotExist) {
		return // nobody logs in from elsewhere
	}
	attempts, minutes := h.accountLock(services, err)
	tries, banned := h.addressBan()
	h.add(thing{name: "lockout"}, evidence.LockoutPolicy{AccountAttempts: attempts, AccountMinutes: minutes, AddressAttempts: tries, AddressMinutes: banned})
}

// noLock are the settings of a host that locks nothing.
func noLock(at ...evidence.Position) (attempts, minutes evidence.Value[int]) {
	return evidence.Known(evidence.Never).At(at...), evidence.Known(0).At(at...)
}

// accountLock is the weakest lock of all services that take passwords of accounts: the SSH daemon by the names that it uses, logins at
// the console, and su.
func (h *host) accountLock(services []string, err error) (attempts, minutes evidence.Value[int]) {
	if err != nil {
		return untold[int]("/etc/ssh/sshd_config", err), untold[int]("/etc/ssh/sshd_config", err)
	}
	if len(services) == 0 { // it asks no PAM
		return noLock(h.line("/etc/ssh/sshd_config", 0, ""))
	}
	for _, name := range []string{"login", "su"} {
		_, err := h.Stat("/etc/pam.d/" + name)
		if errors.Is(err, fs.ErrNotExist) {
			_, err = h.Stat("/usr/lib/pam.d/" + name)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			services = append(services, name)
		}
	}
	attempts, minutes = h.serviceLock(services[0])
	for _, service := range services[1:] {
		otherAttempts, otherMinutes := h.serviceLock(service)
		attempts = worse(attempts, otherAttempts, evidence.Never, func(a, b int) bool { return a > b })
		minutes = worse(minutes, otherMinutes, 0, func(a, b int) bool { return a < b })
	}
	return attempts, minutes
}

// worse is the worse of two values. The worst of all decides whatever the other is.
func worse(a, b evidence.Value[int], worst int, is func(a, b int) bool) evidence.Value[int] {
	switch x, known := a.Get(); {
	case known && x == worst, !known && !evidence.IsKnown(b, worst):
		return a
	case !known:
		return b
	default:
		if y, known := b.Get(); known && !is(y, x) {
			return a
		}
		return b
	}
}

// sshServices are the names of the PAM services that the SSH daemon asks; none where it asks no PAM. fs.ErrNotExist says that there is
// no daemon. https://man.openbsd.org/sshd_config#UsePAM
func (h *host) sshServices() ([]string, error) {
	start := h.sshService()
	if start.err != nil {
		return nil, start.err
	}
	config, err := sshd.Load(h, sshd.Options{Version: h.sshVersion(), Args: start.args})
	if err != nil {
		return nil, err
	}
	contexts, err := config.Contexts(h.sshAccounts())
	if err != nil {
		return nil, err
	}
	var services []string
	for _, x := range append([]sshd.Context{{}}, contexts...) {
		set, err := config.For(x)
		switch {
		case errors.Is(err, sshd.ErrRefused) && x.Addr != "": // the daemon ends such a connection
			continue
		case err != nil:
			return nil, err
		}
		for _, name := range []string{"usepam", "pamservicename"} {
			if open := set[name].Open; open != nil {
				return nil, open.Err
			}
		}
		if service := set["pamservicename"].String(); set["usepam"].String() != "yes" {
			return nil, nil
		} else if !slices.Contains(services, service) {
			services = append(services, service)
		}
	}
	return services, nil
}

// serviceLock reads pam_faillock in the stack of one service.
// https://manpages.debian.org/bookworm/libpam-modules/pam_faillock.8.en.html
func (h *host) serviceLock(service string) (attempts, minutes evidence.Value[int]) {
	file := "/etc/pam.d/" + service
	stack, err := pam.Load(h, service)
	if err == nil && !stack.Complete("auth") {
		err = errors.Join(stack.Unread...)
	}
	if err != nil {
		return untold[int](file, err), untold[int](file, err)
	}
	stack.Root = service != "su" // who calls su is not root yet; the others are, whoever logs in
	lock, at := stack.Lock(), h.line(file, 0, "")
	lines := slices.Concat(lock.Checks, lock.Counter)
	none := len(lock.Checks) == 0 || len(lock.Counter) == 0 || lock.Refuses == pam.No || lock.Counts == pam.No
	switch other := olderLock(stack); {
	case none && other != "":
		reason := evidence.Because("host_not_understood", "what", other)
		return evidence.Unresolved[int](reason).At(at), evidence.Unresolved[int](reason).At(at)
	case none:
		return noLock(at)
	case lock.Refuses == pam.Undecided || lock.Counts == pam.Undecided:
		reason := evidence.Because("pam_undecided", "module", "pam_faillock", "service", service)
		return evidence.Unresolved[int](reason).At(at), evidence.Unresolved[int](reason).At(at)
	}
	last := lines[len(lines)-1]
	at = h.line(last.Line.File, last.Line.Number, last.Line.Text)
	settings, err := h.faillock(last)
	for _, m := range lines { // one line counts, another refuses
		other, err2 := h.faillock(m)
		if err = errors.Join(err, err2); err == nil && !maps.Equal(settings, other) {
			reason := evidence.Because("host_not_understood", "what", "pam_faillock")
			return evidence.Unresolved[int](reason).At(at), evidence.Unresolved[int](reason).At(at)
		}
	}
	if err != nil {
		return untold[int]("/etc/security/faillock.conf", err), untold[int]("/etc/security/faillock.conf", err)
	}
	deny, _ := strconv.Atoi(settings["deny"])
	unlock, _ := strconv.Atoi(settings["unlock_time"]) // 0 for never
	switch {
	case deny <= 0:
		return noLock(at)
	case unlock <= 0: // never by itself
		return evidence.Known(deny).At(at), evidence.Known(evidence.Never).At(at)
	}
	return evidence.Known(deny).At(at), evidence.Known(unlock / 60).At(at)
}

// olderLock names a module that locks accounts and is not read: what releases before Debian 11 and RHEL 8 have in place of pam_faillock.
// https://manpages.debian.org/buster/libpam-modules/pam_tally2.8.en.html
func olderLock(stack *pam.Stack) string {
	for _, m := range stack.Modules("auth") {
		if m.Name == "pam_tally" || m.Name == "pam_tally2" {
			return m.Name
		}
	}
	return ""
}

// faillock are the settings of a line that matter for a lock: three failures and ten minutes unless the file or the line says otherwise.
// https://manpages.debian.org/bookworm/libpam-modules/faillock.conf.5.en.html
func (h *host) faillock(m pam.Module) (map[string]string, error) {
	settings := map[string]string{"deny": "3", "unlock_time": "600", "dir": ""}
	file, own := argument(m, "conf")
	if !own {
		file = "/etc/security/faillock.conf"
	}
	text, err := h.Read(file)
	if err != nil && (own || !errors.Is(err, fs.ErrNotExist)) {
		return nil, err
	}
	set := func(key, value string) {
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if _, matters := settings[key]; !matters {
			return
		}
		if _, err := strconv.Atoi(value); err == nil || key == "dir" {
			settings[key] = value
		} else if value == "never" {
			settings[key] = "0"
		}
	}
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		if key, value, ok := strings.Cut(line, "="); ok {
			set(key, value)
		}
	}
	for _, a := range m.Args {
		if key, value, ok := strings.Cut(a, "="); ok {
			set(key, value)
		}
	}
	return settings, nil
}

// addressBan says what bans addresses: fail2ban, or a program that is not read.
func (h *host) addressBan() (attempts, minutes evidence.Value[int]) {
	attempts, minutes = h.fail2ban()
	if n, known := attempts.Get(); known && n == evidence.Never {
		if other := h.otherBan(); other != "" {
			unread := evidence.Because("host_not_understood", "what", other)
			return evidence.Unresolved[int](unread), evidence.Unresolved[int](unread)
		}
	}
	return attempts, minutes
}

// otherBan names a program that bans addresses after failed logins and is not read, where one is installed.
func (h *host) otherBan() string {
	for _, program := range []struct{ name, process, file string }{
		{"cPHulk", "", cpanelConfig}, // https://docs.cpanel.net/whm/security-center/cphulk-brute-force-protection/
		{"crowdsec", "crowdsec", ""},
		{"csf", "lfd", "/etc/csf/csf.conf"}, // https://configserver.com/configserver-security-and-firewall/
		{"denyhosts", "denyhosts", ""},
		{"imunify360", "imunify360-agent", imunifyMain}, // https://docs.imunify360.com/dashboard/
		{"sshguard", "sshguard", ""},
	} {
		if h.has([]string{program.name}, []string{program.process}) {
			return program.name
		}
		if _, err := h.Stat(program.file); program.file != "" && err == nil {
			return program.name
		}
	}
	return ""
}

// fail2ban reads the jail of fail2ban for sshd. It bans only where it runs and can see the log: Debian 12 has no auth.log without
// rsyslog, and needs the backend systemd then.
func (h *host) fail2ban() (attempts, minutes evidence.Value[int]) {
	conf, err := fail2ban.Load(h, "/etc/fail2ban")
	if err != nil {
		if errors.Is(err, capture.ErrNotCollected) || errors.Is(err, capture.ErrRedacted) || errors.Is(err, fs.ErrPermission) {
			return untold[int]("/etc/fail2ban", err), untold[int]("/etc/fail2ban", err)
		}
		return noLock(h.line("/etc/fail2ban/jail.conf", 0, "")) // it does not start with such files
	}
	if len(conf.Files) == 0 || !slices.Contains(conf.Jails(), "sshd") {
		return noLock(h.line("/etc/fail2ban", 0, ""))
	}
	if h.Live {
		if running, err := h.Running("fail2ban-server"); err != nil {
			return untold[int]("ps", err), untold[int]("ps", err)
		} else if running.Since.IsZero() {
			return noLock(h.said("ps"))
		}
	}
	if sees, err := h.seesLog(conf); err != nil {
		return untold[int]("the log of the jail sshd", err), untold[int]("the log of the jail sshd", err)
	} else if !sees {
		o, _ := conf.Get("sshd", "backend")
		return noLock(h.line(o.File, o.Line, ""))
	}
	return h.jailNumbers(conf)
}

// seesLog says whether the jail reads the journal, or a log file that is there.
func (h *host) seesLog(conf *fail2ban.Conf) (bool, error) {
	backend, _ := conf.Get("sshd", "backend")
	if backend.Value == "systemd" {
		return true, nil
	}
	logs, ok := conf.Get("sshd", "logpath")
	if !ok {
		return false, nil
	}
	for _, log := range strings.Fields(logs.Value) {
		_, err := h.Stat(log)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return err == nil, err
		}
	}
	return false, nil
}

func (h *host) jailNumbers(conf *fail2ban.Conf) (attempts, minutes evidence.Value[int]) {
	tries, _ := conf.Get("sshd", "maxretry")
	ban, _ := conf.Get("sshd", "bantime")
	n, err := strconv.Atoi(tries.Value)
	span, ok := fail2ban.Span(ban.Value)
	attempts = evidence.Unresolved[int](evidence.Because("host_not_understood", "what", "maxretry"))
	if err == nil {
		attempts = evidence.Known(n).At(h.line(tries.File, tries.Line, "maxretry = "+tries.Value))
	}
	minutes = evidence.Unresolved[int](evidence.Because("host_not_understood", "what", "bantime"))
	switch {
	case ok && span < 0:
		minutes = evidence.Known(evidence.Never).At(h.line(ban.File, ban.Line, "bantime = "+ban.Value))
	case ok:
		minutes = evidence.Known(int(span.Minutes())).At(h.line(ban.File, ban.Line, "bantime = "+ban.Value))
	}
	return attempts, minutes
}
