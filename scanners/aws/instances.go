package aws

import (
	"context"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
)

// ec2Instances reads virtual machines, without their user data. Those that are terminated, or about to be, are there no
// longer.
func ec2Instances() reader {
	kind := evidence.Instance{}.Kind()
	return reader{
		service: "ec2",
		kinds:   []evidence.Kind{kind},
		operations: append([]operation{
			{name: "DescribeInstances", action: "ec2:DescribeInstances", lists: []evidence.Kind{kind}, fills: []string{"instance.subnet_private"}},
		}, subnetOperations("instance.subnet_private")...),
		read: readMachines,
	}
}

func readMachines(ctx context.Context, s *site) {
	list := s.machines(ctx)
	s.hide(list.miss, evidence.Instance{}.Kind())
	for _, m := range list.all {
		s.addInstance(ctx, m)
	}
}

// machineList are the machines of a region that are not gone, and why there may be others.
type machineList struct {
	all  []machine
	miss *miss
}

type machineListKey struct{}

// machines lists the region's machines once.
func (s *site) machines(ctx context.Context) machineList {
	return shared(s.place, machineListKey{}, func() machineList {
		in := &ec2.DescribeInstancesInput{MaxResults: sdk.Int32(1000), IncludeManagedResources: sdk.Bool(true)}
		next := func(i *ec2.DescribeInstancesInput, o *ec2.DescribeInstancesOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		var l machineList
		l.all, l.miss = pages(ctx, s, "", s.ec2().DescribeInstances, in, next, func(o *ec2.DescribeInstancesOutput) []machine {
			var all []machine
			for _, r := range o.Reservations {
				all = append(all, project(r.Instances, machineOf)...)
			}
			return all
		})
		l.all = slices.DeleteFunc(l.all, func(m machine) bool { return m.gone })
		return l
	})
}

func (s *site) addInstance(ctx context.Context, m machine) {
	t := thing{arn: s.ec2ARN("instance/" + m.id), typ: "ec2:instance", name: m.id}
	private := notAsked[bool]()
	if s.needs("ec2.DescribeRouteTables") {
		private = s.subnetsPrivate(ctx, m.subnets)
	}
	if s.needs("ec2.DescribeRouteTables") && len(m.subnets) > 0 {
		t.unasked = s.routes(ctx).unasked
	}
	s.add(t, evidence.Instance{
		Placement: s.placed(nil), PublicAddress: evidence.Known(m.public), SubnetPrivate: private,
		MetadataSession: m.session, Monitored: m.monitored,
	})
}

// machine is what is kept of an instance.
type machine struct {
	id                 string
	gone, public       bool
	subnets            []string // of all its interfaces
	session, monitored evidence.Value[bool]
}

func machineOf(i types.Instance) machine {
	m := machine{id: sdk.ToString(i.InstanceId), public: sdk.ToString(i.PublicIpAddress) != "", session: session(i.MetadataOptions), monitored: monitored(i.Monitoring)}
	if i.State != nil {
		m.gone = i.State.Name == types.InstanceStateNameTerminated || i.State.Name == types.InstanceStateNameShuttingDown
	}
	if id := sdk.ToString(i.SubnetId); id != "" {
		m.subnets = []string{id}
	}
	for _, n := range i.NetworkInterfaces {
		m.public = m.public || isPublic(n)
		if id := sdk.ToString(n.SubnetId); id != "" && !slices.Contains(m.subnets, id) {
			m.subnets = append(m.subnets, id)
		}
	}
	return m
}

// isPublic says whether an interface has a public address: for itself, or for one of its private addresses.
func isPublic(n types.InstanceNetworkInterface) bool {
	return n.Association != nil && sdk.ToString(n.Association.PublicIp) != "" ||
		slices.ContainsFunc(n.PrivateIpAddresses, func(a types.InstancePrivateIpAddress) bool {
			return a.Association != nil && sdk.ToString(a.Association.PublicIp) != ""
		})
}

// session says whether the metadata service demands session tokens, or is switched off.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsResponse.html
func session(options *types.InstanceMetadataOptionsResponse) evidence.Value[bool] {
	switch {
	case options == nil:
		return evidence.Value[bool]{}
	case options.HttpEndpoint == types.InstanceMetadataEndpointStateDisabled:
		return evidence.Known(true)
	case options.HttpTokens == "":
		return evidence.Value[bool]{}
	}
	return evidence.Known(options.HttpTokens == types.HttpTokensStateRequired)
}

// monitored says whether detailed monitoring is on, or is being switched on.
func monitored(m *types.Monitoring) evidence.Value[bool] {
	if m == nil || m.State == "" {
		return evidence.Value[bool]{}
	}
	return evidence.Known(m.State == types.MonitoringStateEnabled || m.State == types.MonitoringStatePending)
}
