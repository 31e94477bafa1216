package server

import (
	"io/fs"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestForwardingAfterTheStart is of a host that loads the rules that are in force: they let the same packets in after its next start
// unless it forwards then and does not now.
func TestForwardingAfterTheStart(t *testing.T) {
	const (
		file    = "/etc/sysctl.d/a.conf"
		service = "[Service]\nExecStart=/x\n"
		unit    = "/usr/lib/systemd/system/systemd-sysctl.service"
		applies = "/usr/lib/systemd/system/sysinit.target.wants/systemd-sysctl.service"
		masked  = "/etc/systemd/system/systemd-sysctl.service"
		wanted  = "/etc/systemd/system/multi-user.target.wants/"
		refused = "refused"
	)
	const (
		devices = `[{"ifname":"eth0","link_type":"ether","addr_info":[{"local":"203.0.113.5","prefixlen":24}]},{"ifname":"eth1","link_type":"ether","addr_info":[{"local":"10.1.1.1","prefixlen":24}]}]`
		routes  = `[{"dst":"default","dev":"eth0"},{"dst":"203.0.113.0/24","dev":"eth0"},{"dst":"10.1.1.0/24","dev":"eth1"}]`
		rules   = "# (nf_tables)\n*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -p tcp -m tcp --dport 5432 -j DNAT --to-destination 10.1.1.2:5432\nCOMMIT\n*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\nCOMMIT\n"
		rules6  = "# (nf_tables)\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n"
	)
	for _, c := range []struct {
		name, live string
		files      map[string]string
		links      map[string]string
		want       map[string]string
	}{
		{"off now, and no file says more", "0", nil, nil, map[string]string{"open_ingress": "[]", "at_boot": "true"}},
		{"off now, and a file turns it on", "0", map[string]string{file: "net.ipv4.ip_forward=1\n"}, nil, map[string]string{"open_ingress": "[]", "at_boot": "false"}},
		{"off now, and a file turns on IPv6 alone", "0", map[string]string{file: "net.ipv6.conf.all.forwarding=1\n"}, nil, map[string]string{"open_ingress": "[]", "at_boot": "true"}},
		{"off now, and the file is masked", "0", map[string]string{"/usr/lib/sysctl.d/a.conf": "net.ipv4.ip_forward=1\n"}, map[string]string{file: "/dev/null"}, map[string]string{"open_ingress": "[]", "at_boot": "true"}},
		{"off now, and nobody applies the file", "0", map[string]string{file: "net.ipv4.ip_forward=1\n"}, map[string]string{masked: "/dev/null"}, map[string]string{"open_ingress": "[]", "at_boot": "true"}},
		{"off now, and ufw turns it on", "0", map[string]string{wanted + "ufw.service": service, "/usr/lib/systemd/system/ufw.service": service, "/etc/ufw/sysctl.conf": "net/ipv4/ip_forward=1\n",
			"/etc/ufw/ufw.conf": "ENABLED=no\n", "/etc/default/ufw": "IPV6=yes\n"}, nil, map[string]string{"open_ingress": "[]", "at_boot": "false"}},
		{"off now, and a file may not be read", "0", map[string]string{file: refused}, nil, map[string]string{"open_ingress": "[]", "at_boot": "denied host_refused"}},
		{"off now, and a file may not be read that nobody applies", "0", map[string]string{file: refused}, map[string]string{masked: "/dev/null"}, map[string]string{"open_ingress": "[]", "at_boot": "true"}},
		{"on now, and a file may not be read", "1", map[string]string{file: refused}, nil, map[string]string{"open_ingress": "[{ipv4 5432 tcp 0.0.0.0/0 5432}]", "at_boot": "true"}},
		{"on now, and a file turns it off: what turned it on may do so again", "1", map[string]string{file: "net.ipv4.ip_forward=0\n"}, nil, map[string]string{"open_ingress": "[{ipv4 5432 tcp 0.0.0.0/0 5432}]", "at_boot": "true"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"/etc/ssh/sshd_config": "Port 22\n", "/etc/iptables/rules.v4": rules, "/etc/iptables/rules.v6": rules6, unit: service, applies: service,
				"/usr/lib/systemd/system/netfilter-persistent.service": service, wanted + "netfilter-persistent.service": service}
			maps.Copy(files, c.files)
			m := capture.MemoryOf(files)
			if files[file] == refused {
				m.Add(file, capture.Info{Mode: 0o600}, nil, fs.ErrPermission)
			}
			for name, target := range c.links {
				m.AddLink(name, target)
			}
			got := filterFacts(capture.Taken(capture.Capture{Live: true, Root: true}, m, map[string]capture.Command{
				"ip-addr": output(devices), "ip-route": output(routes), "nft-json": output(noRules), "sysctl": output("net.ipv4.ip_forward = " + c.live + "\nnet.ipv6.conf.all.forwarding = 0\n"),
				"ip-rule": output(usual), "ip-rule6": output(usual6), "ip-route-all": output("[]"), "ip-route6-all": output("[]"),
				"ip-tables-names": output(""), "ip6-tables-names": output(""), "iptables-save": output(rules), "ip6tables-save": output(rules6),
			}))
			maps.DeleteFunc(got, func(setting, _ string) bool { return c.want[setting] == "" })
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
