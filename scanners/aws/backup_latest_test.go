package aws

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// backedUpTwice is the standard estate in which AWS Backup backed up a database a day ago, that RDS backs up as doc says.
func backedUpTwice(doc fakeaws.Node) fakeaws.Estate {
	estate := fakeaws.Standard()
	estate.Add(fakeaws.StandardAccount, fakeaws.NewDatabase(fakeaws.StandardAccount, "eu-central-1", "good", doc))
	return estate
}

// pointsOf are the recovery points of things whose ARN ends with a name: what each says, and how many reasons it gives for
// later ones that may exist.
func pointsOf(s evidence.Snapshot, name string) []map[string]any {
	var all []map[string]any
	for _, f := range s.Facts {
		if f.Kind == (evidence.RecoveryPoint{}).Kind() && strings.HasSuffix(f.Address, name+"#latest-backup") {
			said := plain(f, "age_hours", "copies", "encryption", "region")
			said["place"], said["more"] = f.Source.Place.Region, len(f.Settings["age_hours"].More)
			all = append(all, said)
		}
	}
	return all
}

func TestOneThingHasOneLatestBackup(t *testing.T) {
	key := fakeaws.KeyARN(fakeaws.StandardAccount, "eu-central-1", "good-key")
	encrypted := fakeaws.Node{"StorageEncrypted": true, "StorageEncryptionType": "sse-kms", "KmsKeyId": key}
	never := fakeaws.Node{"StorageEncrypted": true, "StorageEncryptionType": "sse-kms", "KmsKeyId": key, "LatestRestorableTime": nil}
	services := []string{"backup", "rds"}
	replicated := backedUpTwice(encrypted)
	replicated.Add(fakeaws.StandardAccount, fakeaws.Resource{Type: "rds.automatedbackup", Region: "us-east-1", ID: "ab", Doc: fakeaws.Node{
		"DBInstanceAutomatedBackupsArn": "arn:aws:rds:us-east-1:111122223333:auto-backup:ab", "Region": "eu-central-1", "Status": "Replicating",
		"DBInstanceArn": "arn:aws:rds:eu-central-1:111122223333:db:good", "Encrypted": false}})
	for _, c := range []struct {
		name   string
		estate fakeaws.Estate
		want   map[string]any
	}{
		{"that of the database itself", backedUpTwice(encrypted), map[string]any{"age_hours": 1, "encryption": "customer-managed"}},
		{"that of AWS Backup", backedUpTwice(never), map[string]any{"age_hours": 24, "encryption": "customer-managed"}},
		{"of encrypted and plain ones", backedUpTwice(nil), map[string]any{"age_hours": 1, "encryption": "none"}},
		{"of one that is copied elsewhere", replicated, map[string]any{"age_hours": 1, "encryption": "none", "copies": []string{"eu-north-1", "us-east-1"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := map[string]any{"copies": []string{"eu-north-1"}, "region": "eu-central-1", "place": "eu-central-1", "more": 0}
			for k, v := range c.want {
				want[k] = v
			}
			if diff := cmp.Diff([]map[string]any{want}, pointsOf(collect(t, c.estate, services), "db:good")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhoToldOfTheLatestBackup(t *testing.T) {
	f := factOf(t, collect(t, backedUpTwice(nil), []string{"backup", "rds"}), "recovery_point", "db:good#latest-backup")
	want := []evidence.Position{{Call: "rds.DescribeDBInstances", Role: evidence.RoleDecides}, {Call: "backup.ListProtectedResources", Role: evidence.RoleDecides}}
	if diff := cmp.Diff(want, f.Settings["age_hours"].At); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A backup that is recent enough is enough, whoever else may know of a later one; one that is too old may not be the latest.
func TestALaterBackupMayExistWhereAServiceIsNotRead(t *testing.T) {
	point := func(age, more int) []map[string]any {
		return []map[string]any{{"age_hours": age, "copies": []string{"eu-north-1"}, "encryption": "customer-managed", "region": "eu-central-1", "place": "eu-central-1", "more": more}}
	}
	alone := []map[string]any{{"age_hours": 1, "copies": []string{}, "encryption": "none", "region": "eu-central-1", "place": "eu-central-1", "more": 1}}
	for _, c := range []struct {
		operation, region string
		want              []map[string]any
	}{
		{"rds.DescribeDBInstances", "eu-central-1", point(24, 1)},
		{"rds.DescribeDBClusters", "eu-central-1", nil},
		{"rds.DescribeDBInstances", "eu-north-1", nil},
		{"backup.ListProtectedResources", "eu-central-1", alone},
	} {
		t.Run(c.operation+" "+c.region, func(t *testing.T) {
			if c.want == nil { // nothing that could tell more of the database is refused
				c.want = pointsOf(collect(t, backedUpTwice(nil), []string{"backup", "rds"}), "db:good")
			}
			s := collect(t, backedUpTwice(nil), []string{"backup", "rds"}, fakeaws.Rule{Operation: c.operation, Region: c.region, Error: fakeaws.Denied("")})
			if diff := cmp.Diff(c.want, pointsOf(s, "db:good")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, other := range pointsOf(s, "vol-bad") {
				if other["more"] != 0 {
					t.Error("a volume is said to have a later backup that RDS would tell")
				}
			}
			if got := missing(s, c.region, "recovery_point"); len(got) != 1 {
				t.Errorf("gaps: %v", got)
			}
		})
	}
}
