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
	list := &globalTablePages{client: client, in: dynamodb.ListGlobalTablesInput{Limit: sdk.Int32(100)}, more: true}
	found, m := pages(ctx, s, "", list, func(o *dynamodb.ListGlobalTablesOutput) []types.GlobalTable { return o.GlobalTables })
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

// globalTablePages turns the pages of ListGlobalTables, for which the SDK has no paginator.
type globalTablePages struct {
	client *dynamodb.Client
	in     dynamodb.ListGlobalTablesInput
	more   bool
}

// HasMorePages says whether there is another page.
func (p *globalTablePages) HasMorePages() bool { return p.more }

// NextPage reads the next page. A page that goes on where it began is the last.
func (p *globalTablePages) NextPage(ctx context.Context, o ...func(*dynamodb.Options)) (*dynamodb.ListGlobalTablesOutput, error) {
	out, err := p.client.ListGlobalTables(ctx, &p.in, o...)
	if err != nil {
		return nil, err
	}
	next := sdk.ToString(out.LastEvaluatedGlobalTableName)
	p.more = next != "" && next != sdk.ToString(p.in.ExclusiveStartGlobalTableName)
	p.in.ExclusiveStartGlobalTableName = out.LastEvaluatedGlobalTableName
	return out, nil
}
