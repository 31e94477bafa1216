package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// TestTheStandardEstateHasGoodAndBadOfEveryKind holds the denial test to an estate in which every kind that a check judges
// passes somewhere and fails somewhere.
func TestTheStandardEstateHasGoodAndBadOfEveryKind(t *testing.T) {
	lab := newDenialLab(t, fakeaws.Standard())
	verdicts := map[evidence.Kind]map[evidence.Verdict]bool{}
	kindOf := map[string]evidence.Kind{}
	for _, f := range lab.base.Snapshot.Facts {
		kindOf[f.ID] = f.Kind
	}
	checks := map[string]evidence.Check{}
	for _, c := range lab.base.Checks {
		checks[c.ID] = c
	}
	for _, r := range lab.base.Results {
		kinds := []evidence.Kind{kindOf[r.Fact]}
		if kinds[0] == "" {
			kinds = checks[r.Check].Kinds // over a population
		}
		for _, k := range kinds {
			if verdicts[k] == nil {
				verdicts[k] = map[evidence.Verdict]bool{}
			}
			verdicts[k][r.Verdict] = true
		}
	}
	for _, o := range aws.Operations() {
		for _, k := range o.Lists {
			if v := verdicts[k]; !slices.Contains(oneSided(), k) && !(v[evidence.Pass] && v[evidence.Fail]) {
				t.Errorf("%s: verdicts %v, want a pass and a fail", k, v)
			}
		}
	}
}

// oneSided are kinds that cannot pass and fail in one account: recorders are judged over the account as a whole, and no check
// judges restore plans and subnets by themselves.
func oneSided() []evidence.Kind {
	return []evidence.Kind{"configuration_recorder", "restore_plan", "subnet"}
}

// TestAnOrganisationPolicyThatAllowsMoreRegionsPassesNothing: a policy that names the promised regions may name others too.
// None is read, and what lies elsewhere fails by where it is.
func TestAnOrganisationPolicyThatAllowsMoreRegionsPassesNothing(t *testing.T) {
	for _, o := range aws.Operations() {
		if strings.HasPrefix(o.Name, "organizations.") && o.Name != "organizations.ListAccounts" {
			t.Errorf("%s is called: its verdicts need a test with a superset of the promised regions", o.Name)
		}
	}
	estate := fakeaws.Standard()
	estate.Add(fakeaws.StandardAccount, fakeaws.Resource{Type: "organizations.policy", ID: "p-superset", Doc: fakeaws.Node{"Content": `{"Statement":[{"Effect":"Deny",` +
		`"Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-central-1","eu-north-1","us-east-1"]}}}]}`}})
	lab := newDenialLab(t, estate)
	failing := slices.ContainsFunc(lab.base.Results, func(r evidence.Result) bool {
		return r.Check == "TOM-LOC-001" && r.Verdict == evidence.Fail && strings.Contains(r.Fact, "us-east-1")
	})
	if !failing {
		t.Error("nothing in us-east-1 fails TOM-LOC-001")
	}
}
