package aws

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// tableSays is what is known of the settings of a table in Frankfurt, among other resources.
func tableSays(t *testing.T, it fakeaws.Resource, settings []string, others ...fakeaws.Resource) map[string]any {
	t.Helper()
	return plain(factOf(t, collect(t, estateOf(append(others, it)...), []string{"dynamodb"}), "table", ":table/it"), settings...)
}

func tableWith(description fakeaws.Node, answers sub) fakeaws.Resource {
	it := fakeaws.Table(storageAccount, "eu-central-1", "it", description)
	for operation, answer := range answers {
		it.Sub["dynamodb."+operation] = answer
	}
	return it
}

// Other scanners fail a table by AWS' own key for not being encrypted, and pass one by aws/dynamodb for a key of the
// customer.
func TestEncryptionOfTables(t *testing.T) {
	sse := func(status, kind string, key any) fakeaws.Node {
		return one("SSEDescription", fakeaws.Node{"Status": status, "SSEType": kind, "KMSMasterKeyArn": key})
	}
	own, managed := keyWith("own", nil, nil), keyWith("managed", fakeaws.Node{"KeyManager": "AWS"}, nil)
	for name, c := range map[string]struct {
		description fakeaws.Node
		want        string
	}{
		"a key that AWS owns":    {nil, "provider-owned"},
		"a key that AWS manages": {sse("ENABLED", "KMS", managed.Doc["Arn"]), "provider-managed"},
		"a key of one's own":     {sse("ENABLED", "KMS", own.Doc["Arn"]), "customer-managed"},
		"while it is changed":    {sse("UPDATING", "KMS", own.Doc["Arn"]), "customer-managed"},
		"switched off":           {sse("DISABLED", "KMS", own.Doc["Arn"]), "provider-owned"},
		"the old sort":           {sse("ENABLED", "AES256", nil), "provider-owned"},
	} {
		t.Run(name, func(t *testing.T) {
			got := tableSays(t, tableWith(c.description, nil), []string{"encryption"}, own, managed)
			if diff := cmp.Diff(map[string]any{"encryption": c.want}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTablesAsTheyAre(t *testing.T) {
	settings := []string{"copies", "deletion_protection", "items_expire", "point_in_time_recovery", "recovery_days", "region"}
	ttl := func(status string) fakeaws.Node { return one("TimeToLiveDescription", one("TimeToLiveStatus", status)) }
	for name, c := range map[string]struct {
		it   fakeaws.Resource
		want map[string]any
	}{
		"nothing is set": {tableWith(nil, nil), map[string]any{"copies": []string{}, "deletion_protection": false, "items_expire": false,
			"point_in_time_recovery": false, "recovery_days": 0, "region": "eu-central-1"}},
		"all is set": {tableWith(fakeaws.Node{"DeletionProtectionEnabled": true, "Replicas": []any{one("RegionName", "eu-north-1"), one("RegionName", "eu-central-1")}},
			sub{"DescribeContinuousBackups": fakeaws.Recovery("ENABLED", 7), "DescribeTimeToLive": ttl("ENABLED")}),
			map[string]any{"copies": []string{"eu-north-1"}, "deletion_protection": true, "items_expire": true, "point_in_time_recovery": true,
				"recovery_days": 7, "region": "eu-central-1"}},
		"days are not told": {tableWith(nil, sub{"DescribeContinuousBackups": fakeaws.Recovery("ENABLED", 0), "DescribeTimeToLive": ttl("DISABLING")}),
			map[string]any{"copies": []string{}, "deletion_protection": false, "items_expire": false, "point_in_time_recovery": true,
				"recovery_days": 35, "region": "eu-central-1"}},
		"recovery in a new way": {tableWith(nil, sub{"DescribeContinuousBackups": fakeaws.Recovery("PAUSED", 0)}),
			map[string]any{"copies": []string{}, "deletion_protection": false, "items_expire": false, "point_in_time_recovery": "(unmodelled_value)",
				"recovery_days": "(unmodelled_value)", "region": "eu-central-1"}},
		"a witness elsewhere": {tableWith(one("GlobalTableWitnesses", []any{one("RegionName", "us-east-2")}), nil),
			map[string]any{"copies": []string{"us-east-2"}, "deletion_protection": false, "items_expire": false, "point_in_time_recovery": false,
				"recovery_days": 0, "region": "eu-central-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, tableSays(t, c.it, settings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The description of a table of the version of 2017 does not name its replicas.
func TestOldGlobalTablesHaveCopies(t *testing.T) {
	group := func(name string, regions ...string) fakeaws.Resource {
		var members []any
		for _, r := range regions {
			members = append(members, one("RegionName", r))
		}
		return fakeaws.Resource{Type: "dynamodb.globaltable", ID: name, Doc: fakeaws.Node{"GlobalTableName": name, "ReplicationGroup": members}}
	}
	estate := estateOf(tableWith(nil, nil), group("a", "us-west-1"), group("it", "eu-central-1", "us-east-1"))
	server := fakeaws.NewPaged(estate, 1)
	t.Cleanup(server.Close)
	copies := func() evidence.Reading {
		return factOf(t, collectFrom(t, testOptions(server), []string{"dynamodb"}), "table", ":table/it").Settings["copies"]
	}
	if diff := cmp.Diff([]string{"us-east-1"}, copies().Value); diff != "" {
		t.Error(diff)
	}
	server.Break(fakeaws.Rule{Operation: "dynamodb.ListGlobalTables", Page: 2, Error: fakeaws.Denied("")})
	got := copies()
	if diff := cmp.Diff([]string{}, got.Value); diff != "" {
		t.Error(diff)
	}
	if len(got.More) != 1 || got.More[0].Args["action"] != "dynamodb:ListGlobalTables" {
		t.Errorf("a list that is not whole lacks %v", got.More)
	}
}

func TestATableThatGoesWhileItIsReadIsNoFact(t *testing.T) {
	gone := fakeaws.Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException", Message: "Requested resource not found"}
	notFound := fakeaws.Error{Status: http.StatusBadRequest, Code: "TableNotFoundException", Message: "Table not found: it"}
	for operation, answer := range map[string]fakeaws.Error{"DescribeTable": gone, "DescribeContinuousBackups": notFound} {
		if s := collect(t, estateOf(tableWith(nil, sub{operation: answer})), []string{"dynamodb"}); len(s.Facts) != 0 {
			t.Errorf("%s: %d facts", operation, len(s.Facts))
		}
	}
}

func TestARegionWithoutTablesIsAskedOnce(t *testing.T) {
	server := fakeaws.New(estateOf())
	t.Cleanup(server.Close)
	collectFrom(t, testOptions(server), []string{"dynamodb"})
	got := server.Count()
	if got["dynamodb.ListTables"] != 1 || got["dynamodb.ListGlobalTables"] != 0 {
		t.Errorf("calls %v", got)
	}
}
