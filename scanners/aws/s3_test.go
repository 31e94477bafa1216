package aws

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// sub are answers about a bucket, by operation.
type sub = map[string]any

// accountBlocks is the account's block of public access.
func accountBlocks(block fakeaws.Node) fakeaws.Resource {
	return fakeaws.Resource{Type: "s3control.account", Sub: sub{"s3control.GetPublicAccessBlock": block}}
}

// bucketSays is what is known of the settings of a bucket in Frankfurt with some answers, among other resources.
func bucketSays(t *testing.T, answers sub, settings []string, others ...fakeaws.Resource) map[string]any {
	t.Helper()
	estate := estateOf(append(others, fakeaws.Bucket("it", "eu-central-1", answers))...)
	return plain(factOf(t, collect(t, estate, []string{"s3"}), "object_store", ":::it"), settings...)
}

func one(name string, value any) fakeaws.Node { return fakeaws.Node{name: value} }

func encryptionRule(algorithm string, key any) fakeaws.Node {
	return one("Rule", fakeaws.Flat{one("ApplyServerSideEncryptionByDefault", fakeaws.Node{"SSEAlgorithm": algorithm, "KMSMasterKeyID": key})})
}

func TestEncryptionOfBuckets(t *testing.T) {
	own := keyWith("own", nil, nil)
	for name, c := range map[string]struct {
		answer fakeaws.Node
		want   string
	}{
		"AES256":                    {encryptionRule("AES256", nil), "provider-owned"},
		"KMS without a key":         {encryptionRule("aws:kms", nil), "provider-managed"},
		"KMS by AWS' key":           {encryptionRule("aws:kms", "alias/aws/s3"), "provider-managed"},
		"KMS by a key of one's own": {encryptionRule("aws:kms", own.Doc["Arn"]), "customer-managed"},
		"twice":                     {encryptionRule("aws:kms:dsse", own.Doc["Arn"]), "customer-managed"},
		"a key that is gone":        {encryptionRule("aws:kms", fakeaws.KeyARN(storageAccount, "eu-central-1", "gone")), "(resource_vanished)"},
		"something new":             {encryptionRule("quantum", nil), "(value_not_understood)"},
		"rules without a default":   {one("Rule", fakeaws.Flat{one("BucketKeyEnabled", true)}), "provider-owned"},
	} {
		t.Run(name, func(t *testing.T) {
			got := bucketSays(t, sub{"GetBucketEncryption": c.answer}, []string{"encryption"}, own)
			if diff := cmp.Diff(map[string]any{"encryption": c.want}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Other scanners raise an alarm when a bucket has no configuration of its own.
func TestABucketWithoutEncryptionConfigurationIsEncryptedBySince2023(t *testing.T) {
	s := collect(t, estateOf(fakeaws.Bucket("it", "eu-central-1", nil)), []string{"s3"})
	got := factOf(t, s, "object_store", ":::it").Settings["encryption"]
	if got.Value != evidence.EncryptionProviderOwned || got.Doc == "" {
		t.Errorf("%v, documented at %q", got.Value, got.Doc)
	}
}

func TestSettingsOfABucketThatNobodyConfigured(t *testing.T) {
	settings := []string{"access_logging", "copies", "holds_logs", "name", "noncurrent_days", "object_lock", "plain_transport", "public",
		"public_access_blocked", "region", "retention_days", "tls_min", "versioning"}
	want := map[string]any{"access_logging": false, "copies": []string{}, "holds_logs": false, "name": "it", "noncurrent_days": 0, "object_lock": false,
		"plain_transport": "allowed", "public": false, "public_access_blocked": false, "region": "eu-central-1", "retention_days": evidence.Never,
		"tls_min": evidence.RankTLS12, "versioning": "disabled"}
	if diff := cmp.Diff(want, bucketSays(t, nil, settings)); diff != "" {
		t.Error(diff)
	}
}

func TestHowLongBucketsKeepObjects(t *testing.T) {
	rule := func(more fakeaws.Node) fakeaws.Node {
		r := fakeaws.Node{"Status": "Enabled", "Filter": one("Prefix", ""), "Expiration": one("Days", 30)}
		for name, value := range more {
			r[name] = value
		}
		return r
	}
	old := func(days, newer any) fakeaws.Node {
		return one("NoncurrentVersionExpiration", fakeaws.Node{"NoncurrentDays": days, "NewerNoncurrentVersions": newer})
	}
	for name, c := range map[string]struct {
		rules                 fakeaws.Flat
		versioning            string
		retention, noncurrent any
	}{
		"expiry of all":                 {fakeaws.Flat{rule(nil)}, "", 30, 0},
		"versions are not deleted":      {fakeaws.Flat{rule(nil)}, "Enabled", 30, evidence.Never},
		"versions are deleted":          {fakeaws.Flat{rule(old(7, nil))}, "Enabled", 30, 7},
		"versions that still are":       {fakeaws.Flat{rule(old(7, nil))}, "Suspended", 30, 7},
		"three versions stay":           {fakeaws.Flat{rule(old(7, 3))}, "Enabled", 30, evidence.Never},
		"the earliest counts":           {fakeaws.Flat{rule(nil), rule(one("Expiration", one("Days", 10)))}, "", 10, 0},
		"a switched-off rule":           {fakeaws.Flat{rule(one("Status", "Disabled"))}, "", evidence.Never, 0},
		"for a prefix":                  {fakeaws.Flat{rule(one("Filter", one("Prefix", "tmp/")))}, "", evidence.Never, 0},
		"for an old-fashioned prefix":   {fakeaws.Flat{rule(fakeaws.Node{"Filter": nil, "Prefix": "tmp/"})}, "", evidence.Never, 0},
		"for a tag":                     {fakeaws.Flat{rule(one("Filter", one("Tag", fakeaws.Node{"Key": "a", "Value": "b"})))}, "", evidence.Never, 0},
		"for large objects":             {fakeaws.Flat{rule(one("Filter", one("ObjectSizeGreaterThan", 1)))}, "", evidence.Never, 0},
		"for large objects of a prefix": {fakeaws.Flat{rule(one("Filter", one("And", fakeaws.Node{"Prefix": "tmp/", "ObjectSizeGreaterThan": 1})))}, "", evidence.Never, 0},
		"on a day":                      {fakeaws.Flat{rule(one("Expiration", one("Date", time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))))}, "", "(depends_on_date)", 0},
		"markers of deletion only":      {fakeaws.Flat{rule(one("Expiration", one("ExpiredObjectDeleteMarker", true)))}, "", evidence.Never, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := bucketSays(t, sub{"GetBucketLifecycleConfiguration": one("Rule", c.rules), "GetBucketVersioning": one("Status", c.versioning)},
				[]string{"retention_days", "noncurrent_days"})
			if diff := cmp.Diff(map[string]any{"retention_days": c.retention, "noncurrent_days": c.noncurrent}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCopiesOfBuckets(t *testing.T) {
	to := func(status string, names ...string) fakeaws.Node {
		var rules fakeaws.Flat
		for _, name := range names {
			rules = append(rules, fakeaws.Node{"Status": status, "Destination": one("Bucket", "arn:aws:s3:::"+name)})
		}
		return one("Rule", rules)
	}
	north, america := fakeaws.Bucket("north", "eu-north-1", nil), fakeaws.Bucket("america", "us-east-1", nil)
	near := fakeaws.Bucket("near", "eu-central-1", nil)
	for name, c := range map[string]struct {
		answer fakeaws.Node
		want   []string
		more   []evidence.Reason
	}{
		"to two regions":         {to("Enabled", "north", "america", "north"), []string{"eu-north-1", "us-east-1"}, nil},
		"within the region":      {to("Enabled", "near"), []string{}, nil},
		"switched off":           {to("Disabled", "america"), []string{}, nil},
		"to somebody else's":     {to("Enabled", "north", "theirs"), []string{"eu-north-1"}, []evidence.Reason{evidence.Because("copy_bucket_elsewhere", "bucket", "theirs")}},
		"to nobody knows whence": {to("Enabled", "theirs"), []string{}, []evidence.Reason{evidence.Because("copy_bucket_elsewhere", "bucket", "theirs")}},
	} {
		t.Run(name, func(t *testing.T) {
			it := fakeaws.Bucket("it", "eu-central-1", sub{"GetBucketReplication": c.answer, "GetBucketVersioning": one("Status", "Enabled")})
			got := factOf(t, collect(t, estateOf(it, north, america, near), []string{"s3"}), "object_store", ":::it").Settings["copies"]
			if diff := cmp.Diff([]any{c.want, c.more}, []any{got.Value, got.More}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestABucketThatKeepsNoVersionsIsNotAskedForReplicationAndLock(t *testing.T) {
	s := collect(t, estateOf(fakeaws.Bucket("it", "eu-central-1", nil)), []string{"s3"})
	for _, c := range s.Calls {
		if c.Operation == "s3.GetBucketReplication" || c.Operation == "s3.GetObjectLockConfiguration" {
			t.Errorf("%s was called", c.Operation)
		}
	}
}

func TestBucketsThatHoldLogs(t *testing.T) {
	logged := sub{"GetBucketLogging": one("LoggingEnabled", fakeaws.Node{"TargetBucket": "logs", "TargetPrefix": "x/"})}
	estate := estateOf(fakeaws.Bucket("data", "eu-central-1", logged), fakeaws.Bucket("logs", "eu-central-1", nil), fakeaws.Bucket("closed", "eu-central-1", nil))
	names := []string{":::data", ":::logs"}
	got := sayings(t, collect(t, estate, []string{"s3"}), "object_store", names, "access_logging", "holds_logs")
	want := map[string]map[string]any{":::data": {"access_logging": true, "holds_logs": false}, ":::logs": {"access_logging": false, "holds_logs": true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	denied := fakeaws.Rule{Operation: "s3.GetBucketLogging", Resource: "closed", Error: fakeaws.Denied("")}
	got = sayings(t, collect(t, estate, []string{"s3"}, denied), "object_store", names, "access_logging", "holds_logs")
	want[":::data"]["holds_logs"] = "(read_denied)" // closed may deliver into it
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestABucketThatGoesWhileItIsReadIsNoFact(t *testing.T) {
	gone := fakeaws.Error{Status: http.StatusNotFound, Code: "NoSuchBucket", Message: "The specified bucket does not exist"}
	estate := estateOf(fakeaws.Bucket("it", "eu-central-1", sub{"GetBucketVersioning": gone}), fakeaws.Bucket("stays", "eu-central-1", nil))
	s := collect(t, estate, []string{"s3"})
	var names []string
	for _, f := range s.Facts {
		if f.Kind == "object_store" {
			names = append(names, f.Address)
		}
	}
	if diff := cmp.Diff([]string{"arn:aws:s3:::stays"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestARegionThatTheListDoesNotTellIsAskedFor(t *testing.T) {
	unplaced := func(name, constraint string) fakeaws.Resource {
		b := fakeaws.Bucket(name, "", sub{"GetBucketLocation": one("", constraint)})
		delete(b.Doc, "BucketRegion")
		return b
	}
	estate := estateOf(unplaced("north", "eu-north-1"), unplaced("old", "EU"), unplaced("first", ""), unplaced("closed", "eu-west-3"),
		fakeaws.Bucket("told", "eu-central-1", nil))
	s := collect(t, estate, []string{"s3"}, fakeaws.Rule{Operation: "s3.GetBucketLocation", Resource: "closed", Error: fakeaws.Denied("")})
	got := sayings(t, s, "object_store", []string{":::north", ":::old", ":::first", ":::closed", ":::told"}, "region")
	want := map[string]map[string]any{":::north": {"region": "eu-north-1"}, ":::old": {"region": "eu-west-1"}, ":::first": {"region": "us-east-1"},
		":::closed": {"region": "(read_denied)"}, ":::told": {"region": "eu-central-1"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	asked := slices.DeleteFunc(s.Calls, func(c evidence.Call) bool { return c.Operation != "s3.GetBucketLocation" })
	if len(asked) != 4 {
		t.Errorf("asked %d times for a region", len(asked))
	}
}

func TestPositionsOfWhatOtherCallsTell(t *testing.T) {
	s := collect(t, estateOf(accountBlocks(fakeaws.PublicBlock(true)), fakeaws.Bucket("it", "eu-central-1", nil)), []string{"s3"})
	f := factOf(t, s, "object_store", ":::it")
	got := map[string]string{}
	for _, name := range []string{"copies", "encryption", "public", "region", "versioning"} {
		got[name] = f.Settings[name].At[0].Call
	}
	want := map[string]string{"copies": "s3.GetBucketVersioning", "encryption": "s3.GetBucketEncryption", "public": "s3control.GetPublicAccessBlock",
		"region": "s3.ListBuckets", "versioning": "s3.GetBucketVersioning"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
