package packets

import (
	"fmt"
	"strings"
	"testing"
)

// A list of rules that is asked by many others for ever other senders is as much work each time, and bounded as rules one by one are.
func TestStretchesAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("*filter\n:INPUT DROP [0:0]\n:many - [0:0]\n:last - [0:0]\n")
	for i := range 300 {
		fmt.Fprintf(&b, "-A INPUT -s 10.%d.%d.0/24 -j many\n", i>>8, i&0xFF)
	}
	for i := range 1000 {
		fmt.Fprintf(&b, "-A many -s 198.51.%d.%d/32 -j ACCEPT\n", i>>8, i&0xFF)
	}
	b.WriteString("-A INPUT -j last\n-A last -j DROP\nCOMMIT\n")
	rules, err := ReadTables([]byte(b.String()), IPv4, "x", IPSets{})
	if err != nil {
		t.Fatal(err)
	}
	f := Filter{Rules: rules}
	if got := through(f.Ingress(IPv4, tcp, 90)); got != "perhaps" {
		t.Errorf("packets get %s through, want perhaps: nobody looked", got)
	}
}

// Of ICMP 255 stands for any type, of ICMPv6 for itself. https://github.com/torvalds/linux/blob/v6.1/net/ipv6/netfilter/ip6_tables.c
func TestAnyTypeOfICMP(t *testing.T) {
	for _, c := range []struct {
		family   Family
		protocol int
		rule     string
		want     bool
	}{
		{IPv4, icmp, "-A INPUT -p icmp -m icmp --icmp-type any -j ACCEPT", true},
		{IPv4, icmp, "-A INPUT -p icmp -m icmp --icmp-type 255 -j ACCEPT", true},
		{IPv4, icmp, "-A INPUT -p icmp -m icmp --icmp-type 8 -j ACCEPT", true},
		{IPv4, icmp, "-A INPUT -p icmp -m icmp --icmp-type 3 -j ACCEPT", false},
		{IPv6, icmpv6, "-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j ACCEPT", true},
		{IPv6, icmpv6, "-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 255 -j ACCEPT", false},
	} {
		rules, err := ReadTables([]byte("*filter\n:INPUT DROP [0:0]\n"+c.rule+"\nCOMMIT\n"), c.family, "x", IPSets{})
		if err != nil {
			t.Fatal(err)
		}
		f := Filter{Rules: rules}
		r := f.Ingress(c.family, c.protocol, 0)
		if r.Must.World(c.family) != c.want || r.May.World(c.family) != c.want {
			t.Errorf("%s: reached surely %v, perhaps %v, want %v", c.rule, r.Must.World(c.family), r.May.World(c.family), c.want)
		}
	}
}
