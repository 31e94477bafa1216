package aws

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// member is an account that another one manages.
func member(resources ...fakeaws.Resource) fakeaws.Estate {
	return oneRegion(append(resources, fakeaws.Resource{Type: "organizations.organization",
		Doc: fakeaws.Node{"Id": "o-fake", "FeatureSet": "ALL", "MasterAccountId": "999900001111"}})...)
}

func railOf(t *testing.T, s evidence.Snapshot, id string) map[string]any {
	t.Helper()
	return plain(factOf(t, s, "guard_rail", id+"#statement[0]"), "regions", "attached", "complete")
}

func TestGuardRails(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"organizations"})
	for id, want := range map[string]map[string]any{
		"p-good":     {"regions": []string{"eu-central-1", "eu-north-1"}, "attached": true, "complete": true},
		"p-goodunit": {"regions": []string{"eu-central-1"}, "attached": true, "complete": true}, // the unit holds every account that is not the management account
	} {
		if diff := cmp.Diff(want, railOf(t, s, id)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
	if got := countOf(s, "guard_rail"); got != 3 {
		t.Errorf("%d guard rails; a policy about something else is none", got)
	}
	wantGaps(t, s, "global")
}

func TestPolicyThatAllowsMoreRegionsSaysWhich(t *testing.T) {
	f := factOf(t, collect(t, fakeaws.Standard(), []string{"organizations"}), "guard_rail", "p-bad#statement[0]")
	regions, _ := f.Settings["regions"].Value.([]string)
	for _, region := range []string{"ap-south-1", "eu-central-1", "us-east-1"} {
		if !slices.Contains(regions, region) {
			t.Errorf("%s lacks in %v", region, regions)
		}
	}
	if slices.Contains(regions, "eu-west-1") || len(f.Settings["regions"].More) != 1 || f.Settings["attached"].Value != false {
		t.Errorf("regions %v, more %v, attached %v", regions, f.Settings["regions"].More, f.Settings["attached"].Value)
	}
}

func TestGuardRailsThatLeaveSomethingOut(t *testing.T) {
	policy := func(id, sort, notAction string) fakeaws.Resource {
		return fakeaws.Resource{Type: "organizations.policy", ID: id, Doc: fakeaws.Node{"Id": id, "Arn": "arn:aws:organizations::999900001111:policy/o-fake/" + id, "Type": sort},
			Sub: map[string]any{"targets": []any{fakeaws.Node{"TargetId": "r-fake", "Type": "ROOT"}},
				"content": `{"Statement":{"Effect":"Deny","NotAction":"` + notAction + `","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-north-1"}}}}`}}
	}
	s := collect(t, member(policy("p-storage", "SERVICE_CONTROL_POLICY", "s3:*"), policy("p-resources", "RESOURCE_CONTROL_POLICY", "iam:*")), []string{"organizations"})
	want := map[string]any{"regions": []string{"eu-north-1"}, "attached": true, "complete": false}
	for id, notes := range map[string][]evidence.Reason{
		"p-storage":   {evidence.Because("guard_rail_exempts", "actions", "s3:*")},
		"p-resources": nil, // few services know policies of resources
	} {
		f := factOf(t, s, "guard_rail", id+"#statement[0]/in/"+fakeaws.StandardAccount) // another account manages them
		if diff := cmp.Diff(want, plain(f, "regions", "attached", "complete")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
		if diff := cmp.Diff(notes, f.Notes); diff != "" {
			t.Errorf("notes of %s (-want +got):\n%s", id, diff)
		}
	}
}

func TestGuardRailAttachedToAUnitThatLacksAnAccount(t *testing.T) {
	estate := fakeaws.Standard()
	estate.Add(fakeaws.StandardAccount, fakeaws.Resource{Type: "organizations.account", ID: "777788889999",
		Doc: fakeaws.Node{"Id": "777788889999", "Status": "ACTIVE"}})
	s := collect(t, estate, []string{"organizations"})
	if got := railOf(t, s, "p-goodunit")["attached"]; got != false {
		t.Errorf("the unit: %v", got)
	}
	if got := railOf(t, s, "p-good")["attached"]; got != true {
		t.Errorf("the root: %v", got)
	}
}

func TestDeniedReadsOfTheOrganisation(t *testing.T) {
	for _, c := range []struct {
		operation, resource string
		attached            any
		gaps                []gap
	}{
		{"organizations.ListTargetsForPolicy", "", "(read_denied)", nil},
		{"organizations.ListAccounts", "", "(read_denied)", nil},
		{"organizations.ListAccountsForParent", "", "(read_denied)", nil},
		{"organizations.ListOrganizationalUnitsForParent", "", "(read_denied)", nil},
		{"organizations.DescribePolicy", "p-good", true, []gap{{"read_denied", "organizations:DescribePolicy", "guard_rail"}}},
	} {
		t.Run(c.operation, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"organizations"}, fakeaws.Rule{Operation: c.operation, Resource: c.resource, Error: fakeaws.Denied("")})
			if got := railOf(t, s, "p-goodunit")["attached"]; got != c.attached {
				t.Errorf("attached: %v", got)
			}
			wantGaps(t, s, "global", c.gaps...)
		})
	}
}

func TestOrganisationSeenByOthers(t *testing.T) {
	denied := func(operation string) []fakeaws.Rule {
		return []fakeaws.Rule{{Operation: operation, Error: fakeaws.Denied("")}}
	}
	for _, c := range []struct {
		name   string
		estate fakeaws.Estate
		breaks []fakeaws.Rule
		want   []gap
	}{
		{"no organisation", oneRegion(), nil, nil},
		{"one that only shares bills", oneRegion(fakeaws.Resource{Type: "organizations.organization",
			Doc: fakeaws.Node{"Id": "o-fake", "FeatureSet": "CONSOLIDATED_BILLING", "MasterAccountId": "999900001111"}}), denied("organizations.ListPolicies"), nil},
		{"a member", member(), denied("organizations.ListPolicies"), []gap{{"organization_policies_elsewhere", "organizations:ListPolicies", "guard_rail"}}},
		{"whether there is one is denied", oneRegion(), denied("organizations.DescribeOrganization"), []gap{{"read_denied", "organizations:DescribeOrganization", "guard_rail"}}},
		{"the management account itself", fakeaws.Standard(), denied("organizations.ListPolicies"), []gap{{"read_denied", "organizations:ListPolicies", "guard_rail"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := collect(t, c.estate, []string{"organizations"}, c.breaks...)
			wantGaps(t, s, "global", c.want...)
			if got := countOf(s, "guard_rail"); got != 0 {
				t.Errorf("%d guard rails", got)
			}
		})
	}
}
