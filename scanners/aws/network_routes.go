package aws

import (
	"context"
	"net/netip"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// subnetOperations are the operations of subnetsPrivate, for the tables of the readers that call it; fills are the
// settings that they make of it.
func subnetOperations(fills ...string) []operation {
	return append([]operation{
		{name: "ec2.DescribeRouteTables", action: "ec2:DescribeRouteTables", fills: fills},
		{name: "ec2.DescribeSubnets", action: "ec2:DescribeSubnets", fills: fills},
		{name: "ec2.DescribeVpcBlockPublicAccessExclusions", action: "ec2:DescribeVpcBlockPublicAccessExclusions", fills: fills},
		{name: "ec2.DescribeVpcBlockPublicAccessOptions", action: "ec2:DescribeVpcBlockPublicAccessOptions", fills: fills},
	}, prefixListOperations(fills...)...)
}

// subnetsPrivate says whether all of the site's subnets are private: the route table that holds for each leads to no
// internet gateway. One public subnet decides false; no subnet at all is unresolved. Neither a name nor a tag nor whether
// it gives out public addresses matters.
// https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-types
func (s *site) subnetsPrivate(ctx context.Context, subnetIDs []string) evidence.Value[bool] {
	if len(subnetIDs) == 0 {
		return evidence.Unresolved[bool](evidence.Because("no_subnet_named"))
	}
	routes := s.routes(ctx)
	var private []evidence.Value[bool]
	for _, id := range subnetIDs {
		private = append(private, routes.private(id))
	}
	return evidence.AllTrue(private...)
}

// routing is what the route tables of a region make of its subnets.
type routing struct {
	account  string
	subnets  subnetList
	tables   map[string]routeTable
	explicit map[string]string // route table by subnet
	main     map[string]string // route table by network
	edges    map[string]bool   // networks whose internet gateway has a route table of its own
	miss     *miss             // why there may be other tables
	block    internetBlock
	unasked  []string // operations that nobody had to ask
}

// routeTable is what one route table does with traffic for addresses that are not private.
type routeTable struct {
	id      string
	ways    []way                // to internet gateways
	out     evidence.Value[bool] // some of it goes to an internet gateway
	detours bool                 // some of it goes through an endpoint, an interface or an instance
}

// way is where a route leads to: a block of addresses, or a list of them.
type way struct{ block, list string }

type routingKey struct{}

// routes reads the region's route tables once.
func (s *site) routes(ctx context.Context) *routing {
	return shared(s.place, routingKey{}, func() *routing {
		r := &routing{account: s.id, tables: map[string]routeTable{}, explicit: map[string]string{}, main: map[string]string{}, edges: map[string]bool{}}
		in := &ec2.DescribeRouteTablesInput{MaxResults: sdk.Int32(100)}
		next := func(i *ec2.DescribeRouteTablesInput, o *ec2.DescribeRouteTablesOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		tables, m := pages(ctx, s, "", s.ec2().DescribeRouteTables, in, next,
			func(o *ec2.DescribeRouteTablesOutput) []routeTable { return r.take(o.RouteTables) })
		r.miss, r.subnets = m, s.subnetList(ctx)
		leads, lists := false, false
		for _, t := range tables {
			lists = lists || slices.ContainsFunc(t.ways, func(w way) bool { return w.list != "" })
			t.out = s.leadOut(ctx, t.ways)
			r.tables[t.id] = t
			leads = leads || !evidence.IsKnown(t.out, false)
		}
		if leads {
			r.block = s.internetBlock(ctx)
		}
		r.unasked = unaskedRoutes(leads, lists, r.block)
		return r
	})
}

// unaskedRoutes are the operations that nobody had to ask: whether what leads out is blocked, and what the lists of blocks
// hold, where there is nothing of the sort.
func unaskedRoutes(leads, lists bool, block internetBlock) []string {
	var unasked []string
	if !leads {
		unasked = append(unasked, "ec2.DescribeVpcBlockPublicAccessOptions")
	}
	if !evidence.IsKnown(block.bidirectional, true) {
		unasked = append(unasked, "ec2.DescribeVpcBlockPublicAccessExclusions")
	}
	if !lists {
		unasked = append(unasked, unaskedLists()...)
	}
	return unasked
}

// take keeps of route tables what matters, and notes what they hold for.
func (r *routing) take(tables []types.RouteTable) []routeTable {
	var all []routeTable
	for _, t := range tables {
		id, vpc := sdk.ToString(t.RouteTableId), sdk.ToString(t.VpcId)
		for _, a := range t.Associations {
			switch {
			case sdk.ToString(a.SubnetId) != "":
				r.explicit[*a.SubnetId] = id
			case sdk.ToBool(a.Main):
				r.main[vpc] = id
			case strings.HasPrefix(sdk.ToString(a.GatewayId), "igw-"):
				r.edges[vpc] = true
			}
		}
		all = append(all, routeTable{id: id, ways: waysOut(t.Routes), detours: slices.ContainsFunc(t.Routes, isDetour)})
	}
	return all
}

// waysOut are the routes to internet gateways. A blackhole leads nowhere; an egress-only gateway, a NAT gateway, a transit
// gateway and a peering have fields of their own: nobody comes in through them.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
func waysOut(routes []types.Route) []way {
	var ways []way
	for _, r := range routes {
		if r.State != types.RouteStateBlackhole && strings.HasPrefix(sdk.ToString(r.GatewayId), "igw-") {
			ways = append(ways, way{block: destinationOf(r), list: sdk.ToString(r.DestinationPrefixListId)})
		}
	}
	return ways
}

func destinationOf(r types.Route) string {
	if r.DestinationIpv6CidrBlock != nil {
		return *r.DestinationIpv6CidrBlock
	}
	return sdk.ToString(r.DestinationCidrBlock)
}

// isDetour says whether a route leads to something that may pass traffic on to an internet gateway, and back. A list of
// blocks leads to an endpoint of AWS' own storage services, or else may hold any address.
// https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
func isDetour(r types.Route) bool {
	if r.State == types.RouteStateBlackhole || (r.NetworkInterfaceId == nil && r.InstanceId == nil && !strings.HasPrefix(sdk.ToString(r.GatewayId), "vpce-")) {
		return false
	}
	if r.DestinationPrefixListId != nil {
		return r.NetworkInterfaceId != nil || r.InstanceId != nil
	}
	block, err := netip.ParsePrefix(destinationOf(r))
	return err == nil && !awsrules.IsPrivateBlock(block)
}

// leadOut says whether one of the ways holds for addresses that are not private: all of the internet, half of it written
// as 0.0.0.0/1, or any public block.
func (s *site) leadOut(ctx context.Context, ways []way) evidence.Value[bool] {
	var out []evidence.Value[bool]
	for _, w := range ways {
		if w.list != "" {
			out = append(out, s.prefixList(ctx, w.list).beyondPrivate())
			continue
		}
		block, err := netip.ParsePrefix(w.block)
		if err != nil {
			out = append(out, evidence.Unresolved[bool](evidence.Because("value_not_understood")))
			continue
		}
		out = append(out, evidence.Known(!awsrules.IsPrivateBlock(block)))
	}
	return evidence.AnyTrue(out...)
}

// private says whether a subnet is private.
func (r *routing) private(subnetID string) evidence.Value[bool] {
	subnet, listed := r.subnets.byID[subnetID]
	id, ok := r.explicit[subnetID]
	switch {
	case ok:
	case r.miss != nil:
		return refused[bool](r.miss)
	case !listed && r.subnets.miss != nil:
		return refused[bool](r.subnets.miss)
	case !listed:
		return evidence.Unresolved[bool](evidence.Because("not_among_listed", "name", subnetID))
	case subnet.owner != r.account:
		return evidence.Unresolved[bool](evidence.Because("belongs_to_other_account", "account", subnet.owner))
	default:
		if id, ok = r.main[subnet.vpc]; !ok {
			return evidence.Unresolved[bool](evidence.Because("route_table_unknown"))
		}
	}
	table := r.tables[id]
	switch {
	case !evidence.IsKnown(table.out, false):
		return evidence.AnyTrue(evidence.Not(table.out), r.blocked(subnetID, subnet, listed))
	case table.detours:
		return r.throughAppliance(subnet.vpc, listed)
	}
	return evidence.Known(true)
}

// throughAppliance is the privacy of a subnet behind an appliance. When the internet gateway of the network passes traffic
// to appliances as well, nobody can tell from the routes who reaches the subnet.
// https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
func (r *routing) throughAppliance(vpc string, listed bool) evidence.Value[bool] {
	switch {
	case r.edges[vpc]:
		return evidence.Unresolved[bool](evidence.Because("routed_through_appliance"))
	case r.miss != nil:
		return refused[bool](r.miss)
	case !listed && r.subnets.miss != nil:
		return refused[bool](r.subnets.miss)
	case !listed:
		return evidence.Unresolved[bool](evidence.Because("routed_through_appliance"))
	}
	return evidence.Known(true)
}

// blocked says whether the region's block of public access keeps traffic from the subnet's internet gateway. What another
// account shares is under that account's block.
func (r *routing) blocked(id string, subnet subnet, listed bool) evidence.Value[bool] {
	switch {
	case !listed && r.subnets.miss != nil && !evidence.IsKnown(r.block.bidirectional, false):
		return refused[bool](r.subnets.miss)
	case listed && subnet.owner != r.account:
		return evidence.Unresolved[bool](evidence.Because("belongs_to_other_account", "account", subnet.owner))
	}
	return r.block.holdsFor(id, subnet.vpc)
}
