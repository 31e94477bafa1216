package sshd

import "strings"

// rule is how a value joins those that are there.
type rule int

const (
	first      rule = iota // the first counts
	last                   // the last counts
	each                   // all count
	named                  // all count, and the same name twice is an error: Subsystem
	methods                // the first counts, and "any" after others is an error: AuthenticationMethods
	startups               // the last counts, and keeps the rate of the one before it where it has none: MaxStartups
	principals             // the last counts unless there is an AuthorizedKeysCommand
)

// effect is what a line does to one setting.
type effect struct {
	field  string
	values []string
	rule   rule
}

// line is a line of a configuration while its arguments are read.
type line struct {
	keyword, rest string
	args          []string
	version       Version
	dir           string
}

// keyword is a word of the configuration.
type keyword struct {
	name  string
	match bool // it may stand in a Match block
	since int
	until int
	read  func(*line) ([]effect, error)
}

// known says whether a version has the keyword; a version that is not known has all.
func (k keyword) known(v Version) bool {
	return !v.Known() || v.number() >= k.since && (k.until == 0 || v.number() < k.until)
}

// find returns the keyword of a name for a version. Of two of the same name the later one counts where the version is not known.
func find(name string, v Version) (keyword, bool) {
	name = strings.ToLower(name)
	for _, k := range keywords() {
		if k.name == name && k.known(v) {
			return k, true
		}
	}
	return keyword{}, false
}

// keywords are the keywords of 7.4 to 10.5, with those that Debian and Red Hat add.
// https://man.openbsd.org/sshd_config, and servconf.c of each version
func keywords() []keyword {
	return append(append(matchable(), global()...), ignored()...)
}

// matchable are the keywords that may stand in a Match block.
func matchable() []keyword {
	all := func(name string, read func(*line) ([]effect, error)) keyword {
		return keyword{name: name, match: true, read: read}
	}
	from := func(since int, k keyword) keyword { k.since = since; return k }
	until := func(until int, k keyword) keyword { k.until = until; return k }
	return []keyword{
		all("acceptenv", environmentNames), all("allowagentforwarding", flag("allowagentforwarding")),
		all("allowgroups", groups("allowgroups")), all("allowstreamlocalforwarding", forwarding("allowstreamlocalforwarding")),
		all("allowtcpforwarding", forwarding("allowtcpforwarding")), all("allowusers", users("allowusers")),
		all("authenticationmethods", authenticationMethods), all("authorizedkeyscommand", command("authorizedkeyscommand")),
		all("authorizedkeyscommanduser", word("authorizedkeyscommanduser")), all("authorizedkeysfile", keyFiles),
		all("authorizedprincipalscommand", command("authorizedprincipalscommand")),
		all("authorizedprincipalscommanduser", word("authorizedprincipalscommanduser")),
		all("authorizedprincipalsfile", home("authorizedprincipalsfile")), all("banner", file("banner")),
		from(709, all("casignaturealgorithms", algorithms("casignaturealgorithms", signatures))),
		from(807, all("challengeresponseauthentication", flag("kbdinteractiveauthentication"))),
		from(902, all("channeltimeout", channelTimeouts)), all("chrootdirectory", word("chrootdirectory")),
		all("clientalivecountmax", number("clientalivecountmax")), all("clientaliveinterval", duration("clientaliveinterval")),
		all("denygroups", groups("denygroups")), all("denyusers", users("denyusers")),
		all("disableforwarding", flag("disableforwarding")), from(706, all("exposeauthinfo", flag("exposeauthinfo"))),
		all("forcecommand", remainder("forcecommand")), all("gatewayports", choice("gatewayports", "yes", "no", "clientspecified")),
		all("gssapiauthentication", flag("gssapiauthentication")),
		from(805, all("hostbasedacceptedalgorithms", algorithms("hostbasedacceptedalgorithms", keyTypes))),
		all("hostbasedacceptedkeytypes", algorithms("hostbasedacceptedalgorithms", keyTypes)),
		all("hostbasedauthentication", flag("hostbasedauthentication")),
		all("hostbasedusesnamefrompacketonly", flag("hostbasedusesnamefrompacketonly")),
		from(803, all("ignorerhosts", choice("ignorerhosts", "yes", "no", "shosts-only"))),
		all("ipqos", quality), all("kbdinteractiveauthentication", flag("kbdinteractiveauthentication")),
		all("kerberosauthentication", flag("kerberosauthentication")), from(706, all("loglevel", logLevel)),
		from(805, all("logverbose", logVerbose)), all("maxauthtries", number("maxauthtries")),
		all("maxsessions", number("maxsessions")), from(908, all("pamservicename", word("pamservicename"))),
		all("passwordauthentication", flag("passwordauthentication")), all("permitemptypasswords", flag("permitemptypasswords")),
		from(708, all("permitlisten", permitted("permitlisten"))), all("permitopen", permitted("permitopen")),
		all("permitrootlogin", rootLogin), all("permittty", flag("permittty")), all("permittunnel", tunnel), all("permituserrc", flag("permituserrc")),
		from(805, all("pubkeyacceptedalgorithms", algorithms("pubkeyacceptedalgorithms", keyTypes))),
		all("pubkeyacceptedkeytypes", algorithms("pubkeyacceptedalgorithms", keyTypes)),
		all("pubkeyauthentication", flag("pubkeyauthentication")), from(802, all("pubkeyauthoptions", keyOptions)),
		from(707, all("rdomain", routingDomain)), from(909, all("refuseconnection", flag("refuseconnection"))),
		all("rekeylimit", rekeyLimit), from(901, all("requiredrsasize", number("requiredrsasize"))), all("revokedkeys", file("revokedkeys")),
		from(708, all("setenv", environment)), from(807, all("skeyauthentication", flag("kbdinteractiveauthentication"))),
		all("streamlocalbindmask", bindMask), all("streamlocalbindunlink", flag("streamlocalbindunlink")),
		from(905, all("subsystem", subsystem)), all("trustedusercakeys", file("trustedusercakeys")),
		from(902, all("unusedconnectiontimeout", unusedTimeout)), all("x11displayoffset", number("x11displayoffset")),
		all("x11forwarding", flag("x11forwarding")), all("x11uselocalhost", flag("x11uselocalhost")),
		until(803, keyword{name: "ignorerhosts", read: choice("ignorerhosts", "yes", "no")}),
		until(706, keyword{name: "loglevel", read: logLevel}), until(905, keyword{name: "subsystem", read: subsystem}),
		until(807, keyword{name: "challengeresponseauthentication", read: flag("challengeresponseauthentication")}),
		until(708, keyword{name: "skeyauthentication", read: flag("challengeresponseauthentication")}),
	}
}

// global are the keywords that may not stand in a Match block.
func global() []keyword {
	only := func(name string, read func(*line) ([]effect, error)) keyword { return keyword{name: name, read: read} }
	from := func(since int, k keyword) keyword { k.since = since; return k }
	return []keyword{
		only("addressfamily", choice("addressfamily", "inet", "inet6", "any")), only("ciphers", algorithms("ciphers", ciphers)),
		only("compression", compression), only("debianbanner", flag("debianbanner")), only("dsaauthentication", flag("pubkeyauthentication")),
		only("fingerprinthash", fingerprint), only("gssapicleanupcredentials", flag("gssapicleanupcredentials")),
		only("gssapidelegatecredentials", flag("gssapidelegatecredentials")), only("gssapikexalgorithms", word("gssapikexalgorithms")),
		only("gssapikeyexchange", flag("gssapikeyexchange")), only("gssapistorecredentialsonrekey", flag("gssapistorecredentialsonrekey")),
		only("gssapistrictacceptorcheck", flag("gssapistrictacceptorcheck")), only("hostcertificate", files("hostcertificate")),
		only("hostdsakey", files("hostkey")), only("hostkey", files("hostkey")), only("hostkeyagent", agent),
		only("hostkeyalgorithms", algorithms("hostkeyalgorithms", keyTypes)), only("ignoreuserknownhosts", flag("ignoreuserknownhosts")),
		only("keepalive", flag("tcpkeepalive")), only("kerberosorlocalpasswd", flag("kerberosorlocalpasswd")),
		only("kerberosticketcleanup", flag("kerberosticketcleanup")), only("kexalgorithms", algorithms("kexalgorithms", keyExchanges)),
		only("listenaddress", listenAddress), only("logingracetime", duration("logingracetime")), only("macs", algorithms("macs", macs)),
		only("maxstartups", maxStartups), from(806, only("modulifile", file("modulifile"))),
		from(805, only("persourcemaxstartups", perSource)), from(805, only("persourcenetblocksize", blockSize)),
		from(908, only("persourcepenalties", anything)), from(908, only("persourcepenaltyexemptlist", anything)),
		only("permituserenvironment", userEnvironment), only("pidfile", file("pidfile")), only("port", port),
		only("printlastlog", flag("printlastlog")), only("printmotd", flag("printmotd")), from(802, only("securitykeyprovider", keyProvider)),
		from(1000, only("sshdauthpath", file("sshdauthpath"))), from(908, only("sshdsessionpath", file("sshdsessionpath"))),
		only("strictmodes", flag("strictmodes")), only("syslogfacility", logFacility), only("tcpkeepalive", flag("tcpkeepalive")),
		only("usedns", flag("usedns")), only("usepam", flag("usepam")), only("versionaddendum", remainder("versionaddendum")),
		only("xauthlocation", file("xauthlocation")),
	}
}

// ignored are keywords that were something once: the daemon says so and goes on.
func ignored() []keyword {
	var all []keyword
	for _, name := range []string{"afstokenpassing", "checkmail", "kerberosgetafstoken", "kerberostgtpassing", "keyregenerationinterval",
		"pamauthenticationviakbdint", "protocol", "reversemappingcheck", "rhostsauthentication", "serverkeybits", "uselogin",
		"useprivilegeseparation", "verifyreversemapping"} {
		all = append(all, keyword{name: name, read: nothing})
	}
	for _, name := range []string{"authorizedkeysfile2", "rhostsrsaauthentication", "rsaauthentication"} {
		all = append(all, keyword{name: name, match: true, read: nothing})
	}
	return append(all, keyword{name: "skeyauthentication", since: 708, until: 807, read: nothing})
}
