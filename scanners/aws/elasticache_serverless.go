package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	"github.com/aws/aws-sdk-go-v2/service/elasticache/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// serverlessCaches reads serverless caches, which are encrypted at rest and in transit and spread over zones always.
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.deployment.html
func serverlessCaches() reader {
	cache := []evidence.Kind{evidence.Cache{}.Kind()}
	return reader{
		service: "elasticache", kinds: cache,
		operations: cacheOperations(
			operation{name: "DescribeServerlessCaches", action: "elasticache:DescribeServerlessCaches", lists: cache, fills: cacheSettings()},
		),
		read: readServerlessCaches,
	}
}

func readServerlessCaches(ctx context.Context, s *site) {
	in := &elasticache.DescribeServerlessCachesInput{MaxResults: sdk.Int32(50)}
	next := func(i *elasticache.DescribeServerlessCachesInput, o *elasticache.DescribeServerlessCachesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	caches, m := pages(ctx, s, "", s.elasticache().DescribeServerlessCaches, in, next,
		func(o *elasticache.DescribeServerlessCachesOutput) []types.ServerlessCache { return o.ServerlessCaches })
	s.hide(m, evidence.Cache{}.Kind())
	each(ctx, s, caches, func(ctx context.Context, c types.ServerlessCache) {
		owned := evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocCacheAtRest)
		s.add(thing{arn: sdk.ToString(c.ARN), typ: "elasticache:serverlesscache", name: sdk.ToString(c.ServerlessCacheName)}, evidence.Cache{
			Placement:              s.placed(nil),
			Engine:                 said(c.Engine),
			Encryption:             s.levelOfKey(ctx, c.KmsKeyId, owned),
			TLSRequired:            evidence.Default(true, awsrules.DocCacheInTransit),
			SubnetsPrivate:         s.privateSubnets(ctx, c.SubnetIds),
			BackupRetentionDays:    saidDays(c.SnapshotRetentionLimit),
			MultiAZ:                evidence.Default(true, awsrules.DocCacheServerless),
			AutomaticMinorUpgrades: evidence.Default(true, awsrules.DocCacheServerless),
		})
	})
}
