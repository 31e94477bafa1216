package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/tomscan/tomscan/evidence"
)

// tableGroups are the global tables of version 2017.11.29, by name, with the regions of their members. Tables of that
// version do not know of each other.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_versions.html
type tableGroups struct {
	regions map[string][]string
	more    []evidence.Reason // why there may be others
}

func (s *site) tableGroups(ctx context.Context, client *dynamodb.Client) tableGroups {
	in := &dynamodb.ListGlobalTablesInput{Limit: sdk.Int32(100)}
	next := func(i *dynamodb.ListGlobalTablesInput, o *dynamodb.ListGlobalTablesOutput) (**string, *string) {
		return &i.ExclusiveStartGlobalTableName, o.LastEvaluatedGlobalTableName
	}
	found, m := pages(ctx, s, "", client.ListGlobalTables, in, next, func(o *dynamodb.ListGlobalTablesOutput) []types.GlobalTable { return o.GlobalTables })
	g := tableGroups{regions: map[string][]string{}}
	if m != nil && !m.nothingThere() {
		g.more = append(g.more, m.reason())
	}
	for _, t := range found {
		var regions []string
		for _, member := range t.ReplicationGroup {
			regions = append(regions, sdk.ToString(member.RegionName))
		}
		g.regions[sdk.ToString(t.GlobalTableName)] = regions
	}
	return g
}
