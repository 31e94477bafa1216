package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	"github.com/aws/aws-sdk-go-v2/service/elasticache/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// replicationGroups reads replication groups, of which their clusters are parts.
func replicationGroups() reader {
	cache := []evidence.Kind{evidence.Cache{}.Kind()}
	return reader{
		service: "elasticache", kinds: cache,
		operations: cacheOperations(
			operation{name: "DescribeCacheClusters", action: "elasticache:DescribeCacheClusters", fills: []string{"cache.subnets_private"}},
			operation{name: "DescribeCacheSubnetGroups", action: "elasticache:DescribeCacheSubnetGroups", fills: []string{"cache.subnets_private"}},
			operation{name: "DescribeGlobalReplicationGroups", action: "elasticache:DescribeGlobalReplicationGroups", fills: []string{"cache.copies"}},
			operation{name: "DescribeReplicationGroups", action: "elasticache:DescribeReplicationGroups", lists: cache, fills: cacheSettings()},
		),
		read: readReplicationGroups,
	}
}

// cacheSettings are the settings of a cache that its own list tells, alone or with what it points at.
func cacheSettings() []string {
	return []string{"cache.automatic_minor_upgrades", "cache.backup_retention_days", "cache.copies", "cache.encryption", "cache.engine",
		"cache.multi_az", "cache.region", "cache.subnets_private", "cache.tls_required"}
}

// elasticache makes a client.
func (s *site) elasticache() *elasticache.Client { return elasticache.NewFromConfig(s.config()) }

func readReplicationGroups(ctx context.Context, s *site) {
	in := &elasticache.DescribeReplicationGroupsInput{MaxRecords: sdk.Int32(100)}
	next := func(i *elasticache.DescribeReplicationGroupsInput, o *elasticache.DescribeReplicationGroupsOutput) (**string, *string) {
		return &i.Marker, o.Marker
	}
	groups, m := pages(ctx, s, "", s.elasticache().DescribeReplicationGroups, in, next,
		func(o *elasticache.DescribeReplicationGroupsOutput) []types.ReplicationGroup {
			return o.ReplicationGroups
		})
	s.hide(m, evidence.Cache{}.Kind())
	each(ctx, s, groups, s.readReplicationGroup)
}

func (s *site) readReplicationGroup(ctx context.Context, g types.ReplicationGroup) {
	id := sdk.ToString(g.ReplicationGroupId)
	s.add(thing{arn: sdk.ToString(g.ARN), typ: "elasticache:replicationgroup", name: id}, evidence.Cache{
		Placement:              s.cachePlacement(ctx, g),
		Engine:                 said(g.Engine),
		Encryption:             s.storageLevel(ctx, storage{sort: string(g.StorageEncryptionType), encrypted: g.AtRestEncryptionEnabled, key: g.KmsKeyId}),
		TLSRequired:            cacheTLS(g.TransitEncryptionEnabled, g.TransitEncryptionMode),
		SubnetsPrivate:         s.replicationGroupPrivate(ctx, id),
		BackupRetentionDays:    saidDays(g.SnapshotRetentionLimit),
		MultiAZ:                saidAs(g.MultiAZ, types.MultiAZStatusEnabled),
		AutomaticMinorUpgrades: said(g.AutoMinorVersionUpgrade),
	})
}

// replicationGroupPrivate says whether a group's subnets are private. Only its clusters name their subnet group.
func (s *site) replicationGroupPrivate(ctx context.Context, id string) evidence.Value[bool] {
	clusters := s.cacheClusters(ctx)
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
