package aws

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// organisationTrail is one that the account 999900001111 keeps for all accounts, as a member sees it.
func organisationTrail(regions ...string) fakeaws.Estate {
	arn := "arn:aws:cloudtrail:eu-north-1:999900001111:trail/all"
	return fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: regions, Resources: []fakeaws.Resource{{
		Type: "cloudtrail.trail", ID: arn,
		Doc: fakeaws.Node{"Name": "all", "TrailARN": arn, "HomeRegion": "eu-north-1", "S3BucketName": "archive", "IsMultiRegionTrail": true,
			"IncludeGlobalServiceEvents": true, "LogFileValidationEnabled": true, "IsOrganizationTrail": true,
			"KmsKeyId": "arn:aws:kms:eu-north-1:999900001111:key/k"},
		Sub: map[string]any{"cloudtrail.GetTrailStatus": fakeaws.Node{"IsLogging": true, "LatestDeliveryTime": 1795261800}},
	}}}}}
}

func addressesOf(s evidence.Snapshot, kind evidence.Kind) []string {
	var all []string
	for _, f := range s.Facts {
		if f.Kind == kind {
			all = append(all, f.Source.Place.Region+" "+strings.TrimPrefix(f.Address, "arn:aws:cloudtrail:"))
		}
	}
	slices.Sort(all)
	return all
}

func TestTrails(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"cloudtrail"})
	settings := []string{"region", "logging", "all_regions", "global_events", "management_events", "data_events", "integrity_validation", "encryption"}
	for name, want := range map[string]map[string]any{
		"good-trail": {"region": "eu-central-1", "logging": true, "all_regions": true, "global_events": true, "management_events": "all",
			"data_events": true, "integrity_validation": true, "encryption": "customer-managed"},
		"bad-trail": {"region": "eu-central-1", "logging": false, "all_regions": false, "global_events": false, "management_events": "write",
			"data_events": false, "integrity_validation": false, "encryption": "provider-owned"},
	} {
		if diff := cmp.Diff(want, plain(factOf(t, s, "audit_trail", name), settings...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for name, want := range map[string]map[string]any{
		"good-trail#delivery": {"delivering": true, "age_hours": 1},
		"bad-trail#delivery":  {"delivering": false, "age_hours": 1462},
	} {
		f := factOf(t, s, "log_delivery", name)
		if diff := cmp.Diff(want, plain(f, "delivering", "age_hours")); diff != "" || f.Source.Level != evidence.LevelOperation {
			t.Errorf("%s at level %s (-want +got):\n%s", name, f.Source.Level, diff)
		}
	}
}

func TestTrailOfAllRegionsIsOneTrail(t *testing.T) {
	got := addressesOf(collect(t, fakeaws.Standard(), []string{"cloudtrail"}), "audit_trail")
	want := []string{"eu-central-1 eu-central-1:111122223333:trail/bad-trail", "eu-central-1 eu-central-1:111122223333:trail/good-trail"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTrailWhoseHomeIsNotReadIsToldByTheFirstRegion(t *testing.T) {
	got := addressesOf(collect(t, organisationTrail("eu-central-1", "eu-west-1"), []string{"cloudtrail"}), "audit_trail")
	if diff := cmp.Diff([]string{"eu-north-1 eu-north-1:999900001111:trail/all#in/111122223333"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOrganisationTrailWhoseSelectorsAndKeyAreDenied(t *testing.T) {
	s := collect(t, organisationTrail("eu-north-1"), []string{"cloudtrail"},
		fakeaws.Rule{Operation: "cloudtrail.GetEventSelectors", Error: fakeaws.Denied("")}, fakeaws.Rule{Operation: "kms.DescribeKey", Error: fakeaws.Denied("")})
	f := factOf(t, s, "audit_trail", "trail/all#in/111122223333")
	want := map[string]any{"logging": true, "all_regions": true, "management_events": "(read_denied)", "data_events": "(read_denied)", "encryption": "(read_denied)"}
	if diff := cmp.Diff(want, plain(f, "logging", "all_regions", "management_events", "data_events", "encryption")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := f.Settings["management_events"].Why.Args["action"]; got != "cloudtrail:GetEventSelectors" || len(f.Keys) > 0 {
		t.Errorf("missing permission %q, keys %v", got, f.Keys)
	}
	for _, c := range s.Calls {
		if c.Operation == "cloudtrail.GetEventSelectors" && !strings.HasPrefix(c.Resource, "arn:") {
			t.Errorf("asked about %s by its name", c.Resource)
		}
	}
}

func TestDeniedTrailsAreNotNoTrails(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"cloudtrail"}, fakeaws.Rule{Operation: "cloudtrail.DescribeTrails", Region: "eu-central-1", Error: fakeaws.Denied("")})
	wantGaps(t, s, "eu-central-1", gap{"read_denied", "cloudtrail:DescribeTrails", "audit_trail"})
	wantGaps(t, s, "eu-north-1")
}

func TestDeniedTrailStatus(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"cloudtrail"}, fakeaws.Rule{Operation: "cloudtrail.GetTrailStatus", Error: fakeaws.Denied("")})
	if diff := cmp.Diff(map[string]any{"logging": "(read_denied)", "management_events": "all"}, plain(factOf(t, s, "audit_trail", "good-trail"), "logging", "management_events")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"delivering": "(read_denied)", "age_hours": "(read_denied)"}, plain(factOf(t, s, "log_delivery", "good-trail#delivery"), "delivering", "age_hours")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTrailThatVanishes(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"cloudtrail"}, fakeaws.Rule{Operation: "cloudtrail.GetTrailStatus", Resource: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/bad-trail",
		Error: fakeaws.Error{Status: 400, Code: "TrailNotFoundException"}})
	if diff := cmp.Diff([]string{"eu-central-1 eu-central-1:111122223333:trail/good-trail"}, addressesOf(s, "audit_trail")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhetherATrailDelivers(t *testing.T) {
	now := newTestClock().Now()
	status := func(logging bool, hours int, failed string) cloudtrail.GetTrailStatusOutput {
		at := now.Add(-time.Duration(hours) * time.Hour)
		return cloudtrail.GetTrailStatusOutput{IsLogging: &logging, LatestDeliveryTime: &at, LatestDeliveryError: &failed}
	}
	all, writes := evidence.Known("all"), evidence.Known("write")
	refusal := evidence.Denied[string](evidence.Because("read_denied"))
	for _, c := range []struct {
		name       string
		out        cloudtrail.GetTrailStatusOutput
		management evidence.Value[string]
		want       string
	}{
		{"just now", status(true, 1, ""), all, "true"},
		{"a day ago", status(true, 24, ""), all, "true"},
		{"longer ago", status(true, 25, ""), all, "false"},
		{"longer ago, of writes alone", status(true, 25, ""), writes, "nothing_to_deliver"},
		{"longer ago, of nobody knows what", status(true, 25, ""), refusal, "read_denied"},
		{"just now, of nobody knows what", status(true, 1, ""), refusal, "true"},
		{"stopped just now", status(false, 1, ""), all, "false"},
		{"stopped long ago", status(false, 2000, ""), writes, "false"},
		{"an error", status(true, 1, "AccessDenied"), writes, "false"},
		{"never", cloudtrail.GetTrailStatusOutput{IsLogging: sdk.Bool(true)}, writes, "false"},
		{"whether it records is not told", cloudtrail.GetTrailStatusOutput{LatestDeliveryTime: &now}, all, ""},
	} {
		s := &site{place: &place{account: &account{now: func() time.Time { return now }}}}
		v := s.trailDelivers(&c.out, c.management)
		got := v.Why().Code
		if value, known := v.Get(); known {
			got = strconv.FormatBool(value)
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestEventSelectors(t *testing.T) {
	basic := func(kind types.ReadWriteType, management *bool, data ...types.DataResource) types.EventSelector {
		return types.EventSelector{ReadWriteType: kind, IncludeManagementEvents: management, DataResources: data}
	}
	advanced := func(fields ...string) types.AdvancedEventSelector {
		var e types.AdvancedEventSelector
		for _, f := range fields {
			name, value, _ := strings.Cut(f, "=")
			e.FieldSelectors = append(e.FieldSelectors, types.AdvancedFieldSelector{Field: &name, Equals: []string{value}})
		}
		return e
	}
	for _, c := range []struct {
		name       string
		out        cloudtrail.GetEventSelectorsOutput
		management string
		data       bool
	}{
		{"none", cloudtrail.GetEventSelectorsOutput{}, "all", false},
		{"all", cloudtrail.GetEventSelectorsOutput{EventSelectors: []types.EventSelector{basic("All", nil)}}, "all", false},
		{"reads", cloudtrail.GetEventSelectorsOutput{EventSelectors: []types.EventSelector{basic("ReadOnly", sdk.Bool(true))}}, "read", false},
		{"reads and writes apart", cloudtrail.GetEventSelectorsOutput{EventSelectors: []types.EventSelector{basic("ReadOnly", nil), basic("WriteOnly", nil)}}, "all", false},
		{"data alone", cloudtrail.GetEventSelectorsOutput{EventSelectors: []types.EventSelector{basic("All", sdk.Bool(false), types.DataResource{})}}, "none", true},
		{"advanced", cloudtrail.GetEventSelectorsOutput{AdvancedEventSelectors: []types.AdvancedEventSelector{advanced("eventCategory=Management")}}, "all", false},
		{"advanced writes", cloudtrail.GetEventSelectorsOutput{AdvancedEventSelectors: []types.AdvancedEventSelector{advanced("eventCategory=Management", "readOnly=false")}}, "write", false},
		{"advanced data", cloudtrail.GetEventSelectorsOutput{AdvancedEventSelectors: []types.AdvancedEventSelector{advanced("eventCategory=Data", "resources.type=AWS::S3::Object")}}, "none", true},
		{"advanced network activity", cloudtrail.GetEventSelectorsOutput{AdvancedEventSelectors: []types.AdvancedEventSelector{advanced("eventCategory=NetworkActivity")}}, "none", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := recordedBy(&c.out, nil)
			if !evidence.IsKnown(got.management, c.management) || !evidence.IsKnown(got.data, c.data) {
				t.Errorf("management %v, data %v", got.management.Reading(), got.data.Reading())
			}
		})
	}
}

func TestASelectorOfANewSortRecordsAPart(t *testing.T) {
	out := cloudtrail.GetEventSelectorsOutput{EventSelectors: []types.EventSelector{{ReadWriteType: "Some"}}}
	if got := recordedBy(&out, nil).management.Why().Code; got != "part_of_events" {
		t.Errorf("got %q", got)
	}
}
