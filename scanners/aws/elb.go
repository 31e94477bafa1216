package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

const docLoadBalancer = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html"

// balancerPage is the largest page of Elastic Load Balancing.
func balancerPage() *int32 { return sdk.Int32(400) }

// loadBalancers reads application, network and gateway load balancers with their listeners.
func loadBalancers() reader {
	balancer, listener := []evidence.Kind{evidence.LoadBalancer{}.Kind()}, []evidence.Kind{evidence.Listener{}.Kind()}
	open := []string{"load_balancer.open_to_world"}
	operations := []operation{
		{name: "DescribeListeners", action: "elasticloadbalancing:DescribeListeners", lists: listener, fills: []string{"load_balancer.access_logging"}},
		{name: "DescribeLoadBalancerAttributes", action: "elasticloadbalancing:DescribeLoadBalancerAttributes",
			fills: []string{"load_balancer.access_logging", "load_balancer.deletion_protection", "object_store.holds_logs"}},
		{name: "DescribeLoadBalancers", action: "elasticloadbalancing:DescribeLoadBalancers", lists: append(listener, balancer...), fills: open},
		{name: "DescribeRules", action: "elasticloadbalancing:DescribeRules", fills: []string{"listener.redirects_to_https"}},
		{name: "DescribeSSLPolicies", action: "elasticloadbalancing:DescribeSSLPolicies", fills: []string{"listener.tls_min"}},
	}
	operations = append(operations, groupOperations(open...)...)
	operations = append(operations, webFirewallOperations("load_balancer.web_firewall")...)
	return reader{service: "elasticloadbalancingv2", kinds: append(listener, balancer...), operations: operations, read: readBalancers}
}

func readBalancers(ctx context.Context, s *site) {
	client := elb.NewFromConfig(s.config())
	in := &elb.DescribeLoadBalancersInput{PageSize: balancerPage()}
	next := func(i *elb.DescribeLoadBalancersInput, o *elb.DescribeLoadBalancersOutput) (**string, *string) {
		return &i.Marker, o.NextMarker
	}
	balancers, m := pages(ctx, s, "", client.DescribeLoadBalancers, in, next,
		func(o *elb.DescribeLoadBalancersOutput) []types.LoadBalancer { return o.LoadBalancers })
	s.hide(m, evidence.LoadBalancer{}.Kind(), evidence.Listener{}.Kind())
	if m != nil {
		s.logUnknown(m)
	}
	each(ctx, s, balancers, func(ctx context.Context, b types.LoadBalancer) { s.readBalancer(ctx, client, b) })
}

func (s *site) readBalancer(ctx context.Context, client *elb.Client, b types.LoadBalancer) {
	arn := sdk.ToString(b.LoadBalancerArn)
	isGateway := b.Type == types.LoadBalancerTypeEnumGateway
	public := evidence.Known(false)
	if !isGateway {
		public = facesInternet(string(b.Scheme))
	}
	var endsTLS evidence.Value[bool]
	if isGateway { // it passes whole packets on and has neither port nor protocol
		endsTLS = evidence.Known(false)
	} else {
		endsTLS = s.readListeners(ctx, client, arn, public)
	}
	logging, protected, gone := s.balancerAttributes(ctx, client, b, endsTLS)
	if gone {
		return
	}
	firewall := evidence.Default(false, awsrules.DocWebFirewall)
	if b.Type == types.LoadBalancerTypeEnumApplication { // only these can have one
		firewall = s.webFirewallOf(ctx, arn)
	}
	s.add(thing{arn: arn, typ: "elasticloadbalancing:loadbalancer", name: sdk.ToString(b.LoadBalancerName)}, evidence.LoadBalancer{
		Region:             evidence.Known(s.region),
		Public:             public,
		OpenToWorld:        s.balancerOpen(ctx, public, b),
		AccessLogging:      logging,
		DeletionProtection: protected,
		WebFirewall:        firewall,
	})
}

// facesInternet says whether a load balancer has public addresses, by its scheme.
func facesInternet(scheme string) evidence.Value[bool] {
	return evidence.Map(worded(map[string]string{"internal": "no", "internet-facing": "yes"}, scheme), func(s string) bool { return s == "yes" })
}

// balancerOpen says whether the whole world reaches the load balancer: it is public, and a security group of it lets the
// world in. One that lets in nobody but a delivery network is public and not open.
func (s *site) balancerOpen(ctx context.Context, public evidence.Value[bool], b types.LoadBalancer) evidence.Value[bool] {
	if !evidence.IsKnown(public, true) {
		return public
	}
	if len(b.SecurityGroups) == 0 {
		return evidence.Default(true, awsrules.DocBalancerGroups)
	}
	return s.groupsOpen(ctx, b.SecurityGroups)
}

// balancerAttributes says whether access is logged and deletion refused, and whether the load balancer is gone. A network
// load balancer logs what its TLS listeners accept, and nothing else.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
func (s *site) balancerAttributes(ctx context.Context, client *elb.Client, b types.LoadBalancer, endsTLS evidence.Value[bool]) (
	logging, protected evidence.Value[bool], gone bool,
) {
	if !s.needs("DescribeLoadBalancerAttributes") {
		return notAsked[bool](), notAsked[bool](), false
	}
	out, m := get(ctx, s, sdk.ToString(b.LoadBalancerName), client.DescribeLoadBalancerAttributes,
		&elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: b.LoadBalancerArn})
	if m != nil {
		s.logUnknown(m)
		return refused[bool](m), refused[bool](m), m.vanished()
	}
	attributes := map[string]string{}
	for _, a := range out.Attributes {
		attributes[sdk.ToString(a.Key)] = sdk.ToString(a.Value)
	}
	for _, sort := range []string{"access_logs", "connection_logs", "health_check_logs"} {
		if attributes[sort+".s3.enabled"] == "true" {
			s.logInto(attributes[sort+".s3.bucket"])
		}
	}
	logging = switched(attributes, "access_logs.s3.enabled")
	if b.Type == types.LoadBalancerTypeEnumNetwork {
		logging = evidence.AllTrue(logging, endsTLS)
	}
	return logging, switched(attributes, "deletion_protection.enabled"), false
}

// switched is an attribute that is true or false; what is not told is off.
func switched(attributes map[string]string, name string) evidence.Value[bool] {
	if value, told := attributes[name]; told {
		return evidence.Known(value == "true")
	}
	return evidence.Default(false, docLoadBalancer)
}
