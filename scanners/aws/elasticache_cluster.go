package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	"github.com/aws/aws-sdk-go-v2/service/elasticache/types"

	"github.com/tomscan/tomscan/evidence"
)

// cacheClusters reads cache clusters that belong to no replication group.
func cacheClusters() reader {
	cache := []evidence.Kind{evidence.Cache{}.Kind()}
	return reader{
		service: "elasticache", kinds: cache,
		operations: cacheOperations(
			operation{name: "DescribeCacheClusters", action: "elasticache:DescribeCacheClusters", lists: cache, fills: cacheSettings()},
			operation{name: "DescribeCacheSubnetGroups", action: "elasticache:DescribeCacheSubnetGroups", fills: []string{"cache.subnets_private"}},
		),
		read: readCacheClusters,
	}
}

func readCacheClusters(ctx context.Context, s *site) {
	list := s.cacheClusters(ctx)
	s.hide(list.miss, evidence.Cache{}.Kind())
	each(ctx, s, list.single(), s.readCacheCluster)
}

// cacheCluster is a cache cluster, with what is needed of it.
type cacheCluster struct {
	id, arn, engine, group, subnets, zone string // group: its replication group
	encrypted, tls, upgrades              *bool
	mode                                  types.TransitEncryptionMode
	retention                             *int32
}

// cacheClusterList is the list of all cache clusters of the region, with the miss that says why it may not be whole.
type cacheClusterList struct {
	all  []cacheCluster
	miss *miss
}

// single are the clusters that belong to no replication group.
func (l cacheClusterList) single() []cacheCluster {
	var single []cacheCluster
	for _, c := range l.all {
		if c.group == "" {
			single = append(single, c)
		}
	}
	return single
}

// subnetGroupOf is the subnet group of the clusters of a replication group.
func (l cacheClusterList) subnetGroupOf(group string) (string, bool) {
	for _, c := range l.all {
		if c.group == group && group != "" {
			return c.subnets, true
		}
	}
	return "", false
}

type cacheClustersKey struct{}

// cacheClusters lists the region's cache clusters once.
func (s *site) cacheClusters(ctx context.Context) cacheClusterList {
	return shared(s.place, cacheClustersKey{}, func() cacheClusterList {
		in := &elasticache.DescribeCacheClustersInput{MaxRecords: sdk.Int32(100)}
		next := func(i *elasticache.DescribeCacheClustersInput, o *elasticache.DescribeCacheClustersOutput) (**string, *string) {
			return &i.Marker, o.Marker
		}
		all, m := pages(ctx, s, "", s.elasticache().DescribeCacheClusters, in, next, func(o *elasticache.DescribeCacheClustersOutput) []cacheCluster {
			return project(o.CacheClusters, cacheClusterOf)
		})
		return cacheClusterList{all: all, miss: m}
	})
}

func cacheClusterOf(c types.CacheCluster) cacheCluster {
	return cacheCluster{
		id: sdk.ToString(c.CacheClusterId), arn: sdk.ToString(c.ARN), engine: sdk.ToString(c.Engine), group: sdk.ToString(c.ReplicationGroupId),
		subnets: sdk.ToString(c.CacheSubnetGroupName), zone: sdk.ToString(c.PreferredAvailabilityZone),
		encrypted: c.AtRestEncryptionEnabled, tls: c.TransitEncryptionEnabled, mode: c.TransitEncryptionMode,
		upgrades: c.AutoMinorVersionUpgrade, retention: c.SnapshotRetentionLimit,
	}
}

// severalZones is the zone of a cluster whose nodes are in several.
// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html
const severalZones = "Multiple"

func (s *site) readCacheCluster(ctx context.Context, c cacheCluster) {
	s.add(thing{arn: c.arn, typ: "elasticache:cluster", name: c.id}, evidence.Cache{
		Placement:              s.placed(nil),
		Engine:                 evidence.Known(c.engine),
		Encryption:             s.storageLevel(ctx, storage{encrypted: c.encrypted}),
		TLSRequired:            cacheTLS(c.tls, c.mode),
		SubnetsPrivate:         s.privateGroup(ctx, c.subnets, s.cacheSubnets),
		BackupRetentionDays:    saidDays(c.retention),
		MultiAZ:                saidAs(c.zone, severalZones),
		AutomaticMinorUpgrades: said(c.upgrades),
	})
}

type cacheSubnetsKey struct{}

// cacheSubnets lists the region's subnet groups once.
func (s *site) cacheSubnets(ctx context.Context) subnetGroups {
	return shared(s.place, cacheSubnetsKey{}, func() subnetGroups {
		in := &elasticache.DescribeCacheSubnetGroupsInput{MaxRecords: sdk.Int32(100)}
		next := func(i *elasticache.DescribeCacheSubnetGroupsInput, o *elasticache.DescribeCacheSubnetGroupsOutput) (**string, *string) {
			return &i.Marker, o.Marker
		}
		groups, m := pages(ctx, s, "", s.elasticache().DescribeCacheSubnetGroups, in, next,
			func(o *elasticache.DescribeCacheSubnetGroupsOutput) []types.CacheSubnetGroup {
				return o.CacheSubnetGroups
			})
		all := subnetGroups{subnets: map[string][]string{}, miss: m}
		for _, g := range groups {
			all.subnets[sdk.ToString(g.CacheSubnetGroupName)] = project(g.Subnets, func(n types.Subnet) string { return sdk.ToString(n.SubnetIdentifier) })
		}
		return all
	})
}
