package apache

import (
	"regexp"
	"strings"
)

var assignment = regexp.MustCompile(`^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$`)

// Env reads the assignments of a shell file that prepares httpd's environment: /etc/apache2/envvars of Debian, /etc/sysconfig/httpd of Red
// Hat. Variables whose value is computed are left out. Debian's file asks for a second instance by the name of its directory; without one
// the other branch holds.
func Env(data string) map[string]string {
	env := map[string]string{}
	var branches []branch
	for _, l := range logical(data) {
		name, rest := word(l.text)
		switch strings.TrimSuffix(name, ";") {
		case "if":
			branches = append(branches, branch{known: strings.Contains(rest, "APACHE_CONFDIR")})
			continue
		case "else":
			if len(branches) > 0 {
				branches[len(branches)-1].taken = branches[len(branches)-1].known
			}
			continue
		case "fi":
			branches = branches[:max(len(branches)-1, 0)]
			continue
		}
		m := assignment.FindStringSubmatch(l.text)
		if m == nil {
			continue
		}
		value, ok := shellValue(m[2], env)
		switch last := len(branches) - 1; {
		case last >= 0 && branches[last].known && !branches[last].taken:
		case ok && (last < 0 || branches[last].taken):
			env[m[1]] = value
		default:
			delete(env, m[1])
		}
	}
	return env
}

// branch is an open if of a shell file: whether it is known which way it goes, and whether we are on that way.
type branch struct{ known, taken bool }

var reference = regexp.MustCompile(`\$(\{[A-Za-z_][A-Za-z0-9_]*\}|[A-Za-z_][A-Za-z0-9_]*)`)

// valueLimit bounds the value of a variable, in bytes: each may hold another twice.
const valueLimit = 1 << 16

// shellValue is the value of a simple assignment.
func shellValue(text string, env map[string]string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) >= 2 && text[0] == '\'' && text[len(text)-1] == '\'' {
		return text[1 : len(text)-1], !strings.Contains(text[1:len(text)-1], "'")
	}
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		text = text[1 : len(text)-1]
	} else if before, _, found := strings.Cut(text, " #"); found {
		text = strings.TrimSpace(before)
	} else if strings.ContainsAny(text, " \t;") {
		return "", false
	}
	if strings.ContainsAny(text, "`\"'\\") || strings.Contains(text, "$(") {
		return "", false
	}
	known, grown := true, 0
	text = reference.ReplaceAllStringFunc(text, func(r string) string {
		value, ok := env[strings.Trim(r, "${}")]
		grown += len(value)
		if known = known && ok && grown <= valueLimit; !known {
			return ""
		}
		return value
	})
	return text, known && !strings.Contains(text, "$")
}

// DefinesOf are the names that -D defines in the arguments of a program.
func DefinesOf(args string) []string {
	var names []string
	fields := strings.Fields(args)
	for i, field := range fields {
		switch name, ok := strings.CutPrefix(field, "-D"); {
		case !ok:
		case name != "":
			names = append(names, strings.TrimSpace(name))
		case i+1 < len(fields):
			names = append(names, fields[i+1])
		}
	}
	return names
}
