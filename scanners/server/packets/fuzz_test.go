package packets

import (
	"math/rand/v2"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// check asks a ruleset and holds that whoever surely gets through possibly does.
func check(t *testing.T, rules *Ruleset) {
	t.Helper()
	f := Filter{Rules: rules}
	for _, family := range []Family{IPv4, IPv6} {
		for _, port := range []int{22, 8080} {
			if r := f.Ingress(family, tcp, port); !r.Must.Within(r.May) {
				t.Errorf("%v %d: %v surely, and %v possibly", family, port, r.Must, r.May)
			}
		}
	}
}

func FuzzParseNFTFile(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 10 {
		f.Add(nftText(r))
	}
	f.Add("define a = { $a, $a }\ntable ip t { chain c { type filter hook input priority 0; ip saddr $a jump { drop; } ; } }\n")
	f.Fuzz(func(t *testing.T, text string) {
		rules, err := ReadNFTFile(capture.MemoryOf(map[string]string{"/etc/nftables.conf": text}), "/etc/nftables.conf")
		if err == nil {
			check(t, rules)
		}
	})
}

func FuzzParseNFTJSON(f *testing.F) {
	f.Add([]byte(`{"nftables":[{"chain":{"family":"inet","table":"t","name":"c","type":"filter","hook":"input","prio":0,"policy":"drop"}},{"rule":{"family":"inet","table":"t","chain":"c","handle":4,"expr":[{"match":{"op":"==","left":{"payload":{"protocol":"ip","field":"saddr"}},"right":{"set":[{"prefix":{"addr":"10.0.0.0","len":8}},{"range":["10.0.0.1","10.0.0.9"]}]}}},{"vmap":{"key":{"payload":{"protocol":"tcp","field":"dport"}},"data":{"set":[[22,{"accept":null}],["*",{"jump":{"target":"c"}}]]}}}]}}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		rules, err := ReadNFT(text, func(string, string) bool { return false })
		if err == nil {
			check(t, rules)
		}
	})
}

func FuzzParseTables(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 10 {
		f.Add(tablesText(r, IPv4), setText(r))
	}
	f.Fuzz(func(t *testing.T, text, sets string) {
		rules, err := ReadTables([]byte(text), IPv4, "x", ReadIPSets([]byte(sets)))
		if err == nil {
			check(t, rules)
		}
	})
}

func FuzzParseIPSets(f *testing.F) {
	f.Add("create n hash:net family inet timeout 5\nadd n 10.0.0.0/8 timeout 3\nadd n 10.1.0.0/16 nomatch\ncreate l list:set\nadd l l\nadd l n\n", "n")
	f.Fuzz(func(t *testing.T, text, name string) {
		sets := ReadIPSets([]byte(text))
		one := sets.test(name, []string{"src", "dst"}, 0)
		for _, ordinary := range []bool{true, false} {
			p := packet{family: IPv4, protocol: tcp, port: 22, all: All(IPv4), ordinary: ordinary}
			if e := p.extentOf(one); !e.sure.Within(e.possible) {
				t.Errorf("%v surely, %v possibly", e.sure, e.possible)
			}
		}
	})
}

func FuzzParseUFW(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 5 {
		files := ufwFiles(r)
		f.Add(files["/etc/default/ufw"], files["/etc/ufw/user.rules"])
	}
	f.Fuzz(func(t *testing.T, settings, user string) {
		files := ufwFiles(rand.New(rand.NewPCG(1, 1)))
		files["/etc/default/ufw"], files["/etc/ufw/user.rules"] = settings, user
		rules, err := ReadUFW(capture.MemoryOf(files))
		if err == nil {
			check(t, rules)
		}
	})
}

func FuzzParseNetwork(f *testing.F) {
	f.Add([]byte(`[{"ifname":"eth0","link_type":"ether","addr_info":[{"local":"10.0.0.1","prefixlen":24}]}]`), []byte(`[{"dst":"default","dev":"eth0"},{"dst":"10.0.0.0/24","dev":"eth0"}]`),
		[]byte(`[{"priority":0,"src":"all","table":"local"},{"priority":9,"not":null,"src":"all","fwmark":"0xca6c","table":"main","suppress_prefixlen":0}]`))
	f.Fuzz(func(t *testing.T, devices, routes, rules []byte) {
		var n Network
		var err1, err2 error
		n.Devices, err1 = ReadDevices(devices)
		n.Routes, err2 = ReadRoutes(routes, IPv4)
		policies, err3 := ReadPolicies(rules)
		n.Routed, n.Routing = err2 == nil, map[Family]Routing{IPv4: {policies, n.Routes}}
		if err1 != nil || err2 != nil || err3 != nil {
			return
		}
		filter := Filter{Rules: &Ruleset{}, Network: n}
		if r := filter.Ingress(IPv4, tcp, 22); !r.Must.Within(r.May) {
			t.Errorf("%v surely, %v possibly", r.Must, r.May)
		}
	})
}
