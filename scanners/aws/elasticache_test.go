package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func allCacheSettings() []string {
	return []string{"automatic_minor_upgrades", "backup_retention_days", "copies", "encryption", "engine", "multi_az", "region", "subnets_private", "tls_required"}
}

func TestCaches(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"elasticache", "memorydb"})
	here := "eu-central-1"
	tests := map[string]map[string]any{
		"replicationgroup:good-sessions": {"automatic_minor_upgrades": true, "backup_retention_days": 35, "copies": []string{"eu-north-1"},
			"encryption": "customer-managed", "engine": "valkey", "multi_az": true, "region": here, "subnets_private": true, "tls_required": true},
		"replicationgroup:bad-preferred": {"automatic_minor_upgrades": false, "backup_retention_days": 0, "copies": []string{},
			"encryption": "provider-owned", "engine": "redis", "multi_az": false, "region": here, "subnets_private": false, "tls_required": false},
		"replicationgroup:bad-plain": {"automatic_minor_upgrades": true, "backup_retention_days": 0, "copies": []string{},
			"encryption": "none", "engine": "redis", "multi_az": false, "region": here, "subnets_private": false, "tls_required": false},
		"cluster:good-memcached": {"automatic_minor_upgrades": true, "backup_retention_days": 0, "copies": []string{},
			"encryption": "none", "engine": "memcached", "multi_az": true, "region": here, "subnets_private": true, "tls_required": true},
		"serverlesscache:good-serverless": {"automatic_minor_upgrades": true, "backup_retention_days": 35, "copies": []string{},
			"encryption": "customer-managed", "engine": "valkey", "multi_az": true, "region": here, "subnets_private": true, "tls_required": true},
		"serverlesscache:bad-serverless": {"automatic_minor_upgrades": true, "backup_retention_days": 0, "copies": []string{},
			"encryption": "provider-owned", "engine": "redis", "multi_az": true, "region": here, "subnets_private": false, "tls_required": true},
		"cluster/good-memory": {"automatic_minor_upgrades": true, "backup_retention_days": 35, "copies": []string{"eu-north-1"},
			"encryption": "customer-managed", "engine": "valkey", "multi_az": true, "region": here, "subnets_private": true, "tls_required": true},
		"cluster/bad-memory": {"automatic_minor_upgrades": true, "backup_retention_days": 0, "copies": []string{},
			"encryption": "provider-owned", "engine": "redis", "multi_az": false, "region": here, "subnets_private": false, "tls_required": false},
	}
	for name, want := range tests {
		if diff := cmp.Diff(plain(factOf(t, s, "cache", name), allCacheSettings()...), want); diff != "" {
			t.Errorf("%s: (-got +want)\n%s", name, diff)
		}
	}
	if got := s.Sweeps[0].Found["cache"]; got != len(tests) {
		t.Errorf("%d caches in %s, want %d: clusters of a replication group are no caches of their own", got, here, len(tests))
	}
}

func TestTLSOfCaches(t *testing.T) {
	tests := map[string]struct {
		doc  fakeaws.Node
		want any
	}{
		"required":                          {fakeaws.Node{"TransitEncryptionEnabled": true, "TransitEncryptionMode": "required"}, true},
		"preferred is not required":         {fakeaws.Node{"TransitEncryptionEnabled": true, "TransitEncryptionMode": "preferred"}, false},
		"on, in an engine without modes":    {fakeaws.Node{"TransitEncryptionEnabled": true}, true},
		"off":                               {fakeaws.Node{"TransitEncryptionEnabled": false}, false},
		"an answer that says nothing of it": {fakeaws.Node{"TransitEncryptionEnabled": nil}, "(not_read)"},
		"a key that AWS owns":               {fakeaws.Node{"StorageEncryptionType": "sse-elasticache", "TransitEncryptionEnabled": true}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			estate := fakeaws.Standard()
			estate.Add(fakeaws.StandardAccount, fakeaws.NewReplicationGroup(fakeaws.StandardAccount, "eu-central-1", "one", "good", tt.doc)...)
			f := factOf(t, collect(t, estate, []string{"elasticache"}), "cache", ":one")
			if diff := cmp.Diff(plain(f, "tls_required"), map[string]any{"tls_required": tt.want}); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestADeniedReadOfCachesIsNamed(t *testing.T) {
	tests := []struct{ operation, fact, setting, want string }{
		{"elasticache.DescribeCacheSubnetGroups", ":good-sessions", "subnets_private", "denied read_denied elasticache:DescribeCacheSubnetGroups"},
		{"elasticache.DescribeCacheClusters", ":good-sessions", "subnets_private", "denied read_denied elasticache:DescribeCacheClusters"},
		{"kms.DescribeKey", ":good-sessions", "encryption", "denied read_denied kms:DescribeKey"},
		{"memorydb.DescribeSubnetGroups", "/good-memory", "subnets_private", "denied read_denied memorydb:DescribeSubnetGroups"},
	}
	for _, tt := range tests {
		t.Run(tt.operation, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"elasticache", "memorydb"}, fakeaws.Rule{Operation: tt.operation, Error: fakeaws.Denied("")})
			if got := refusal(factOf(t, s, "cache", tt.fact), tt.setting); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestGlobalCachesThatAreDeniedLeaveCopiesOpen(t *testing.T) {
	for operation, fact := range map[string]string{"elasticache.DescribeGlobalReplicationGroups": ":good-sessions", "memorydb.DescribeMultiRegionClusters": "/good-memory"} {
		s := collect(t, fakeaws.Standard(), []string{"elasticache", "memorydb"}, fakeaws.Rule{Operation: operation, Error: fakeaws.Denied("")})
		if more := factOf(t, s, "cache", fact).Settings["copies"].More; len(more) != 1 || more[0].Args["operation"] != operation {
			t.Errorf("the list says it lacks %v, want what %s would tell", more, operation)
		}
	}
}

func TestAListOfCachesThatIsDeniedLeavesTheSweepIncomplete(t *testing.T) {
	for operation, action := range map[string]string{
		"elasticache.DescribeCacheClusters": "elasticache:DescribeCacheClusters", "elasticache.DescribeReplicationGroups": "elasticache:DescribeReplicationGroups",
		"elasticache.DescribeServerlessCaches": "elasticache:DescribeServerlessCaches", "memorydb.DescribeClusters": "memorydb:DescribeClusters",
	} {
		s := collect(t, fakeaws.Standard(), []string{"elasticache", "memorydb"}, fakeaws.Rule{Operation: operation, Error: fakeaws.Denied("")})
		if diff := cmp.Diff(databaseGaps(s, "eu-north-1", "cache"), []string{"read_denied " + operation + " " + action}); diff != "" {
			t.Errorf("(-got +want)\n%s", diff)
		}
	}
}

func TestMemoryDBThatWasNeverUsedHidesNothing(t *testing.T) {
	unused := fakeaws.Error{Status: 400, Code: "ServiceLinkedRoleNotFoundFault"}
	s := collect(t, fakeaws.Standard(), []string{"memorydb"}, fakeaws.Rule{Operation: "memorydb.DescribeClusters", Error: unused})
	if gaps := databaseGaps(s, "eu-central-1", "cache"); len(gaps) > 0 {
		t.Errorf("gaps %v, want none", gaps)
	}
}
