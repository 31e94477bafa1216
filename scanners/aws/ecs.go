package aws

import (
	"context"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"

	"github.com/tomscan/tomscan/evidence"
)

const docContainerService = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html"

// containerServices reads services of containers: where their tasks are in the network.
func containerServices() reader {
	kind, private := []evidence.Kind{evidence.ContainerService{}.Kind()}, "container_service.subnets_private"
	return reader{
		service: "ecs", kinds: kind,
		operations: append([]operation{
			{name: "DescribeServices", action: "ecs:DescribeServices", fills: []string{"container_service.public_address", private}},
			{name: "ListClusters", action: "ecs:ListClusters", lists: kind},
			{name: "ListServices", action: "ecs:ListServices", lists: kind},
		}, subnetOperations(private)...),
		read: readContainerServices,
	}
}

// servicesAtOnce is how many services DescribeServices takes.
const servicesAtOnce = 10

func readContainerServices(ctx context.Context, s *site) {
	client := ecs.NewFromConfig(s.config())
	in := &ecs.ListClustersInput{MaxResults: sdk.Int32(100)}
	next := func(i *ecs.ListClustersInput, o *ecs.ListClustersOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	clusters, m := pages(ctx, s, "", client.ListClusters, in, next, func(o *ecs.ListClustersOutput) []string { return o.ClusterArns })
	s.hide(m, evidence.ContainerService{}.Kind())
	each(ctx, s, clusters, func(ctx context.Context, cluster string) {
		in := &ecs.ListServicesInput{Cluster: &cluster, MaxResults: sdk.Int32(100)}
		next := func(i *ecs.ListServicesInput, o *ecs.ListServicesOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		arns, m := pages(ctx, s, cluster, client.ListServices, in, next, func(o *ecs.ListServicesOutput) []string { return o.ServiceArns })
		if !m.vanished() {
			s.hide(m, evidence.ContainerService{}.Kind())
		}
		for some := range slices.Chunk(arns, servicesAtOnce) {
			s.addServices(ctx, client, cluster, some)
		}
	})
}

// addServices describes some services of a cluster. Those that it does not tell of are gone.
func (s *site) addServices(ctx context.Context, client *ecs.Client, cluster string, arns []string) {
	region := evidence.Known(s.region)
	if !s.needs("DescribeServices") {
		for _, arn := range arns {
			s.add(thing{arn: arn}, evidence.ContainerService{Region: region, PublicAddress: notAsked[bool](), SubnetsPrivate: notAsked[bool]()})
		}
		return
	}
	out, m := get(ctx, s, cluster, client.DescribeServices, &ecs.DescribeServicesInput{Cluster: &cluster, Services: arns})
	if m.vanished() {
		return
	}
	if m != nil {
		for _, arn := range arns {
			s.add(thing{arn: arn}, evidence.ContainerService{Region: region, PublicAddress: refused[bool](m), SubnetsPrivate: refused[bool](m)})
		}
		return
	}
	for _, service := range out.Services {
		public, private := s.serviceNetwork(ctx, service.NetworkConfiguration)
		s.add(thing{arn: sdk.ToString(service.ServiceArn)}, evidence.ContainerService{Region: region, PublicAddress: public, SubnetsPrivate: private})
	}
}

// serviceNetwork says whether tasks have a public address, and whether their subnets are private. Without an interface of
// their own they have the address of the host.
func (s *site) serviceNetwork(ctx context.Context, c *types.NetworkConfiguration) (public, private evidence.Value[bool]) {
	if c == nil || c.AwsvpcConfiguration == nil {
		host := evidence.Unresolved[bool](evidence.Because("decided_by_host"))
		return host, host
	}
	public = evidence.Default(false, docContainerService)
	if c.AwsvpcConfiguration.AssignPublicIp != "" {
		public = evidence.Known(c.AwsvpcConfiguration.AssignPublicIp == types.AssignPublicIpEnabled)
	}
	return public, s.subnetsPrivate(ctx, c.AwsvpcConfiguration.Subnets)
}
