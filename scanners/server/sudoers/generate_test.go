package sudoers

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// randomAliases defines aliases of all kinds; some name later ones, and a few name themselves.
func randomAliases(r *rand.Rand) string {
	var b strings.Builder
	alias := func(name string, most int, one func(*rand.Rand) string) string {
		return name + oneOf(r, " = ", "=", " =\\\n") + randomList(r, most, func() string {
			member := one(r)
			for (member == name || member == name[:1]+"A") && r.IntN(30) > 0 {
				member = one(r)
			}
			return member
		})
	}
	fmt.Fprintf(&b, "User_Alias %s\nUser_Alias %s\n", alias("UA", 3, randomUser), alias("UB", 3, randomUser))
	fmt.Fprintf(&b, "Runas_Alias %s : %s\n", alias("RA", 2, randomTarget), alias("RB", 2, randomTarget))
	fmt.Fprintf(&b, "Host_Alias %s\n", alias("HA", 2, randomHost))
	fmt.Fprintf(&b, "Cmnd_Alias %s : \\\n\t%s\n", alias("CA", 3, randomCommand), alias("CB", 2, randomCommand))
	return b.String()
}

// randomList has up to most members, of which some are negated.
func randomList(r *rand.Rand, most int, one func() string) string {
	var all []string
	for range 1 + r.IntN(most) {
		all = append(all, oneOf(r, "", "", "", "", "!", "! ", "!!")+one())
	}
	return strings.Join(all, oneOf(r, ", ", ",", " , "))
}

func randomLines(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		switch r.IntN(8) {
		case 0, 1:
			b.WriteString(randomDefaults(r) + "\n")
		case 2:
			b.WriteString(oneOf(r, "# a comment \\\n", "\n", "  # another\n", "#\n"))
		default:
			b.WriteString(randomSpec(r) + oneOf(r, "\n", "\n", " # because\n", "  \n", " # of \\\n", " \\\n\n"))
			if r.IntN(60) == 0 {
				b.WriteString(oneOf(r, "this is ( nothing\n", "ALL ALL = /usr/bin/echo ^a\n", "ALL ALL = NOPASSWD: ALL,\n", "! !games ALL = ALL\n", "Defaults !x=y\n",
					"Defaults passprompt=\"\n", "TIMEOUT ALL = ALL\n", "ALL ALL = /usr/bin/echo \\d\n", "Defaults:games!authenticate\n", "\"\" ALL = ALL\n", "% ALL = ALL\n", "ALL ALL = /usr/bin/p\\rintf\n"))
			}
		}
	}
	return b.String()
}

func randomDefaults(r *rand.Rand) string {
	scope := ""
	switch r.IntN(5) {
	case 0, 1:
		scope = ":" + randomList(r, 2, func() string { return randomUser(r) })
	case 2:
		scope = "@" + randomList(r, 2, func() string { return randomHost(r) })
	case 3:
		scope = ">" + randomList(r, 2, func() string { return randomTarget(r) })
	}
	if r.IntN(20) > 0 {
		scope = strings.ReplaceAll(scope, "! ", "!") // a blank is an error to sudo
	}
	return "Defaults" + scope + oneOf(r, " ", " ", "\t ", " \\\n") + oneOf(r, "!authenticate", "!authenticate", "authenticate", "!lecture, !authenticate", "authenticate, env_reset", "exempt_group=games", "exempt_group = nogroup", "runas_default=games",
		`passprompt="a, b # c", !authenticate`, "!!authenticate", "env_keep += \"A B\", !authenticate")
}

func randomSpec(r *rand.Rand) string {
	var hosts []string
	for range 1 + r.IntN(4)/3 {
		hosts = append(hosts, randomList(r, 2, func() string { return randomHost(r) })+oneOf(r, " = ", "=", " =")+randomCommands(r))
	}
	return randomList(r, 2, func() string { return randomUser(r) }) + oneOf(r, " ", "\t", " \\\n  ") + strings.Join(hosts, " : ")
}

func randomCommands(r *rand.Rand) string {
	var all []string
	for range 1 + r.IntN(3) {
		runas := ""
		switch r.IntN(8) {
		case 0:
			// not (), as oneself: asked about another account, sudo takes for oneself who asks
			runas = oneOf(r, "(:games)", "(root:games) ", "(ALL : ALL) ")
		case 1, 2, 3:
			runas = "(" + randomList(r, 2, func() string { return randomTarget(r) }) + oneOf(r, ")", ") ")
		}
		tags := oneOf(r, "", "", "", "NOPASSWD: ", "NOPASSWD:", "PASSWD: ", "SETENV: NOPASSWD : ", "NOPASSWD: PASSWD: ", "CWD=/tmp NOPASSWD: ", "NOEXEC: ")
		all = append(all, runas+tags+oneOf(r, "", "", "", "", "", "!")+randomCommand(r))
	}
	return strings.Join(all, oneOf(r, ", ", ","))
}

func randomUser(r *rand.Rand) string {
	return oneOf(r, "daemon", "games", "www-data", "nobody", "#5", "#33", "%games", "%nogroup", "%www-data", "%#1", "%#60", "ALL", "UA", "UB", "NONE", `"www-data"`, `ga\mes`, "GAMES", `"%games"`, "anna", `"ALL"`, `"UA"`, `\UB`, `"#5"`)
}

func randomTarget(r *rand.Rand) string {
	return oneOf(r, "root", "root", "ALL", "ALL", "#0", "%root", "games", "#5", "RA", "RB", "%#0")
}

func randomHost(r *rand.Rand) string {
	return oneOf(r, "ALL", "ALL", "ALL", "ALL", "host1", "host1.example.com", "host2", "HA", "host*", "host1.example.org", "HOST1", "h[o]st1")
}

func randomCommand(r *rand.Rand) string {
	args := oneOf(r, "", "", "", ` ""`, " a", " a b", " -n", " *", " a*", " [!a]*", " ?", " a\t  b", " ^(a|-n)$", " ^a b?$", ` ^.*$`)
	return oneOf(r, "ALL", "CA", "CB", "CA", "NONE", randomPath(r)+args, randomPath(r)+args, randomPath(r)+args, "/usr/bin/", "/usr/bin/*", "/usr/bin/e*"+args, "/usr/bin/[!e]*", "/usr/sbin/", "/usr/bin/printf *",
		"/usr/bin/nothing", "sudoedit /etc/x", "^/usr/bin/(true|echo)$", "^/usr/bin/[a-e].*$"+args, "/usr/bin/[p-z]*"+args,
		"/bin/echo"+args, "/usr/*/true", "/usr/b*/", "/usr/bin/?rintf", `/usr/bin/[[\:alpha\:]]*`)
}
