package aws

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestSearchDomains(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"opensearch"})
	tests := map[string]map[string]any{
		"/good-search": {
			"automatic_minor_upgrades": true, "backup_encryption": "customer-managed", "backup_retention_days": 14, "copies": []string{},
			"credential_managed": false, "deletion_protection": false, "encryption": "customer-managed", "engine": "opensearch",
			"log_exports": []string{"AUDIT_LOGS"}, "multi_az": true, "publicly_accessible": false, "region": "eu-central-1", "subnets_private": true,
			"tls_required": true,
		},
		"/bad-search": {
			"automatic_minor_upgrades": false, "backup_encryption": "none", "backup_retention_days": 14, "copies": []string{"us-east-1"},
			"credential_managed": false, "deletion_protection": false, "encryption": "none", "engine": "opensearch",
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

func TestADomainWhoseAnswerLacksPartsIsNotJudgedByThem(t *testing.T) {
	estate := fakeaws.Standard()
	estate.Add(fakeaws.StandardAccount, fakeaws.NewDomain(fakeaws.StandardAccount, "eu-central-1", "new", fakeaws.Node{"EncryptionAtRestOptions": nil,
		"DomainEndpointOptions": nil, "ClusterConfig": nil, "SoftwareUpdateOptions": nil,
		"AutomatedSnapshotPauseOptions": fakeaws.Node{"Enabled": true, "State": "Active", "EndTime": fakeaws.DatabaseTime()}}))
	got := plain(factOf(t, collect(t, estate, []string{"opensearch"}), "database", "/new"),
		"automatic_minor_upgrades", "backup_retention_days", "encryption", "multi_az", "tls_required")
	want := map[string]any{"automatic_minor_upgrades": "(not_read)", "backup_retention_days": "(backups_paused)", "encryption": "(not_read)",
		"multi_az": "(not_read)", "tls_required": "(not_read)"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestDomainsAreDescribedFiveAtATime(t *testing.T) {
	estate := fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-central-1"}}}}
	for n := range 12 {
		estate.Add(fakeaws.StandardAccount, fakeaws.NewDomain(fakeaws.StandardAccount, "eu-central-1", fmt.Sprintf("domain-%02d", n), nil))
	}
	s := collect(t, estate, []string{"opensearch"})
	got := map[string]int{"facts": len(s.Facts)}
	for _, c := range s.Calls {
		if serviceOf(c.Operation) == "opensearch" {
			got[c.Operation]++
		}
	}
	want := map[string]int{"facts": 12, "opensearch.DescribeDomains": 3, "opensearch.DescribeInboundConnections": 1, "opensearch.ListDomainNames": 1}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestADeniedReadOfDomainsLeavesTheSweepIncomplete(t *testing.T) {
	for operation, action := range map[string]string{"opensearch.ListDomainNames": "es:ListDomainNames", "opensearch.DescribeDomains": "es:DescribeDomains"} {
		s := collect(t, fakeaws.Standard(), []string{"opensearch"}, fakeaws.Rule{Operation: operation, Error: fakeaws.Denied("")})
		if diff := cmp.Diff(databaseGaps(s, "eu-central-1", "database"), []string{"read_denied " + operation + " " + action}); diff != "" {
			t.Errorf("(-got +want)\n%s", diff)
		}
	}
}

func TestADomainThatIsNotDescribedMayBeMissing(t *testing.T) {
	domain := fakeaws.NewDomain(fakeaws.StandardAccount, "eu-central-1", "described", nil)
	domain.Sub = map[string]any{"opensearch.ListDomainNames": fakeaws.Node{"DomainName": "listed"}}
	estate := fakeaws.Standard()
	estate.Add(fakeaws.StandardAccount, domain)
	s := collect(t, estate, []string{"opensearch"})
	if diff := cmp.Diff(gapsOf(s), map[string][]evidence.Kind{"read_failed": {"database"}}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestConnectionsThatAreDeniedLeaveCopiesOpen(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"opensearch"}, fakeaws.Rule{Operation: "opensearch.DescribeInboundConnections", Error: fakeaws.Denied("")})
	if more := factOf(t, s, "database", "/good-search").Settings["copies"].More; len(more) != 1 || more[0].Args["action"] != "es:DescribeInboundConnections" {
		t.Errorf("the list says it lacks %v, want what es:DescribeInboundConnections would tell", more)
	}
}
