package awsrules

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// allow makes a rule of a protocol, a range of ports and blocks.
func allow(protocol string, from, to int, blocks string) PacketRule {
	r := PacketRule{Protocol: protocol, From: from, To: to}
	for _, b := range strings.Fields(blocks) {
		r.Blocks = append(r.Blocks, netip.MustParsePrefix(b))
	}
	return r
}

func exposed(family, protocol string, from, to int, source string) evidence.Exposure {
	return evidence.Exposure{Family: family, Protocol: protocol, From: from, To: to, Source: source}
}

func TestOpenTo(t *testing.T) {
	for _, c := range []struct {
		name  string
		rules []PacketRule
		want  []evidence.Exposure
	}{
		{name: "nothing"},
		{"world", []PacketRule{allow("tcp", 22, 22, "0.0.0.0/0")}, []evidence.Exposure{exposed("ipv4", "tcp", 22, 22, "0.0.0.0/0")}},
		{"world of IPv6", []PacketRule{allow("tcp", 22, 22, "::/0")}, []evidence.Exposure{exposed("ipv6", "tcp", 22, 22, "::/0")}},
		{"halves", []PacketRule{allow("tcp", 22, 22, "0.0.0.0/1 128.0.0.0/1")}, []evidence.Exposure{exposed("ipv4", "tcp", 22, 22, "0.0.0.0/0")}},
		{"halves in two rules", []PacketRule{allow("tcp", 1, 100, "0.0.0.0/1"), allow("tcp", 50, 200, "128.0.0.0/1")}, []evidence.Exposure{
			exposed("ipv4", "tcp", 1, 49, "0.0.0.0/1"), exposed("ipv4", "tcp", 50, 100, "0.0.0.0/0"), exposed("ipv4", "tcp", 101, 200, "128.0.0.0/1"),
		}},
		{"quarters of IPv6", []PacketRule{allow("udp", 53, 53, "2000::/4 3000::/4")}, []evidence.Exposure{exposed("ipv6", "udp", 53, 53, "2000::/3")}},
		{"private", []PacketRule{allow("tcp", 0, 65535, "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7")}, nil},
		{"one organisation", []PacketRule{allow("tcp", 22, 22, "17.0.0.0/8"), allow("tcp", 443, 443, "2a00::/16")}, nil},
		{"wider than one organisation", []PacketRule{allow("tcp", 22, 22, "16.0.0.0/7")}, []evidence.Exposure{exposed("ipv4", "tcp", 22, 22, "16.0.0.0/7")}},
		{"everything of every protocol", []PacketRule{allow("all", 0, 65535, "0.0.0.0/0"), allow("tcp", 22, 22, "0.0.0.0/0")},
			[]evidence.Exposure{exposed("ipv4", "all", 0, 65535, "0.0.0.0/0")}},
		{"all protocols for few, one for the world", []PacketRule{allow("all", 0, 65535, "10.0.0.0/8"), allow("tcp", 443, 443, "0.0.0.0/0")},
			[]evidence.Exposure{exposed("ipv4", "tcp", 443, 443, "0.0.0.0/0")}},
		{"neighbours", []PacketRule{allow("tcp", 80, 80, "0.0.0.0/0"), allow("tcp", 81, 90, "0.0.0.0/0")}, []evidence.Exposure{exposed("ipv4", "tcp", 80, 90, "0.0.0.0/0")}},
		{"ping", []PacketRule{allow("icmp", 0, 65535, "0.0.0.0/0")}, []evidence.Exposure{exposed("ipv4", "icmp", 0, 65535, "0.0.0.0/0")}},
		{"a long list", []PacketRule{allow("tcp", 22, 22, "1.0.0.0/8 3.0.0.0/8 5.0.0.0/8 7.0.0.0/8 9.0.0.0/8 11.0.0.0/8 13.0.0.0/8 15.0.0.0/8 17.0.0.0/8")},
			[]evidence.Exposure{exposed("ipv4", "tcp", 22, 22, "1.0.0.0/8 3.0.0.0/8 5.0.0.0/8 7.0.0.0/8 9.0.0.0/8 11.0.0.0/8 13.0.0.0/8 15.0.0.0/8 ...")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(OpenTo(c.rules), c.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
}

func TestPublicAddresses(t *testing.T) {
	f := families()[0]
	if got := f.source([]PacketRule{allow("tcp", 1, 1, "0.0.0.0/0")}, 1); got != "0.0.0.0/0" {
		t.Errorf("source = %q", got)
	}
	if got, want := f.publicSize([]span{{0, 1<<32 - 1}}), uint64(3_702_390_784); got != want {
		t.Errorf("%d public addresses, want %d", got, want)
	}
}

func FuzzUnion(f *testing.F) {
	f.Add(uint32(0), uint8(0), uint32(1<<31), uint8(1))
	f.Add(uint32(10<<24), uint8(8), uint32(11<<24), uint8(8))
	f.Fuzz(func(t *testing.T, a uint32, bitsA uint8, b uint32, bitsB uint8) {
		block := func(n uint32, bits uint8) netip.Prefix {
			addr := netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
			return netip.PrefixFrom(addr, int(bits%33)).Masked()
		}
		one, two := block(a, bitsA), block(b, bitsB)
		v4 := families()[0]
		joined := union([]span{v4.span(one), v4.span(two)})
		var back []span
		for _, text := range strings.Fields(v4.text(joined)) {
			if text != "..." {
				back = append(back, v4.span(netip.MustParsePrefix(text)))
			}
		}
		if diff := cmp.Diff(union(back), joined, cmp.AllowUnexported(span{})); diff != "" {
			t.Errorf("%s and %s (-text +union):\n%s", one, two, diff)
		}
	})
}
