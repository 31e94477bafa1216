package server

// detector is a program that watches a host.
type detector struct {
	name, watches string
	packages      []string
	processes     []string // of one that runs all the time
	units         []string
	programs      []string                    // of one that is started again and again
	checks        func(call plannedCall) bool // whether a call of them looks at the host
	compares      bool                        // it needs a database to compare with
	logs          string                      // of its runs: a path, or a directory with a slash behind it
	file, key     string                      // of the packaged job: where it is turned on,
	on            string                      // by values that begin with one of these letters,
	unset         bool                        // and whether it is on where nothing says so
	packaged      []string                    // the files that ask for that
}

// detectors lists those that are known, sorted by name.
func detectors() []detector {
	ossec := []string{"ossec-syscheckd", "wazuh-syscheckd"}
	return []detector{
		// https://manpages.debian.org/bookworm/aide/aide.1.en.html (checking is the default)
		{name: "aide", watches: "files", packages: []string{"aide", "aide-common", "aide-dynamic", "aide-xen"}, programs: []string{"aide", "aide.wrapper", "dailyaidecheck"},
			checks: func(c plannedCall) bool {
				return !c.Has("--init", "-i", "--config-check", "-D", "--version", "-v", "--help", "-h")
			},
			compares: true, logs: "/var/log/aide/",
			file: "/etc/default/aide", key: "CRON_DAILY_RUN", on: "y", unset: true, packaged: []string{"dailyaidecheck"}},
		// https://manpages.debian.org/bookworm/chkrootkit/chkrootkit.1.en.html
		{name: "chkrootkit", watches: "files", packages: []string{"chkrootkit"}, programs: []string{"chkrootkit", "chkrootkit-daily"},
			checks: func(c plannedCall) bool { return !c.Has("-V", "-h", "-l") }, logs: "/var/log/chkrootkit/",
			file: "/etc/chkrootkit/chkrootkit.conf", key: "RUN_DAILY", on: "t", packaged: []string{"chkrootkit-daily"}},
		// https://docs.crowdsec.net/docs/intro
		{name: "crowdsec", watches: "logs", packages: []string{"crowdsec"}, processes: []string{"crowdsec"}, units: []string{"crowdsec.service"}},
		// https://manpages.debian.org/bookworm/fail2ban/fail2ban.1.en.html
		{name: "fail2ban", watches: "logs", packages: []string{"fail2ban", "fail2ban-server"}, processes: []string{"fail2ban-server"}, units: []string{"fail2ban.service"}},
		// https://falco.org/docs/setup/packages/
		{name: "falco", watches: "behaviour", packages: []string{"falco"}, processes: []string{"falco"},
			units: []string{"falco-bpf.service", "falco-kmod.service", "falco-modern-bpf.service", "falco.service"}},
		// https://www.ossec.net/docs/docs/manual/syscheck/index.html
		{name: "ossec", watches: "files", packages: []string{"ossec-hids", "ossec-hids-agent", "ossec-hids-local", "ossec-hids-server"}, processes: ossec[:1],
			units: []string{"ossec-hids.service", "ossec.service"}},
		// https://manpages.debian.org/bookworm/rkhunter/rkhunter.8.en.html
		{name: "rkhunter", watches: "files", packages: []string{"rkhunter"}, programs: []string{"rkhunter"},
			checks: func(c plannedCall) bool { return c.Has("--check", "-c", "--cronjob") }, logs: "/var/log/rkhunter.log",
			file: "/etc/default/rkhunter", key: "CRON_DAILY_RUN", on: "ty", packaged: []string{"/etc/cron.daily/rkhunter"}},
		// https://www.la-samhna.de/samhain/manual/
		{name: "samhain", watches: "files", packages: []string{"samhain"}, processes: []string{"samhain"}, units: []string{"samhain.service"}},
		// https://docs.snort.org/start/
		{name: "snort", watches: "network", packages: []string{"snort", "snort3"}, processes: []string{"snort", "snort3"}, units: []string{"snort.service", "snort3.service"}},
		// https://docs.suricata.io/en/latest/
		{name: "suricata", watches: "network", packages: []string{"suricata"}, processes: []string{"Suricata-Main", "suricata"}, units: []string{"suricata.service"}},
		// https://manpages.debian.org/bookworm/tripwire/tripwire.8.en.html
		{name: "tripwire", watches: "files", packages: []string{"tripwire"}, programs: []string{"tripwire"},
			checks: func(c plannedCall) bool { return c.Has("--check", "-m") && !c.Has("i", "p", "t", "u") }},
		// https://documentation.wazuh.com/current/user-manual/capabilities/file-integrity/index.html
		{name: "wazuh", watches: "files", packages: []string{"wazuh-agent", "wazuh-manager"}, processes: ossec[1:], units: []string{"wazuh-agent.service", "wazuh-manager.service"}},
	}
}
