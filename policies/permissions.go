package policies

import (
	"maps"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// deniedRead is the code of a read that a permission would allow.
const deniedRead = "read_denied"

// missingPermissions are the permissions without which results and checks are not assessed, by account, sorted. What the
// organisation denies is none of them: no permission in the account helps.
func missingPermissions(results []evidence.Result, measures []evidence.MeasureResult) []evidence.MissingPermission {
	m := missing{actions: map[string]map[string]bool{}, results: map[string]int{}}
	for _, r := range results {
		if r.Verdict == evidence.Unknown {
			m.add(r.Reasons)
		}
	}
	for _, p := range measures {
		for _, c := range p.Checks {
			if c.Verdict == evidence.Unknown {
				m.add(c.Reasons)
			}
		}
	}
	var all []evidence.MissingPermission
	for _, account := range slices.Sorted(maps.Keys(m.actions)) {
		all = append(all, evidence.MissingPermission{Account: account, Actions: slices.Sorted(maps.Keys(m.actions[account])), Results: m.results[account]})
	}
	return all
}

// missing gathers actions by account.
type missing struct {
	actions map[string]map[string]bool
	results map[string]int
}

// add notes the actions that the reasons of one undecided result name.
func (m missing) add(reasons []evidence.Reason) {
	accounts := map[string]bool{}
	for _, r := range reasons {
		account, action := r.Args["account"], r.Args["action"]
		if r.Code != deniedRead || action == "" {
			continue
		}
		if m.actions[account] == nil {
			m.actions[account] = map[string]bool{}
		}
		m.actions[account][action] = true
		accounts[account] = true
	}
	for account := range accounts {
		m.results[account]++
	}
}
