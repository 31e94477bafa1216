package sshd

import (
	"errors"
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
)

type reading = func(*line) ([]effect, error)

var (
	errMissing = errors.New("missing argument")
	errValue   = errors.New("unsupported value")
)

// next takes the next argument.
func (l *line) next() (string, error) {
	if len(l.args) == 0 || l.args[0] == "" {
		return "", errMissing
	}
	arg := l.args[0]
	l.args = l.args[1:]
	return arg, nil
}

func one(field string, r rule, value string) []effect { return []effect{{field, []string{value}, r}} }

// nothing takes all arguments and does nothing.
func nothing(l *line) ([]effect, error) { l.args = nil; return nil, nil }

// anything keeps the arguments as they are.
func anything(l *line) ([]effect, error) {
	v := strings.Join(l.args, " ")
	l.args = nil
	return one(l.keyword, first, v), nil
}

// choice reads one of some words, whatever their case.
func choice(field string, words ...string) reading {
	return func(l *line) ([]effect, error) {
		arg, err := l.next()
		if err != nil {
			return nil, err
		}
		arg = strings.ToLower(arg)
		if !slices.Contains(words, arg) {
			return nil, errValue
		}
		return one(field, first, arg), nil
	}
}

func flag(field string) reading { return choice(field, "yes", "no") }

// renamed reads one of some words, which have a name of their own in the daemon's output.
func renamed(field string, names map[string]string, words ...string) reading {
	read := choice(field, words...)
	return func(l *line) ([]effect, error) {
		e, err := read(l)
		if err == nil && names[e[0].values[0]] != "" {
			e[0].values[0] = names[e[0].values[0]]
		}
		return e, err
	}
}

func forwarding(field string) reading {
	return renamed(field, map[string]string{"all": "yes"}, "yes", "all", "no", "remote", "local")
}

func rootLogin(l *line) ([]effect, error) {
	return renamed("permitrootlogin", map[string]string{"prohibit-password": "without-password"},
		"without-password", "prohibit-password", "forced-commands-only", "yes", "no")(l)
}

func compression(l *line) ([]effect, error) {
	return renamed("compression", map[string]string{"delayed": "yes"}, "yes", "delayed", "no")(l)
}

func logLevel(l *line) ([]effect, error) {
	e, err := renamed("loglevel", map[string]string{"debug1": "debug"}, "quiet", "fatal", "error", "info", "verbose", "debug", "debug1", "debug2", "debug3")(l)
	return upper(e), err
}

func logFacility(l *line) ([]effect, error) {
	e, err := choice("syslogfacility", "daemon", "user", "auth", "authpriv", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7")(l)
	return upper(e), err
}

func fingerprint(l *line) ([]effect, error) {
	e, err := choice("fingerprinthash", "md5", "sha1", "sha256", "sha384", "sha512")(l)
	if err == nil {
		e[0].rule = last
	}
	return upper(e), err
}

func upper(all []effect) []effect {
	for _, e := range all {
		e.values[0] = strings.ToUpper(e.values[0])
	}
	return all
}

func tunnel(l *line) ([]effect, error) {
	arg, err := l.next()
	if err == nil && !slices.Contains([]string{"no", "point-to-point", "ethernet", "yes"}, arg) {
		err = errValue
	}
	return one("permittunnel", first, arg), err
}

// number reads a number as strtonum does.
func number(field string) reading {
	return func(l *line) ([]effect, error) {
		arg, err := l.next()
		if err != nil {
			return nil, err
		}
		n, err := strconv.ParseInt(strings.TrimLeft(arg, " \t\n\v\f\r"), 10, 64)
		if err != nil || n < 0 || n > math.MaxInt32 {
			return nil, errValue
		}
		return one(field, first, strconv.FormatInt(n, 10)), nil
	}
}

// duration reads a time such as 1h30m, and returns it in seconds. https://man.openbsd.org/sshd_config#TIME_FORMATS
func duration(field string) reading {
	return func(l *line) ([]effect, error) {
		arg, err := l.next()
		if err != nil {
			return nil, err
		}
		n, ok := seconds(arg)
		if !ok {
			return nil, errValue
		}
		return one(field, first, strconv.Itoa(n)), nil
	}
}

func seconds(s string) (int, bool) {
	total := 0
	for s != "" {
		digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
		n, err := strconv.Atoi(s[:digits])
		if err != nil || n > math.MaxInt32 {
			return 0, false
		}
		if s = s[digits:]; s != "" {
			unit, ok := map[byte]int{'s': 1, 'm': 60, 'h': 3600, 'd': 86400, 'w': 604800}[s[0]|0x20]
			if !ok || n > math.MaxInt32/unit {
				return 0, false
			}
			n, s = n*unit, s[1:]
		}
		if total += n; total > math.MaxInt32 {
			return 0, false
		}
	}
	return total, true
}

// word reads one argument as it is.
func word(field string) reading {
	return func(l *line) ([]effect, error) {
		arg, err := l.next()
		return one(field, first, arg), err
	}
}

// home reads a path in which ~ is root's home, for the daemon runs as root.
func home(field string) reading {
	return func(l *line) ([]effect, error) {
		arg, err := l.next()
		return one(field, first, tilde(arg)), err
	}
}

func tilde(s string) string {
	if s == "~" || strings.HasPrefix(s, "~/") {
		return "/root" + s[1:]
	}
	return s
}

// file reads a path; a relative one is relative to where the daemon was started.
func file(field string) reading {
	return func(l *line) ([]effect, error) {
		arg, err := l.next()
		return one(field, first, absolute(arg, l.dir)), err
	}
}

func files(field string) reading {
	return func(l *line) ([]effect, error) {
		arg, err := l.next()
		return one(field, each, absolute(arg, l.dir)), err
	}
}

func absolute(s, dir string) string {
	if strings.EqualFold(s, "none") {
		return "none"
	}
	if s = tilde(s); path.IsAbs(s) {
		return s
	}
	return dir + "/" + s
}

func agent(l *line) ([]effect, error) {
	arg, err := l.next()
	if arg != "SSH_AUTH_SOCK" {
		arg = absolute(arg, l.dir)
	}
	return one("hostkeyagent", first, arg), err
}

func keyProvider(l *line) ([]effect, error) {
	arg, err := l.next()
	if !strings.EqualFold(arg, "internal") {
		arg = absolute(arg, l.dir)
	}
	return one("securitykeyprovider", first, arg), err
}

// remainder keeps the rest of the line, quotes and comments included.
func remainder(field string) reading {
	return func(l *line) ([]effect, error) {
		l.args = nil
		rest := strings.TrimLeft(l.rest, blank)
		if field == "versionaddendum" && strings.EqualFold(rest, "none") {
			rest = "none"
		}
		return one(field, first, rest), nil
	}
}

// command keeps the rest of the line, which must be an absolute path. Before 9.4 the daemon looks at AuthorizedKeysCommand to see whether
// either command is set, so the last principals command counts, and none after a keys command.
func command(field string) reading {
	return func(l *line) ([]effect, error) {
		l.args = nil
		rest := strings.TrimLeft(l.rest, blank)
		if !strings.HasPrefix(rest, "/") && !strings.EqualFold(rest, "none") {
			return nil, fmt.Errorf("%w: must be an absolute path", errValue)
		}
		if field == "authorizedprincipalscommand" && l.version.before(904) {
			return one(field, principals, rest), nil
		}
		return one(field, first, rest), nil
	}
}

// algorithms reads a list of algorithms; it is applied to the default later.
func algorithms(field string, of func() family) reading {
	return func(l *line) ([]effect, error) {
		arg, err := l.next()
		if err == nil && !of().valid(arg, l.version) {
			err = errValue
		}
		return one(field, first, arg), err
	}
}
