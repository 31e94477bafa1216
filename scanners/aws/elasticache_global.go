package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	"github.com/aws/aws-sdk-go-v2/service/elasticache/types"

	"github.com/tomscan/tomscan/evidence"
)

// cachePlacement is where a replication group is, with the regions of the other members of its global group. Secondary
// members hold all data of the primary.
func (s *site) cachePlacement(ctx context.Context, g types.ReplicationGroup) evidence.Placement {
	if g.GlobalReplicationGroupInfo == nil || sdk.ToString(g.GlobalReplicationGroupInfo.GlobalReplicationGroupId) == "" {
		return s.placed(nil)
	}
	if !s.needs("DescribeGlobalReplicationGroups") {
		return s.placed(nil, evidence.Because("not_asked"))
	}
	global := s.globalCaches(ctx)
	regions, found := global.regions[*g.GlobalReplicationGroupInfo.GlobalReplicationGroupId]
	switch {
	case found:
		return s.placed(regions)
	case global.miss != nil:
		return s.placed(nil, global.miss.reason())
	}
	return s.placed(nil, evidence.Because("copy_region_not_known", "attribute", "GlobalReplicationGroupId"))
}

// globalCaches are the regions of the members of global groups by the group's id, with the miss that says why others may
// lack.
type globalCaches struct {
	regions map[string][]string
	miss    *miss
}

type globalCachesKey struct{}

// globalCaches lists global groups once.
func (s *site) globalCaches(ctx context.Context) globalCaches {
	return shared(s.place, globalCachesKey{}, func() globalCaches {
		in := &elasticache.DescribeGlobalReplicationGroupsInput{MaxRecords: sdk.Int32(100), ShowMemberInfo: sdk.Bool(true)}
		next := func(i *elasticache.DescribeGlobalReplicationGroupsInput, o *elasticache.DescribeGlobalReplicationGroupsOutput) (**string, *string) {
			return &i.Marker, o.Marker
		}
		groups, m := pages(ctx, s, "", s.elasticache().DescribeGlobalReplicationGroups, in, next,
			func(o *elasticache.DescribeGlobalReplicationGroupsOutput) []types.GlobalReplicationGroup {
				return o.GlobalReplicationGroups
			})
		all := globalCaches{regions: map[string][]string{}, miss: m}
		for _, g := range groups {
			all.regions[sdk.ToString(g.GlobalReplicationGroupId)] = project(g.Members, func(member types.GlobalReplicationGroupMember) string {
				return sdk.ToString(member.ReplicationGroupRegion)
			})
		}
		return all
	})
}
