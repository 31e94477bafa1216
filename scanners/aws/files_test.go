package aws

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// holds says whether a text stands anywhere in a snapshot.
func holds(t *testing.T, s evidence.Snapshot, text string) bool {
	t.Helper()
	written, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(written, []byte(text))
}

func TestFileSystemsAsTheyAre(t *testing.T) {
	s := standardOf(t, "efs", "fsx")
	names := []string{"/fs-good", "/fs-bad", "/fs-good-windows", "/fs-bad-lustre"}
	got := sayings(t, s, "file_system", names, "automatic_backup", "copies", "encryption", "region", "tls_required")
	want := map[string]map[string]any{
		"/fs-good": {"automatic_backup": true, "copies": []string{"eu-north-1"}, "encryption": "customer-managed", "region": "eu-central-1", "tls_required": true},
		"/fs-bad":  {"automatic_backup": false, "copies": []string{"us-east-1"}, "encryption": "none", "region": "eu-central-1", "tls_required": false},
		"/fs-good-windows": {"automatic_backup": true, "copies": []string{}, "encryption": "customer-managed", "region": "eu-central-1",
			"tls_required": "(not_told_by_provider)"},
		"/fs-bad-lustre": {"automatic_backup": false, "copies": []string{}, "encryption": "provider-owned", "region": "eu-central-1",
			"tls_required": "(not_told_by_provider)"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFileSystemThatIsMountedWithTLSByRole(t *testing.T) {
	const one = `{"Statement":{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:role/a"},"Action":"*",` +
		`"Condition":{"Bool":{"aws:SecureTransport":"false"}}}}`
	for policy, want := range map[string]any{one: false, "no policy": "(policy_not_readable)", "": "(policy_not_readable)"} {
		it := fakeaws.Files(storageAccount, "eu-central-1", "fs-1", "")
		it.Sub["efs.DescribeFileSystemPolicy"] = fakeaws.Node{"Policy": policy}
		got := plain(factOf(t, collect(t, estateOf(it), []string{"efs"}), "file_system", "/fs-1"), "tls_required")
		if diff := cmp.Diff(map[string]any{"tls_required": want}, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestEncryptionOfFileSystems(t *testing.T) {
	own, managed := keyWith("own", nil, nil), keyWith("managed", fakeaws.Node{"KeyManager": "AWS"}, nil)
	arn := func(k fakeaws.Resource) string { return k.IDs[0] }
	persistent := fakeaws.Node{"FileSystemType": "LUSTRE", "KmsKeyId": arn(managed), "LustreConfiguration": one("DeploymentType", "PERSISTENT_2")}
	estate := estateOf(own, managed, fakeaws.Files(storageAccount, "eu-central-1", "fs-own", arn(own)),
		fakeaws.Files(storageAccount, "eu-central-1", "fs-managed", arn(managed)), fakeaws.Files(storageAccount, "eu-central-1", "fs-none", ""),
		fakeaws.FSx(storageAccount, "eu-central-1", "fs-persistent", persistent),
		fakeaws.FSx(storageAccount, "eu-central-1", "fs-untold", one("FileSystemType", "WINDOWS")))
	got := sayings(t, collect(t, estate, []string{"efs", "fsx"}), "file_system",
		[]string{"/fs-own", "/fs-managed", "/fs-none", "/fs-persistent", "/fs-untold"}, "encryption")
	want := map[string]map[string]any{"/fs-own": {"encryption": "customer-managed"}, "/fs-managed": {"encryption": "provider-managed"},
		"/fs-none": {"encryption": "none"}, "/fs-persistent": {"encryption": "provider-managed"}, "/fs-untold": {"encryption": "provider-managed"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCopiesOfFileSystemsWhoseListIsNotWhole(t *testing.T) {
	replicated := func(id, region string) fakeaws.Resource {
		return fakeaws.Resource{Type: "efs.replication", Region: "eu-central-1", ID: id, Doc: fakeaws.Node{
			"SourceFileSystemId": id, "Destinations": []any{one("Region", region)}}}
	}
	estate := estateOf(fakeaws.Files(storageAccount, "eu-central-1", "fs-1", ""), fakeaws.Files(storageAccount, "eu-central-1", "fs-2", ""),
		replicated("fs-1", "us-east-1"), replicated("fs-2", "us-east-1"))
	server := fakeaws.NewPaged(estate, 1)
	t.Cleanup(server.Close)
	server.Break(fakeaws.Rule{Operation: "efs.DescribeReplicationConfigurations", Page: 2, Error: fakeaws.Denied("")})
	s := collectFrom(t, testOptions(server), []string{"efs"})
	first, second := factOf(t, s, "file_system", "/fs-1").Settings["copies"], factOf(t, s, "file_system", "/fs-2").Settings["copies"]
	if diff := cmp.Diff([]string{"us-east-1"}, first.Value); diff != "" || len(first.More) != 1 {
		t.Errorf("%s, lacking %v", diff, first.More)
	}
	if second.State != evidence.StateDenied {
		t.Errorf("what the second page would have told is %v", second.Value)
	}
}

func TestAFileSystemThatGoesWhileItIsReadIsNoFact(t *testing.T) {
	for _, operation := range []string{"efs.DescribeBackupPolicy", "efs.DescribeFileSystemPolicy"} {
		it := fakeaws.Files(storageAccount, "eu-central-1", "fs-1", "")
		it.Sub[operation] = fakeaws.Error{Status: http.StatusNotFound, Code: "FileSystemNotFound", Message: "File system 'fs-1' does not exist."}
		if s := collect(t, estateOf(it), []string{"efs"}); len(s.Facts) != 0 {
			t.Errorf("%s: %d facts", operation, len(s.Facts))
		}
	}
}
