package aws

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// databases is the standard estate, and the services whose readers are run.
func databases(services ...string) (fakeaws.Estate, []string) { return fakeaws.Standard(), services }

func allDatabaseSettings() []string {
	return []string{"automatic_minor_upgrades", "backup_encryption", "backup_retention_days", "copies", "credential_managed", "deletion_protection",
		"encryption", "engine", "log_exports", "multi_az", "publicly_accessible", "region", "subnets_private", "tls_required"}
}

func TestDatabases(t *testing.T) {
	estate, services := databases("rds")
	s := collect(t, estate, services)
	tests := map[string]map[string]any{
		"db:good-orders": {
			"automatic_minor_upgrades": true, "backup_encryption": "customer-managed", "backup_retention_days": 35, "copies": []string{"eu-north-1"},
			"credential_managed": true, "deletion_protection": true, "encryption": "customer-managed", "engine": "postgres",
			"log_exports": []string{"postgresql"}, "multi_az": true, "publicly_accessible": false, "region": "eu-central-1", "subnets_private": true,
			"tls_required": true,
		},
		"db:bad-plain": {
			"automatic_minor_upgrades": false, "backup_encryption": "none", "backup_retention_days": 0, "copies": []string{"us-east-1"},
			"credential_managed": false, "deletion_protection": false, "encryption": "none", "engine": "mysql", "log_exports": []string{},
			"multi_az": false, "publicly_accessible": true, "region": "eu-central-1", "subnets_private": false, "tls_required": false,
		},
		"cluster:good-aurora": {
			"automatic_minor_upgrades": true, "backup_encryption": "customer-managed", "backup_retention_days": 35, "copies": []string{"eu-north-1"},
			"credential_managed": true, "deletion_protection": true, "encryption": "customer-managed", "engine": "aurora-postgresql",
			"log_exports": []string{"postgresql"}, "multi_az": true, "publicly_accessible": false, "region": "eu-central-1", "subnets_private": true,
			"tls_required": true,
		},
		"cluster:bad-graph": {
			"automatic_minor_upgrades": false, "backup_encryption": "none", "backup_retention_days": 1, "copies": []string{},
			"credential_managed": false, "deletion_protection": false, "encryption": "none", "engine": "neptune", "log_exports": []string{},
			"multi_az": false, "publicly_accessible": true, "region": "eu-central-1", "subnets_private": false, "tls_required": false,
		},
	}
	for name, want := range tests {
		got := plain(factOf(t, s, "database", name), allDatabaseSettings()...)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s: (-got +want)\n%s", name, diff)
		}
	}
}

func TestInstancesOfAClusterAreNoDatabasesOfTheirOwn(t *testing.T) {
	estate, services := databases("rds")
	var got []string
	for _, f := range collect(t, estate, services).Facts {
		if f.Kind == "database" && f.Source.Place.Region == "eu-central-1" {
			got = append(got, f.Keys[0].Type+" "+f.Keys[0].Name)
		}
	}
	want := []string{"rds:cluster bad-graph", "rds:cluster good-aurora", "rds:cluster good-documents",
		"rds:db bad-one-day", "rds:db bad-plain", "rds:db good-orders", "rds:db good-wiki"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestTheSortOfEncryptionDecidesBeforeTheKey(t *testing.T) {
	region, key := "eu-central-1", "arn:aws:kms:eu-central-1:111122223333:key/good-databases"
	tests := map[string]struct {
		doc  fakeaws.Node
		want any
	}{
		"a key that AWS owns":                {fakeaws.Node{"StorageEncrypted": true, "StorageEncryptionType": "sse-rds"}, "provider-owned"},
		"a key that AWS owns, flag not set":  {fakeaws.Node{"StorageEncrypted": false, "StorageEncryptionType": "sse-rds"}, "provider-owned"},
		"none though a key is named":         {fakeaws.Node{"StorageEncryptionType": "none", "KmsKeyId": key}, "none"},
		"a key of the customer":              {fakeaws.Node{"StorageEncryptionType": "sse-kms", "KmsKeyId": key}, "customer-managed"},
		"a sort of the future":               {fakeaws.Node{"StorageEncryptionType": "sse-new", "StorageEncrypted": true}, "(unmodelled_value)"},
		"older answer: the key":              {fakeaws.Node{"StorageEncryptionType": nil, "StorageEncrypted": true, "KmsKeyId": key}, "customer-managed"},
		"older answer: no key":               {fakeaws.Node{"StorageEncryptionType": nil, "StorageEncrypted": true}, "provider-owned"},
		"older answer: not encrypted":        {fakeaws.Node{"StorageEncryptionType": nil, "StorageEncrypted": false}, "none"},
		"an answer that says nothing of it":  {fakeaws.Node{"StorageEncryptionType": nil, "StorageEncrypted": nil}, "(not_read)"},
		"a key that AWS manages for all":     {fakeaws.Node{"StorageEncryptionType": "sse-kms", "KmsKeyId": "alias/aws/rds"}, "provider-managed"},
		"a key of which nothing can be read": {fakeaws.Node{"StorageEncryptionType": "sse-kms", "KmsKeyId": "arn:aws:kms:eu-central-1:444455556666:key/theirs"}, "(read_denied)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			estate := fakeaws.Standard()
			estate.Add(fakeaws.StandardAccount, fakeaws.NewDatabase(fakeaws.StandardAccount, region, "one", tt.doc))
			s := collect(t, estate, []string{"rds"}, fakeaws.Rule{Operation: "kms.DescribeKey", Resource: "arn:aws:kms:eu-central-1:444455556666:key/theirs", Error: fakeaws.Denied("")})
			if diff := cmp.Diff(plain(factOf(t, s, "database", ":one"), "encryption"), map[string]any{"encryption": tt.want}); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

// Every engine writes the switch in another way, and what waits for a restart is in the group and not in the database.
func TestTLSOfDatabases(t *testing.T) {
	region := "eu-central-1"
	tests := map[string]struct {
		engine, version, name, value, status string
		want                                 any
	}{
		"postgres writes 1":                   {"postgres", "14.9", "rds.force_ssl", "1", "in-sync", true},
		"postgres writes 0":                   {"postgres", "16.4", "rds.force_ssl", "0", "in-sync", false},
		"mariadb writes ON":                   {"mariadb", "10.11.6", "require_secure_transport", "ON", "in-sync", true},
		"mysql writes 1":                      {"mysql", "8.0.39", "require_secure_transport", "1", "in-sync", true},
		"mysql writes OFF":                    {"mysql", "8.0.39", "require_secure_transport", "OFF", "in-sync", false},
		"postgres 14 without it":              {"postgres", "14.9", "rds.force_ssl", "", "in-sync", false},
		"postgres 15 without it":              {"postgres", "15.3", "rds.force_ssl", "", "in-sync", true},
		"mariadb 11.4 without it":             {"mariadb", "11.4.3", "require_secure_transport", "", "in-sync", false},
		"mariadb 11.8 without it":             {"mariadb", "11.8.1", "require_secure_transport", "", "in-sync", true},
		"on, and the database not restarted":  {"postgres", "14.9", "rds.force_ssl", "1", "pending-reboot", "(change_not_in_force)"},
		"off, and the database not restarted": {"postgres", "14.9", "rds.force_ssl", "0", "pending-reboot", "(change_not_in_force)"},
		"being applied":                       {"postgres", "14.9", "rds.force_ssl", "1", "applying", "(change_not_in_force)"},
		"an engine without such a parameter":  {"oracle-ee", "19.0.0", "sqlnetora.x", "1", "in-sync", "(engine_not_understood)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			estate := fakeaws.Standard()
			estate.Add(fakeaws.StandardAccount, fakeaws.NewParameter(region, "own", tt.name, tt.value, false)...)
			estate.Add(fakeaws.StandardAccount, fakeaws.NewParameter(region, "own", "max_connections", "100", false)[1])
			estate.Add(fakeaws.StandardAccount, fakeaws.NewDatabase(fakeaws.StandardAccount, region, "one", fakeaws.Node{
				"Engine": tt.engine, "EngineVersion": tt.version,
				"DBParameterGroups": fakeaws.List{Name: "DBParameterGroup", Items: []any{fakeaws.Node{"DBParameterGroupName": "own", "ParameterApplyStatus": tt.status}}}}))
			s := collect(t, estate, []string{"rds"})
			if diff := cmp.Diff(plain(factOf(t, s, "database", ":one"), "tls_required"), map[string]any{"tls_required": tt.want}); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestTLSOfClusters(t *testing.T) {
	region := "eu-central-1"
	members := func(statuses ...string) fakeaws.List {
		list := fakeaws.List{Name: "DBClusterMember"}
		for n, status := range statuses {
			list.Items = append(list.Items, fakeaws.Node{"DBInstanceIdentifier": fmt.Sprint("m", n), "DBClusterParameterGroupStatus": status})
		}
		return list
	}
	tests := map[string]struct {
		engine, version, name, value string
		members                      fakeaws.List
		want                         any
	}{
		"aurora mysql writes ON":         {"aurora-mysql", "8.0.mysql_aurora.3.05.2", "require_secure_transport", "ON", members("in-sync"), true},
		"aurora postgres writes 1":       {"aurora-postgresql", "16.4", "rds.force_ssl", "1", members("in-sync"), true},
		"aurora postgres 16 without it":  {"aurora-postgresql", "16.4", "rds.force_ssl", "", members("in-sync"), false},
		"aurora postgres 17 without it":  {"aurora-postgresql", "17.2", "rds.force_ssl", "", members("in-sync"), true},
		"documentdb writes enabled":      {"docdb", "5.0.0", "tls", "enabled", members("in-sync"), true},
		"documentdb writes disabled":     {"docdb", "5.0.0", "tls", "disabled", members("in-sync"), false},
		"neptune writes 0":               {"neptune", "1.3.2.1", "neptune_enforce_ssl", "0", members("in-sync"), false},
		"one instance not restarted yet": {"aurora-mysql", "8.0.mysql_aurora.3.05.2", "require_secure_transport", "ON", members("in-sync", "pending-reboot", "in-sync"), "(change_not_in_force)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			estate := fakeaws.Standard()
			estate.Add(fakeaws.StandardAccount, fakeaws.NewParameter(region, "own", tt.name, tt.value, true)...)
			estate.Add(fakeaws.StandardAccount, fakeaws.NewDatabaseCluster(fakeaws.StandardAccount, region, "one", fakeaws.Node{
				"Engine": tt.engine, "EngineVersion": tt.version, "DBClusterParameterGroup": "own", "DBClusterMembers": tt.members}))
			s := collect(t, estate, []string{"rds"})
			if diff := cmp.Diff(plain(factOf(t, s, "database", ":one"), "tls_required"), map[string]any{"tls_required": tt.want}); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

// One day of backups is one day: whether that is enough is for the promise to say.
func TestBackupsForADayAreANumberOfDays(t *testing.T) {
	estate, services := databases("rds")
	f := factOf(t, collect(t, estate, services), "database", "db:bad-one-day")
	if diff := cmp.Diff(plain(f, "backup_retention_days"), map[string]any{"backup_retention_days": 1}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestTheLatestMomentToRestoreIsARecoveryPoint(t *testing.T) {
	estate, services := databases("rds")
	s := collect(t, estate, services)
	settings := []string{"age_hours", "backup_of", "copies", "encryption", "region"}
	tests := map[string]map[string]any{
		"db:good-orders#latest-backup": {"age_hours": 1, "backup_of": "database", "copies": []string{"eu-north-1"},
			"encryption": "customer-managed", "region": "eu-central-1"},
		"cluster:good-aurora#latest-backup": {"age_hours": 1, "backup_of": "database", "copies": []string{},
			"encryption": "customer-managed", "region": "eu-central-1"},
	}
	for name, want := range tests {
		f := factOf(t, s, "recovery_point", name)
		if diff := cmp.Diff(plain(f, settings...), want); diff != "" {
			t.Errorf("%s: (-got +want)\n%s", name, diff)
		}
		if f.Source.Level != evidence.LevelOperation {
			t.Errorf("%s shows %s, want that it has run", name, f.Source.Level)
		}
	}
	for _, f := range s.Facts {
		if f.Kind == "recovery_point" && f.Address == "arn:aws:rds:eu-central-1:111122223333:db:bad-plain#latest-backup" {
			t.Error("a database without backups has a recovery point")
		}
	}
}

func TestADatabaseThatNeverCouldBeRestoredHasNoLatestBackup(t *testing.T) {
	estate := fakeaws.Standard()
	estate.Add(fakeaws.StandardAccount, fakeaws.NewDatabase(fakeaws.StandardAccount, "eu-central-1", "one", fakeaws.Node{"LatestRestorableTime": nil}))
	got := plain(factOf(t, collect(t, estate, []string{"rds"}), "recovery_point", ":one#latest-backup"), "age_hours")
	if diff := cmp.Diff(got, map[string]any{"age_hours": evidence.Never}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}
