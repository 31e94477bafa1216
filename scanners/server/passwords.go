package server

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/accounts"
	"github.com/tomscan/tomscan/scanners/server/pam"
)

// passwordPolicies reads the rule for passwords of a host's own accounts.
func passwordPolicies() reader {
	return reader{name: "passwords", kinds: []evidence.Kind{"password_policy"}, read: readPasswordPolicy}
}

const pamUnixDoc = "https://manpages.debian.org/bookworm/libpam-modules/pam_unix.8.en.html"

func readPasswordPolicy(h *host) {
	stack, err := pam.Load(h, "passwd")
	if errors.Is(err, fs.ErrNotExist) {
		return // no PAM: there is nothing that could demand anything
	}
	if err == nil && !stack.Complete("password") {
		err = errors.Join(stack.Unread...)
	}
	if err != nil {
		h.hide(why("/etc/pam.d/passwd", err), "password_policy")
		return
	}
	p := passwordStack{host: h, stack: stack}
	h.add(thing{name: "password_policy", files: stack.Files}, evidence.PasswordPolicy{
		MinLength:       p.minLength(),
		MaxAgeDays:      h.passwordAge(),
		Complexity:      p.complexity(),
		ReusePrevention: p.reuse(),
	})
}

// passwordStack are the modules that a new password passes.
type passwordStack struct {
	*host
	stack *pam.Stack
}

// own are the lines of pam_unix, which judges by itself what it stores.
func (p passwordStack) own() []pam.Module {
	return slices.DeleteFunc(p.stack.Modules("password"), func(m pam.Module) bool { return m.Name != "pam_unix" })
}

// atLeast is the greatest of what modules of these names demand, and of what is demanded anyway. Only those count whose refusal keeps a
// password from being stored.
func (p passwordStack) atLeast(anyway evidence.Value[int], demands func(pam.Module) evidence.Value[int], names ...string) evidence.Value[int] {
	best, perhaps := anyway, []evidence.Value[int]{}
	for _, r := range p.stack.Refusals(names...) {
		asked := demands(r.Module)
		n, known := asked.Get()
		if most, _ := best.Get(); r.Holds == pam.No || known && n <= most {
			continue
		}
		switch {
		case r.Holds == pam.Yes && known:
			best = asked
		case known:
			perhaps = append(perhaps, p.undecided(r))
		default:
			perhaps = append(perhaps, asked)
		}
	}
	if len(perhaps) > 0 {
		return perhaps[0]
	}
	return best
}

func (p passwordStack) undecided(r pam.Refusal) evidence.Value[int] {
	return evidence.Unresolved[int](evidence.Because("pam_undecided", "module", r.Name, "service", p.stack.Service)).At(p.at(r.Module))
}

// at is the line of a module.
func (p passwordStack) at(m pam.Module) evidence.Position {
	return p.line(m.Line.File, m.Line.Number, m.Line.Text)
}

// argument is the value of an argument of a module.
func argument(m pam.Module, name string) (string, bool) {
	for _, a := range m.Args {
		if key, value, _ := strings.Cut(a, "="); key == name {
			return value, true
		}
	}
	return "", false
}

// quality are the settings of pam_pwquality: those of its files, and the arguments of its line, which win.
// https://manpages.debian.org/bookworm/libpwquality-common/pwquality.conf.5.en.html
func (p passwordStack) quality(m pam.Module) (map[string]int, error) {
	settings := map[string]int{"minlen": 8, "enforcing": 1}
	files := []string{"/etc/security/pwquality.conf"}
	if m.Name == "pam_cracklib" { // https://manpages.debian.org/bookworm/libpam-modules/pam_cracklib.8.en.html
		settings = map[string]int{"minlen": 9, "enforcing": 1, "dcredit": 1, "ucredit": 1, "lcredit": 1, "ocredit": 1}
		files = nil
	} else if names, err := p.List("/etc/security/pwquality.conf.d"); err == nil {
		for _, name := range names {
			if strings.HasSuffix(name, ".conf") {
				files = append([]string{path.Join("/etc/security/pwquality.conf.d", name)}, files...) // the main file is read last
			}
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, file := range files {
		text, err := p.Read(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			line, _, _ = strings.Cut(line, "#")
			key, value, _ := strings.Cut(line, "=")
			if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
				settings[strings.TrimSpace(key)] = n
			}
		}
	}
	for _, a := range m.Args {
		key, value, _ := strings.Cut(a, "=")
		if n, err := strconv.Atoi(value); err == nil {
			settings[key] = n
		}
	}
	return settings, nil
}

// minLength is the shortest password that is taken. A class of characters with a positive credit shortens what is demanded by so much;
// pwquality takes none below 6.
func (p passwordStack) minLength() evidence.Value[int] {
	return p.atLeast(p.ownLength(), func(m pam.Module) evidence.Value[int] {
		settings, err := p.quality(m)
		if err != nil {
			return untold[int]("/etc/security/pwquality.conf", err)
		}
		if settings["enforcing"] == 0 {
			return evidence.Known(0)
		}
		n := settings["minlen"]
		for _, credit := range credits() {
			n -= max(0, settings[credit])
		}
		return evidence.Known(max(n, 6)).At(p.at(m))
	}, "pam_cracklib", "pam_pwquality")
}

// credits are the settings of the four classes of characters.
func credits() []string { return []string{"dcredit", "lcredit", "ocredit", "ucredit"} }

// ownLength is what pam_unix itself demands: 6 characters unless its line says more, and the least of several lines.
func (p passwordStack) ownLength() evidence.Value[int] {
	least, found := evidence.Known(0), false
	for _, m := range p.own() {
		length := evidence.Default(6, pamUnixDoc).At(p.at(m))
		if text, set := argument(m, "minlen"); set {
			n, _ := strconv.Atoi(text)
			length = evidence.Known(n).At(p.at(m))
		}
		most, _ := least.Get()
		if n, _ := length.Get(); !found || n < most {
			least, found = length, true
		}
	}
	return least
}

// complexity says whether all four classes of characters are demanded.
func (p passwordStack) complexity() evidence.Value[bool] {
	classes := p.atLeast(evidence.Known(0).At(p.line("/etc/pam.d/passwd", 0, "")), func(m pam.Module) evidence.Value[int] {
		settings, err := p.quality(m)
		switch {
		case err != nil:
			return untold[int]("/etc/security/pwquality.conf", err)
		case settings["enforcing"] == 0:
			return evidence.Known(0)
		}
		demanded := 0
		for _, credit := range credits() {
			if settings[credit] < 0 {
				demanded++
			}
		}
		return evidence.Known(max(demanded, settings["minclass"])).At(p.at(m))
	}, "pam_cracklib", "pam_pwquality")
	return evidence.Map(classes, func(n int) bool { return n >= 4 })
}

// reuse is how many old passwords are refused: by pam_pwhistory, 10 unless its line or file says otherwise, or by pam_unix.
// https://manpages.debian.org/bookworm/libpam-modules/pam_pwhistory.8.en.html
func (p passwordStack) reuse() evidence.Value[int] {
	own, found := evidence.Known(0), false
	for _, m := range p.own() {
		text, _ := argument(m, "remember")
		n, _ := strconv.Atoi(text)
		if least, _ := own.Get(); !found || n < least {
			own, found = evidence.Known(n).At(p.at(m)), true
		}
	}
	return p.atLeast(own, func(m pam.Module) evidence.Value[int] {
		text, _ := argument(m, "remember")
		if n, err := strconv.Atoi(text); err == nil {
			return evidence.Known(n).At(p.at(m))
		}
		n, err := p.historyFile()
		if err != nil {
			return untold[int]("/etc/security/pwhistory.conf", err)
		}
		return evidence.Known(n).At(p.at(m))
	}, "pam_pwhistory")
}

func (p passwordStack) historyFile() (int, error) {
	text, err := p.Read("/etc/security/pwhistory.conf")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	remember := 10
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		if key, value, _ := strings.Cut(line, "="); strings.TrimSpace(key) == "remember" {
			if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
				remember = n
			}
		}
	}
	return remember, nil
}

// passwordAge is the longest time for which a password of an account may be used: that of the accounts that have one, and that which new
// accounts get. https://man7.org/linux/man-pages/man5/login.defs.5.html
func (h *host) passwordAge() evidence.Value[int] {
	out, err := h.Output("shadow")
	if err != nil {
		return untold[int]("/etc/shadow", err)
	}
	longest, command := 0, h.said("shadow")
	for _, password := range accounts.ParseShadow(out) {
		if password.Usable() {
			longest = max(longest, ageOf(password.MaxDays))
		}
	}
	text, err := h.Read("/etc/login.defs")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return untold[int]("/etc/login.defs", err)
	}
	newest := evidence.Never
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 2 && f[0] == "PASS_MAX_DAYS" {
			if n, err := strconv.Atoi(f[1]); err == nil {
				newest = ageOf(n)
			}
		}
	}
	return evidence.Known(max(longest, newest)).At(command, h.line("/etc/login.defs", 0, ""))
}

// ageOf takes the number that stands for no limit, and a negative one, for one.
func ageOf(days int) int {
	if days < 0 || days >= 99999 {
		return evidence.Never
	}
	return days
}
