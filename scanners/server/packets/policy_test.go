package packets

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// usualRules are those that the kernel begins with.
const usualRules = `{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"},{"priority":32767,"src":"all","table":"default"}`

// twoDevices has the internet behind eth0 as its main table says it, and 10.0.0.0/24 behind eth1.
func twoDevices(t *testing.T, rules, tables string) Network {
	t.Helper()
	n := Network{Routed: true}
	var err error
	n.Devices, err = ReadDevices([]byte(`[{"ifname":"eth0","link_type":"ether","addr_info":[{"local":"192.168.1.5","prefixlen":24}]},{"ifname":"eth1","link_type":"ether","addr_info":[{"local":"10.0.0.2","prefixlen":24}]},
		{"ifname":"eth2","link_type":"ether","master":"vrf0","addr_info":[{"local":"10.2.0.2","prefixlen":24}]},{"ifname":"vrf0","link_type":"ether"}]`))
	if err != nil {
		t.Fatal(err)
	}
	main := `{"dst":"default","dev":"eth0"},{"dst":"192.168.1.0/24","dev":"eth0"},{"dst":"10.0.0.0/24","dev":"eth1"}`
	if n.Routes, err = ReadRoutes([]byte("["+main+"]"), IPv4); err != nil {
		t.Fatal(err)
	}
	if rules == "" {
		return n
	}
	policies, err := ReadPolicies([]byte("[" + rules + "]"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := ReadRoutes([]byte("["+main+tables+"]"), IPv4)
	if err != nil {
		t.Fatal(err)
	}
	n.Routing = map[Family]Routing{IPv4: {policies, all}}
	return n
}

func TestPolicyRouting(t *testing.T) {
	through := func(device string) string {
		return "*filter\n:INPUT DROP [0:0]\n-A INPUT -i " + device + " -p tcp --dport 22 -j ACCEPT\nCOMMIT\n"
	}
	table := `,{"dst":"default","dev":"eth1","table":"100"}`
	for _, test := range []struct {
		name, rules, tables, device string
		must, may                   bool
	}{
		{"the main table alone", usualRules, "", "eth1", false, false},
		{"the main table alone, and its door", usualRules, "", "eth0", true, true},
		{"a table that no rule asks", usualRules, table, "eth1", false, false},
		{"rules that are not known", "", "", "eth1", false, true},
		{"some packets ask another table", `{"priority":9,"src":"10.0.0.2","table":"100"},` + usualRules, table, "eth1", false, true},
		{"some packets ask another table, and the other door", `{"priority":9,"src":"10.0.0.2","table":"100"},` + usualRules, table, "eth0", false, true},
		{"some packets ask another table, that has no way out", `{"priority":9,"src":"10.0.0.2","table":"100"},` + usualRules, `,{"dst":"10.7.0.0/16","dev":"eth1","table":"100"}`, "eth1", false, false},
		{"all packets ask another table first", `{"priority":9,"src":"all","table":"100"},` + usualRules, table, "eth1", true, true},
		{"all packets ask another table first, that decides", `{"priority":9,"src":"all","table":"100"},` + usualRules, table, "eth0", false, false},
		{"a default route is suppressed", `{"priority":9,"src":"all","table":"100","suppress_prefixlen":0},` + usualRules, table, "eth1", false, false},
		{"a longer route is not suppressed", `{"priority":9,"src":"all","table":"100","suppress_prefixlen":0},` + usualRules, `,{"dst":"0.0.0.0/1","dev":"eth1","table":"100"}`, "eth1", false, true},
		{"all but marked packets ask another table, as WireGuard does it", `{"priority":8,"src":"all","table":"main","suppress_prefixlen":0},{"priority":9,"not":null,"src":"all","fwmark":"0xca6c","table":"51820"},` + usualRules,
			`,{"dst":"default","dev":"eth1","table":"51820"}`, "eth1", false, true},
		{"a thrown route leads to the next rule", `{"priority":9,"src":"all","table":"100"},` + usualRules, `,{"dst":"default","type":"throw","table":"100"}`, "eth0", true, true},
		{"an unreachable route is the end: with no way out, any device may be one", `{"priority":9,"src":"all","table":"100"},` + usualRules, `,{"dst":"default","type":"unreachable","table":"100"}`, "eth1", false, true},
		{"a rule may be leapt over", `{"priority":7,"src":"all","goto":32766},{"priority":9,"src":"all","table":"100"},` + usualRules, table, "eth0", false, true},
		{"the table that is asked last has a route", usualRules, `,{"dst":"default","dev":"eth1","table":"default"}`, "eth1", false, false},
		{"a VRF has the internet behind it", `{"priority":9,"src":"all","l3mdev":null},` + usualRules, `,{"dst":"default","dev":"eth2","table":"10"}`, "vrf0", false, true},
		{"a VRF has no internet behind it", `{"priority":9,"src":"all","l3mdev":null},` + usualRules, `,{"dst":"10.2.0.0/24","dev":"eth2","table":"10"}`, "vrf0", false, false},
	} {
		rules, err := ReadTables([]byte(through(test.device)), IPv4, "x", nil)
		if err != nil {
			t.Fatal(err)
		}
		f := Filter{Rules: rules, Network: twoDevices(t, test.rules, test.tables)}
		r := f.WorldIngress(IPv4, tcp, 22)
		if must, may := r.Must.World(IPv4), r.May.World(IPv4); must != test.must || may != test.may {
			t.Errorf("%s: through %s the world gets surely %v, possibly %v; want %v, %v", test.name, test.device, must, may, test.must, test.may)
		}
		if r.Must.World(IPv4) != r.May.World(IPv4) && len(r.Undecided) == 0 {
			t.Errorf("%s: nothing says why it is undecided", test.name)
		}
	}
}

func TestPolicyRoutingOfPacketsThatAreSentOn(t *testing.T) {
	for _, test := range []struct{ name, rules, tables, want string }{
		{"the main table alone", usualRules, "", "eth1"},
		{"another table has no way there", `{"priority":9,"src":"1.2.3.4","table":"100"},` + usualRules, `,{"dst":"10.7.0.0/16","dev":"eth0","table":"100"}`, "eth1"},
		{"another table may lead elsewhere", `{"priority":9,"src":"1.2.3.4","table":"100"},` + usualRules, `,{"dst":"default","dev":"eth0","table":"100"}`, ""},
		{"the main table's long routes come first", `{"priority":8,"src":"all","table":"main","suppress_prefixlen":0},{"priority":9,"not":null,"src":"all","fwmark":"0xca6c","table":"51820"},` + usualRules,
			`,{"dst":"default","dev":"eth0","table":"51820"}`, "eth1"},
		{"rules that are not known", "", "", ""},
	} {
		n := twoDevices(t, test.rules, test.tables)
		if diff := cmp.Diff(test.want, n.route(netip.MustParseAddr("10.0.0.9"))); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}
