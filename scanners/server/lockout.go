package server

import (
	"errors"
	"io/fs"
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
	if _, err := h.Stat("/etc/ssh/sshd_config"); errors.Is(err, fs.ErrNotExist) {
		return // nobody logs in from elsewhere
	}
	attempts, minutes := h.accountLock()
	tries, banned := h.addressBan()
	h.add(thing{name: "lockout"}, evidence.LockoutPolicy{AccountAttempts: attempts, AccountMinutes: minutes, AddressAttempts: tries, AddressMinutes: banned})
}

// noLock are the settings of a host that locks nothing.
func noLock(at ...evidence.Position) (attempts, minutes evidence.Value[int]) {
	return evidence.Known(evidence.Never).At(at...), evidence.Known(0).At(at...)
}

// accountLock reads pam_faillock, which locks only where it stands in the stack before the check of the password and after it.
// https://manpages.debian.org/bookworm/libpam-modules/pam_faillock.8.en.html
func (h *host) accountLock() (attempts, minutes evidence.Value[int]) {
	switch asks, err := h.sshAsksPAM(); {
	case err != nil:
		return untold[int]("/etc/ssh/sshd_config", err), untold[int]("/etc/ssh/sshd_config", err)
	case !asks:
		return noLock(h.line("/etc/ssh/sshd_config", 0, ""))
	}
	stack, err := pam.Load(h, "sshd")
	if err == nil && !stack.Complete("auth") {
		err = errors.Join(stack.Unread...)
	}
	if err != nil {
		return untold[int]("/etc/pam.d/sshd", err), untold[int]("/etc/pam.d/sshd", err)
	}
	var before, after *pam.Module
	checked := false
	for _, m := range stack.Modules("auth") {
		switch {
		case m.Name == "pam_faillock" && slices.Contains(m.Args, "preauth") && !checked && m.Control != "optional":
			before = &m
		case m.Name == "pam_faillock" && slices.Contains(m.Args, "authfail") && checked:
			after = &m
		case m.Name == "pam_unix" || m.Name == "pam_sss":
			checked = true
		}
	}
	at := h.line("/etc/pam.d/sshd", 0, "")
	if before == nil || after == nil {
		return noLock(at)
	}
	at = h.line(after.Line.File, after.Line.Number, after.Line.Text)
	settings, err := h.faillock(*after)
	refusal, err2 := h.faillock(*before)
	if err = errors.Join(err, err2); err != nil {
		return untold[int]("/etc/security/faillock.conf", err), untold[int]("/etc/security/faillock.conf", err)
	}
	if settings["deny"] != refusal["deny"] || settings["unlock_time"] != refusal["unlock_time"] { // one line counts, the other refuses
		reason := evidence.Because("host_not_understood", "what", "pam_faillock")
		return evidence.Unresolved[int](reason).At(at), evidence.Unresolved[int](reason).At(at)
	}
	switch {
	case settings["deny"] <= 0:
		return noLock(at)
	case settings["unlock_time"] <= 0: // never by itself
		return evidence.Known(settings["deny"]).At(at), evidence.Known(evidence.Never).At(at)
	}
	return evidence.Known(settings["deny"]).At(at), evidence.Known(settings["unlock_time"] / 60).At(at)
}

// sshAsksPAM says whether the SSH daemon asks PAM at all. https://man.openbsd.org/sshd_config#UsePAM
func (h *host) sshAsksPAM() (bool, error) {
	start := h.sshService()
	if start.err != nil {
		return false, start.err
	}
	config, err := sshd.Load(h, sshd.Options{Version: h.sshVersion(), Args: start.args})
	if err != nil {
		return false, err
	}
	global, err := config.For(sshd.Context{})
	if err != nil {
		return false, err
	}
	if open := global["usepam"].Open; open != nil {
		return false, open.Err
	}
	return global["usepam"].String() == "yes", nil
}

// faillock are deny and unlock_time: three failures and ten minutes unless the file or the line says otherwise.
// https://manpages.debian.org/bookworm/libpam-modules/faillock.conf.5.en.html
func (h *host) faillock(m pam.Module) (map[string]int, error) {
	settings := map[string]int{"deny": 3, "unlock_time": 600}
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
		if n, err := strconv.Atoi(value); err == nil {
			settings[key] = n
		} else if value == "never" {
			settings[key] = 0
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

// addressBan reads the jail of fail2ban for sshd. It bans only where it runs and can see the log: Debian 12 has no auth.log without
// rsyslog, and needs the backend systemd then.
func (h *host) addressBan() (attempts, minutes evidence.Value[int]) {
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
