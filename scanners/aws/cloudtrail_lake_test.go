package aws

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// dataStore is an event data store in Frankfurt that records management events of all regions, but for what differs.
func dataStore(name string, differs fakeaws.Node, conditions ...fakeaws.Node) fakeaws.Resource {
	arn := "arn:aws:cloudtrail:eu-central-1:" + fakeaws.StandardAccount + ":eventdatastore/" + name
	selector := []any{fakeaws.Node{"Field": "eventCategory", "Equals": []any{"Management"}}}
	if len(conditions) > 0 {
		selector = nil
	}
	for _, c := range conditions {
		selector = append(selector, c)
	}
	doc := fakeaws.Node{"Name": name, "EventDataStoreArn": arn, "Status": "ENABLED", "MultiRegionEnabled": true, "RetentionPeriod": 366,
		"AdvancedEventSelectors": []any{fakeaws.Node{"FieldSelectors": selector}}}
	for k, v := range differs {
		doc[k] = v
	}
	return fakeaws.Resource{Type: "cloudtrail.store", ID: arn, Region: "eu-central-1", Doc: doc}
}

func lakeEstate(all ...fakeaws.Resource) fakeaws.Estate {
	return fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-central-1", "eu-west-1"}, Resources: all}}}
}

func regionsAsked(s evidence.Snapshot, operation string) []string {
	var regions []string
	for _, c := range s.Calls {
		if c.Operation == operation {
			regions = append(regions, c.Region)
		}
	}
	slices.Sort(regions)
	return regions
}

func TestAccountThatRecordsInALakeAlone(t *testing.T) {
	s := collect(t, lakeEstate(dataStore("own", nil)), []string{"cloudtrail"})
	f := factOf(t, s, "audit_trail", "eventdatastore/own")
	want := map[string]any{"region": "eu-central-1", "logging": true, "all_regions": true, "global_events": true, "management_events": "all",
		"data_events": false, "integrity_validation": "(no_log_files)", "encryption": "(not_told_by_provider)"}
	if diff := cmp.Diff(want, plain(f, "region", "logging", "all_regions", "global_events", "management_events", "data_events",
		"integrity_validation", "encryption")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	at := f.Settings["logging"].At
	if diff := cmp.Diff([]evidence.Position{{Call: "cloudtrail.GetEventDataStore", Role: evidence.RoleDecides}}, at); diff != "" {
		t.Errorf("told by (-want +got):\n%s", diff)
	}
	wantGaps(t, s, "eu-central-1")
	if diff := cmp.Diff([]string{"eu-central-1", "eu-west-1"}, regionsAsked(s, "cloudtrail.ListEventDataStores")); diff != "" {
		t.Errorf("asked in (-want +got):\n%s", diff)
	}
}

func TestAnAccountWithATrailIsNotAskedForDataStores(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"cloudtrail"})
	if got := regionsAsked(s, "cloudtrail.ListEventDataStores"); got != nil {
		t.Errorf("asked in %v", got)
	}
	for _, p := range factOf(t, s, "audit_trail", "good-trail").Settings["logging"].At {
		if p.Call == "cloudtrail.GetEventDataStore" {
			t.Errorf("a trail is told by %s", p.Call)
		}
	}
}

func TestWhatDataStoresRecord(t *testing.T) {
	equals := func(field string, values ...any) fakeaws.Node { return fakeaws.Node{"Field": field, "Equals": values} }
	notEquals := func(field string, values ...any) fakeaws.Node {
		return fakeaws.Node{"Field": field, "NotEquals": values}
	}
	management := equals("eventCategory", "Management")
	none := map[string]any(nil)
	told := func(logging, all, global, management, data any) map[string]any {
		return map[string]any{"logging": logging, "all_regions": all, "global_events": global, "management_events": management, "data_events": data}
	}
	for _, c := range []struct {
		name  string
		store fakeaws.Resource
		want  map[string]any
	}{
		{"of one region", dataStore("x", fakeaws.Node{"MultiRegionEnabled": false}), told(true, false, false, "all", false)},
		{"writes", dataStore("x", nil, management, equals("readOnly", "false")), told(true, true, true, "write", false)},
		{"all but those of keys", dataStore("x", nil, management, notEquals("eventSource", "kms.amazonaws.com")), told(true, true, true, "all", false)},
		{"all but those of EC2", dataStore("x", nil, management, notEquals("eventSource", "ec2.amazonaws.com")), told(true, true, true, "(part_of_events)", false)},
		{"those of EC2", dataStore("x", nil, management, equals("eventSource", "ec2.amazonaws.com")), told(true, true, true, "(part_of_events)", false)},
		{"those from the console", dataStore("x", nil, management, equals("sessionCredentialFromConsole", "true")), told(true, true, true, "(part_of_events)", false)},
		{"a strange condition on reading", dataStore("x", nil, management, notEquals("readOnly", "true")), told(true, true, true, "(part_of_events)", false)},
		{"data", dataStore("x", nil, equals("eventCategory", "Data"), equals("resources.type", "AWS::S3::Object")), told(true, true, true, "none", true)},
		{"just made", dataStore("x", fakeaws.Node{"Status": "STARTING_INGESTION"}), told("(unmodelled_value)", true, true, "all", false)},
		{"configurations", dataStore("x", nil, equals("eventCategory", "ConfigurationItem")), none},
		{"stopped", dataStore("x", fakeaws.Node{"Status": "STOPPED_INGESTION"}), none},
		{"to be deleted", dataStore("x", fakeaws.Node{"Status": "PENDING_DELETION"}), none},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := collect(t, lakeEstate(c.store), []string{"cloudtrail"})
			wantGaps(t, s, "eu-central-1")
			var got map[string]any
			if len(addressesOf(s, "audit_trail")) > 0 {
				got = plain(factOf(t, s, "audit_trail", "eventdatastore/x"), "logging", "all_regions", "global_events", "management_events", "data_events")
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDeniedDataStoresAreNotNone(t *testing.T) {
	for operation, region := range map[string]string{"ListEventDataStores": "eu-west-1", "GetEventDataStore": "eu-central-1"} {
		t.Run(operation, func(t *testing.T) {
			s := collect(t, lakeEstate(dataStore("own", nil)), []string{"cloudtrail"},
				fakeaws.Rule{Operation: "cloudtrail." + operation, Region: region, Error: fakeaws.Denied("")})
			wantGaps(t, s, region, gap{"read_denied", "cloudtrail:" + operation, "audit_trail"})
		})
	}
}

func TestARegionWithoutLakeHidesNothing(t *testing.T) {
	s := collect(t, lakeEstate(), []string{"cloudtrail"},
		fakeaws.Rule{Operation: "cloudtrail.ListEventDataStores", Error: fakeaws.Error{Status: 400, Code: "UnsupportedOperationException"}})
	wantGaps(t, s, "eu-central-1")
}
