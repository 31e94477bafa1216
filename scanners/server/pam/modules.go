package pam

import (
	"slices"
	"strings"
)

// effect says what a success shows of who logs in.
type effect uint8

const (
	knows   effect = 1 << iota // a password was checked
	owns                       // something that one has was checked: a code of a device, a key
	perhaps                    // a module that is not known here may have checked anything
)

// chance says when an outcome comes about.
type chance int8

const (
	chosen  chance = iota // whoever logs in can bring it about
	happens               // a condition of the host, the account or the moment decides
	rare                  // something is broken: a server does not answer
)

// outcome is one way in which a module may end.
type outcome struct {
	code   code
	effect effect
	chance chance
}

// passwordModules check a password of an account.
func passwordModules() []string {
	return []string{"pam_krb5", "pam_ldap", "pam_pwdb", "pam_sss", "pam_unix", "pam_unix2", "pam_userdb", "pam_winbind"}
}

// ownModules check something that one has: a code of a device or an app, a hardware key, a card, a key of an agent.
func ownModules() []string {
	return []string{"pam_duo", "pam_google_authenticator", "pam_oath", "pam_p11", "pam_pkcs11", "pam_privacyidea", "pam_ssh_agent_auth", "pam_u2f", "pam_yubico"}
}

// ignoredModules return PAM_IGNORE from their auth function whatever happens.
func ignoredModules() []string {
	return []string{"pam_echo", "pam_env", "pam_faildelay", "pam_group", "pam_issue", "pam_keyinit", "pam_mail", "pam_selinux", "pam_umask", "pam_warn"}
}

// gateModules let the login go on or not, by conditions that have nothing to do with factors. Their manuals are in Linux-PAM:
// https://github.com/linux-pam/linux-pam/tree/master/modules
func gateModules() []string {
	return []string{
		"pam_access", "pam_cap", "pam_ecryptfs", "pam_faillock", "pam_ftp", "pam_gnome_keyring", "pam_kwallet", "pam_kwallet5", "pam_lastlog",
		"pam_listfile", "pam_localuser", "pam_nologin", "pam_rhosts", "pam_securetty", "pam_sepermit", "pam_shells", "pam_succeed_if",
		"pam_tally", "pam_tally2", "pam_time", "pam_timestamp", "pam_user_map", "pam_usertype",
	}
}

// outcomes are the ways in which a module's auth function may end; root says that the program that asks is root whoever logs in.
func (m Module) outcomes(root bool) []outcome {
	switch {
	case slices.Contains(passwordModules(), m.Name):
		return m.factor(knows)
	case slices.Contains(ownModules(), m.Name), m.Name == "pam_python" && m.mentions("privacyidea"):
		return m.factor(owns)
	case slices.Contains(ignoredModules(), m.Name):
		return []outcome{{code: codeIgnore}, {code: 4, chance: rare}, {code: codeUnknown, chance: rare}}
	case slices.Contains(gateModules(), m.Name):
		return whatever(0)
	}
	switch m.Name {
	case "pam_permit":
		return []outcome{{code: codeSuccess}}
	case "pam_deny":
		return []outcome{{code: codeAuthErr}}
	case "pam_rootok":
		if root {
			return []outcome{{code: codeSuccess}}
		}
		return []outcome{{code: codeSuccess, chance: happens}, {code: codeAuthErr, chance: happens}}
	case "pam_wheel":
		if m.mentions("trust") {
			return whatever(0)
		}
		return slices.DeleteFunc(whatever(0), func(o outcome) bool { return o.code == codeSuccess })
	case "pam_debug":
		return []outcome{{code: m.debugCode("auth")}}
	}
	return whatever(perhaps)
}

// factor is a check that ends well, or with a refusal, or not at all because something is broken.
func (m Module) factor(e effect) []outcome {
	all := []outcome{{code: codeSuccess, effect: e}, {code: codeAuthErr}}
	for c := range code(codeCount - 1) {
		if c != codeSuccess && c != codeAuthErr && c != codeIgnore && c != codeNewToken {
			all = append(all, outcome{code: c, chance: rare})
		}
	}
	if m.Nullok() {
		// Today's versions ignore themselves then; older ones said that all is well.
		return append(all, outcome{code: codeIgnore, chance: happens}, outcome{code: codeSuccess, chance: rare})
	}
	for _, argument := range m.Args {
		switch {
		case argument == "ignore_root", argument == "ignore_unknown_user", strings.HasPrefix(argument, "minimum_uid="):
			return append(all, outcome{code: codeIgnore, chance: happens})
		case argument == "ignore_authinfo_unavail":
			all = append(all, outcome{code: codeIgnore, chance: rare})
		}
	}
	return all
}

// whatever is every code, by conditions that are not known.
func whatever(e effect) []outcome {
	all := make([]outcome, 0, codeCount)
	for c := range code(codeCount - 1) {
		o := outcome{code: c, chance: happens}
		if c == codeSuccess {
			o.effect = e
		}
		all = append(all, o)
	}
	return all
}

// Nullok says whether the module is a second factor that lets accounts pass that have none.
// https://github.com/google/google-authenticator-libpam#nullok https://developers.yubico.com/pam-u2f/
func (m Module) Nullok() bool {
	return slices.Contains(ownModules(), m.Name) && slices.ContainsFunc(m.Args, func(a string) bool { return a == "nullok" || a == "nouserok" })
}

func (m Module) mentions(word string) bool {
	return slices.ContainsFunc(m.Args, func(a string) bool { return strings.Contains(strings.ToLower(a), word) })
}

// debugCode is what pam_debug was told to return from one of its functions.
func (m Module) debugCode(function string) code {
	for _, a := range slices.Backward(m.Args) {
		if name, ok := strings.CutPrefix(a, function+"="); ok {
			return code(max(slices.Index(codes()[:codeCount], name), 0))
		}
	}
	return codeSuccess
}
