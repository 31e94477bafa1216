package packets

import (
	"net/netip"
	"strconv"
	"strings"
)

// tablesRule is a rule of iptables while its words are read.
type tablesRule struct {
	*tablesReader
	words   []string
	not     bool // an exclamation mark came last
	proto   int
	module  string
	tests   []test
	target  string
	goes    bool
	options map[string]string // of the target
}

// next takes the next word.
func (p *tablesRule) next() string {
	if len(p.words) == 0 {
		return ""
	}
	w := p.words[0]
	p.words = p.words[1:]
	if w == "!" && len(p.words) > 0 { // the old way, after the option
		p.not = !p.not
		return p.next()
	}
	return w
}

// fam is the family of the table.
func (p *tablesRule) fam() Family {
	if p.family == "ip6" {
		return IPv6
	}
	return IPv4
}

// test adds a test, negated where an exclamation mark said so.
func (p *tablesRule) test(t test) {
	t.not = t.not != p.not
	p.tests = append(p.tests, t)
}

// doubt adds a test that is not understood, and skips its values.
func (p *tablesRule) doubt() {
	for len(p.words) > 0 && !strings.HasPrefix(p.words[0], "-") && p.words[0] != "!" {
		p.words = p.words[1:]
	}
	p.tests = append(p.tests, test{})
}

// option reads one option.
func (p *tablesRule) option() {
	p.not = false
	name := p.next()
	switch name {
	case "-j", "--jump", "-g", "--goto":
		p.target, p.goes = p.next(), name == "-g" || name == "--goto"
		p.targetOptions()
	case "-m", "--match":
		p.module = p.next()
		p.loaded()
	case "-c", "--set-counters":
		p.next()
		p.next()
	case "-p", "--protocol", "--proto":
		p.protocol(p.next())
	case "-i", "--in-interface":
		v := p.next()
		p.test(test{field: inDevice, names: deviceNames(v)})
	case "-o", "--out-interface":
		v := p.next()
		p.test(test{field: outDevice, names: deviceNames(v)})
	case "-s", "--source", "--src":
		p.addresses(sourceAddress, p.next())
	case "-d", "--destination", "--dst":
		p.addresses(targetAddress, p.next())
	case "-f", "--fragment":
		p.test(test{field: abnormal})
	default:
		p.matchOption(name)
	}
}

// loaded notes a module that matches by being named, or of which nothing is known.
func (p *tablesRule) loaded() {
	switch p.module {
	case "socket", "eui64", "geoip", "quota", "quota2", "u32", "bpf", "cgroup":
		p.tests = append(p.tests, test{})
	case "rpfilter":
		missing := false
		for len(p.words) > 0 && (p.words[0] == "--loose" || p.words[0] == "--validmark" || p.words[0] == "--accept-local" || p.words[0] == "--invert") {
			missing = missing || p.words[0] == "--invert"
			p.words = p.words[1:]
		}
		p.tests = append(p.tests, test{field: backRoute, names: []string{"exists"}, not: missing})
	case "rt", "frag", "ipv6header", "hbh", "dst", "mh":
		p.tests = append(p.tests, test{field: abnormal})
		p.skipOptions()
	case "policy":
		p.policy()
	case "limit":
		p.tests = append(p.tests, test{field: crowd, not: true})
	}
}

// skipOptions skips the options of a module, up to what belongs to none.
func (p *tablesRule) skipOptions() {
	for len(p.words) > 0 && (strings.HasPrefix(p.words[0], "--") || !strings.HasPrefix(p.words[0], "-")) && p.words[0] != "--jump" && p.words[0] != "--goto" {
		p.words = p.words[1:]
	}
}

// policy reads what a rule says of IPsec: ordinary packets come without.
func (p *tablesRule) policy() {
	none := false
	for i := 0; i+1 < len(p.words) && p.words[i] != "-j" && p.words[i] != "-m"; i++ {
		none = none || p.words[i] == "--pol" && p.words[i+1] == "none"
	}
	p.tests = append(p.tests, test{field: abnormal, not: none})
	p.skipOptions()
}

// deviceNames is a device, or all whose name begins so.
func deviceNames(v string) []string {
	if stem, ok := strings.CutSuffix(v, "+"); ok {
		return []string{stem + "*"}
	}
	return []string{v}
}

// protocol is the test of the protocol. "all" is none.
func (p *tablesRule) protocol(v string) {
	if v == "all" || v == "0" {
		return
	}
	n := protocolNumber(v)
	if number, err := strconv.Atoi(v); err == nil && number < 256 {
		n = number
	}
	if n == 0 {
		p.tests = append(p.tests, test{})
		return
	}
	if !p.not {
		p.proto = n
	}
	p.test(test{field: protocol, values: numbers(uint64(n), uint64(n))})
}

// addresses is the test of a source or target: addresses and blocks with commas between.
func (p *tablesRule) addresses(f field, v string) {
	t := test{field: f, family: p.fam()}
	for part := range strings.SplitSeq(v, ",") {
		set, family, ok := addressText(part)
		if !ok || family != t.family {
			p.tests = append(p.tests, test{}) // the name of a host
			return
		}
		t.values = t.values.Union(set)
	}
	p.test(t)
}

// verdict is what the rule does.
func (p *tablesRule) verdict() verdict {
	switch p.target {
	case "ACCEPT", "SNAT", "MASQUERADE":
		return verdict{action: accepts}
	case "DROP", "REJECT":
		return verdict{action: drops}
	case "RETURN":
		return verdict{action: returns}
	case "DNAT", "REDIRECT":
		return verdict{action: translates, to: p.destination()}
	case "MARK", "CONNMARK":
		p.out.marks = true
		return verdict{}
	case "NOTRACK":
		p.out.notracks = true
		return verdict{}
	case "CT":
		_, taken := p.options["--notrack"]
		p.out.notracks = p.out.notracks || taken
		return verdict{}
	case "", "LOG", "NFLOG", "ULOG", "AUDIT", "TRACE", "CONNSECMARK", "SECMARK", "CLASSIFY", "TCPMSS", "TOS", "DSCP", "TTL", "HL", "CHECKSUM", "RATEEST", "TEE", "SET",
		"IDLETIMER", "LED", "TCPOPTSTRIP", "ECN":
		return verdict{}
	case "NFQUEUE", "QUEUE", "TPROXY", "SYNPROXY", "TARPIT", "NETMAP", "CHAOS", "DELUDE", "STEAL", "ECHO", "HMARK", "SAME", "CLUSTERIP", "DNPT", "SNPT":
		return verdict{action: unclear}
	}
	if p.goes {
		return verdict{action: goesTo, chain: p.chain(p.target)}
	}
	return verdict{action: jumps, chain: p.chain(p.target)}
}

// targetOptions reads the options of the target.
func (p *tablesRule) targetOptions() {
	p.options = map[string]string{}
	last := ""
	for ; len(p.words) > 0; p.words = p.words[1:] {
		w := p.words[0]
		switch {
		case w == "-m" || w == "-p" || w == "-s" || w == "-d" || w == "-i" || w == "-o" || w == "!":
			return
		case strings.HasPrefix(w, "--"):
			last = w
			p.options[last] = ""
		default:
			p.options[last] = w
		}
	}
}

// destination reads --to-destination and --to-ports.
func (p *tablesRule) destination() destination {
	d := destination{here: p.target == "REDIRECT", keeps: true}
	to := p.options["--to-destination"]
	if d.here {
		to = ":" + p.options["--to-ports"] + p.options["--to-port"]
	}
	if end := strings.LastIndex(to, ":"); end >= 0 && (d.here || p.family == "ip" || strings.HasSuffix(to[:end], "]")) {
		if port := to[end+1:]; port != "" {
			n, err := strconv.ParseUint(port, 10, 16)
			d.port, d.keeps, d.unclear = int(n), false, err != nil
		}
		to = to[:end]
	}
	if d.here || to == "" { // a port alone keeps the address
		d.here = true
		return d
	}
	a, err := netip.ParseAddr(strings.Trim(to, "[]"))
	if err != nil || familyOf(a) != p.fam() {
		d.unclear = true
		return d
	}
	d.address = numberOf(a)
	return d
}
