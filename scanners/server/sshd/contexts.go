package sshd

import (
	"errors"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// ErrManyContexts says that there are more contexts than are looked at.
var ErrManyContexts = errors.New("more contexts than are looked at")

// contextLimit is how many contexts are looked at.
const contextLimit = 4000

// Account is an account of the host.
type Account struct {
	Name          string
	Groups        []string
	GroupsUnknown bool
}

// Contexts are connections of which each stands for all others that the configuration does not tell apart: accounts, addresses, names
// and ports of both sides that match the same criteria of Match, AllowUsers and DenyUsers. "root" and accounts stand for themselves; one account
// that no pattern names stands for all others. The error says that there are too many.
func (c *Config) Contexts(accounts []Account) ([]Context, error) {
	p := &points{}
	for i := range c.args {
		p.statement(&c.args[i])
	}
	p.file(c.main)
	users := p.users(accounts)
	addresses := p.addresses("address", p.from)
	locals := p.addresses("localaddress", nil)
	hosts, ports := p.hosts(), p.ports()
	if len(users)*len(addresses)*len(locals)*len(hosts)*len(ports) > contextLimit {
		return nil, ErrManyContexts
	}
	var all []Context
	for _, u := range users {
		for _, a := range addresses {
			for _, l := range locals {
				for _, h := range hosts {
					for _, port := range ports {
						all = append(all, Context{User: u.Name, Groups: u.Groups, GroupsUnknown: u.GroupsUnknown, Addr: a, LocalAddr: l, Host: h, LocalPort: port})
					}
				}
			}
		}
	}
	return all, nil
}

// points are what the configuration tells apart.
type points struct {
	criteria []criterion
	names    []string // patterns of users
	from     []string // lists of addresses of AllowUsers and DenyUsers
}

func (p *points) file(s *source) {
	for i := range s.lines {
		p.statement(&s.lines[i])
		for _, part := range s.lines[i].parts {
			if part.source != nil {
				p.file(part.source)
			}
		}
	}
}

func (p *points) statement(st *statement) {
	p.criteria = append(p.criteria, st.criteria...)
	for _, e := range st.effects {
		if e.field != "allowusers" && e.field != "denyusers" {
			continue
		}
		for _, v := range e.values {
			name, from, ok := strings.Cut(v, "@")
			p.names = append(p.names, name)
			if ok {
				p.from = append(p.from, from)
			}
		}
	}
}

// arguments are those of the criteria of a name, taken apart at commas.
func (p *points) arguments(name string) []string {
	var all []string
	for _, c := range p.criteria {
		if c.name == name {
			all = append(all, parts(c.argument)...)
		}
	}
	return all
}

func parts(list string) []string {
	all := strings.Split(list, ",")
	for i := range all {
		all[i] = strings.TrimPrefix(all[i], "!")
	}
	return all
}

// other is the name of an account, or a host, that no pattern names.
const other = "zq-other"

// users are the accounts, and one for each pattern.
func (p *points) users(accounts []Account) []Account {
	all := slices.Clone(accounts)
	has := func(name string) bool {
		return slices.ContainsFunc(all, func(a Account) bool { return a.Name == name })
	}
	unknown := slices.ContainsFunc(accounts, func(a Account) bool { return a.GroupsUnknown })
	for _, name := range append([]string{"root", other}, append(p.arguments("user"), p.names...)...) {
		for _, witness := range witnesses(name, other) {
			if witness != "" && !has(witness) {
				all = append(all, Account{Name: witness, GroupsUnknown: unknown && witness != "root"})
			}
		}
	}
	return all
}

// witnesses are texts that a pattern matches.
func witnesses(pattern, filler string) []string {
	if !strings.ContainsAny(pattern, "*?") {
		return []string{pattern}
	}
	text := strings.ReplaceAll(pattern, "?", "z")
	return []string{strings.ReplaceAll(text, "*", ""), strings.ReplaceAll(text, "*", filler)}
}

// addresses are the first and last address of each network, those beside them, and some of the world.
func (p *points) addresses(criterion string, more []string) []string {
	lists := p.arguments(criterion)
	for _, m := range more {
		lists = append(lists, parts(m)...)
	}
	var all []string
	add := func(text string) {
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	// the world's come first: where they are in no list, they stand for all that is in none
	world := []string{"203.0.113.77", "198.51.100.77", "192.0.2.77", "9.9.9.9", "2001:db8:77::77"}
	for _, entry := range append(world, lists...) {
		prefix, ok, _ := network(entry)
		if !ok {
			for _, w := range witnesses(entry, "9") {
				if _, err := netip.ParseAddr(w); err == nil {
					add(w)
				}
			}
			continue
		}
		low, high := prefix.Masked().Addr(), highest(prefix)
		for _, a := range []netip.Addr{low, high, low.Prev(), high.Next()} {
			if a.IsValid() && (len(lists) > 0 || a == low) {
				add(a.String())
			}
		}
	}
	return p.distinct(all, criterion, more)
}

// highest is the last address of a network.
func highest(p netip.Prefix) netip.Addr {
	b := p.Masked().Addr().AsSlice()
	for bit := p.Bits(); bit < len(b)*8; bit++ {
		b[bit/8] |= 1 << (7 - bit%8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// distinct keeps one address for each set of lists that match it.
func (p *points) distinct(addresses []string, criterion string, more []string) []string {
	seen := map[string]bool{}
	var kept []string
	for _, a := range addresses {
		var signature strings.Builder
		for _, c := range p.criteria {
			if c.name == criterion {
				signature.WriteString(strconv.Itoa(fromList(a, c.argument)) + " ")
			}
		}
		for _, m := range more {
			signature.WriteString(strconv.Itoa(fromList(a, m)) + " ")
		}
		if !seen[signature.String()] {
			seen[signature.String()] = true
			kept = append(kept, a)
		}
	}
	return kept
}

func (p *points) hosts() []string {
	all := []string{other + ".invalid"}
	for _, pattern := range append(p.arguments("host"), p.from...) {
		for _, one := range parts(pattern) {
			if _, isNetwork, _ := network(one); isNetwork {
				continue
			}
			for _, w := range witnesses(strings.ToLower(one), "z") {
				if w != "" && !slices.Contains(all, w) {
					all = append(all, w)
				}
			}
		}
	}
	return all
}

func (p *points) ports() []int {
	all := []int{22}
	for _, c := range p.criteria {
		if c.name == "localport" && !slices.Contains(all, c.port) {
			all = append(all, c.port)
		}
	}
	if len(all) > 1 {
		all = append(all, 1)
	}
	return all
}

// Admits says whether the daemon lets this account try to log in, as AllowUsers, DenyUsers, AllowGroups and DenyGroups say. known is
// false where the account's groups would decide and are not known.
// https://man.openbsd.org/sshd_config#AllowUsers
func (s Settings) Admits(x Context) (admitted, known bool) {
	named := func(field string) bool {
		return slices.ContainsFunc(s[field].Values, func(e string) bool { return MatchesUser(e, x.User, x.Host, x.Addr) })
	}
	grouped := func(field string) bool {
		return slices.ContainsFunc(x.Groups, func(g string) bool {
			return slices.ContainsFunc(s[field].Values, func(p string) bool { return capture.Like(p, g) })
		})
	}
	if named("denyusers") || len(s["allowusers"].Values) > 0 && !named("allowusers") {
		return false, true
	}
	if x.GroupsUnknown && len(s["denygroups"].Values)+len(s["allowgroups"].Values) > 0 {
		return true, false
	}
	return !grouped("denygroups") && (len(s["allowgroups"].Values) == 0 || grouped("allowgroups")), true
}
