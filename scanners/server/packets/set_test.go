package packets

import (
	"math/rand/v2"
	"net/netip"
	"testing"
)

func TestSetAlgebra(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	draw := func() (Set, [64]bool) {
		var spans []span
		var bits [64]bool
		for range r.IntN(5) {
			lo := r.IntN(64)
			hi := lo + r.IntN(64-lo)
			spans = append(spans, span{small(uint64(lo)), small(uint64(hi))})
			for i := lo; i <= hi; i++ {
				bits[i] = true
			}
		}
		return makeSet(spans), bits
	}
	for range 20000 {
		a, inA := draw()
		b, inB := draw()
		union, both, left := a.Union(b), a.Intersect(b), a.Minus(b)
		subset, count := true, uint64(0)
		for i := range 64 {
			n := small(uint64(i))
			if union.has(n) != (inA[i] || inB[i]) || both.has(n) != (inA[i] && inB[i]) || left.has(n) != (inA[i] && !inB[i]) {
				t.Fatalf("%v and %v differ at %d: union %v, both %v, left %v", a, b, i, union, both, left)
			}
			subset = subset && (!inA[i] || inB[i])
			if inA[i] {
				count++
			}
		}
		if a.Within(b) != subset || a.size() != small(count) {
			t.Fatalf("%v within %v: %v; size %v, want %d", a, b, a.Within(b), a.size(), count)
		}
		if !union.Equal(b.Union(a)) || !both.Union(left).Equal(a) {
			t.Fatalf("%v and %v: the parts do not make the whole", a, b)
		}
	}
}

func TestSetAtTheEnds(t *testing.T) {
	for _, f := range []Family{IPv4, IPv6} {
		all := All(f)
		last := all.spans[0].hi.address(f)
		end := SetOf(netip.PrefixFrom(last, f.bits()))
		rest := all.Minus(end)
		if rest.Contains(last) || !rest.Union(end).Equal(all) || !all.Minus(all).Empty() || rest.size() != all.size().prev() && f == IPv4 {
			t.Errorf("%v: the last address is not told from the rest: %v", f, rest)
		}
	}
}

func TestWorldAndText(t *testing.T) {
	for _, c := range []struct {
		name   string
		family Family
		blocks []string
		world  bool
		text   string
	}{
		{"everything", IPv4, []string{"0.0.0.0/0"}, true, "0.0.0.0/0"},
		{"halves", IPv4, []string{"0.0.0.0/1", "128.0.0.0/1"}, true, "0.0.0.0/0"},
		{"one organisation's block", IPv4, []string{"17.0.0.0/8"}, false, "17.0.0.0/8"},
		{"more than one organisation's", IPv4, []string{"17.0.0.0/8", "18.0.0.0/32"}, true, "17.0.0.0/8 18.0.0.0/32"},
		{"private", IPv4, []string{"10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12"}, false, "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16"},
		{"everything of IPv6", IPv6, []string{"::/0"}, true, "::/0"},
		{"one organisation's block of IPv6", IPv6, []string{"2001::/16"}, false, "2001::/16"},
		{"two of them", IPv6, []string{"2001::/16", "2003::/16"}, true, "2001::/16 2003::/16"},
		{"local of IPv6", IPv6, []string{"fc00::/7", "fe80::/10"}, false, "fc00::/7 fe80::/10"},
		{"nothing", IPv4, nil, false, ""},
	} {
		var blocks []netip.Prefix
		for _, b := range c.blocks {
			blocks = append(blocks, netip.MustParsePrefix(b))
		}
		s := SetOf(blocks...)
		if s.World(c.family) != c.world || s.Text(c.family) != c.text {
			t.Errorf("%s: world %v, text %q; want %v, %q", c.name, s.World(c.family), s.Text(c.family), c.world, c.text)
		}
	}
}
