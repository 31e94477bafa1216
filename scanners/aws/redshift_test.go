package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestWarehouses(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"redshift"})
	tests := map[string]map[string]any{
		":good-warehouse": {
			"automatic_minor_upgrades": true, "backup_encryption": "customer-managed", "backup_retention_days": 35, "copies": []string{"eu-north-1"},
			"credential_managed": true, "deletion_protection": false, "encryption": "customer-managed", "engine": "redshift",
			"log_exports": []string{"audit"}, "multi_az": true, "publicly_accessible": false, "region": "eu-central-1", "subnets_private": true,
			"tls_required": true,
		},
		":bad-warehouse": {
			"automatic_minor_upgrades": false, "backup_encryption": "none", "backup_retention_days": 1, "copies": []string{},
			"credential_managed": false, "deletion_protection": false, "encryption": "none", "engine": "redshift",
			"log_exports": []string{}, "multi_az": false, "publicly_accessible": true, "region": "eu-central-1", "subnets_private": false,
			"tls_required": false,
		},
	}
	for name, want := range tests {
		if diff := cmp.Diff(plain(factOf(t, s, "database", name), allDatabaseSettings()...), want); diff != "" {
			t.Errorf("%s: (-got +want)\n%s", name, diff)
		}
	}
}

func TestAWarehouseThatWaitsForARestartDoesNotYetDemandTLS(t *testing.T) {
	f := factOf(t, collect(t, fakeaws.Standard(), []string{"redshift"}), "database", ":bad-waiting")
	want := map[string]any{"encryption": "provider-owned", "tls_required": "(change_not_in_force)"}
	if diff := cmp.Diff(plain(f, "encryption", "tls_required"), want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestADeniedReadOfWarehousesIsNamed(t *testing.T) {
	tests := []struct{ operation, setting, want string }{
		{"redshift.DescribeClusterParameters", "tls_required", "denied read_denied redshift:DescribeClusterParameters"},
		{"redshift.DescribeClusterSubnetGroups", "subnets_private", "denied read_denied redshift:DescribeClusterSubnetGroups"},
		{"redshift.DescribeLoggingStatus", "log_exports", "denied read_denied redshift:DescribeLoggingStatus"},
		{"kms.DescribeKey", "encryption", "denied read_denied kms:DescribeKey"},
	}
	for _, tt := range tests {
		t.Run(tt.operation, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"redshift"}, fakeaws.Rule{Operation: tt.operation, Error: fakeaws.Denied("")})
			if got := refusal(factOf(t, s, "database", ":good-warehouse"), tt.setting); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAListOfWarehousesThatIsDeniedLeavesTheSweepIncomplete(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"redshift"}, fakeaws.Rule{Operation: "redshift.DescribeClusters", Error: fakeaws.Denied("")})
	want := []string{"read_denied redshift.DescribeClusters redshift:DescribeClusters"}
	if diff := cmp.Diff(databaseGaps(s, "eu-north-1", "database"), want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestAWarehouseOfWhichTheLogsAreNotToldIsNotJudgedByThem(t *testing.T) {
	estate := fakeaws.Standard()
	estate.Add(fakeaws.StandardAccount, fakeaws.Resource{Type: "redshift.cluster", Region: "eu-central-1", ID: "new-warehouse",
		Doc: fakeaws.Node{"ClusterIdentifier": "new-warehouse"}, Sub: map[string]any{"redshift.DescribeLoggingStatus": fakeaws.Node{}}})
	f := factOf(t, collect(t, estate, []string{"redshift"}), "database", ":new-warehouse")
	want := map[string]any{"encryption": "(not_read)", "log_exports": "(not_read)", "tls_required": "(not_read)"}
	if diff := cmp.Diff(plain(f, "encryption", "log_exports", "tls_required"), want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestAWarehouseThatWentAwayMeanwhileIsNoFact(t *testing.T) {
	gone := fakeaws.Error{Status: 404, Code: "ClusterNotFound"}
	s := collect(t, fakeaws.Standard(), []string{"redshift"}, fakeaws.Rule{Operation: "redshift.DescribeLoggingStatus", Resource: "bad-warehouse", Error: gone})
	if len(s.Facts) != 2 {
		t.Errorf("%d facts, want the two other warehouses", len(s.Facts))
	}
}
