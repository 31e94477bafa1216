package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/tomscan/tomscan/evidence"
)

// s3Buckets reads buckets with their settings.
func s3Buckets() reader {
	return reader{
		service: "s3", global: true,
		kinds: []evidence.Kind{evidence.ObjectStore{}.Kind()},
		operations: []operation{
			{name: "GetBucketEncryption", action: "s3:GetEncryptionConfiguration", fills: []string{"object_store.encryption"}},
			{name: "ListBuckets", action: "s3:ListAllMyBuckets", lists: []evidence.Kind{evidence.ObjectStore{}.Kind()}},
		},
		read: readBuckets,
	}
}

func readBuckets(ctx context.Context, s *site) {
	list := s3.NewListBucketsPaginator(s.s3(s.config()), &s3.ListBucketsInput{MaxBuckets: sdk.Int32(1000)})
	buckets, m := pages(ctx, s, "", list, func(o *s3.ListBucketsOutput) []types.Bucket { return o.Buckets })
	s.hide(m, evidence.ObjectStore{}.Kind())
	each(ctx, s, buckets, s.readBucket)
}

// s3 makes a client. With an endpoint of one's own the bucket's name is part of the path.
func (s *site) s3(c sdk.Config) *s3.Client {
	return s3.NewFromConfig(c, func(o *s3.Options) { o.UsePathStyle = c.BaseEndpoint != nil })
}

func (s *site) readBucket(ctx context.Context, b types.Bucket) {
	name, region := sdk.ToString(b.Name), sdk.ToString(b.BucketRegion)
	client := s.s3(s.configIn(region))
	encryption, m := get(ctx, s, name, client.GetBucketEncryption, &s3.GetBucketEncryptionInput{Bucket: b.Name})
	if m.vanished() {
		return
	}
	store := evidence.ObjectStore{
		Name: evidence.Known(name),
		Encryption: told(encryption, m, evidence.Known(evidence.EncryptionProviderOwned), func(o *s3.GetBucketEncryptionOutput) evidence.Value[string] {
			return evidence.Known(evidence.EncryptionProviderOwned)
		}),
	}
	s.add(thing{arn: "arn:" + s.partition + ":s3:::" + name, typ: "s3:bucket", name: name, region: region}, store)
}
