package packets

import (
	"slices"
	"strings"
)

// lasting is the filter without translations and without the chains of programs that ban addresses: fail2ban and CrowdSec.
// https://github.com/fail2ban/fail2ban/blob/master/config/action.d/iptables.conf and https://docs.crowdsec.net/u/bouncers/firewall
func (f *Filter) lasting() *Filter {
	rules := *f.Rules
	rules.Chains = slices.DeleteFunc(slices.Clone(rules.Chains), func(c *Chain) bool {
		return c.Type == "nat" || strings.HasPrefix(c.ID.table, "crowdsec") || c.ID.table == "f2b-table"
	})
	for i, c := range rules.Chains {
		if strings.HasPrefix(c.ID.name, "f2b-") || strings.HasPrefix(c.ID.name, "crowdsec") || strings.HasPrefix(c.ID.name, "CROWDSEC") {
			empty := *c
			empty.Rules = nil
			rules.Chains[i] = &empty
			continue
		}
		if slices.ContainsFunc(c.Rules, bans) {
			kept := *c
			kept.Rules = slices.DeleteFunc(slices.Clone(c.Rules), bans)
			rules.Chains[i] = &kept
		}
	}
	return &Filter{Rules: &rules, Network: f.Network}
}

// bans says whether a rule only asks a chain of banned addresses.
func bans(r rule) bool {
	return slices.ContainsFunc(r.branches, func(b branch) bool {
		return b.verdict.chain != nil && (strings.HasPrefix(b.verdict.chain.ID.name, "f2b-") || strings.HasPrefix(b.verdict.chain.ID.name, "CROWDSEC"))
	})
}
