package terraform

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// s3 reads buckets with the resources that configure them, and the block of public access of a whole account.
func s3() reader {
	return reader{
		types: []string{"aws_s3_bucket", typePublicBlock},
		joins: []string{"aws_s3_bucket_acl", "aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_logging",
			"aws_s3_bucket_object_lock_configuration", "aws_s3_bucket_ownership_controls", "aws_s3_bucket_policy",
			"aws_s3_bucket_public_access_block", "aws_s3_bucket_replication_configuration",
			"aws_s3_bucket_server_side_encryption_configuration", "aws_s3_bucket_versioning"},
		kinds: []evidence.Kind{evidence.AccountPublicAccess{}.Kind(), evidence.ObjectStore{}.Kind()},
		begin: func(r *eval.Root) readFunc {
			logs := logTargetsOf(r)
			return func(r *eval.Root, i *eval.Instance) []observation {
				if i.Type == typePublicBlock {
					return one(evidence.AccountPublicAccess{Blocked: publicBlockOf(i, i.Block, docPublicBlockResource).all()})
				}
				return readBucket(r, i, logs)
			}
		},
	}
}

// bucket is an S3 bucket while it is read. Satellites that decide a setting are collected in joined.
type bucket struct {
	*eval.Instance
	root     *eval.Root
	joined   []*eval.Instance
	policies []awsrules.Document // its policies; a document that cannot be read says so
}

func readBucket(r *eval.Root, i *eval.Instance, logs logTargets) []observation {
	b := &bucket{Instance: i, root: r}
	b.policies = b.readPolicies()
	name := i.Attr("bucket").Text(evidence.Unresolved[string](evidence.Because("name_generated")))
	versioning := b.versioning()
	rules := b.lifecycle()
	store := evidence.ObjectStore{
		Name:           name,
		Encryption:     b.encryption(),
		Versioning:     versioning,
		PlainTransport: b.plainTransport(),
		TLSMin:         b.tlsMin(),
		AccessLogging:  b.logging(),
		HoldsLogs:      logs.hold(i),
		RetentionDays:  b.orHere(rules.RetentionDays()),
		NoncurrentDays: b.orHere(rules.NoncurrentDays(versioning)),
		ObjectLock:     b.objectLock(),
	}
	store.Placement = placement(i, b.copies())
	exposure := b.exposure()
	o := observation{resource: store, joined: b.joined}
	o.settle = func(res evidence.Resource, d accountDefaults) (evidence.Resource, []evidence.Reason) {
		store := res.(evidence.ObjectStore)
		store.Public = exposure.public(d.publicBlock)
		store.PublicAccessBlocked = exposure.blocked(d.publicBlock)
		notes := d.notes(typePublicBlock)
		if store.PublicAccessBlocked.Defaulted() {
			notes = append(notes, evidence.Because("default_since", "setting", "public_access_blocked", "since", bucketsBlockedSince))
		}
		return store, notes
	}
	return []observation{o}
}

// linked returns the satellites of one type and joins them to the bucket.
func (b *bucket) linked(typ string) eval.Links {
	links := satellites(b.root, b.Instance, typ, "bucket")
	b.joined = append(b.joined, links.All...)
	return links
}

// encryption is the level of the bucket's default encryption. Every bucket has one since 2023-01-05, by a key that S3
// owns.
func (b *bucket) encryption() evidence.Value[string] {
	links := b.linked("aws_s3_bucket_server_side_encryption_configuration")
	for _, s := range links.All {
		unset := unset(s, evidence.EncryptionProviderOwned, awsrules.DocBucketEncryption)
		return b.sseLevel(s.Block.Block("rule"), unset)
	}
	vendor := defaulted(b.Instance, links.Orphans, evidence.EncryptionProviderOwned, awsrules.DocBucketEncryption)
	return b.sseLevel(b.Block.Block("server_side_encryption_configuration").Block("rule"), vendor)
}

// sseLevel reads a rule of default encryption. SSE-KMS without a key uses aws/s3, which AWS manages.
func (b *bucket) sseLevel(rule *eval.Block, unset evidence.Value[string]) evidence.Value[string] {
	apply := rule.Block("apply_server_side_encryption_by_default")
	algorithm := apply.Attr("sse_algorithm")
	if algorithm.IsUnset() {
		return unset
	}
	level := enum(algorithm, map[string]string{"aes256": evidence.EncryptionProviderOwned, "aws:kms": evidence.EncryptionProviderManaged,
		"aws:kms:dsse": evidence.EncryptionProviderManaged}, unset)
	if !evidence.IsKnown(level, evidence.EncryptionProviderManaged) {
		return level
	}
	return keyLevel(b.root, apply.Attr("kms_master_key_id"), level)
}

// versioning is enabled as well where objects can be locked: AWS then turns it on with the bucket.
func (b *bucket) versioning() evidence.Value[string] {
	words := map[string]string{"enabled": "enabled", "suspended": "suspended", "disabled": "disabled"}
	links := b.linked("aws_s3_bucket_versioning")
	for _, s := range links.All {
		return enum(s.Block.Block("versioning_configuration").Attr("status"), words, unset(s, "disabled", awsrules.DocBucketVersioning))
	}
	if lock := b.Attr("object_lock_enabled").Bool(evidence.Known(false)); evidence.IsKnown(lock, true) {
		return evidence.Map(lock, func(bool) string { return "enabled" })
	}
	inline := b.Block.Block("versioning").Attr("enabled")
	if inline.IsSet() {
		return evidence.Map(inline.Bool(evidence.Value[bool]{}), func(on bool) string {
			if on {
				return "enabled"
			}
			return "disabled"
		})
	}
	return defaulted(b.Instance, links.Orphans, "disabled", awsrules.DocBucketVersioning)
}

func (b *bucket) logging() evidence.Value[bool] {
	links := b.linked("aws_s3_bucket_logging")
	for _, s := range links.All {
		return evidence.Known(true).At(s.At(evidence.RoleDecides))
	}
	return blockThere(b.Instance, b.Blocks("logging"), links.Orphans, awsrules.DocBucketLogging)
}

// objectLock says whether objects can be locked: the switch on the bucket, or a configuration of its own.
func (b *bucket) objectLock() evidence.Value[bool] {
	links := b.linked("aws_s3_bucket_object_lock_configuration")
	for _, s := range links.All {
		return evidence.Known(true).At(s.At(evidence.RoleDecides))
	}
	inline := b.Block.Block("object_lock_configuration").Attr("object_lock_enabled")
	if inline.IsSet() {
		return evidence.Map(inline.Text(evidence.Value[string]{}), func(word string) bool { return strings.EqualFold(word, "enabled") })
	}
	return b.Attr("object_lock_enabled").Bool(defaulted(b.Instance, links.Orphans, false, awsrules.DocBucketLock))
}

// blockThere says whether one of the nested blocks is there.
func blockThere(i *eval.Instance, blocks eval.Blocks, orphans []evidence.Reason, doc string) evidence.Value[bool] {
	if len(blocks.All) > 0 {
		return evidence.Known(true).At(blocks.All[0].At(evidence.RoleDecides))
	}
	return defaulted(i, append(blocks.More[:len(blocks.More):len(blocks.More)], orphans...), false, doc)
}

// copies are the regions that a replication rule copies objects to.
func (b *bucket) copies() evidence.Value[[]string] {
	var c copies
	links := b.linked("aws_s3_bucket_replication_configuration")
	c.hidden(links.Orphans...)
	configurations := []*eval.Block{b.Block.Block("replication_configuration")}
	for _, s := range links.All {
		configurations = append(configurations, s.Block)
	}
	for _, configuration := range configurations {
		for _, name := range []string{"rule", "rules"} {
			rules := configuration.Blocks(name)
			c.hidden(rules.More...)
			for _, rule := range rules.All {
				if evidence.IsKnown(rule.Attr("status").Text(evidence.Value[string]{}), "Disabled") {
					continue
				}
				c.addTarget(b.root, rule.Block("destination").Attr("bucket"), "aws_s3_bucket")
			}
		}
	}
	return c.value(b.Provider.Region)
}
