package aws

import (
	"context"
	"strings"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// kmsKeys reads the keys that the customer manages. Keys that AWS manages are no facts: nobody can set anything of them.
func kmsKeys() reader {
	keys := []evidence.Kind{evidence.EncryptionKey{}.Kind()}
	return reader{
		service: "kms", kinds: keys,
		operations: []operation{
			{name: "DescribeKey", action: "kms:DescribeKey", lists: keys, fills: []string{"encryption_key.copies", "encryption_key.rotates"}},
			{name: "GetKeyRotationStatus", action: "kms:GetKeyRotationStatus", fills: []string{"encryption_key.rotates", "encryption_key.rotation_days"}},
			{name: "ListKeys", action: "kms:ListKeys", lists: keys},
		},
		read: readKeys,
	}
}

func readKeys(ctx context.Context, s *site) {
	in := &kms.ListKeysInput{Limit: sdk.Int32(1000)}
	next := func(i *kms.ListKeysInput, o *kms.ListKeysOutput) (**string, *string) { return &i.Marker, o.NextMarker }
	ids, m := pages(ctx, s, "", s.kmsIn(s.region).ListKeys, in, next, func(o *kms.ListKeysOutput) []string {
		var ids []string
		for _, k := range o.Keys {
			ids = append(ids, sdk.ToString(k.KeyId))
		}
		return ids
	})
	s.hide(m, evidence.EncryptionKey{}.Kind())
	each(ctx, s, ids, s.readKey)
}

// readKey reads one key. Whether it is the customer's is known only from its description: a key that is not described may
// be one.
func (s *site) readKey(ctx context.Context, id string) {
	k, m := s.describeKey(ctx, s.region, id)
	switch {
	case m.vanished():
		return
	case m != nil:
		s.hide(m, evidence.EncryptionKey{}.Kind())
		return
	case k.manager != string(types.KeyManagerTypeCustomer):
		return
	}
	rotates, days := s.keyRotation(ctx, k)
	key := evidence.EncryptionKey{
		Placement: evidence.Placement{Region: evidence.Known(s.region), Copies: regionsBut(s.region, k.replicas)},
		Rotates:   rotates, RotationDays: days,
	}
	s.add(thing{arn: k.arn, typ: "kms:key", name: k.id, notes: k.notes()}, key)
}

// keyRotation says whether and how often AWS renews the material of a key of the customer. AWS does that for symmetric
// keys whose material it made; a replica rotates with its primary. https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
func (s *site) keyRotation(ctx context.Context, k keyFacts) (evidence.Value[string], evidence.Value[int]) {
	switch {
	case k.pendingDeletion():
		return evidence.Unresolved[string](k.deletion()), evidence.Unresolved[int](k.deletion())
	case k.spec == "" || k.origin == "":
		m := emptyAnswer(s, "kms.DescribeKey")
		return refused[string](m), refused[int](m)
	case k.spec != string(types.KeySpecSymmetricDefault) || k.origin != string(types.OriginTypeAwsKms):
		return evidence.Known("not-supported"), evidence.Unresolved[int](evidence.Because("rotated_by_owner"))
	case !s.needs("GetKeyRotationStatus"):
		return notAsked[string](), notAsked[int]()
	}
	arn, region := k.arn, s.region
	if k.primary != "" {
		arn, region = k.primary, awsrules.ARNRegion(k.primary)
	}
	out, m := get(ctx, s, k.id, s.kmsIn(region).GetKeyRotationStatus, &kms.GetKeyRotationStatusInput{KeyId: &arn})
	if m != nil {
		return refused[string](m), refused[int](m)
	}
	if !out.KeyRotationEnabled {
		return evidence.Known("no"), evidence.Known(evidence.Never)
	}
	if out.RotationPeriodInDays == nil {
		return evidence.Known("automatic"), evidence.Default(365, awsrules.DocKeyRotation)
	}
	return evidence.Known("automatic"), evidence.Known(int(*out.RotationPeriodInDays))
}

// keyFacts is what is kept of a key's description.
type keyFacts struct {
	arn, id, manager, origin, spec, state string
	primary                               string   // ARN of the primary, for a replica
	replicas                              []string // regions of a primary's replicas
	deleted                               string   // the day on which it is to be deleted
}

// pendingDeletion says whether the key is to be deleted. It cannot be used until then.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
func (k keyFacts) pendingDeletion() bool {
	return k.state == string(types.KeyStatePendingDeletion) || k.state == string(types.KeyStatePendingReplicaDeletion)
}

func (k keyFacts) deletion() evidence.Reason {
	if k.deleted == "" {
		return evidence.Because("key_pending_deletion")
	}
	return evidence.Because("key_pending_deletion", "date", k.deleted)
}

func (k keyFacts) notes() []evidence.Reason {
	if k.pendingDeletion() {
		return []evidence.Reason{k.deletion()}
	}
	return nil
}

func keyFactsOf(m types.KeyMetadata) keyFacts {
	k := keyFacts{
		arn: sdk.ToString(m.Arn), id: sdk.ToString(m.KeyId), manager: string(m.KeyManager), origin: string(m.Origin),
		spec: string(m.KeySpec), state: string(m.KeyState),
	}
	if m.DeletionDate != nil {
		k.deleted = m.DeletionDate.UTC().Format(time.DateOnly)
	}
	family := m.MultiRegionConfiguration
	if family == nil {
		return k
	}
	if family.MultiRegionKeyType == types.MultiRegionKeyTypeReplica && family.PrimaryKey != nil {
		k.primary = sdk.ToString(family.PrimaryKey.Arn)
		return k
	}
	for _, replica := range family.ReplicaKeys {
		k.replicas = append(k.replicas, sdk.ToString(replica.Region))
	}
	return k
}

// keyLevel is the encryption level that a key gives, by its id, ARN or alias in a region. Each key is described once per
// place. A reader that asks for it names kms.DescribeKey in its table.
func (s *site) keyLevel(ctx context.Context, region, key string) evidence.Value[string] {
	if awsrules.IsProviderAlias(key) {
		return evidence.Known(evidence.EncryptionProviderManaged)
	}
	k, m := s.describeKey(ctx, region, key)
	if m != nil {
		return refused[string](m)
	}
	if k.manager != string(types.KeyManagerTypeAws) && k.manager != string(types.KeyManagerTypeCustomer) {
		return unmodelled(k.manager)
	}
	return evidence.Known(awsrules.KeyLevel(k.manager, k.origin))
}

// levelOf is keyLevel of a key that may be left out: unset then holds.
func (s *site) levelOf(ctx context.Context, region string, key *string, unset evidence.Value[string]) evidence.Value[string] {
	if sdk.ToString(key) == "" {
		return unset
	}
	return s.keyLevel(ctx, region, *key)
}

// describedKey names a key that is described once.
type describedKey struct{ region, key string }

// description is what became of describing a key.
type description struct {
	keyFacts
	miss *miss
}

// describeKey describes a key once per account, however it is named.
func (s *site) describeKey(ctx context.Context, region, key string) (keyFacts, *miss) {
	name := key
	if strings.HasPrefix(key, "arn:") {
		region = awsrules.ARNRegion(key)
		name = strings.TrimPrefix(key, "arn:"+s.partition+":kms:"+region+":"+s.id+":")
	}
	name = strings.TrimPrefix(name, "key/")
	d := once(&s.account.remembered, describedKey{region, name}, func() description {
		out, m := get(ctx, s, name, s.kmsIn(region).DescribeKey, &kms.DescribeKeyInput{KeyId: &name})
		switch {
		case m != nil:
			return description{miss: m}
		case out.KeyMetadata == nil || out.KeyMetadata.KeyManager == "":
			return description{miss: emptyAnswer(s, "kms.DescribeKey")}
		}
		return description{keyFacts: keyFactsOf(*out.KeyMetadata)}
	})
	return d.keyFacts, d.miss
}

// kmsIn is a client of a region. It is made anew each time: what a place remembers is an interface for the linker; see pages.
func (s *site) kmsIn(region string) *kms.Client { return kms.NewFromConfig(s.configIn(region)) }
