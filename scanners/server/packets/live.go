package packets

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Told is what the commands of a running host said. A nil text is of a command that said nothing: it is not there, or could not run.
type Told struct {
	NFT     []byte // nft -j list ruleset
	NFTText []byte // nft list ruleset: it alone tells the devices of chains at ingress, and which tables sleep
	Tables  []byte // iptables-save
	Tables6 []byte // ip6tables-save
	Legacy  []byte // iptables-legacy-save
	Legacy6 []byte // ip6tables-legacy-save
	IPSets  []byte // ipset save
}

// Live makes a ruleset of all filters that a running host has: they apply together. Tables that iptables keeps in nftables are read
// from iptables-save, which knows what their extensions mean.
func Live(t Told) (*Ruleset, error) {
	all := &Ruleset{}
	sets, asleep := ReadIPSets(t.IPSets), toldAsleep(t.NFTText)
	texts := []struct {
		text   []byte
		family Family
		file   string
	}{
		{t.Tables, IPv4, "iptables-save"}, {t.Tables6, IPv6, "ip6tables-save"},
		{legacyOf(t.Legacy, t.Tables), IPv4, "iptables-legacy-save"}, {legacyOf(t.Legacy6, t.Tables6), IPv6, "ip6tables-legacy-save"},
	}
	for _, s := range texts {
		rules, err := ReadTables(s.text, s.family, s.file, sets)
		if err != nil {
			return nil, err
		}
		if inNFT(s.text) {
			asleep.calm(rules)
		}
		all.add(rules)
	}
	if t.NFT == nil {
		return all, nil
	}
	rules, err := ReadNFT(t.NFT, func(family, table string) bool {
		return family == "ip" && told(t.Tables, table) || family == "ip6" && told(t.Tables6, table)
	})
	if err != nil {
		return nil, err
	}
	asleep.calm(rules)
	rules.devices(t.NFTText)
	all.add(rules)
	return all, nil
}

// inNFT says whether tables that were told are kept in nftables. iptables-save says which of the two it is.
func inNFT(text []byte) bool { return bytes.Contains(text, []byte("(nf_tables)")) }

// told says whether iptables-save told a table that is kept in nftables, and all of it: chains that iptables did not make it leaves
// out, and says so.
func told(text []byte, table string) bool {
	return inNFT(text) && slices.ContainsFunc(bytes.Split(text, []byte("\n")), func(line []byte) bool {
		return string(bytes.TrimSpace(line)) == "*"+table
	}) && !bytes.Contains(text, fmt.Appendf(nil, "# Table `%s' ", table))
}

// IsLegacy says whether iptables-save told tables that are not kept in nftables.
func IsLegacy(text []byte) bool { return len(text) > 0 && !inNFT(text) }

// legacyOf is the legacy text, unless the plain command told the same.
func legacyOf(legacy, plain []byte) []byte {
	if IsLegacy(plain) {
		return nil
	}
	return legacy
}

// devices takes the devices of chains from what `nft list ruleset` says.
func (r *Ruleset) devices(text []byte) {
	const name = "/ruleset"
	said, err := ReadNFTFile(capture.MemoryOf(map[string]string{name: string(text)}), name)
	if err != nil {
		return
	}
	for _, c := range r.Chains {
		if from := said.byName[c.ID]; from != nil && len(c.Device) == 0 {
			c.Device = from.Device
		}
	}
}
