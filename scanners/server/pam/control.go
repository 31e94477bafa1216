package pam

import (
	"slices"
	"strings"
)

// code is what a module returns: _pam_types.h of Linux-PAM.
type code int

// The codes that are named here; the others are known by their place in codes.
const (
	codeSuccess     code = 0
	codePerm        code = 6
	codeAuthErr     code = 7
	codeUnknownUser code = 10
	codeMaxTries    code = 11
	codeNewToken    code = 12
	codeAuthtok     code = 20
	codeIgnore      code = 25
	codeUnknown     code = 28
)

// codes are the names of all codes, in their order, and then "default".
func codes() []string {
	return []string{
		"success", "open_err", "symbol_err", "service_err", "system_err", "buf_err", "perm_denied", "auth_err", "cred_insufficient",
		"authinfo_unavail", "user_unknown", "maxtries", "new_authtok_reqd", "acct_expired", "session_err", "cred_unavail", "cred_expired",
		"cred_err", "no_module_data", "conv_err", "authtok_err", "authtok_recover_err", "authtok_lock_busy", "authtok_disable_aging",
		"try_again", "ignore", "abort", "authtok_expired", "module_unknown", "bad_item", "conv_again", "incomplete", "default",
	}
}

// codeCount is the number of codes; the place of "default" in codes.
const codeCount = 32

// action is what follows from a code: one of the named ones, or a jump over so many entries.
type action int

// The actions; positive ones are jumps.
const (
	actionIgnore action = -iota
	actionOK
	actionDone
	actionBad
	actionDie
	actionReset
	actionUndefined
)

// maxJump bounds a jump; no stack is longer.
const maxJump = 1 << 20

type actions [codeCount]action

// setDefault gives a to all codes that have no action.
func (c *actions) setDefault(a action) {
	for i := range c {
		if c[i] == actionUndefined {
			c[i] = a
		}
	}
}

// parseControl reads a control: required and its kin, or value=action. What is wrong in it makes every outcome bad, as in libpam.
func parseControl(s string) actions {
	var c actions
	for i := range c {
		c[i] = actionUndefined
	}
	switch strings.ToLower(s) {
	case "required":
		c[codeSuccess], c[codeNewToken], c[codeIgnore] = actionOK, actionOK, actionIgnore
	case "requisite":
		c[codeSuccess], c[codeNewToken], c[codeIgnore] = actionOK, actionOK, actionIgnore
		c.setDefault(actionDie)
	case "optional":
		c[codeSuccess], c[codeNewToken] = actionOK, actionOK
		c.setDefault(actionIgnore)
	case "sufficient":
		c[codeSuccess], c[codeNewToken] = actionDone, actionDone
		c.setDefault(actionIgnore)
	default:
		if !c.parse(s) {
			for i := range c {
				c[i] = actionBad
			}
		}
	}
	c.setDefault(actionBad)
	return c
}

// parse reads value=action pairs, as _pam_parse_control does.
func (c *actions) parse(s string) bool {
	for {
		s = strings.TrimLeft(s, " \t\n\v\f\r")
		if s == "" {
			return true
		}
		at := slices.IndexFunc(codes(), func(name string) bool { return strings.HasPrefix(s, name) })
		if at < 0 {
			return false
		}
		s = strings.TrimLeft(s[len(codes()[at]):], " \t\n\v\f\r")
		if !strings.HasPrefix(s, "=") {
			return false
		}
		a, rest, ok := parseAction(strings.TrimLeft(s[1:], " \t\n\v\f\r"))
		if !ok {
			return false
		}
		s = rest
		if at == codeCount {
			c.setDefault(a)
		} else {
			c[at] = a
		}
	}
}

// parseAction cuts an action off.
func parseAction(s string) (action, string, bool) {
	for i, name := range []string{"ignore", "ok", "done", "bad", "die", "reset"} {
		if rest, ok := strings.CutPrefix(s, name); ok {
			return action(-i), rest, true
		}
	}
	n, i := 0, 0
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		n = min(n*10+int(s[i]-'0'), maxJump)
	}
	return action(n), s[i:], n > 0
}
