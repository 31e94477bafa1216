package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
)

// ec2Networks reads networks with their flow logs, and subnets with the routes that hold for them. What another account
// shares is left to that account.
func ec2Networks() reader {
	network, subnet, delivery := evidence.Network{}.Kind(), evidence.Subnet{}.Kind(), evidence.LogDelivery{}.Kind()
	return reader{
		service: "ec2",
		kinds:   []evidence.Kind{delivery, network, subnet},
		operations: append([]operation{
			{name: "DescribeFlowLogs", action: "ec2:DescribeFlowLogs", lists: []evidence.Kind{delivery},
				fills: []string{"network.flow_logs", "object_store.holds_logs"}},
			{name: "DescribeSubnets", action: "ec2:DescribeSubnets", lists: []evidence.Kind{subnet},
				fills: []string{"network.flow_logs"}},
			{name: "DescribeVpcs", action: "ec2:DescribeVpcs", lists: []evidence.Kind{network}},
			interfacesOperation(),
		}, subnetOperations("subnet.private")...),
		read: readNetworks,
	}
}

// ec2 makes a client.
func (s *site) ec2() *ec2.Client { return ec2.NewFromConfig(s.config()) }

// ec2ARN is the ARN of something of the site, such as vpc/vpc-1.
func (s *site) ec2ARN(resource string) string {
	return "arn:" + s.partition + ":ec2:" + s.region + ":" + s.id + ":" + resource
}

// readNetworks reads flow logs in any case: transit gateways have some too, and need no network.
// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-flow-logs.html
func readNetworks(ctx context.Context, s *site) {
	logs, networks := s.readFlowLogs(ctx), s.networks(ctx)
	if networks.unused {
		s.remark(evidence.Because("default_network_unused", "account", s.id, "region", s.region, "networks", networks.names()), networkKinds()...)
	}
	if networks.skipped {
		return
	}
	subnets := s.subnetList(ctx)
	s.hide(subnets.miss, evidence.Subnet{}.Kind())
	for _, v := range networks.all {
		if v.owner == s.id {
			recorded, notes := logs.of(v.id, subnets)
			s.add(thing{arn: s.ec2ARN("vpc/" + v.id), typ: "ec2:vpc", name: v.id, notes: notes},
				evidence.Network{Region: evidence.Known(s.region), FlowLogs: recorded})
		}
	}
	for _, subnet := range subnets.byID {
		if subnet.owner == s.id {
			s.addSubnet(ctx, subnet)
		}
	}
}

func (s *site) addSubnet(ctx context.Context, subnet subnet) {
	t := thing{arn: s.ec2ARN("subnet/" + subnet.id), typ: "ec2:subnet", name: subnet.id}
	private := notAsked[bool]()
	if s.needs("ec2.DescribeRouteTables") {
		private, t.unasked = s.subnetsPrivate(ctx, []string{subnet.id}), s.routes(ctx).unasked
	}
	s.add(t,
		evidence.Subnet{Region: evidence.Known(s.region), Private: private, AssignsPublicAddresses: said(subnet.assigns)})
}

// subnet is what is kept of a subnet.
type subnet struct {
	id, vpc, owner string
	assigns        *bool // public addresses at launch
}

// subnetList are the subnets of a region, with those that other accounts share.
type subnetList struct {
	byID map[string]subnet
	miss *miss // why there may be others
}

type subnetListKey struct{}

// subnetList reads the region's subnets once.
func (s *site) subnetList(ctx context.Context) subnetList {
	return shared(s.place, subnetListKey{}, func() subnetList {
		in := &ec2.DescribeSubnetsInput{MaxResults: sdk.Int32(1000)}
		next := func(i *ec2.DescribeSubnetsInput, o *ec2.DescribeSubnetsOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		subnets, m := pages(ctx, s, "", s.ec2().DescribeSubnets, in, next, func(o *ec2.DescribeSubnetsOutput) []subnet {
			return project(o.Subnets, func(n types.Subnet) subnet {
				return subnet{id: sdk.ToString(n.SubnetId), vpc: sdk.ToString(n.VpcId), owner: sdk.ToString(n.OwnerId), assigns: n.MapPublicIpOnLaunch}
			})
		})
		all := subnetList{byID: map[string]subnet{}, miss: m}
		for _, n := range subnets {
			all.byID[n.id] = n
		}
		return all
	})
}
