package aws

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

const storageAccount = fakeaws.StandardAccount

// keyWith is a key in Frankfurt with changes of its description; rotation is what is answered about that, nil for
// "not supported".
func keyWith(id string, changes fakeaws.Node, rotation fakeaws.Node) fakeaws.Resource {
	k := fakeaws.Key(storageAccount, "eu-central-1", id)
	for name, value := range changes {
		k.Doc[name] = value
	}
	if rotation != nil {
		k.Sub["kms.GetKeyRotationStatus"] = rotation
	}
	return k
}

func TestKeysRotateAsAWSTells(t *testing.T) {
	on := fakeaws.Node{"KeyRotationEnabled": true}
	for name, c := range map[string]struct {
		changes, rotation fakeaws.Node
		rotates, days     any
	}{
		"every half year":            {nil, fakeaws.Node{"KeyRotationEnabled": true, "RotationPeriodInDays": 180}, "automatic", 180},
		"every year unless told":     {nil, on, "automatic", 365},
		"not at all":                 {nil, fakeaws.Node{"KeyRotationEnabled": false}, "no", evidence.Never},
		"disabled key":               {fakeaws.Node{"KeyState": "Disabled"}, on, "automatic", 365},
		"imported material":          {fakeaws.Node{"Origin": "EXTERNAL"}, nil, "not-supported", "(rotated_by_owner)"},
		"CloudHSM":                   {fakeaws.Node{"Origin": "AWS_CLOUDHSM"}, nil, "not-supported", "(rotated_by_owner)"},
		"external key store":         {fakeaws.Node{"Origin": "EXTERNAL_KEY_STORE"}, nil, "not-supported", "(rotated_by_owner)"},
		"asymmetric":                 {fakeaws.Node{"KeySpec": "RSA_2048"}, nil, "not-supported", "(rotated_by_owner)"},
		"HMAC":                       {fakeaws.Node{"KeySpec": "HMAC_256"}, nil, "not-supported", "(rotated_by_owner)"},
		"waiting for its deletion":   {fakeaws.Node{"KeyState": "PendingDeletion"}, fakeaws.Node{"KeyRotationEnabled": false}, "(key_pending_deletion)", "(key_pending_deletion)"},
		"waiting for its replicas":   {fakeaws.Node{"KeyState": "PendingReplicaDeletion"}, nil, "(key_pending_deletion)", "(key_pending_deletion)"},
		"a spec that is not told":    {fakeaws.Node{"KeySpec": nil}, nil, "(read_failed)", "(read_failed)"},
		"an origin that is not told": {fakeaws.Node{"Origin": nil}, nil, "(read_failed)", "(read_failed)"},
		"no answer about rotations":  {nil, nil, "(read_failed)", "(read_failed)"},
	} {
		t.Run(name, func(t *testing.T) {
			s := collect(t, estateOf(keyWith("key", c.changes, c.rotation)), []string{"kms"})
			got := plain(factOf(t, s, "encryption_key", "key"), "rotates", "rotation_days")
			if diff := cmp.Diff(map[string]any{"rotates": c.rotates, "rotation_days": c.days}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Other scanners fail imported keys, for they test the key's spec alone.
func TestRotationOfImportedKeysIsNotAskedFor(t *testing.T) {
	s := collect(t, estateOf(keyWith("key", fakeaws.Node{"Origin": "EXTERNAL"}, nil)), []string{"kms"})
	if slices.ContainsFunc(s.Calls, func(c evidence.Call) bool { return c.Operation == "kms.GetKeyRotationStatus" }) {
		t.Error("the rotation of an imported key was asked for")
	}
}

func TestAKeyToBeDeletedIsNoted(t *testing.T) {
	deleted := fakeaws.Node{"KeyState": "PendingDeletion", "DeletionDate": time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC)}
	s := collect(t, estateOf(keyWith("key", deleted, nil)), []string{"kms"})
	want := []evidence.Reason{evidence.Because("key_pending_deletion", "date", "2026-12-24")}
	if diff := cmp.Diff(want, factOf(t, s, "encryption_key", "key").Notes); diff != "" {
		t.Error(diff)
	}
}

func TestKeysThatAWSManagesAreNoFacts(t *testing.T) {
	s := collect(t, estateOf(keyWith("managed", fakeaws.Node{"KeyManager": "AWS"}, nil)), []string{"kms"})
	if len(s.Facts) != 0 || len(missing(s, "eu-central-1", "encryption_key")) != 0 {
		t.Errorf("facts %v, gaps %v", s.Facts, missing(s, "eu-central-1", "encryption_key"))
	}
}

// A key whose policy lets nobody describe it may be a key of the customer.
func TestAKeyThatMayNotBeDescribedMayBeMissing(t *testing.T) {
	s := collect(t, estateOf(keyWith("open", nil, fakeaws.Node{"KeyRotationEnabled": true}), keyWith("closed", nil, nil)), []string{"kms"},
		fakeaws.Rule{Operation: "kms.DescribeKey", Resource: "closed", Error: fakeaws.Denied("")})
	if diff := cmp.Diff([]string{"read_denied kms:DescribeKey"}, missing(s, "eu-central-1", "encryption_key")); diff != "" {
		t.Error(diff)
	}
	if len(s.Facts) != 1 {
		t.Errorf("%d facts", len(s.Facts))
	}
}

func TestAReplicaRotatesWithItsPrimary(t *testing.T) {
	family := func(kind string) fakeaws.Node {
		return fakeaws.Node{"MultiRegion": true, "MultiRegionConfiguration": fakeaws.Node{
			"MultiRegionKeyType": kind,
			"PrimaryKey":         fakeaws.Node{"Arn": fakeaws.KeyARN(storageAccount, "eu-central-1", "mrk-1"), "Region": "eu-central-1"},
			"ReplicaKeys":        []any{fakeaws.Node{"Arn": fakeaws.KeyARN(storageAccount, "us-east-1", "mrk-1"), "Region": "us-east-1"}},
		}}
	}
	primary := keyWith("mrk-1", family("PRIMARY"), fakeaws.Node{"KeyRotationEnabled": true, "RotationPeriodInDays": 90})
	replica := fakeaws.Key(storageAccount, "us-east-1", "mrk-1")
	for name, value := range family("REPLICA") {
		replica.Doc[name] = value
	}
	estate := fakeaws.Estate{Accounts: []fakeaws.Account{{ID: storageAccount, Regions: []string{"eu-central-1", "us-east-1"},
		Resources: []fakeaws.Resource{primary, replica}}}}
	s := collect(t, estate, []string{"kms"})
	got := sayings(t, s, "encryption_key", []string{"eu-central-1:" + storageAccount + ":key/mrk-1", "us-east-1:" + storageAccount + ":key/mrk-1"},
		"region", "copies", "rotates", "rotation_days")
	want := map[string]map[string]any{
		"eu-central-1:" + storageAccount + ":key/mrk-1": {"region": "eu-central-1", "copies": []string{"us-east-1"}, "rotates": "automatic", "rotation_days": 90},
		"us-east-1:" + storageAccount + ":key/mrk-1":    {"region": "us-east-1", "copies": []string{}, "rotates": "automatic", "rotation_days": 90},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheLevelOfAKey(t *testing.T) {
	arn := func(id string) string { return fakeaws.KeyARN(storageAccount, "eu-central-1", id) }
	own, hsm := keyWith("own", nil, nil), keyWith("hsm", fakeaws.Node{"Origin": "AWS_CLOUDHSM"}, nil)
	own.IDs = append(own.IDs, "alias/own")
	estate := estateOf(own, hsm, keyWith("managed", fakeaws.Node{"KeyManager": "AWS"}, nil),
		keyWith("outside", fakeaws.Node{"Origin": "EXTERNAL_KEY_STORE"}, nil), keyWith("imported", fakeaws.Node{"Origin": "EXTERNAL"}, nil),
		keyWith("closed", nil, nil), keyWith("other", fakeaws.Node{"KeyManager": "PARTNER"}, nil))
	s := siteOf(t, estate, "eu-central-1", fakeaws.Rule{Operation: "kms.DescribeKey", Resource: "closed", Error: fakeaws.Denied("")})
	got := map[string]string{}
	for _, key := range []string{"alias/aws/s3", arn("own"), "own", "alias/own", "arn:aws:kms:eu-central-1:" + storageAccount + ":alias/own",
		"arn:aws:kms:eu-central-1:" + storageAccount + ":alias/aws/rds", arn("managed"), arn("hsm"), arn("imported"), arn("outside"), arn("closed"), arn("gone"), arn("other")} {
		level := s.keyLevel(t.Context(), "eu-central-1", key)
		if got[key] = level.Why().Code; level.State() == evidence.StateKnown {
			got[key], _ = level.Get()
		}
	}
	want := map[string]string{
		"alias/aws/s3": "provider-managed", arn("own"): "customer-managed", "own": "customer-managed", "alias/own": "customer-managed",
		"arn:aws:kms:eu-central-1:" + storageAccount + ":alias/own":     "customer-managed",
		"arn:aws:kms:eu-central-1:" + storageAccount + ":alias/aws/rds": "provider-managed",
		arn("managed"): "provider-managed", arn("hsm"): "customer-managed", arn("imported"): "customer-managed", arn("outside"): "external",
		arn("closed"): "read_denied", arn("gone"): "resource_vanished", arn("other"): "unmodelled_value",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAKeyIsDescribedOnceHoweverItIsNamed(t *testing.T) {
	s := siteOf(t, estateOf(keyWith("own", nil, nil)), "eu-central-1")
	for _, key := range []string{"own", fakeaws.KeyARN(storageAccount, "eu-central-1", "own"), "own"} {
		s.keyLevel(t.Context(), "eu-central-1", key)
	}
	if _, m := s.describeKey(t.Context(), "eu-central-1", "own"); m != nil {
		t.Fatal(m)
	}
	described := slices.DeleteFunc(s.ledger.calls(), func(c evidence.Call) bool { return c.Operation != "kms.DescribeKey" })
	if len(described) != 1 {
		t.Errorf("described %d times", len(described))
	}
}
