package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestClustersOfOtherSorts(t *testing.T) {
	settings := []string{"automatic_minor_upgrades", "copies", "publicly_accessible", "subnets_private"}
	tests := map[string]struct {
		doc  fakeaws.Node
		want map[string]any
	}{
		"without instances it cannot be reached": {fakeaws.Node{"AutoMinorVersionUpgrade": true},
			map[string]any{"automatic_minor_upgrades": true, "copies": []string{}, "publicly_accessible": false, "subnets_private": false}},
		"without instances, and nothing said of upgrades": {nil,
			map[string]any{"automatic_minor_upgrades": "(not_read)", "copies": []string{}, "publicly_accessible": false, "subnets_private": false}},
		"a gateway that needs no network": {fakeaws.Node{"InternetAccessGatewayEnabled": true, "VPCNetworkingEnabled": false, "AutoMinorVersionUpgrade": true},
			map[string]any{"automatic_minor_upgrades": true, "copies": []string{}, "publicly_accessible": true, "subnets_private": false}},
		"a multi-az cluster has switches of its own": {fakeaws.Node{"Engine": "mysql", "PubliclyAccessible": true, "AutoMinorVersionUpgrade": false, "DBSubnetGroup": "good"},
			map[string]any{"automatic_minor_upgrades": false, "copies": []string{}, "publicly_accessible": true, "subnets_private": true}},
		"an instance that is not listed": {fakeaws.Node{"DBClusterMembers": fakeaws.List{Name: "DBClusterMember", Items: []any{fakeaws.Node{"DBInstanceIdentifier": "new"}}}},
			map[string]any{"automatic_minor_upgrades": "(resource_vanished)", "copies": []string{}, "publicly_accessible": "(resource_vanished)", "subnets_private": false}},
		"replicas in another region": {fakeaws.Node{"AutoMinorVersionUpgrade": true,
			"ReadReplicaIdentifiers": fakeaws.List{Name: "ReadReplicaIdentifier", Items: []any{"here", "arn:aws:rds:us-east-1:111122223333:cluster:there"}}},
			map[string]any{"automatic_minor_upgrades": true, "copies": []string{"us-east-1"}, "publicly_accessible": false, "subnets_private": false}},
		"a subnet group that is not listed": {fakeaws.Node{"AutoMinorVersionUpgrade": true, "DBSubnetGroup": "gone"},
			map[string]any{"automatic_minor_upgrades": true, "copies": []string{}, "publicly_accessible": false, "subnets_private": "(no_subnet_named)"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			estate := fakeaws.Standard()
			estate.Add(fakeaws.StandardAccount, fakeaws.NewDatabaseCluster(fakeaws.StandardAccount, "eu-central-1", "one", tt.doc))
			f := factOf(t, collect(t, estate, []string{"rds"}), "database", ":one")
			if diff := cmp.Diff(plain(f, settings...), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestAGlobalClusterThatIsNotListedLeavesCopiesOpen(t *testing.T) {
	estate := fakeaws.Standard()
	estate.Add(fakeaws.StandardAccount, fakeaws.NewDatabaseCluster(fakeaws.StandardAccount, "eu-central-1", "one", fakeaws.Node{"GlobalClusterIdentifier": "other"}))
	more := factOf(t, collect(t, estate, []string{"rds"}), "database", ":one").Settings["copies"].More
	if diff := cmp.Diff(more, []evidence.Reason{evidence.Because("copy_region_not_known", "attribute", "GlobalClusterIdentifier")}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestBackupsThatAreLeftOfADeletedDatabaseAreNoRecoveryPoints(t *testing.T) {
	left := func(id, status string) fakeaws.Resource {
		return fakeaws.Resource{Type: "rds.automatedbackup", Region: "eu-north-1", ID: id, Doc: fakeaws.Node{
			"DBInstanceAutomatedBackupsArn": "arn:aws:rds:eu-north-1:111122223333:auto-backup:" + id, "Region": "eu-central-1", "Status": status, "Encrypted": false}}
	}
	estate := fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-north-1"},
		Resources: []fakeaws.Resource{left("ab-1", "retained"), left("ab-2", "Replicating")}}}}
	var got []string
	for _, f := range collect(t, estate, []string{"rds"}).Facts {
		got = append(got, f.Address)
	}
	if diff := cmp.Diff(got, []string{"arn:aws:rds:eu-north-1:111122223333:auto-backup:ab-2#latest-backup"}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestSettingsOfDatabasesNameTheCallsThatToldThem(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"rds"})
	tests := map[string][]evidence.Position{
		"tls_required": {{Call: "rds.DescribeDBParameters", Role: evidence.RoleDecides}},
		"encryption":   {{Call: "rds.DescribeDBInstances", Role: evidence.RoleDecides}, {Call: "kms.DescribeKey", Role: evidence.RoleDecides}},
	}
	for setting, want := range tests {
		if diff := cmp.Diff(factOf(t, s, "database", "db:good-orders").Settings[setting].At, want); diff != "" {
			t.Errorf("%s: (-got +want)\n%s", setting, diff)
		}
	}
}
