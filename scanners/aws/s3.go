package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/tomscan/tomscan/evidence"
)

// s3Buckets reads buckets with their settings, and the account's block of public access.
func s3Buckets() reader {
	stores := []evidence.Kind{evidence.ObjectStore{}.Kind()}
	return reader{
		service: "s3", global: true,
		kinds: []evidence.Kind{evidence.AccountPublicAccess{}.Kind(), evidence.ObjectStore{}.Kind()},
		operations: []operation{
			{name: "GetBucketAcl", action: "s3:GetBucketAcl", fills: []string{"object_store.public"}},
			{name: "GetBucketEncryption", action: "s3:GetEncryptionConfiguration", fills: []string{"object_store.encryption"}},
			{name: "GetBucketLifecycleConfiguration", action: "s3:GetLifecycleConfiguration",
				fills: []string{"object_store.noncurrent_days", "object_store.retention_days"}},
			{name: "GetBucketLocation", action: "s3:GetBucketLocation", fills: []string{"object_store.region"}},
			{name: "GetBucketLogging", action: "s3:GetBucketLogging", fills: []string{"object_store.access_logging", "object_store.holds_logs"}},
			{name: "GetBucketOwnershipControls", action: "s3:GetBucketOwnershipControls", fills: []string{"object_store.public"}},
			{name: "GetBucketPolicy", action: "s3:GetBucketPolicy", fills: []string{"object_store.plain_transport", "object_store.tls_min"}},
			{name: "GetBucketPolicyStatus", action: "s3:GetBucketPolicyStatus", fills: []string{"object_store.public"}},
			{name: "GetBucketReplication", action: "s3:GetReplicationConfiguration", fills: []string{"object_store.copies"}},
			{name: "GetBucketVersioning", action: "s3:GetBucketVersioning", fills: []string{"object_store.noncurrent_days", "object_store.versioning"}},
			{name: "GetObjectLockConfiguration", action: "s3:GetBucketObjectLockConfiguration", fills: []string{"object_store.object_lock"}},
			{name: "GetPublicAccessBlock", action: "s3:GetBucketPublicAccessBlock",
				fills: []string{"object_store.public", "object_store.public_access_blocked"}},
			{name: "ListBuckets", action: "s3:ListAllMyBuckets", lists: stores},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"object_store.encryption"}},
			{name: "s3control.GetPublicAccessBlock", action: "s3:GetAccountPublicAccessBlock",
				fills: []string{"account_public_access.blocked", "object_store.public", "object_store.public_access_blocked"}},
		},
		read: readBuckets,
	}
}

func readBuckets(ctx context.Context, s *site) {
	account := s.accountBlock(ctx)
	in := &s3.ListBucketsInput{MaxBuckets: sdk.Int32(10000)}
	next := func(i *s3.ListBucketsInput, o *s3.ListBucketsOutput) (**string, *string) {
		return &i.ContinuationToken, o.ContinuationToken
	}
	buckets, m := pages(ctx, s, "", s.s3In(globalRegion).ListBuckets, in, next, func(o *s3.ListBucketsOutput) []*s3Bucket {
		var all []*s3Bucket
		for _, b := range o.Buckets {
			all = append(all, &s3Bucket{site: s, name: sdk.ToString(b.Name), region: sdk.ToString(b.BucketRegion), account: account})
		}
		return all
	})
	s.hide(m, evidence.ObjectStore{}.Kind())
	each(ctx, s, buckets, func(ctx context.Context, b *s3Bucket) { b.locate(ctx) })
	regions := map[string]string{}
	for _, b := range buckets {
		regions[b.name] = b.region
	}
	each(ctx, s, buckets, func(ctx context.Context, b *s3Bucket) {
		b.regions = regions
		b.read(ctx)
	})
}

// s3Bucket is a bucket while it is read.
type s3Bucket struct {
	*site
	name     string
	region   string // empty when it is not known
	located  bool   // the region is known from asking for it
	lost     *miss  // why the region is not known
	account  publicBlock
	regions  map[string]string // of all buckets of the account, by name
	vanished bool
}

// read reads the bucket's settings, those only that somebody wants. Whether it holds logs is known when all was read.
func (b *s3Bucket) read(ctx context.Context) {
	versioning := asked(b.site, "GetBucketVersioning", func() evidence.Value[string] { return b.versioning(ctx) })
	p := b.policy(ctx)
	retention, noncurrent := b.lifecycle(ctx, versioning)
	public, blocked := b.publicAccess(ctx, p.there)
	store := evidence.ObjectStore{
		Placement:           evidence.Placement{Region: b.where(), Copies: b.copies(ctx, versioning)},
		Name:                evidence.Known(b.name),
		Encryption:          asked(b.site, "GetBucketEncryption", func() evidence.Value[string] { return b.encryption(ctx) }),
		Versioning:          versioning,
		Public:              public,
		PublicAccessBlocked: blocked,
		PlainTransport:      p.plain,
		TLSMin:              p.tlsMin,
		AccessLogging:       asked(b.site, "GetBucketLogging", func() evidence.Value[bool] { return b.logging(ctx) }),
		RetentionDays:       retention,
		NoncurrentDays:      noncurrent,
		ObjectLock:          b.objectLock(ctx, versioning),
	}
	if b.vanished {
		return
	}
	b.later(func() {
		store.HoldsLogs = b.holdsLogs(b.name)
		b.add(thing{arn: "arn:" + b.partition + ":s3:::" + b.name, typ: "s3:bucket", name: b.name, region: b.region}, store)
	})
}

// locate asks for the region where the list does not tell it. An empty answer is us-east-1, and EU is eu-west-1.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
func (b *s3Bucket) locate(ctx context.Context) {
	if b.region != "" {
		return
	}
	out, m := get(ctx, b.site, b.name, b.s3In(globalRegion).GetBucketLocation, &s3.GetBucketLocationInput{Bucket: &b.name})
	if m != nil {
		b.lost, b.vanished = m, m.vanished()
		return
	}
	b.located = true
	switch b.region = string(out.LocationConstraint); b.region {
	case "":
		b.region = "us-east-1"
	case "EU":
		b.region = "eu-west-1"
	}
}

func (b *s3Bucket) where() evidence.Value[string] {
	if b.lost != nil {
		return refused[string](b.lost)
	}
	if b.located {
		return evidence.Known(b.region).At(by("s3.GetBucketLocation")...)
	}
	return evidence.Known(b.region).At(by("s3.ListBuckets")...)
}

// s3In is a client of a region. With an endpoint of one's own the bucket's name is part of the path.
func (s *site) s3In(region string) *s3.Client {
	c := s.configIn(region)
	return s3.NewFromConfig(c, func(o *s3.Options) { o.UsePathStyle = c.BaseEndpoint != nil })
}

// askBucket calls one operation about the bucket, in its region, and notes when the bucket is gone.
func askBucket[I, O any](ctx context.Context, b *s3Bucket, call func(*s3.Client, context.Context, *I, ...func(*s3.Options)) (*O, error), in *I) (*O, *miss) {
	client := b.s3In(b.region)
	out, m := get(ctx, b.site, b.name, func(ctx context.Context, in *I, o ...func(*s3.Options)) (*O, error) {
		return call(client, ctx, in, o...)
	}, in)
	b.vanished = b.vanished || m.vanished()
	return out, m
}
