package packets

import (
	"encoding/json"
	"slices"
	"strings"
)

// sleepers says of tables of nftables whether they sleep, by their family and name. Chains of one that sleeps have no effect.
// https://manpages.debian.org/bookworm/nftables/nft.8.en.html#TABLES
type sleepers map[chainID]whether

// toldAsleep reads what `nft list ruleset` says of all tables.
func toldAsleep(text []byte) sleepers {
	asleep := sleepers{}
	var table chainID
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "table ") && len(words) > 2:
			table = chainID{family: words[1], table: words[2]}
			asleep[table] = no
		case strings.HasPrefix(line, "\tflags ") && strings.Contains(line, "dormant"):
			asleep[table] = yes
		}
	}
	return asleep
}

// flagged says whether a table sleeps by its flags in JSON. nft 1.0.6 tells the table's own name there, whatever the flag is.
func flagged(name string, flags json.RawMessage) whether {
	var all []string
	if json.Unmarshal(flags, &all) != nil {
		var one string
		if json.Unmarshal(flags, &one) == nil {
			all = []string{one}
		}
	}
	switch {
	case slices.Contains(all, name):
		return perhaps
	case slices.Contains(all, "dormant"):
		return yes
	case slices.ContainsFunc(all, func(flag string) bool { return flag != "owner" && flag != "persist" }):
		return perhaps
	}
	return no
}

// calm takes the effect from the chains of tables that sleep.
func (s sleepers) calm(r *Ruleset) {
	for _, c := range r.Chains {
		w, told := s[chainID{family: c.ID.family, table: c.ID.table}]
		if !told {
			continue
		}
		if c.unsure = w == perhaps; w == yes {
			c.Hook = ""
		}
	}
}
