package server

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/packets"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// missing is the exit status of a program that is not installed.
const missing = 127

// nftRules is how the rules of nftables are listed.
const nftRules = "nft -j list ruleset"

// toldRules takes what the commands said of rules, or says which of them failed. Only the superuser is told: others see nothing, which is
// no empty list. Where nft is not installed, iptables tells all; where neither is, nobody does.
func (h *host) toldRules() (t packets.Told, of string, err error) {
	nft, err := h.Command("nft-json")
	switch {
	case err != nil:
		return t, nftRules, err
	case !h.Root:
		return t, nftRules, fs.ErrPermission
	case nft.Exit != 0 && nft.Exit != missing:
		return t, nftRules, fmt.Errorf("nft ended with %d: %w", nft.Exit, capture.ErrNotCollected)
	case nft.Exit == 0:
		t.NFT = nft.Out
	}
	for name, to := range map[string]*[]byte{"nft": &t.NFTText, "iptables-save": &t.Tables, "ip6tables-save": &t.Tables6, "ipset": &t.IPSets} {
		if out, err := h.Output(name); err == nil {
			*to = out
		}
	}
	if nft.Exit == missing {
		if of, err := h.withoutNFT(); err != nil {
			return t, of, err
		}
	}
	for six, to := range map[string]*[]byte{"": &t.Legacy, "6": &t.Legacy6} {
		out, err := h.legacyTables(six)
		if err != nil {
			return t, "ip" + six + "tables-legacy-save", err
		}
		*to = out
	}
	return t, nftRules, nil
}

// withoutNFT says what is missing for iptables to tell all: both its families, and that nothing else writes rules of nftables, as
// firewalld does by a library. https://firewalld.org/documentation/man-pages/firewalld.conf.html
func (h *host) withoutNFT() (of string, err error) {
	if _, err := h.Output("iptables-save"); err != nil {
		return nftRules, fs.ErrNotExist
	}
	if unit, err := systemd.Of(h.Capture).Enabled("firewalld.service"); err != nil || unit.Starts {
		return nftRules, cmp.Or(err, fs.ErrNotExist)
	}
	_, err = h.Output("ip6tables-save")
	return "ip6tables-save", err
}

// legacyTables are the tables that the kernel keeps beside nftables: what the legacy program told of them, nothing where the kernel says
// that there are none, and an error where neither is known. A program that is not installed has loaded none, and then the plain program
// may be the legacy one. https://manpages.debian.org/bookworm/iptables/xtables-legacy.8.en.html
func (h *host) legacyTables(six string) ([]byte, error) {
	names, err := h.Command("ip" + six + "-tables-names")
	none := err == nil && (names.Exit == 0 && len(bytes.TrimSpace(names.Out)) == 0 || bytes.Contains(names.Err, []byte("No such file")))
	if none {
		return nil, nil
	}
	held := err == nil && names.Exit == 0
	legacy, err := h.Command("ip" + six + "tables-legacy-save")
	if err != nil {
		return nil, err
	}
	if legacy.Exit == 0 {
		return h.Output("ip" + six + "tables-legacy-save")
	}
	plain, err := h.Command("ip" + six + "tables-save")
	told := err == nil && plain.Exit == 0
	switch {
	case legacy.Exit == missing && told && packets.IsLegacy(plain.Out):
		return nil, nil // the plain program told them
	case legacy.Exit == missing && !held && (told || err == nil && plain.Exit == missing):
		return nil, nil
	}
	_, err = h.Output("ip" + six + "tables-legacy-save")
	return nil, err
}
