package sshd

import (
	"fmt"
	"math"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// all takes all arguments, of which none may be empty.
func (l *line) all() ([]string, error) {
	args := l.args
	l.args = nil
	if slices.Contains(args, "") {
		return nil, errMissing
	}
	return args, nil
}

func users(field string) reading {
	return func(l *line) ([]effect, error) {
		args, err := l.all()
		if err == nil && slices.ContainsFunc(args, func(a string) bool { return !userPattern(a) }) {
			err = errValue
		}
		return []effect{{field, args, each}}, err
	}
}

func groups(field string) reading {
	return func(l *line) ([]effect, error) {
		args, err := l.all()
		return []effect{{field, args, each}}, err
	}
}

func environmentNames(l *line) ([]effect, error) {
	args, err := l.all()
	if err == nil && slices.ContainsFunc(args, func(a string) bool { return strings.Contains(a, "=") }) {
		err = errValue
	}
	return []effect{{"acceptenv", args, each}}, err
}

func environment(l *line) ([]effect, error) {
	args, err := l.all()
	var kept, seen []string
	for _, a := range args {
		name, _, ok := strings.Cut(a, "=")
		if !ok {
			return nil, errValue
		}
		if !slices.Contains(seen, name) {
			kept, seen = append(kept, a), append(seen, name)
		}
	}
	return []effect{{"setenv", kept, first}}, err
}

func keyFiles(l *line) ([]effect, error) {
	args, err := l.all()
	for i := range args {
		args[i] = tilde(args[i])
	}
	return []effect{{"authorizedkeysfile", args, first}}, err
}

func logVerbose(l *line) ([]effect, error) {
	args, err := l.all()
	if err == nil && len(args) > 1 && slices.ContainsFunc(args, isNone) {
		err = errValue
	}
	return []effect{{"logverbose", args, first}}, err
}

func isNone(s string) bool { return strings.EqualFold(s, "none") }

func channelTimeouts(l *line) ([]effect, error) {
	args, err := l.all()
	for _, a := range args {
		if isNone(a) && len(args) == 1 {
			continue
		}
		sort, limit, ok := strings.Cut(a, "=")
		if _, valid := seconds(limit); !ok || sort == "" || limit == "" || !valid {
			return nil, errValue
		}
	}
	return []effect{{"channeltimeout", args, first}}, err
}

func unusedTimeout(l *line) ([]effect, error) {
	if len(l.args) > 0 && isNone(l.args[0]) {
		l.args = l.args[1:]
		return one("unusedconnectiontimeout", last, "0"), nil
	}
	return duration("unusedconnectiontimeout")(l)
}

// ways are the ways to prove who one is that AuthenticationMethods may name.
// https://man.openbsd.org/sshd_config#AuthenticationMethods
func ways() []string {
	return []string{"gssapi-keyex", "gssapi-with-mic", "hostbased", "keyboard-interactive", "none", "password", "publickey"}
}

func authenticationMethods(l *line) ([]effect, error) {
	args, err := l.all()
	if err != nil || len(args) == 0 {
		return nil, errMissing
	}
	for _, list := range args {
		if list == "any" && len(args) == 1 {
			continue
		}
		for _, way := range strings.Split(list, ",") {
			name, _, _ := strings.Cut(way, ":")
			if !slices.Contains(ways(), name) {
				return nil, fmt.Errorf("%w: no way to prove who one is", errValue)
			}
		}
	}
	return []effect{{"authenticationmethods", args, methods}}, nil
}

func keyOptions(l *line) ([]effect, error) {
	args := l.args
	l.args = nil
	var found []string
	for _, want := range []string{"touch-required", "verify-required"} {
		if slices.ContainsFunc(args, func(a string) bool { return strings.EqualFold(a, want) }) {
			found = append(found, want)
		}
	}
	for _, a := range args {
		if a = strings.ToLower(a); a != "none" && !slices.Contains(found, a) {
			return nil, errValue
		}
	}
	if len(found) == 0 {
		found = []string{"none"}
	}
	return []effect{{"pubkeyauthoptions", found, first}}, nil
}

// permitted reads the addresses and ports of PermitOpen and PermitListen.
func permitted(field string) reading {
	return func(l *line) ([]effect, error) {
		arg, err := l.next()
		if err != nil {
			return nil, err
		}
		if arg == "any" || arg == "none" {
			return []effect{{field, []string{arg}, first}}, nil
		}
		var all []string
		for {
			if field == "permitlisten" && !strings.Contains(arg, ":") {
				arg = "*:" + arg
			}
			_, p, ok := hostPort(arg)
			if !ok || p == "" || p != "*" && !portNumber(p) {
				return nil, errValue
			}
			all = append(all, arg)
			if len(l.args) == 0 || l.args[0] == "" { // an empty argument ends the list
				l.args = l.args[min(1, len(l.args)):]
				return []effect{{field, all, first}}, nil
			}
			arg, l.args = l.args[0], l.args[1:]
		}
	}
}

// hostPort takes an address and a port apart; brackets may be around the address. ok is false for what is neither.
func hostPort(s string) (host, port string, ok bool) {
	if strings.HasPrefix(s, "[") {
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return "", "", false
		}
		host, s = s[1:end], s[end+1:]
		if s != "" && s[0] != ':' {
			return "", "", false
		}
		return host, strings.TrimPrefix(s, ":"), true
	}
	at := strings.IndexAny(s, ":/")
	if at < 0 {
		return s, "", true
	}
	return s[:at], s[at+1:], s[at] == ':'
}

// portNumber says whether a text is a port. Names of services are taken too: the daemon looks them up in /etc/services.
func portNumber(s string) bool {
	_, ok := portOf(s)
	return ok
}

func portOf(s string) (int, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil {
		return int(n), n >= 0 && n <= math.MaxUint16
	}
	n2, ok := map[string]int{"ssh": 22, "http": 80, "https": 443}[s]
	return n2, ok
}

func port(l *line) ([]effect, error) {
	arg, err := l.next()
	if err != nil {
		return nil, err
	}
	n, ok := portOf(arg)
	if !ok || n == 0 {
		return nil, errValue
	}
	return one("port", each, strconv.Itoa(n)), nil
}

// listenAddress keeps the address with its port, which is empty for all of Port.
func listenAddress(l *line) ([]effect, error) {
	arg, err := l.next()
	if err != nil {
		return nil, err
	}
	host, p := arg, ""
	if strings.Contains(arg, "[") || strings.Count(arg, ":") < 2 {
		var ok bool
		if host, p, ok = hostPort(arg); !ok {
			return nil, errValue
		}
		if n, valid := portOf(p); p != "" && (!valid || n == 0) || strings.HasSuffix(arg, ":") {
			return nil, errValue
		}
	}
	if a, err := netip.ParseAddr(host); err == nil {
		host = a.String()
	}
	if len(l.args) > 0 {
		if len(l.args) < 2 || l.args[0] != "rdomain" {
			return nil, errValue
		}
		l.args = l.args[2:]
	}
	return one("listenaddress", each, host+" "+p), nil
}
