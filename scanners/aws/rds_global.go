package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	"github.com/tomscan/tomscan/evidence"
)

// clusterPlacement is where a cluster is, with the regions of its replicas and of its global cluster.
func (s *site) clusterPlacement(ctx context.Context, c types.DBCluster) evidence.Placement {
	regions := regionsOf(c.ReadReplicaIdentifiers)
	if !s.needs("DescribeGlobalClusters") {
		return s.placed(regions, evidence.Because("not_asked"))
	}
	global := s.globalClusters(ctx)
	family, found := global.members[sdk.ToString(c.DBClusterArn)]
	regions = append(regions, regionsOf(family)...)
	switch {
	case global.miss != nil:
		return s.placed(regions, global.miss.reason())
	case !found && sdk.ToString(c.GlobalClusterIdentifier) != "":
		return s.placed(regions, evidence.Because("copy_region_not_known", "attribute", "GlobalClusterIdentifier"))
	}
	return s.placed(regions)
}

// globalClusters are the ARNs of all clusters of a global cluster by the ARN of each, with the miss that says why others
// may lack.
type globalClusters struct {
	members map[string][]string
	miss    *miss
}

type globalClustersKey struct{}

// globalClusters lists the global clusters that have a cluster in the region once.
func (s *site) globalClusters(ctx context.Context) globalClusters {
	return shared(s.place, globalClustersKey{}, func() globalClusters {
		in := &rds.DescribeGlobalClustersInput{MaxRecords: sdk.Int32(rdsPage)}
		next := func(i *rds.DescribeGlobalClustersInput, o *rds.DescribeGlobalClustersOutput) (**string, *string) {
			return &i.Marker, o.Marker
		}
		found, m := pages(ctx, s, "", s.rds().DescribeGlobalClusters, in, next,
			func(o *rds.DescribeGlobalClustersOutput) []types.GlobalCluster { return o.GlobalClusters })
		all := globalClusters{members: map[string][]string{}, miss: m}
		for _, g := range found {
			family := project(g.GlobalClusterMembers, func(member types.GlobalClusterMember) string { return sdk.ToString(member.DBClusterArn) })
			for _, member := range g.GlobalClusterMembers {
				family = append(family, member.Readers...)
			}
			for _, arn := range family {
				all.members[arn] = family
			}
		}
		return all
	})
}
