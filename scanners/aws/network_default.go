package aws

import (
	"context"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
)

// vpc is what is kept of a network.
type vpc struct {
	id, owner string
	isDefault bool
}

// vpcList are the networks of a region, with those that other accounts share.
type vpcList struct {
	all     []vpc
	miss    *miss // why there may be others
	unused  bool  // there are none but default ones, and nothing is in them
	skipped bool  // unused, or nobody tells whether anything but unused ones is there
}

// networkKinds are what belongs to networks.
func networkKinds() []evidence.Kind {
	return []evidence.Kind{evidence.Firewall{}.Kind(), evidence.Network{}.Kind(), evidence.Subnet{}.Kind()}
}

// names are the ids of the networks.
func (l vpcList) names() string {
	return strings.Join(slices.Sorted(slices.Values(l.ids())), ", ")
}

func (l vpcList) ids() []string { return project(l.all, func(v vpc) string { return v.id }) }

type vpcListKey struct{}

// networks reads the region's networks once, and whether they are used. AWS puts a default network into every region, with
// subnets and a security group that let much in; where nothing has an interface in it, nobody has built anything with it.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
func (s *site) networks(ctx context.Context) vpcList {
	return shared(s.place, vpcListKey{}, func() vpcList {
		in := &ec2.DescribeVpcsInput{MaxResults: sdk.Int32(1000)}
		next := func(i *ec2.DescribeVpcsInput, o *ec2.DescribeVpcsOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		var l vpcList
		l.all, l.miss = pages(ctx, s, "", s.ec2().DescribeVpcs, in, next, func(o *ec2.DescribeVpcsOutput) []vpc { return project(o.Vpcs, vpcOf) })
		switch onlyGiven := !slices.ContainsFunc(l.all, func(v vpc) bool { return !v.isDefault || v.owner != s.id }); {
		case l.miss != nil:
			l.skipped = onlyGiven
			s.hide(l.miss, networkKinds()...)
		case onlyGiven && len(l.all) > 0 || s.sample:
			empty, m := s.withoutInterfaces(ctx, l.ids())
			s.hide(m, networkKinds()...)
			l.unused = empty && onlyGiven && !s.sample
			l.skipped = l.unused || m != nil && !s.sample
		}
		return l
	})
}

func vpcOf(v types.Vpc) vpc {
	return vpc{id: sdk.ToString(v.VpcId), owner: sdk.ToString(v.OwnerId), isDefault: sdk.ToBool(v.IsDefault)}
}

// interfacesOperation is the operation of withoutInterfaces.
func interfacesOperation() operation {
	return operation{name: "ec2.DescribeNetworkInterfaces", action: "ec2:DescribeNetworkInterfaces", frame: "whether anything is in a region's default network"}
}

// withoutInterfaces says whether nothing is in the networks. When nobody tells, they are not looked at, and the gap says so.
func (s *site) withoutInterfaces(ctx context.Context, networks []string) (bool, *miss) {
	in := &ec2.DescribeNetworkInterfacesInput{MaxResults: sdk.Int32(5), IncludeManagedResources: sdk.Bool(true)}
	if len(networks) > 0 {
		in.Filters = []types.Filter{{Name: sdk.String("vpc-id"), Values: networks}}
	}
	// A page may be empty before the last: pages are turned until there is something on one.
	// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination
	next := func(i *ec2.DescribeNetworkInterfacesInput, o *ec2.DescribeNetworkInterfacesOutput) (**string, *string) {
		if len(o.NetworkInterfaces) > 0 {
			return &i.NextToken, nil
		}
		return &i.NextToken, o.NextToken
	}
	found, m := pages(ctx, s, "", s.ec2().DescribeNetworkInterfaces, in, next,
		func(o *ec2.DescribeNetworkInterfacesOutput) []bool { return make([]bool, len(o.NetworkInterfaces)) })
	return m == nil && len(found) == 0, m
}
