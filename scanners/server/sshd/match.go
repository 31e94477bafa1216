package sshd

import (
	"errors"
	"strings"
)

// ErrGroups says that the groups of an account are not known.
var ErrGroups = errors.New("the groups of the account are not known")

// Context is one connection, as Match blocks see it. What is empty matches no criterion.
type Context struct {
	User          string
	Invalid       bool     // there is no such account
	Groups        []string // of the account
	GroupsUnknown bool     // they are not known
	Host          string   // the client's name, or its address
	Addr          string
	LocalAddr     string
	LocalPort     int
	RDomain       string
}

// criterion is one condition of a Match line; all must hold.
type criterion struct {
	name, argument string
	port           int
}

// match reads the criteria of a Match line. https://man.openbsd.org/sshd_config#Match
func (l *loader) match(rest string, args []string) ([]criterion, error) {
	more := true
	next := func() (string, bool) { return cut(&rest, &more) }
	if !l.options.Version.before(1000) {
		next = func() (string, bool) {
			if len(args) == 0 {
				return "", false
			}
			a := args[0]
			args = args[1:]
			return a, true
		}
	}
	var all []criterion
	for {
		name, ok := next()
		if !ok || name == "" || name[0] == '#' {
			break
		}
		name = strings.ToLower(name)
		if name == "all" {
			after, ok := next()
			if len(all) > 0 || ok && after != "" && after[0] != '#' {
				return nil, errors.New("all cannot be combined with other criteria")
			}
			return []criterion{{name: "all"}}, nil
		}
		if name == "invalid-user" && !l.options.Version.before(909) {
			all = append(all, criterion{name: name})
			continue
		}
		c := criterion{name: name}
		if i := strings.IndexByte(name, '='); i > 0 {
			c.name, c.argument = name[:i], name[i+1:]
		} else if c.argument, ok = next(); !ok || c.argument == "" || c.argument[0] == '#' {
			return nil, errMissing
		}
		if err := c.check(l.options.Version); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, errMissing
	}
	return all, nil
}

// check says whether the daemon takes a criterion.
func (c *criterion) check(v Version) error {
	switch c.name {
	case "user", "group", "host", "rdomain":
		return nil
	case "version":
		if !v.before(1000) {
			return nil
		}
	case "address", "localaddress":
		if fromList("", c.argument) == -2 {
			return errValue
		}
		return nil
	case "localport":
		n, ok := portOf(c.argument)
		if c.port = n; !ok {
			return errValue
		}
		return nil
	}
	return errors.New("unknown criterion")
}

// activity says whether the lines of a block count: ordered, so that the lesser of two is both.
type activity int

const (
	off activity = iota
	perhaps
	on
)

// holds says whether all criteria hold. Without a context only "all" does, as when the daemon starts.
func holds(all []criterion, x *Context) activity {
	result := on
	for _, c := range all {
		result = min(result, c.holds(x))
	}
	return result
}

func (c criterion) holds(x *Context) activity {
	if c.name == "all" {
		return on
	}
	if x == nil {
		return off
	}
	if c.name == "group" && x.GroupsUnknown && x.User != "" {
		return perhaps
	}
	if c.name == "version" {
		return perhaps
	}
	if c.sure(x) {
		return on
	}
	return off
}

func (c criterion) sure(x *Context) bool {
	switch c.name {
	case "user":
		return x.User != "" && listed(x.User, c.argument) == 1
	case "group":
		return x.User != "" && inGroup(x.Groups, c.argument)
	case "host":
		return x.Host != "" && listed(strings.ToLower(x.Host), strings.ToLower(c.argument)) == 1
	case "address":
		return x.Addr != "" && fromList(x.Addr, c.argument) == 1
	case "localaddress":
		return x.LocalAddr != "" && fromList(x.LocalAddr, c.argument) == 1
	case "localport":
		return x.LocalPort != 0 && x.LocalPort == c.port
	case "rdomain":
		return x.RDomain != "" && listed(x.RDomain, c.argument) == 1
	case "invalid-user":
		return x.Invalid
	}
	return false
}

// inGroup says whether a list of patterns matches one of the groups and refuses none.
func inGroup(groups []string, list string) bool {
	found := false
	for _, g := range groups {
		switch listed(g, list) {
		case -1:
			return false
		case 1:
			found = true
		}
	}
	return found
}
