package packets

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// nftText makes a file of nft: one or two tables, chains that are jumped to, sets, maps, and now and then what is not decidable.
func nftText(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("flush ruleset\ndefine trusted = { 10.1.0.0/24, 10.200.3.4 }\ndefine admin_port = 22\n")
	for i := range 1 + r.IntN(2) {
		fmt.Fprintf(&b, "table inet t%d {\n", i)
		fmt.Fprintf(&b, "set s4 { type ipv4_addr; flags interval; elements = { %s, 10.77.1.0-10.77.1.9 } }\n", pick(r, "10.1.0.0/16", "10.2.0.0/16", "10.200.3.4, 10.9.0.2"))
		fmt.Fprintf(&b, "set s6 { type ipv6_addr; flags interval\n elements = { %s } }\n", pick(r, "fd00:1::/32", "fd00:2::1", "fd00:9::/64, fd00:1::5"))
		fmt.Fprintf(&b, "set pairs { type ipv4_addr . inet_service; flags interval; elements = { %s . 22, 10.1.0.0/16 . 80-443, 10.2.0.1 . 3306 } }\n", pick(r, "10.1.0.5", "10.200.0.0/16"))
		fmt.Fprintf(&b, "set empty { type ipv4_addr; }\n")
		b.WriteString("chain helpers {\n" + lines(r.IntN(4), func() string { return nftRuleText(r, 0) }) + "}\n")
		b.WriteString("chain services {\n" + lines(r.IntN(5), func() string { return nftRuleText(r, 1) }) + "}\n")
		fmt.Fprintf(&b, "map doors { type inet_service : verdict; flags interval; elements = { 22 : jump helpers, 80-443 : %s, 8080 : goto services } }\n", pick(r, "accept", "drop", "continue", "return"))
		fmt.Fprintf(&b, "chain in { type filter hook %s priority %s; policy %s;\n", pick(r, "input", "input", "input", "prerouting"), pick(r, "0", "filter", "raw", "filter + 10", "-5", "mangle"), pick(r, "accept", "drop", "drop"))
		b.WriteString("meta l4proto ipv6-icmp accept\n")
		b.WriteString(pick(r, "ct state established,related accept\n", "ct state vmap { established : accept, related : accept, invalid : drop }\n", "", "ct state invalid drop\nct state { established, related } accept\niif lo accept\n"))
		b.WriteString(lines(1+r.IntN(8), func() string { return nftRuleText(r, 2) }))
		b.WriteString("}\n}\n")
	}
	if r.IntN(3) == 0 {
		fmt.Fprintf(&b, "table %s extra { chain c { type filter hook input priority 20; policy accept; %s\n }\n }\n", pick(r, "ip", "ip"), pick(r, "ip saddr 10.2.0.0/16 drop", "tcp dport 3306 reject with tcp reset", "tcp dport != { 22, 80 } ip saddr 10.1.0.0/16 drop"))
	}
	if r.IntN(6) == 0 {
		b.WriteString("table ip nat { chain p { type nat hook prerouting priority dstnat; policy accept;\n" + pick(r, "tcp dport 8080 redirect to :80", "ip saddr 10.1.0.0/16 tcp dport 80 redirect to :3306", "tcp dport 443 dnat to 10.9.0.1:22") + "\n }\n }\n")
	}
	if r.IntN(8) == 0 {
		fmt.Fprintf(&b, "table netdev n { chain i { type filter hook ingress device wire0 priority 0; policy accept; %s\n }\n }\n", pick(r, "ip saddr 10.2.0.0/16 drop", "tcp dport 3306 drop", "ip6 saddr fd00:1::/32 tcp dport 22 drop"))
	}
	return b.String()
}

// nftRuleText makes a rule; only chains of a lower level are jumped to.
func nftRuleText(r *rand.Rand, level int) string {
	var parts []string
	for range r.IntN(3) {
		parts = append(parts, nftMatchText(r))
	}
	if r.IntN(25) == 0 {
		parts = append(parts, pick(r, "meta mark 5", "ip ttl > 200", "meta skuid 1", "numgen inc mod 100 < 1", "tcp sport 1-50000", "ip dscp cs1"))
	}
	if r.IntN(4) == 0 {
		parts = append(parts, pick(r, "counter", "log prefix \"x\"", "limit rate 10000/second burst 5000 packets", "counter"))
	}
	verdicts := []string{"accept", "drop", "accept", "reject", "return", "continue"}
	if level > 0 {
		verdicts = append(verdicts, "jump helpers", "goto helpers")
	}
	if level > 1 {
		verdicts = append(verdicts, "jump services", "goto services", "tcp dport vmap @doors", "jump services",
			"tcp dport vmap { 22 : jump services, 80 : accept, 443 : drop, * : continue }", "ip saddr vmap { 10.1.0.0/16 : jump services, 10.2.0.0/16 : drop }",
			"ip saddr . tcp dport vmap { 10.1.0.5 . 22 : accept, 10.200.3.4 . 80 : drop }")
	}
	comment := strings.Contains(strings.Join(parts, " "), "comment")
	v := pick(r, verdicts...)
	if comment {
		v = ""
	}
	return strings.Join(append(parts, v), " ")
}

func nftMatchText(r *rand.Rand) string {
	switch r.IntN(16) {
	case 0, 1:
		return "tcp dport " + port(r)
	case 2:
		return "tcp dport { " + pick(r, "22, 80", "80, 443, 8080", "22, 3000-4000", "http, https") + " }"
	case 3:
		return "tcp dport " + pick(r, "!= 22", "!= { 80, 443 }", "> 1023", "<= 443", "!= 80-443", "$admin_port")
	case 4, 5:
		return "ip saddr " + source4(r)
	case 6, 7:
		return "ip6 saddr " + source6(r)
	case 8:
		return "ip saddr " + pick(r, "@s4", "!= @s4", "$trusted", "!= { 10.1.0.5, 10.2.0.0/16 }", "10.1.0.1-10.1.0.100", "@empty", "!= @empty")
	case 9:
		return "ip6 saddr " + pick(r, "@s6", "!= @s6", "{ fd00:1::/32, fd00:2::1 }")
	case 10:
		return pick(r, "ct state new", "ct state != new", "ct state established", "ct state new,related", "ct state & (new | related) != 0")
	case 11:
		return pick(r, "iifname wire0", "iifname != wire0", "iif lo", "iifname \"wire*\"", "iifname { wire0, eth7 }", "iif != lo")
	case 12:
		return pick(r, "meta l4proto tcp", "meta nfproto ipv4", "meta nfproto ipv6", "meta l4proto { tcp, udp }", "udp dport { 80, 443 }", "udp dport != 22", "udp dport "+port(r), "ip protocol tcp")
	case 13:
		return pick(r, "tcp flags & (fin|syn|rst|ack) == syn", "tcp flags syn", "tcp flags & (fin|syn) == (fin|syn)", "tcp flags != syn", "tcp flags & (fin|syn|rst|psh|ack|urg) == 0x0", "tcp flags ack")
	case 14:
		return pick(r, "ip saddr . tcp dport @pairs", "ip saddr . tcp dport { 10.1.0.0/16 . 22, 10.200.3.4 . 80-443 }", "meta l4proto . th dport { tcp . 22, udp . 53 }", "ip saddr . tcp dport != @pairs")
	}
	return pick(r, "ip daddr 10.9.0.1", "ip daddr 10.8.0.0/16", "ip6 daddr fd00:9::1", "fib daddr type local", "th dport 22", "meta pkttype host", "ct direction original", "ip daddr != 10.9.0.1")
}

// setText makes sets of ipset.
func setText(r *rand.Rand) string {
	return "create nets hash:net family inet\nadd nets " + pick(r, "10.1.0.0/16", "10.200.0.0/16") + "\nadd nets " + pick(r, "10.1.0.0/24 nomatch", "10.2.0.1") +
		"\ncreate hosts hash:ip family inet6\nadd hosts " + pick(r, "fd00:1::5", "fd00:2::1") +
		"\ncreate pairs hash:net,port family inet\nadd pairs " + pick(r, "10.1.0.0/16,tcp:22", "10.2.0.1,tcp:80") + "\nadd pairs 10.200.3.4,tcp:443\n" +
		"create all list:set\nadd all nets\n"
}

// tablesText makes tables of iptables.
func tablesText(r *rand.Rand, f Family) string {
	var b strings.Builder
	b.WriteString("*filter\n:INPUT " + pick(r, "ACCEPT", "DROP", "DROP") + " [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:one - [0:0]\n:two - [0:0]\n")
	if f == IPv6 {
		b.WriteString("-A INPUT -p ipv6-icmp -j ACCEPT\n")
	}
	b.WriteString(pick(r, "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n", "-A INPUT -i lo -j ACCEPT\n-A INPUT -m state --state ESTABLISHED,RELATED -j ACCEPT\n", ""))
	b.WriteString(lines(1+r.IntN(7), func() string { return "-A INPUT" + tablesRuleText(r, f, 2) }))
	b.WriteString(lines(r.IntN(4), func() string { return "-A one" + tablesRuleText(r, f, 0) }))
	b.WriteString(lines(r.IntN(4), func() string { return "-A two" + tablesRuleText(r, f, 1) }))
	b.WriteString("COMMIT\n")
	if r.IntN(4) == 0 {
		b.WriteString("*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A PREROUTING" + tablesMatchText(r, f) + " -j " + pick(r, "DROP", "ACCEPT") + "\nCOMMIT\n")
	}
	if r.IntN(4) == 0 {
		b.WriteString("*nat\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp --dport " + pick(r, "80", "8080") + " -j REDIRECT --to-ports " + pick(r, "22", "3306") + "\nCOMMIT\n")
	}
	return b.String()
}

func tablesRuleText(r *rand.Rand, f Family, level int) string {
	var b strings.Builder
	for range r.IntN(3) {
		b.WriteString(tablesMatchText(r, f))
	}
	if r.IntN(25) == 0 {
		b.WriteString(pick(r, " -m mark --mark 0x5", " -m length --length 0:30", " -m mac --mac-source 00:11:22:33:44:55"))
	}
	if strings.Count(b.String(), " -p ") > 1 {
		return tablesRuleText(r, f, level)
	}
	for _, option := range []string{" -s ", " -i ", " -d "} {
		if strings.Count(b.String(), option) > 1 {
			return tablesRuleText(r, f, level)
		}
	}
	targets := []string{"-j ACCEPT", "-j DROP", "-j ACCEPT", "-j REJECT", "-j RETURN", "-j LOG --log-prefix \"a b \""}
	if level > 0 {
		targets = append(targets, "-j one", "-g one")
	}
	if level > 1 {
		targets = append(targets, "-j two", "-g two", "-j two")
	}
	return b.String() + " " + pick(r, targets...)
}

func tablesMatchText(r *rand.Rand, f Family) string {
	not := pick(r, "", "", "", " !")
	switch r.IntN(11) {
	case 0, 1:
		return " -p tcp" + " -m tcp" + not + " --dport " + strings.ReplaceAll(port(r), "-", ":")
	case 2:
		return " -p tcp -m multiport" + not + " --dports 22,80:443,8080"
	case 3, 4, 5:
		if f == IPv4 {
			return not + " -s " + strings.Replace(source4(r), "0.0.0.0/0", "10.9.0.2", len(not))
		}
		return not + " -s " + strings.Replace(source6(r), "::/0", "fd00:9::2", len(not))
	case 6:
		return " -m conntrack" + not + " --ctstate " + pick(r, "NEW", "ESTABLISHED", "NEW,RELATED", "INVALID")
	case 7:
		return not + " -i " + pick(r, "wire0", "wire+", "eth1", "lo")
	case 8:
		return pick(r, " -p tcp --syn", " -p tcp --tcp-flags FIN,SYN FIN,SYN", " -p udp --dport 443", " -p udp -m multiport ! --dports 22,80:443", " -p udp --sport 1024:65535", " -p tcp ! --syn", " -p tcp --tcp-flags ALL NONE", " -p tcp --sport 1024:65535")
	case 9:
		if f == IPv6 {
			return " -m set" + not + " --match-set hosts src"
		}
		return " -m set" + not + " --match-set " + pick(r, "nets src", "pairs src,dst", "all src")
	}
	if f == IPv6 {
		return pick(r, " -m addrtype --dst-type LOCAL", " -m iprange --src-range fd00:1::1-fd00:1::70", " -d fd00:9::1", " -m comment --comment \"x y\"")
	}
	return pick(r, " -m addrtype --dst-type LOCAL", " -m iprange --src-range 10.1.0.1-10.1.0.70", " -d 10.9.0.1", " ! -d 10.9.0.0/24", " -m limit --limit 9000/sec --limit-burst 5000")
}

// ufwFiles makes the files of ufw with rules as ufw itself writes them.
func ufwFiles(r *rand.Rand) map[string]string {
	files := map[string]string{
		"/etc/ufw/ufw.conf": "ENABLED=yes\nLOGLEVEL=low\n",
		"/etc/default/ufw": fmt.Sprintf("IPV6=%s\nDEFAULT_INPUT_POLICY=%q\nDEFAULT_OUTPUT_POLICY=\"ACCEPT\"\nDEFAULT_FORWARD_POLICY=\"DROP\"\nMANAGE_BUILTINS=no\nIPT_SYSCTL=\nIPT_MODULES=\"\"\n",
			pick(r, "yes", "yes", "yes", "no"), pick(r, "DROP", "DROP", "REJECT", "ACCEPT")),
	}
	for _, part := range []string{"before", "after", "before6", "after6"} {
		files["/etc/ufw/"+part+".rules"] = stock(part)
	}
	for _, six := range []string{"", "6"} {
		var b strings.Builder
		fmt.Fprintf(&b, "*filter\n:ufw%s-user-input - [0:0]\n:ufw%s-user-output - [0:0]\n:ufw%s-user-forward - [0:0]\n:ufw%s-logging-deny - [0:0]\n:ufw%s-user-limit - [0:0]\n:ufw%s-user-limit-accept - [0:0]\n", six, six, six, six, six, six)
		for range r.IntN(7) {
			b.WriteString(ufwRuleText(r, six))
		}
		fmt.Fprintf(&b, "-I ufw%s-logging-deny -m conntrack --ctstate INVALID -j RETURN -m limit --limit 3/min --limit-burst 10\n", six)
		fmt.Fprintf(&b, "-A ufw%s-user-limit -j REJECT\n-A ufw%s-user-limit-accept -j ACCEPT\nCOMMIT\n", six, six)
		files["/etc/ufw/user"+six+".rules"] = b.String()
	}
	return files
}

func ufwRuleText(r *rand.Rand, six string) string {
	source := func() string {
		if six == "6" {
			return source6(r)
		}
		return source4(r)
	}
	chain := "-A ufw" + six + "-user-input "
	switch r.IntN(6) {
	case 0:
		return chain + "-p tcp --dport 22 -j ACCEPT -m comment --comment 'dapp_OpenSSH'\n"
	case 1:
		return chain + "-p tcp --dport " + strings.ReplaceAll(port(r), "-", ":") + " -s " + source() + " -j " + pick(r, "ACCEPT", "DROP", "REJECT") + "\n"
	case 2:
		return chain + "-s " + source() + " -j " + pick(r, "ACCEPT", "DROP", "REJECT") + "\n"
	case 3:
		return chain + "-i wire0 -p tcp --dport " + strings.ReplaceAll(port(r), "-", ":") + " -j ACCEPT\n"
	case 4:
		return chain + "-p tcp -m multiport --dports 80,443 -j " + pick(r, "ACCEPT", "DROP") + "\n"
	}
	return chain + "-p tcp --dport " + pick(r, "8080", "3306") + " -j ufw" + six + "-user-limit-accept\n"
}
