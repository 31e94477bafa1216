package aws

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// storageServices are the services that keep data of their own accord, and their keys.
func storageServices() []string {
	return []string{"dynamodb", "efs", "fsx", "kms", "s3", "secretsmanager", "ssm"}
}

// bySetting are all settings of all facts of an estate, by fact and setting.
func bySetting(s evidence.Snapshot) map[string]evidence.Reading {
	all := map[string]evidence.Reading{}
	for _, f := range s.Facts {
		for name, r := range f.Settings {
			r.At = nil // a value may be known from another call
			all[f.ID+" "+name] = r
		}
	}
	return all
}

func TestARefusedReadOfStorageChangesNothingButWhatItTells(t *testing.T) {
	before := bySetting(standardOf(t, storageServices()...))
	for _, r := range readers() {
		for _, o := range r.operations {
			full := o.fullName(r.service)
			if !slices.Contains(storageServices(), r.service) || len(o.fills) == 0 || full == "s3.GetBucketLocation" {
				continue
			}
			t.Run(r.service+" "+full, func(t *testing.T) {
				s := collect(t, fakeaws.Standard(), storageServices(), fakeaws.Rule{Operation: full, Error: fakeaws.Denied("")})
				after, changed := bySetting(s), 0
				for _, setting := range slices.Sorted(maps.Keys(before)) {
					got, there := after[setting]
					switch {
					case !there, cmp.Equal(before[setting], got):
					case got.State == evidence.StateKnown && len(got.More) == 0 || got.State != evidence.StateKnown && got.Why.Args["action"] != o.action:
						t.Errorf("%s was %v and is %v, %v", setting, before[setting].Value, got.Value, got.Why)
					default:
						changed++
					}
				}
				if len(after) < len(before) && !slices.ContainsFunc(s.Sweeps, func(w evidence.Sweep) bool { return len(w.Gaps) > 0 }) {
					t.Errorf("%d settings are gone without a gap", len(before)-len(after))
				}
				if changed == 0 && len(after) == len(before) {
					t.Error("nothing has changed")
				}
			})
		}
	}
}

func TestAListOfStorageWhoseSecondPageIsRefusedIsNotWhole(t *testing.T) {
	for _, c := range []struct {
		service, operation, region, action string
		kind                               evidence.Kind
	}{
		{"dynamodb", "dynamodb.ListTables", "eu-central-1", "dynamodb:ListTables", "table"},
		{"efs", "efs.DescribeFileSystems", "eu-central-1", "elasticfilesystem:DescribeFileSystems", "file_system"},
		{"fsx", "fsx.DescribeFileSystems", "eu-central-1", "fsx:DescribeFileSystems", "file_system"},
		{"kms", "kms.ListKeys", "eu-central-1", "kms:ListKeys", "encryption_key"},
		{"s3", "s3.ListBuckets", globalRegion, "s3:ListAllMyBuckets", "object_store"},
		{"secretsmanager", "secretsmanager.ListSecrets", "eu-central-1", "secretsmanager:ListSecrets", "secret"},
		{"ssm", "ssm.DescribeParameters", "eu-central-1", "ssm:DescribeParameters", "secret"},
	} {
		t.Run(c.operation, func(t *testing.T) {
			server := fakeaws.NewPaged(fakeaws.Standard(), 1)
			t.Cleanup(server.Close)
			server.Break(fakeaws.Rule{Operation: c.operation, Page: 2, Error: fakeaws.Denied("")})
			s := collectFrom(t, testOptions(server), []string{c.service})
			if diff := cmp.Diff([]string{"read_denied " + c.action}, missing(s, c.region, c.kind)); diff != "" {
				t.Error(diff)
			}
			if !slices.ContainsFunc(s.Facts, func(f evidence.Fact) bool { return f.Kind == c.kind }) {
				t.Error("what the first page told is lost")
			}
		})
	}
}

func TestWhatNobodyWantsToKnowOfStorageCostsNoCall(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	o := testOptions(server)
	o.Wanted = func(kind evidence.Kind, setting string) bool {
		return kind == "object_store" && setting == "encryption"
	}
	s := collectFrom(t, o, []string{"s3"})
	counts := server.Count()
	delete(counts, "sts.GetCallerIdentity")
	delete(counts, "account.ListRegions")
	want := map[string]int{"s3.ListBuckets": 1, "s3.GetBucketEncryption": 7, "kms.DescribeKey": 2}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
	got := plain(factOf(t, s, "object_store", "good-bucket"), "encryption", "public", "versioning", "copies")
	if diff := cmp.Diff(map[string]any{"encryption": "customer-managed", "public": "(not_asked)", "versioning": "(not_asked)", "copies": "(not_asked)"}, got); diff != "" {
		t.Error(diff)
	}
}
