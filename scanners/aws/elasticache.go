package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	"github.com/aws/aws-sdk-go-v2/service/elasticache/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// elastiCaches reads caches: replication groups, clusters that belong to none, and serverless caches.
func elastiCaches() reader {
	cache := evidence.Cache{}.Kind()
	return reader{
		service: "elasticache", kinds: []evidence.Kind{cache},
		operations: storeOperations(cache,
			operation{name: "DescribeCacheClusters", action: "elasticache:DescribeCacheClusters", lists: []evidence.Kind{cache}, fills: cacheSettings()},
			operation{name: "DescribeCacheSubnetGroups", action: "elasticache:DescribeCacheSubnetGroups", fills: []string{"cache.subnets_private"}},
			operation{name: "DescribeGlobalReplicationGroups", action: "elasticache:DescribeGlobalReplicationGroups", fills: []string{"cache.copies"}},
			operation{name: "DescribeReplicationGroups", action: "elasticache:DescribeReplicationGroups",
				lists: []evidence.Kind{cache}, fills: cacheSettings()},
			operation{name: "DescribeServerlessCaches", action: "elasticache:DescribeServerlessCaches",
				lists: []evidence.Kind{cache}, fills: cacheSettings()},
		),
		read: readCaches,
	}
}

// cacheSettings are the settings of a cache that its own list tells, alone or with what it points at.
func cacheSettings() []string {
	return []string{"cache.automatic_minor_upgrades", "cache.backup_retention_days", "cache.copies", "cache.encryption", "cache.engine",
		"cache.multi_az", "cache.region", "cache.subnets_private", "cache.tls_required"}
}

// elasticache makes a client.
func (s *site) elasticache() *elasticache.Client { return elasticache.NewFromConfig(s.config()) }

func readCaches(ctx context.Context, s *site) {
	clusters := s.cacheClusters(ctx)
	s.hide(clusters.miss, evidence.Cache{}.Kind())
	each(ctx, s, clusters.single(), s.readCacheCluster)
	s.readReplicationGroups(ctx, clusters)
	s.readServerlessCaches(ctx)
}

func (s *site) readReplicationGroups(ctx context.Context, clusters cacheClusters) {
	list := elasticache.NewDescribeReplicationGroupsPaginator(s.elasticache(), &elasticache.DescribeReplicationGroupsInput{MaxRecords: sdk.Int32(100)},
		func(o *elasticache.DescribeReplicationGroupsPaginatorOptions) { o.StopOnDuplicateToken = true })
	groups, m := pages(ctx, s, "", list, func(o *elasticache.DescribeReplicationGroupsOutput) []types.ReplicationGroup {
		return o.ReplicationGroups
	})
	s.hide(m, evidence.Cache{}.Kind())
	each(ctx, s, groups, func(ctx context.Context, g types.ReplicationGroup) { s.readReplicationGroup(ctx, g, clusters) })
}

func (s *site) readReplicationGroup(ctx context.Context, g types.ReplicationGroup, clusters cacheClusters) {
	id := sdk.ToString(g.ReplicationGroupId)
	s.add(thing{arn: sdk.ToString(g.ARN), typ: "elasticache:replicationgroup", name: id}, evidence.Cache{
		Placement:              s.cachePlacement(ctx, g),
		Engine:                 said(g.Engine),
		Encryption:             s.storageLevel(ctx, storage{sort: string(g.StorageEncryptionType), encrypted: g.AtRestEncryptionEnabled, key: g.KmsKeyId}),
		TLSRequired:            cacheTLS(g.TransitEncryptionEnabled, g.TransitEncryptionMode),
		SubnetsPrivate:         s.replicationGroupPrivate(ctx, id, clusters),
		BackupRetentionDays:    saidDays(g.SnapshotRetentionLimit),
		MultiAZ:                saidAs(g.MultiAZ, types.MultiAZStatusEnabled),
		AutomaticMinorUpgrades: said(g.AutoMinorVersionUpgrade),
	})
}

// replicationGroupPrivate says whether a group's subnets are private. Only its clusters name their subnet group.
func (s *site) replicationGroupPrivate(ctx context.Context, id string, clusters cacheClusters) evidence.Value[bool] {
	name, found := clusters.subnetGroupOf(id)
	if !found && clusters.miss != nil {
		return refused[bool](clusters.miss)
	}
	return s.privateGroup(ctx, name, s.cacheSubnets)
}

// cacheTLS says whether connections without TLS are refused: encryption in transit is on, and not merely preferred. Engines
// that know no modes require it.
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
func cacheTLS(on *bool, mode types.TransitEncryptionMode) evidence.Value[bool] {
	required := evidence.Known(mode == types.TransitEncryptionModeRequired)
	if mode == "" {
		required = evidence.Default(true, awsrules.DocCacheInTransit)
	}
	return evidence.AllTrue(said(on), required)
}

// readServerlessCaches reads serverless caches, which are encrypted at rest and in transit and spread over zones always.
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.deployment.html
func (s *site) readServerlessCaches(ctx context.Context) {
	list := elasticache.NewDescribeServerlessCachesPaginator(s.elasticache(), &elasticache.DescribeServerlessCachesInput{MaxResults: sdk.Int32(50)},
		func(o *elasticache.DescribeServerlessCachesPaginatorOptions) { o.StopOnDuplicateToken = true })
	caches, m := pages(ctx, s, "", list, func(o *elasticache.DescribeServerlessCachesOutput) []types.ServerlessCache { return o.ServerlessCaches })
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
