package aws

import (
	"context"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// vpc is what is kept of a network.
type vpc struct {
	id, owner string
	isDefault bool
}

// vpcList are the networks of a region, with those that other accounts share.
type vpcList struct {
	all    []vpc
	miss   *miss // why there may be others
	unused bool  // there are none but default ones, and nothing is in them
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
		list := ec2.NewDescribeVpcsPaginator(s.ec2(), &ec2.DescribeVpcsInput{MaxResults: sdk.Int32(1000)},
			func(o *ec2.DescribeVpcsPaginatorOptions) { o.StopOnDuplicateToken = true })
		var l vpcList
		l.all, l.miss = pages(ctx, s, "", list, func(o *ec2.DescribeVpcsOutput) []vpc { return project(o.Vpcs, vpcOf) })
		given := l.miss == nil && len(l.all) > 0 && !slices.ContainsFunc(l.all, func(v vpc) bool { return !v.isDefault || v.owner != s.id })
		if given || s.sample {
			empty := s.withoutInterfaces(ctx, l.ids())
			l.unused = empty && given && !s.sample
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

// withoutInterfaces says whether nothing is in the networks. They count as used when nobody tells.
func (s *site) withoutInterfaces(ctx context.Context, networks []string) bool {
	in := &ec2.DescribeNetworkInterfacesInput{MaxResults: sdk.Int32(5), IncludeManagedResources: sdk.Bool(true)}
	if len(networks) > 0 {
		in.Filters = []types.Filter{{Name: sdk.String("vpc-id"), Values: networks}}
	}
	list := &untilSome{DescribeNetworkInterfacesPaginator: ec2.NewDescribeNetworkInterfacesPaginator(s.ec2(), in,
		func(o *ec2.DescribeNetworkInterfacesPaginatorOptions) { o.StopOnDuplicateToken = true })}
	found, m := pages(ctx, s, "", list, func(o *ec2.DescribeNetworkInterfacesOutput) []bool { return make([]bool, len(o.NetworkInterfaces)) })
	return m == nil && len(found) == 0
}

// untilSome turns pages until there is something on one: a page may be empty before the last.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination
type untilSome struct {
	*ec2.DescribeNetworkInterfacesPaginator

	some bool
}

// HasMorePages says whether another page has to be read.
func (p *untilSome) HasMorePages() bool {
	return !p.some && p.DescribeNetworkInterfacesPaginator.HasMorePages()
}

// NextPage reads one page.
func (p *untilSome) NextPage(ctx context.Context, options ...func(*ec2.Options)) (*ec2.DescribeNetworkInterfacesOutput, error) {
	out, err := p.DescribeNetworkInterfacesPaginator.NextPage(ctx, options...)
	p.some = err == nil && len(out.NetworkInterfaces) > 0
	return out, err
}
