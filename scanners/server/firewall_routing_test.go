package server

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestRoutingOfTheFirewall(t *testing.T) {
	const (
		devices = `[{"ifname":"eth0","link_type":"ether","addr_info":[{"local":"203.0.113.5","prefixlen":24}]},{"ifname":"eth1","link_type":"ether","addr_info":[{"local":"10.0.0.5","prefixlen":24}]}]`
		main    = `{"dst":"default","dev":"eth0"},{"dst":"203.0.113.0/24","dev":"eth0"},{"dst":"10.0.0.0/24","dev":"eth1"}`
		another = `,{"dst":"default","dev":"eth1","table":"100"}`
		asked   = `[{"priority":9,"src":"10.0.0.5","table":"100"},{"priority":32766,"src":"all","table":"main"}]`
		inside  = "# (nf_tables)\n*filter\n:INPUT DROP [0:0]\n-A INPUT -i eth1 -p tcp --dport 22 -j ACCEPT\nCOMMIT\n"
		none    = "# (nf_tables)\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n"
	)
	type commands map[string]capture.Command
	const undecided = "packet_rule_undecided "
	for _, test := range []struct {
		name string
		told commands
		want string
	}{
		{"the main table decides", commands{"ip-rule": output(usual), "ip-route-all": output("[" + main + "]")}, "none"},
		{"the main table decides, and a table that no rule asks is there", commands{"ip-rule": output(usual), "ip-route-all": output("[" + main + another + "]")}, "none"},
		{"some packets go by another device", commands{"ip-rule": output(asked), "ip-route-all": output("[" + main + another + "]")}, undecided},
		{"some packets ask a table without a way out", commands{"ip-rule": output(asked), "ip-route-all": output("[" + main + "]")}, "none"},
		{"the rules were not told", commands{"ip-route-all": output("[" + main + "]")}, undecided},
		{"the other tables were not told", commands{"ip-rule": output(usual), "ip-route-all": {Exit: 1}}, undecided},
		{"the rules are not understood", commands{"ip-rule": output("0: from all lookup local"), "ip-route-all": output("[" + main + "]")}, undecided},
	} {
		all := commands{"nft-json": output(noRules), "iptables-save": output(inside), "ip6tables-save": output(none), "ip-tables-names": output(""), "ip6-tables-names": output(""),
			"ip-addr": output(devices), "ip-route": output("[" + main + "]"), "ip-rule6": output(usual6), "ip-route6-all": output("[]")}
		maps.Copy(all, test.told)
		c := capture.Taken(capture.Capture{Live: true, Root: true}, capture.MemoryOf(map[string]string{"/etc/ssh/sshd_config": "Port 22\n"}), all)
		if diff := cmp.Diff(test.want, settingOf(c, "admin_sources")); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}
