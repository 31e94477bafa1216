package packets

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// manyTables makes tables of iptables with so many rules, each for a port of its own.
func manyTables(n int, each string) string {
	var b strings.Builder
	b.WriteString("*filter\n:INPUT DROP [0:0]\n-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n")
	for i := range n {
		fmt.Fprintf(&b, each+"\n", i>>8&0xFF, i&0xFF, 1000+i)
	}
	return b.String() + "COMMIT\n"
}

// manyNFT makes a file of nft with so many rules, each for a port of its own.
func manyNFT(n int) string {
	var b strings.Builder
	b.WriteString("define trusted = { 10.1.0.0/24, 10.200.3.4 }\ntable inet t {\nchain in { type filter hook input priority 0; policy drop;\n")
	for i := range n {
		fmt.Fprintf(&b, "ip saddr $trusted tcp dport %d counter accept\n", 1000+i)
	}
	return b.String() + "}\n}\n"
}

// manyElements makes a set of ipset with so many elements.
func manyElements(kind, element string, n int) string {
	var b strings.Builder
	b.WriteString("create many " + kind + " family inet\n")
	for i := range n {
		fmt.Fprintf(&b, "add many "+element+"\n", i>>8&0xFF, i&0xFF, i)
	}
	return b.String()
}

func BenchmarkTable(b *testing.B) {
	const (
		own     = "-A INPUT -s 10.%d.%d.0/32 -p tcp -m tcp --dport %d -j ACCEPT"
		anyone  = "-A INPUT -m comment --comment \"%d %d\" -p tcp -m tcp --dport %d -j ACCEPT"
		banned  = "-A INPUT -s 198.%d.%d.7/32 -m comment --comment %d -j DROP"
		limited = "-A INPUT -m hashlimit --hashlimit-above 9/sec --hashlimit-name %[1]d.%[2]d -p tcp --dport %[3]d -j DROP"
	)
	tables := func(text, sets string) func() (*Ruleset, error) {
		return func() (*Ruleset, error) { return ReadTables([]byte(text), IPv4, "x", ReadIPSets([]byte(sets))) }
	}
	drop := strings.Replace(manyTables(500, own), "-A INPUT -s", "-A INPUT -m set --match-set many src -j DROP\n-A INPUT -s", 1)
	pairs := "*filter\n:INPUT DROP [0:0]\n-A INPUT -m set --match-set many src,dst -j ACCEPT\nCOMMIT\n"
	for _, c := range []struct {
		name string
		read func() (*Ruleset, error)
	}{
		{"iptables/5000", tables(manyTables(5000, own), "")},
		{"iptables/20000", tables(manyTables(20000, own), "")},
		{"iptables/anyone/20000", tables(manyTables(20000, anyone), "")},
		{"iptables/limited/5000", tables(manyTables(5000, limited), "")},
		{"iptables/banned/5000+5000", tables(manyTables(5000, banned)+manyTables(5000, own), "")},
		{"nft/5000", func() (*Ruleset, error) {
			return ReadNFTFile(capture.MemoryOf(map[string]string{"/x": manyNFT(5000)}), "/x")
		}},
		{"nft/20000", func() (*Ruleset, error) {
			return ReadNFTFile(capture.MemoryOf(map[string]string{"/x": manyNFT(20000)}), "/x")
		}},
		{"ipset/65536", tables("*filter\n:INPUT DROP [0:0]\n-A INPUT -m set --match-set many src -j DROP\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n", manyElements("hash:ip", "10.%[1]d.%[2]d.0", 65536))},
		{"ipset/65536+500", tables(drop, manyElements("hash:ip", "77.%[1]d.%[2]d.0", 65536))},
		{"ipset/pairs/65536", tables(pairs, manyElements("hash:ip,port", "10.%[1]d.%[2]d.0,tcp:%[3]d", 65536))},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				rules, err := c.read()
				if err != nil {
					b.Fatal(err)
				}
				f := Filter{Rules: rules}
				f.Table(IPv4, f.WorldIngress)
				f.Unnamed()
			}
		})
	}
}
