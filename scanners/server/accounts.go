package server

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/accounts"
	"github.com/tomscan/tomscan/scanners/server/sudoers"
)

// localAccounts reads the accounts of a host's own user database that can log in, or that administer it.
func localAccounts() reader {
	return reader{name: "accounts", kinds: []evidence.Kind{"local_account"}, read: readAccounts}
}

func readAccounts(h *host) {
	database, err := accounts.Load(h)
	if err != nil {
		h.hide(why("/etc/passwd", err), "local_account")
		return
	}
	if database.SourcesErr != nil {
		h.hide(why("/etc/nsswitch.conf", database.SourcesErr), "local_account")
	}
	if len(database.Remote) > 0 {
		h.hide(evidence.Because("accounts_elsewhere", "sources", strings.Join(database.Remote, ", ")), "local_account")
	}
	u := userBase{host: h, database: database}
	u.load()
	locked := 0
	for _, a := range database.Accounts {
		if !u.matters(a) {
			locked++
			continue
		}
		h.add(thing{name: "account/" + a.Name, at: []evidence.Position{h.line("/etc/passwd", a.Line, "")}}, u.account(a))
	}
	if locked > 0 {
		h.remark(evidence.Because("accounts_without_login", "n", itoa(locked)), "local_account")
	}
}

// userBase is what is known of all accounts.
type userBase struct {
	*host
	database  *accounts.Database
	passwords map[string]accounts.Password
	keys      map[string]accounts.Keys
	policy    *sudoers.Policy

	passwordsErr, keysErr, policyErr error
}

func (u *userBase) load() {
	out, err := u.Output("shadow")
	u.passwords, u.passwordsErr = accounts.ParseShadow(out), err
	out, err = u.Output("authorized-keys")
	u.keys, u.keysErr = accounts.ParseKeys(out), err
	u.policy, u.policyErr = sudoers.Load(u, u.place.Host)
}

// matters says whether an account may be one that somebody uses: it has a shell, the user id 0, a password that is usable, or keys. What
// is not known counts as there.
func (u *userBase) matters(a accounts.Account) bool {
	if a.UID == 0 {
		return true
	}
	if !a.HasShell() {
		return false
	}
	p, ok := u.passwords[a.Name]
	usable := u.passwordsErr != nil || ok && p.Usable() || a.Password != "x" && a.Password != "*" && a.Password != "!"
	keys := u.keys[a.Name]
	return usable || u.keysErr != nil || keys.Denied || len(keys.Keys) > 0
}

func (u *userBase) account(a accounts.Account) evidence.LocalAccount {
	at := u.line("/etc/passwd", a.Line, "")
	keys, weak := u.countKeys(a)
	all, free := u.sudo(a)
	return evidence.LocalAccount{
		Superuser:        evidence.Known(a.UID == 0).At(at),
		Login:            u.login(a).At(at),
		PasswordScheme:   u.scheme(a),
		SudoAll:          all,
		SudoWithoutProof: free,
		Keys:             keys,
		WeakKeys:         weak,
		IdleDays:         u.idle(a),
	}
}

// scheme is how the password of an account is hashed. One that stands in /etc/passwd itself was not captured.
func (u *userBase) scheme(a accounts.Account) evidence.Value[string] {
	at := u.said("shadow")
	p, ok := u.passwords[a.Name]
	switch {
	case a.Password == "":
		return evidence.Known("empty").At(u.line("/etc/passwd", a.Line, ""))
	case a.Password != "x":
		return evidence.Unresolved[string](evidence.Because("host_redacted", "what", "/etc/passwd")).At(u.line("/etc/passwd", a.Line, ""))
	case u.passwordsErr != nil:
		return untold[string]("/etc/shadow", u.passwordsErr)
	case !ok:
		return evidence.Known("none").At(at)
	}
	if p.Scheme == "other" {
		return evidence.Unresolved[string](evidence.Because("host_not_understood", "what", "the scheme of the password")).At(at)
	}
	return evidence.Known(p.Scheme).At(at)
}

// login says whether an account can log in: with a shell, and a password or a key.
func (u *userBase) login(a accounts.Account) evidence.Value[bool] {
	if !a.HasShell() {
		return evidence.Known(false)
	}
	password := evidence.Map(u.scheme(a), func(s string) bool { return s != "locked" && s != "none" })
	keys, _ := u.countKeys(a)
	return evidence.AnyTrue(password, evidence.Map(keys, func(n int) bool { return n > 0 }))
}

// countKeys counts the keys that open an account, and the weak ones.
func (u *userBase) countKeys(a accounts.Account) (all, weak evidence.Value[int]) {
	keys := u.keys[a.Name]
	if u.keysErr != nil || keys.Denied {
		err := u.keysErr
		if keys.Denied {
			err = fs.ErrPermission
		}
		return untold[int]("authorized_keys", err), untold[int]("authorized_keys", err)
	}
	n := 0
	for _, k := range keys.Keys {
		if k.Weak() {
			n++
		}
	}
	at := u.said("authorized-keys")
	return evidence.Known(len(keys.Keys)).At(at), evidence.Known(n).At(at)
}

// sudo says what an account may do as root. A host without sudo grants nothing by it.
func (u *userBase) sudo(a accounts.Account) (all, free evidence.Value[bool]) {
	switch {
	case errors.Is(u.policyErr, fs.ErrNotExist):
		return evidence.Known(false), evidence.Known(false)
	case u.policyErr != nil:
		return untold[bool]("/etc/sudoers", u.policyErr), untold[bool]("/etc/sudoers", u.policyErr)
	}
	groups, ids := u.database.GroupsOf(a)
	user := sudoers.User{Name: a.Name, UID: a.UID, Groups: groups, GIDs: ids, GroupsUnknown: u.database.GroupsUnknown()}
	rights := u.policy.Rights(user, u.place.Host)
	return u.right(rights.All), u.right(rights.WithoutProof)
}

func (u *userBase) right(a sudoers.Answer) evidence.Value[bool] {
	at := u.line("/etc/sudoers", 0, "")
	if a.By.File != "" {
		at = u.line(a.By.File, a.By.Number, a.By.Text)
	}
	if a.Verdict == sudoers.Undecided || len(u.database.RemoteSudoers) > 0 && a.Verdict == sudoers.No {
		return evidence.Unresolved[bool](evidence.Because("sudo_undecided")).At(at)
	}
	return evidence.Known(a.Verdict == sudoers.Yes).At(at)
}

// idle is how long ago an account last logged in. The list of last logins does not know logins that open no session.
func (u *userBase) idle(a accounts.Account) evidence.Value[int] {
	out, err := u.Output("lastlog")
	if err != nil {
		return untold[int]("lastlog", err)
	}
	last, never := accounts.ParseLastLogins(out)
	switch at, ok := last[a.Name]; {
	case ok:
		return u.daysSince(at).At(u.said("lastlog"))
	case never[a.Name]:
		return evidence.Known(evidence.Never).At(u.said("lastlog"))
	}
	return evidence.Unresolved[int](evidence.Because("host_not_understood", "what", "lastlog"))
}
