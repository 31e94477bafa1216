package packets

import (
	"strings"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Rules under which a port may be reached though a glance at them says that it is stopped.
func TestWhatMayGetThroughIsNotCalledStopped(t *testing.T) {
	const drops = "chain i { type filter hook input priority 0; policy drop;\n tcp dport 22 accept\n }\n"
	file := func(text string) (*Ruleset, error) {
		return ReadNFTFile(capture.MemoryOf(map[string]string{"/x": text}), "/x")
	}
	tables := func(text, sets string) (*Ruleset, error) {
		return ReadTables([]byte(text), IPv4, "x", ReadIPSets([]byte(sets)))
	}
	const input = "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n"
	type ruled struct {
		*Ruleset
		err error
	}
	from := func(r *Ruleset, err error) ruled { return ruled{r, err} }
	for _, test := range []struct {
		name  string
		rules ruled
		port  int
		want  string
	}{
		{"a port is redirected, written without a colon", from(file("table inet t {\n" + drops + "chain n { type nat hook prerouting priority -100\n tcp dport 90 redirect to 22\n }\n }\n")), 90, "surely"},
		{"a port is redirected by a map", from(file("table inet t {\n" + drops + "chain n { type nat hook prerouting priority -100\n tcp dport 90 redirect to :tcp dport map { 90 : 22 }\n }\n }\n")), 90, "perhaps"},
		{"a port is sent on by a map", from(file("table inet t {\n" + drops + "chain n { type nat hook prerouting priority -100\n tcp dport 90 dnat ip to 10.0.0.1:tcp dport map { 90 : 22 }\n }\n }\n")), 90, "perhaps"},
		{"a packet is written over before", from(file("table inet t {\n" + drops + "chain n { type filter hook prerouting priority -100\n tcp dport 90 tcp dport set 22\n }\n }\n")), 90, "perhaps"},
		{"a packet is written over before, as JSON tells it", from(ReadNFT([]byte(`{"nftables":[{"chain":{"family":"ip","table":"t","name":"n","type":"filter","hook":"prerouting","prio":-100,"policy":"accept"}},
			{"rule":{"family":"ip","table":"t","chain":"n","expr":[{"mangle":{"key":{"payload":{"protocol":"tcp","field":"dport"}},"value":22}}]}},
			{"chain":{"family":"ip","table":"t","name":"i","type":"filter","hook":"input","prio":0,"policy":"drop"}}]}`), func(string, string) bool { return false })), 90, "perhaps"},
		{"iptables sends packets elsewhere, and nft tells the name alone", from(ReadNFT([]byte(`{"nftables":[{"chain":{"family":"ip","table":"nat","name":"PREROUTING","type":"nat","hook":"prerouting","prio":-100,"policy":"accept"}},
			{"rule":{"family":"ip","table":"nat","chain":"PREROUTING","expr":[{"xt":{"type":"target","name":"DNAT"}}]}},
			{"chain":{"family":"ip","table":"filter","name":"INPUT","type":"filter","hook":"input","prio":0,"policy":"drop"}}]}`), func(string, string) bool { return false })), 90, "perhaps"},
		{"a net is mapped on another", from(tables("*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -j NETMAP --to 10.0.0.0/24\nCOMMIT\n"+input, "")), 90, "perhaps"},
		{"a set is declared twice", from(file("table inet t {\nset s { type inet_service; elements = { 90 }\n }\n set s { type inet_service; elements = { 91 }\n }\n chain i { type filter hook input priority 0; policy drop;\n tcp dport @s accept\n }\n }\n")), 90, "surely"},
		{"a map is written while the host runs", from(file("table inet t {\nmap m { type inet_service : verdict; flags dynamic; elements = { 91 : accept }\n }\n chain i { type filter hook input priority 0; policy drop;\n tcp dport vmap @m\n }\n }\n")), 90, "perhaps"},
		{"connections may be looked up or not at this priority", from(file("table inet t { chain i { type filter hook prerouting priority -200; policy drop;\n ct state new accept\n }\n }\n")), 90, "perhaps"},
		{"two states are no state", from(file("table inet t { chain i { type filter hook input priority 0; policy accept;\n ct state == new,related drop\n }\n }\n")), 90, "surely"},
		{"one of two states", from(file("table inet t { chain i { type filter hook input priority 0; policy accept;\n ct state new,related drop\n }\n }\n")), 90, "not"},
		{"no IPv4 packet is in a list that begins with a set of IPv6", from(tables("*filter\n:INPUT DROP [0:0]\n-A INPUT -m set ! --match-set all src -j ACCEPT\nCOMMIT\n",
			"create six hash:ip family inet6\ncreate four hash:ip family inet\ncreate all list:set\nadd all six\nadd all four\n")), 90, "surely"},
		{"no IPv4 packet is in a set of IPv6", from(tables("*filter\n:INPUT DROP [0:0]\n-A INPUT -m set ! --match-set six src -j ACCEPT\nCOMMIT\n", "create six hash:ip family inet6\nadd six fd00::1\n")), 90, "surely"},
		{"a port of a bridge", from(tables("*filter\n:INPUT DROP [0:0]\n-A INPUT -m set --match-set n src,src -j ACCEPT\nCOMMIT\n", "create n hash:net,iface family inet\nadd n 0.0.0.0/0,physdev:eth0\n")), 90, "perhaps"},
		{"rules that call one another too often", from(tables("*filter\n:INPUT DROP [0:0]\n:a - [0:0]\n-A INPUT -j a\n-A a -j a\n-A a -j a\nCOMMIT\n", "")), 90, "perhaps"},
	} {
		if test.rules.err != nil {
			t.Errorf("%s: %v", test.name, test.rules.err)
			continue
		}
		f := Filter{Rules: test.rules.Ruleset, Network: twoDevices(t, usualRules, "")}
		r := f.Ingress(IPv4, tcp, test.port)
		if got := through(r); got != test.want {
			t.Errorf("%s: packets get %s through, want %s (%s)", test.name, got, test.want, strings.TrimSpace(r.May.Text(IPv4)))
		}
	}
}

func TestEgressThroughADevice(t *testing.T) {
	rules, err := ReadNFTFile(capture.MemoryOf(map[string]string{"/x": "table netdev t { chain e { type filter hook egress device eth0 priority 0; policy drop;\n }\n }\n"}), "/x")
	if err != nil {
		t.Fatal(err)
	}
	f := Filter{Rules: rules, Network: twoDevices(t, usualRules, "")}
	if r := f.Egress(IPv4, tcp, 25); r.Must.World(IPv4) {
		t.Errorf("surely to %v", r.Must)
	}
}
