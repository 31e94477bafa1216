// Package accounts reads the user database of a host: who is in it, who has a shell, which scheme hashes the passwords. It sees no
// hash: the capture has the schemes alone.
package accounts

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Account is a line of /etc/passwd. https://man7.org/linux/man-pages/man5/passwd.5.html
type Account struct {
	Name        string
	Password    string // x where /etc/shadow has it; empty where none is needed
	UID, GID    int
	Home, Shell string
	Line        int
}

// Group is a line of /etc/group. https://man7.org/linux/man-pages/man5/group.5.html
type Group struct {
	Name    string
	GID     int
	Members []string
}

// Database is the user database of a host's own files.
type Database struct {
	Accounts []Account
	Groups   []Group
	Shells   []string // that /etc/shells lists; nil where it is not known
	// Remote are sources of accounts beside the files, such as sss or ldap: accounts that are not seen here.
	Remote []string
	// RemoteGroups are sources of groups beside the files.
	RemoteGroups []string
	// RemoteSudoers are sources of sudo rights beside the files.
	RemoteSudoers []string
	// Groups, shells and sources that could not be read.
	GroupsErr, ShellsErr, SourcesErr error

	members map[string][]int // the groups that list an account, by its name
	primary map[int][]int    // those with a number
}

// limit bounds the lines that are read of each file.
const limit = 100_000

// Load reads /etc/passwd, /etc/group, /etc/shells and /etc/nsswitch.conf. The error is that of /etc/passwd.
func Load(f capture.Files) (*Database, error) {
	data, err := f.Read("/etc/passwd")
	if err != nil {
		return nil, err
	}
	d := &Database{Accounts: parseAccounts(string(data))}
	if data, d.GroupsErr = f.Read("/etc/group"); d.GroupsErr == nil {
		d.Groups = parseGroups(string(data))
		d.index()
	}
	d.Shells, d.ShellsErr = readShells(f)
	if data, d.SourcesErr = f.Read("/etc/nsswitch.conf"); d.SourcesErr == nil {
		local := []string{"files", "compat", "systemd", "db", "altfiles", "extrausers", "mymachines"}
		d.Remote = remote(string(data), "passwd", local...)
		d.RemoteGroups = append(remote(string(data), "group", local...), remote(string(data), "initgroups", local...)...)
		d.RemoteSudoers = remote(string(data), "sudoers", "files")
	}
	if errors.Is(d.SourcesErr, fs.ErrNotExist) { // glibc's default is files: https://man7.org/linux/man-pages/man5/nsswitch.conf.5.html
		d.SourcesErr = nil
	}
	return d, nil
}

func parseAccounts(data string) []Account {
	var all []Account
	for n, line := range lines(data) {
		f := strings.Split(line, ":")
		if len(f) < 7 || f[0] == "" || strings.ContainsAny(f[0][:1], "#+-") {
			continue
		}
		uid, err1 := strconv.ParseUint(f[2], 10, 32)
		gid, err2 := strconv.ParseUint(f[3], 10, 32)
		if err1 != nil || err2 != nil {
			continue
		}
		all = append(all, Account{Name: f[0], Password: f[1], UID: int(uid), GID: int(gid), Home: f[5], Shell: f[6], Line: n + 1})
	}
	return all
}

func parseGroups(data string) []Group {
	var all []Group
	for _, line := range lines(data) {
		f := strings.Split(line, ":")
		if len(f) < 4 || f[0] == "" || strings.ContainsAny(f[0][:1], "#+-") {
			continue
		}
		gid, err := strconv.ParseUint(f[2], 10, 32)
		if err != nil {
			continue
		}
		g := Group{Name: f[0], GID: int(gid)}
		for _, member := range strings.Split(f[3], ",") {
			if member = strings.TrimSpace(member); member != "" {
				g.Members = append(g.Members, member)
			}
		}
		all = append(all, g)
	}
	return all
}

// readShells reads /etc/shells. Without it the C library knows /bin/sh and /bin/csh:
// https://man7.org/linux/man-pages/man3/getusershell.3.html
func readShells(f capture.Files) ([]string, error) {
	data, err := f.Read("/etc/shells")
	if errors.Is(err, fs.ErrNotExist) {
		return []string{"/bin/sh", "/bin/csh"}, nil
	}
	if err != nil {
		return nil, err
	}
	all := []string{}
	for _, line := range lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "/") {
			all = append(all, line)
		}
	}
	return all, nil
}

// remote are the sources of a database that are not among the local ones.
func remote(data, database string, local ...string) []string {
	var found []string
	for _, line := range lines(data) {
		line, _, _ = strings.Cut(line, "#")
		name, sources, ok := strings.Cut(line, ":")
		if !ok || strings.TrimSpace(name) != database {
			continue
		}
		actions := false
		for _, source := range strings.Fields(sources) {
			if strings.HasPrefix(source, "[") {
				actions = true
			}
			if !actions && !slices.Contains(local, source) {
				found = append(found, source)
			}
			if strings.HasSuffix(source, "]") {
				actions = false
			}
		}
	}
	return found
}

// lines are the lines of a file, up to the limit.
func lines(data string) []string {
	all := strings.Split(data, "\n")
	return all[:min(len(all), limit)]
}

// HasShell says whether the shell opens a session: it is no nologin or false. What /etc/shells does not list is a shell all the same
// for sshd and login; only pam_shells and FTP servers ask for the list.
func (a Account) HasShell() bool {
	base := a.Shell[strings.LastIndex(a.Shell, "/")+1:]
	return !slices.Contains([]string{"nologin", "false", "sync", "halt", "shutdown", "git-shell-disabled"}, base)
}

// index finds groups by what accounts know of them.
func (d *Database) index() {
	d.members, d.primary = map[string][]int{}, map[int][]int{}
	for n, g := range d.Groups {
		d.primary[g.GID] = append(d.primary[g.GID], n)
		for _, name := range g.Members {
			d.members[name] = append(d.members[name], n)
		}
	}
}

// GroupsOf are the groups that an account is in, in the order of the file: their names, and their numbers with the account's own.
func (d *Database) GroupsOf(a Account) (names []string, ids []int) {
	all := slices.Concat(d.primary[a.GID], d.members[a.Name])
	slices.Sort(all)
	ids = []int{a.GID}
	for _, n := range slices.Compact(all) {
		g := d.Groups[n]
		names = append(names, g.Name)
		if g.GID != a.GID {
			ids = append(ids, g.GID)
		}
	}
	return names, ids
}

// GroupsUnknown says whether accounts may be in groups that are not seen here.
func (d *Database) GroupsUnknown() bool {
	return d.GroupsErr != nil || d.SourcesErr != nil || len(d.RemoteGroups) > 0
}
