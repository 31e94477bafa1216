package server

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// wanted are the files of a unit that is started with the host.
func wanted(unit, service string) map[string]string {
	text := "[Service]\n" + service + "[Install]\nWantedBy=multi-user.target\n"
	return map[string]string{"/usr/lib/systemd/system/" + unit: text, "/etc/systemd/system/multi-user.target.wants/" + unit: text}
}

// bootFiles are files of a host, of which scripts may be run.
func bootFiles(files map[string]string) *capture.Memory {
	m := capture.MemoryOf(files)
	for name, text := range files {
		if strings.HasPrefix(text, "#!") {
			m.Add(name, capture.Info{Mode: 0o755}, []byte(text), nil)
		}
	}
	return m
}

func TestRulesAtBootThatAreNotRead(t *testing.T) {
	const rules = "# (nf_tables)\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n"
	persistent := wanted("netfilter-persistent.service", "")
	persistent["/etc/iptables/rules.v4"], persistent["/etc/iptables/rules.v6"] = rules, rules
	script := wanted("walls.service", "ExecStart=-/usr/local/sbin/walls start\n")
	script["/usr/local/sbin/walls"] = "#!/bin/sh\niptables -P INPUT DROP\n"
	type files map[string]string
	and := func(a, b files) files {
		all := maps.Clone(a)
		maps.Copy(all, b)
		return all
	}
	for _, test := range []struct {
		name  string
		files files
		live  string
		root  string
	}{
		{"firewalld", wanted("firewalld.service", ""), "host_not_understood firewalld.service", "host_not_understood firewalld.service"},
		{"csf", wanted("csf.service", ""), "host_not_understood csf.service", "host_not_understood csf.service"},
		{"csf by its daemon", wanted("lfd.service", ""), "host_not_understood lfd.service", "host_not_understood lfd.service"},
		{"shorewall", wanted("shorewall.service", ""), "host_not_understood shorewall.service", "host_not_understood shorewall.service"},
		{"ferm", wanted("ferm.service", ""), "host_not_understood ferm.service", "host_not_understood ferm.service"},
		{"firewalld beside rules that are read", and(persistent, wanted("firewalld.service", "")), "host_not_understood firewalld.service", "host_not_understood firewalld.service"},
		{"firewalld that is not started", files{"/usr/lib/systemd/system/firewalld.service": "[Install]\nWantedBy=multi-user.target\n"}, "false", "false"},
		{"a unit of one's own that calls iptables", wanted("walls.service", "ExecStart=/sbin/iptables-restore /root/rules\n"), "host_not_understood walls.service", "host_not_understood walls.service"},
		{"a unit of one's own whose name says it", wanted("my-firewall.service", "ExecStart=/root/start\n"), "host_not_understood my-firewall.service", "host_not_understood my-firewall.service"},
		{"a unit of one's own that runs a script", script, "host_not_understood walls.service", "host_not_understood walls.service"},
		{"a unit of one's own beside all rules of the host", and(persistent, script), "true", "host_not_understood walls.service"},
		{"a unit of one's own that does something else", wanted("shop.service", "ExecStart=/usr/bin/shop --port 80\n"), "false", "false"},
		{"a unit that bans addresses", wanted("crowdsec-firewall-bouncer.service", "ExecStart=/usr/bin/crowdsec-firewall-bouncer\n"), "false", "false"},
		{"rc.local that calls iptables", files{"/etc/rc.local": "#!/bin/sh\niptables-restore /etc/rules\n"}, "host_not_understood /etc/rc.local", "host_not_understood /etc/rc.local"},
		{"rc.local that nobody may run", files{"/etc/rc.local": "iptables-restore /etc/rules\n"}, "false", "false"},
		{"rc.local that does something else", files{"/etc/rc.local": "#!/bin/sh\nexit 0\n"}, "false", "false"},
		{"a hook of all interfaces", files{"/etc/network/if-pre-up.d/rules": "#!/bin/sh\n/sbin/iptables-restore /etc/rules\n"}, "host_not_understood /etc/network/if-pre-up.d/rules", "host_not_understood /etc/network/if-pre-up.d/rules"},
		{"a hook of one interface", files{"/etc/network/interfaces": "iface eth0 inet dhcp\n  pre-up iptables-restore </etc/rules\n"}, "host_not_understood /etc/network/interfaces", "host_not_understood /etc/network/interfaces"},
		{"interfaces without hooks", files{"/etc/network/interfaces": "iface eth0 inet dhcp\n"}, "false", "false"},
		{"rules that are read", persistent, "true", "true"},
		{"nobody loads rules", nil, "false", "false"},
	} {
		live := map[string]capture.Command{"nft-json": output(noRules), "iptables-save": output(rules), "ip6tables-save": output(rules), "ip-tables-names": output(""), "ip6-tables-names": output("")}
		if diff := cmp.Diff(test.live, settingOf(capture.Taken(capture.Capture{Live: true, Root: true}, bootFiles(test.files), live), "at_boot")); diff != "" {
			t.Errorf("%s, on a running host: %s", test.name, diff)
		}
		if diff := cmp.Diff(test.root, settingOf(capture.Taken(capture.Capture{}, bootFiles(test.files), nil), "at_boot")); diff != "" {
			t.Errorf("%s, in a root directory: %s", test.name, diff)
		}
	}
}

// settingOf is what the firewall's facts say of a setting, or why it is not known.
func settingOf(c *capture.Capture, setting string) string {
	h := &host{Capture: c, place: evidence.Place{}, found: map[evidence.Kind]int{}}
	firewalls().read(h)
	for _, f := range h.facts {
		switch r, ok := f.Settings[setting]; {
		case ok && r.State == evidence.StateKnown:
			return fmt.Sprint(r.Value)
		case ok:
			return r.Why.Code + " " + r.Why.Args["what"]
		}
	}
	return "nothing"
}
