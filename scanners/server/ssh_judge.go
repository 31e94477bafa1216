package server

import (
	"errors"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/pam"
	"github.com/tomscan/tomscan/scanners/server/sshd"
)

// answer is yes, no, or not known. It is ordered: the greater of two is what holds of either.
type answer int

const (
	no answer = iota
	unsure
	yes
)

// flag is whether a setting is yes.
func (v sshView) flag(name string) answer {
	s := v.set[name]
	switch {
	case s.Open != nil:
		return unsure
	case s.String() == "yes":
		return yes
	}
	return no
}

// lists are the alternatives of AuthenticationMethods, each a list of ways that are all demanded; each way alone for "any". known is false
// where these are not known.
func (v sshView) lists() (lists [][]string, known bool) {
	s := v.set["authenticationmethods"]
	if s.Open != nil {
		return nil, false
	}
	if s.String() == "any" {
		return [][]string{{"publickey"}, {"password"}, {"keyboard-interactive"}, {"hostbased"}, {"gssapi-with-mic"}, {"gssapi-keyex"}}, true
	}
	for _, list := range s.Values {
		var ways []string
		for _, way := range strings.Split(list, ",") {
			name, _, _ := strings.Cut(way, ":")
			ways = append(ways, name)
		}
		lists = append(lists, ways)
	}
	return lists, true
}

// enabled says whether a way is switched on in a context; root has ways of its own.
func (d *sshDaemon) enabled(v sshView, way string) answer {
	on := map[string]string{"publickey": "pubkeyauthentication", "password": "passwordauthentication", "keyboard-interactive": "kbdinteractiveauthentication",
		"hostbased": "hostbasedauthentication", "gssapi-with-mic": "gssapiauthentication", "gssapi-keyex": "gssapikeyexchange"}[way]
	result := v.flag(on)
	if way == "keyboard-interactive" {
		result = min(result, v.flag("usepam"))
	}
	if (way == "password" || way == "keyboard-interactive") && v.flag("usepam") != no && d.pam(v).err == nil && !d.pam(v).auth.Possible {
		result = min(result, no)
	}
	if v.User != "root" {
		return result
	}
	switch p := v.set["permitrootlogin"]; {
	case p.Open != nil:
		return min(result, unsure)
	case p.String() == "no", p.String() != "yes" && (way == "password" || way == "keyboard-interactive"):
		return no
	}
	return result
}

// passwordAlone says whether a password, and nothing else, opens a session.
func (d *sshDaemon) passwordAlone(v sshView) answer {
	lists, known := v.lists()
	if !known {
		return min(unsure, max(d.enabled(v, "password"), d.enabled(v, "keyboard-interactive")))
	}
	result := no
	for _, list := range lists {
		opens := yes
		for _, way := range list {
			if way != "password" && way != "keyboard-interactive" {
				opens = no
				break
			}
			opens = min(opens, d.enabled(v, way))
		}
		if v.flag("usepam") != no {
			opens = min(opens, d.pam(v).withoutFactor())
		}
		result = max(result, opens)
	}
	return result
}

// withoutFactor says whether PAM lets in who has no second factor.
func (p sshPAM) withoutFactor() answer {
	switch {
	case p.err != nil || p.auth.SecondFactor.Verdict == pam.Undecided:
		return unsure
	case p.auth.SecondFactor.Verdict == pam.Yes:
		return no
	}
	return yes
}

// open is the first of some settings that something unread or unknown leaves open, as a reason.
func (d *sshDaemon) open(names ...string) evidence.Reason {
	for _, v := range d.views {
		for _, name := range names {
			if o := v.set[name].Open; o != nil {
				return sshOpen(name, *o)
			}
		}
	}
	for _, v := range d.views {
		if err := d.pam(v).err; err != nil {
			return why("/etc/pam.d/"+v.set["pamservicename"].String(), err)
		}
	}
	return evidence.Because("sshd_groups")
}

func sshOpen(name string, o sshd.Open) evidence.Reason {
	switch {
	case errors.Is(o.Err, sshd.ErrGroups):
		return evidence.Because("sshd_groups")
	case errors.Is(o.Err, sshd.ErrVersion):
		return evidence.Because("sshd_version", "keyword", name)
	}
	return why(o.What, o.Err)
}

// decider is where a setting of some context is decided.
func (d *sshDaemon) decider(name string, of func(sshView) bool) []evidence.Position {
	for _, v := range d.views {
		s := v.set[name]
		if !of(v) {
			continue
		}
		if s.File == "" || strings.HasPrefix(s.File, "-") {
			return []evidence.Position{d.line(d.config.Files[0], 0, name+" "+s.String())}
		}
		return []evidence.Position{d.line(s.File, s.Line, name+" "+s.String())}
	}
	return nil
}

func (d *sshDaemon) passwordLogin() evidence.Value[string] {
	result, refused := no, false
	var at []evidence.Position
	for _, v := range d.views {
		opens := min(v.admitted, d.passwordAlone(v))
		if opens == no && (v.User != "root" && (v.admitted == yes || d.entersElsewhere(v.User))) {
			refused = true
		}
		if opens > result {
			result = opens
			name := "passwordauthentication"
			if v.flag(name) == no {
				name = "kbdinteractiveauthentication"
			}
			at = d.decider(name, func(o sshView) bool {
				return o.User == v.User && o.Addr == v.Addr && o.LocalPort == v.LocalPort && o.Host == v.Host && o.LocalAddr == v.LocalAddr
			})
		}
	}
	switch {
	case result == unsure:
		return evidence.Unresolved[string](d.open("passwordauthentication", "kbdinteractiveauthentication", "authenticationmethods", "usepam", "permitrootlogin", "allowusers", "allowgroups", "denyusers", "denygroups")).At(at...)
	case result == no:
		return evidence.Known("refused").At(d.decider("passwordauthentication", func(sshView) bool { return true })...)
	case refused:
		return evidence.Known("restricted").At(at...)
	}
	return evidence.Known("accepted").At(at...)
}

// entersElsewhere says whether an account is let in from anywhere.
func (d *sshDaemon) entersElsewhere(user string) bool {
	return slices.ContainsFunc(d.views, func(v sshView) bool { return v.User == user && v.admitted == yes })
}

func (d *sshDaemon) secondFactor() evidence.Value[bool] {
	result := yes
	for _, v := range d.views {
		if v.admitted == no {
			continue
		}
		two := d.twoFactors(v)
		if v.admitted == unsure && two == no {
			two = unsure
		}
		result = min(result, two)
	}
	at := d.decider("authenticationmethods", func(v sshView) bool { return d.twoFactors(v) == result })
	if result == unsure || len(d.views) == 0 {
		return evidence.Unresolved[bool](d.open("authenticationmethods", "pubkeyauthentication", "passwordauthentication", "kbdinteractiveauthentication", "usepam", "permitrootlogin")).At(at...)
	}
	return evidence.Known(result == yes).At(at...)
}

// twoFactors says whether each way in demands two factors of different sorts: something one has, and something one knows. A key with
// verify-required, when no other keys are accepted, is both.
func (d *sshDaemon) twoFactors(v sshView) answer {
	lists, known := v.lists()
	if !known {
		return unsure
	}
	result := yes
	for _, list := range lists {
		open, has, knows := yes, no, no
		for _, way := range list {
			open = min(open, d.enabled(v, way))
			switch way {
			case "publickey":
				has = yes
				knows = max(knows, v.verified())
			case "password", "keyboard-interactive":
				factor, word := no, yes
				if v.flag("usepam") != no {
					factor, word = yes-d.pam(v).withoutFactor(), d.pam(v).asksPassword()
				}
				has, knows = max(has, factor), max(knows, word)
			}
		}
		switch both := min(has, knows); {
		case open == no || both == yes:
		case open == unsure || both == unsure:
			result = min(result, unsure)
		default:
			result = no
		}
	}
	return result
}

// asksPassword says whether PAM demands the password.
func (p sshPAM) asksPassword() answer {
	switch {
	case p.err != nil || p.auth.Password.Verdict == pam.Undecided:
		return unsure
	case p.auth.Password.Verdict == pam.Yes:
		return yes
	}
	return no
}

// verified says whether only security keys that ask for a PIN or a finger are accepted.
func (v sshView) verified() answer {
	options, types := v.set["pubkeyauthoptions"], v.set["pubkeyacceptedalgorithms"]
	if options.Open == nil && !slices.Contains(options.Values, "verify-required") {
		return no
	}
	if options.Open != nil || types.Open != nil {
		return unsure
	}
	for _, name := range strings.Split(types.String(), ",") {
		if !strings.HasPrefix(name, "sk-") && !strings.HasPrefix(name, "webauthn-sk-") {
			return no
		}
	}
	return yes
}

func (d *sshDaemon) rootLogin() evidence.Value[string] {
	rank := []string{"refused", "forced-commands", "key", "password"}
	worst, open := 0, false
	var at []evidence.Position
	for _, v := range d.views {
		if v.User != "root" || v.admitted == no {
			continue
		}
		level := 0
		switch p := v.set["permitrootlogin"]; {
		case p.Open != nil || v.admitted == unsure:
			open = true
			continue
		case p.String() == "no":
		case p.String() == "forced-commands-only":
			level = 1
		default:
			level = 2
			if alone := d.passwordAlone(v); alone == yes {
				level = 3
			} else if alone == unsure {
				open = true
			}
		}
		if level > worst || at == nil {
			worst = level
			at = d.decider("permitrootlogin", func(o sshView) bool {
				return o.User == "root" && o.set["permitrootlogin"].String() == v.set["permitrootlogin"].String()
			})
		}
	}
	if open && worst < 3 {
		return evidence.Unresolved[string](d.open("permitrootlogin", "allowusers", "allowgroups", "denyusers", "denygroups", "passwordauthentication", "kbdinteractiveauthentication", "authenticationmethods")).At(at...)
	}
	return evidence.Known(rank[worst]).At(at...)
}
