package aws

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// identityServices are those that tell who may do what, and what is recorded of it.
func identityServices() []string {
	return []string{"cloudtrail", "cloudwatch", "cloudwatchlogs", "cognitoidentityprovider", "configservice", "guardduty", "iam"}
}

func TestARefusedReadOfIdentitiesAndRecordsChangesNothingButWhatItTells(t *testing.T) {
	standard, lake := fakeaws.Standard(), lakeEstate(dataStore("own", nil))
	beforeAll := map[bool]map[string]evidence.Reading{
		false: bySetting(collect(t, standard, identityServices())), true: bySetting(collect(t, lake, identityServices())),
	}
	for _, r := range readers() {
		for _, o := range r.operations {
			if !slices.Contains(identityServices(), r.service) {
				continue
			}
			estate, isLake := standard, strings.Contains(o.name, "EventDataStore") // asked for where there is no trail
			if isLake {
				estate = lake
			}
			before := beforeAll[isLake]
			t.Run(o.fullName(r.service), func(t *testing.T) {
				s := collect(t, estate, identityServices(), fakeaws.Rule{Operation: o.fullName(r.service), Error: fakeaws.Denied("")})
				after, changed := bySetting(s), 0
				for _, setting := range slices.Sorted(maps.Keys(before)) {
					got, there := after[setting]
					switch {
					case there && cmp.Equal(before[setting], got):
					case there && (got.State == evidence.StateKnown || got.Why.Args["action"] != o.action):
						t.Errorf("%s was %v and is %v, %v", setting, before[setting].Value, got.Value, got.Why)
					default:
						changed++
					}
				}
				names := func(g evidence.Gap) bool { return g.Args["action"] == o.action }
				gone := len(after) < len(before)
				if gone && !slices.ContainsFunc(s.Sweeps, func(w evidence.Sweep) bool { return slices.ContainsFunc(w.Gaps, names) }) {
					t.Errorf("%d settings are gone, and no gap names %s", len(before)-len(after), o.action)
				}
				if changed == 0 {
					t.Error("nothing has changed")
				}
			})
		}
	}
}

func TestAListOfIdentitiesAndRecordsWhoseSecondPageIsRefusedIsNotWhole(t *testing.T) {
	for _, c := range []struct {
		service, operation, region, action string
		kind                               evidence.Kind
	}{
		{"cloudwatch", "cloudwatch.DescribeAlarms", "eu-central-1", "cloudwatch:DescribeAlarms", "alarm"},
		{"cloudwatchlogs", "cloudwatchlogs.DescribeLogGroups", "eu-central-1", "logs:DescribeLogGroups", "log_store"},
		{"cognitoidentityprovider", "cognitoidentityprovider.ListUserPools", "eu-central-1", "cognito-idp:ListUserPools", "user_pool"},
		{"iam", "iam.GetAccountAuthorizationDetails", globalRegion, "iam:GetAccountAuthorizationDetails", "access_policy"},
	} {
		t.Run(c.operation, func(t *testing.T) {
			server := fakeaws.NewPaged(fakeaws.Standard(), 1)
			t.Cleanup(server.Close)
			server.Break(fakeaws.Rule{Operation: c.operation, Page: 2, Error: fakeaws.Denied("")})
			s := collectFrom(t, testOptions(server), []string{c.service})
			if diff := cmp.Diff([]string{"read_denied " + c.action}, missing(s, c.region, c.kind)); diff != "" {
				t.Error(diff)
			}
			if whole := collect(t, fakeaws.Standard(), []string{c.service}); countOf(s, c.kind) >= countOf(whole, c.kind) {
				t.Errorf("%d of %d things though a page is missing", countOf(s, c.kind), countOf(whole, c.kind))
			}
		})
	}
}

func TestWhatNobodyWantsToKnowOfTrailsCostsNoCall(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	o := testOptions(server)
	o.Wanted = func(kind evidence.Kind, setting string) bool { return kind == "audit_trail" && setting == "logging" }
	s := collectFrom(t, o, []string{"cloudtrail", "guardduty"})
	counts := server.Count()
	delete(counts, "sts.GetCallerIdentity")
	delete(counts, "account.ListRegions")
	want := map[string]int{"cloudtrail.DescribeTrails": 4, "cloudtrail.GetTrailStatus": 2}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
	got := plain(factOf(t, s, "audit_trail", "good-trail"), "logging", "management_events", "encryption")
	if diff := cmp.Diff(map[string]any{"logging": true, "management_events": "(not_asked)", "encryption": "(not_asked)"}, got); diff != "" {
		t.Error(diff)
	}
}
