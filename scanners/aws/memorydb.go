package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/memorydb"
	"github.com/aws/aws-sdk-go-v2/service/memorydb/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// memoryDBs reads clusters of MemoryDB, which are always encrypted at rest.
func memoryDBs() reader {
	cache := evidence.Cache{}.Kind()
	return reader{
		service: "memorydb", kinds: []evidence.Kind{cache},
		operations: cacheOperations(
			operation{name: "DescribeClusters", action: "memorydb:DescribeClusters", lists: []evidence.Kind{cache}, fills: cacheSettings()},
			operation{name: "DescribeMultiRegionClusters", action: "memorydb:DescribeMultiRegionClusters", fills: []string{"cache.copies"}},
			operation{name: "DescribeSubnetGroups", action: "memorydb:DescribeSubnetGroups", fills: []string{"cache.subnets_private"}},
		),
		read: readMemoryDBs,
	}
}

// memorydb makes a client.
func (s *site) memorydb() *memorydb.Client { return memorydb.NewFromConfig(s.config()) }

// memoryPage is the largest page of MemoryDB.
const memoryPage = 50

// memoryNeverUsed is the answer in an account in which MemoryDB has not yet made its role, because it was never used.
// https://docs.aws.amazon.com/memorydb/latest/APIReference/API_DescribeClusters.html
const memoryNeverUsed = "ServiceLinkedRoleNotFoundFault"

func readMemoryDBs(ctx context.Context, s *site) {
	in := &memorydb.DescribeClustersInput{MaxResults: sdk.Int32(memoryPage)}
	next := func(i *memorydb.DescribeClustersInput, o *memorydb.DescribeClustersOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	clusters, m := pages(ctx, s, "", s.memorydb().DescribeClusters, in, next,
		func(o *memorydb.DescribeClustersOutput) []types.Cluster { return o.Clusters })
	if m != nil && m.code != memoryNeverUsed {
		s.hide(m, evidence.Cache{}.Kind())
	}
	each(ctx, s, clusters, s.readMemoryDB)
}

func (s *site) readMemoryDB(ctx context.Context, c types.Cluster) {
	owned := evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocMemoryAtRest)
	s.add(thing{arn: sdk.ToString(c.ARN), typ: "memorydb:cluster", name: sdk.ToString(c.Name)}, evidence.Cache{
		Placement:              s.memoryPlacement(ctx, sdk.ToString(c.MultiRegionClusterName)),
		Engine:                 said(c.Engine),
		Encryption:             s.levelOfKey(ctx, c.KmsKeyId, owned),
		TLSRequired:            said(c.TLSEnabled),
		SubnetsPrivate:         s.privateGroup(ctx, sdk.ToString(c.SubnetGroupName), s.memorySubnets),
		BackupRetentionDays:    saidDays(c.SnapshotRetentionLimit),
		MultiAZ:                saidAs(c.AvailabilityMode, types.AZStatusMultiAZ),
		AutomaticMinorUpgrades: said(c.AutoMinorVersionUpgrade),
	})
}

// memoryPlacement is where a cluster is, with the regions of the other clusters of its multi-region cluster.
// https://docs.aws.amazon.com/memorydb/latest/devguide/multi-Region.html
func (s *site) memoryPlacement(ctx context.Context, family string) evidence.Placement {
	if family == "" {
		return s.placed(nil)
	}
	if !s.needs("DescribeMultiRegionClusters") {
		return s.placed(nil, evidence.Because("not_asked"))
	}
	in := &memorydb.DescribeMultiRegionClustersInput{MultiRegionClusterName: &family, ShowClusterDetails: sdk.Bool(true)}
	out, m := get(ctx, s, family, s.memorydb().DescribeMultiRegionClusters, in)
	if m != nil {
		return s.placed(nil, m.reason())
	}
	var regions []string
	for _, multi := range out.MultiRegionClusters {
		regions = append(regions, project(multi.Clusters, func(c types.RegionalCluster) string { return sdk.ToString(c.Region) })...)
	}
	if len(regions) == 0 {
		return s.placed(nil, evidence.Because("copy_region_not_known", "attribute", "MultiRegionClusterName"))
	}
	return s.placed(regions)
}

type memorySubnetsKey struct{}

// memorySubnets lists the region's subnet groups once.
func (s *site) memorySubnets(ctx context.Context) subnetGroups {
	return shared(s.place, memorySubnetsKey{}, func() subnetGroups {
		in := &memorydb.DescribeSubnetGroupsInput{MaxResults: sdk.Int32(memoryPage)}
		next := func(i *memorydb.DescribeSubnetGroupsInput, o *memorydb.DescribeSubnetGroupsOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		groups, m := pages(ctx, s, "", s.memorydb().DescribeSubnetGroups, in, next,
			func(o *memorydb.DescribeSubnetGroupsOutput) []types.SubnetGroup { return o.SubnetGroups })
		all := subnetGroups{subnets: map[string][]string{}, miss: m}
		for _, g := range groups {
			all.subnets[sdk.ToString(g.Name)] = project(g.Subnets, func(n types.Subnet) string { return sdk.ToString(n.Identifier) })
		}
		return all
	})
}
