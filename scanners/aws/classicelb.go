package aws

import (
	"context"
	"strconv"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancing"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancing/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// classicBalancers reads classic load balancers with their listeners.
func classicBalancers() reader {
	kinds := []evidence.Kind{evidence.Listener{}.Kind(), evidence.LoadBalancer{}.Kind()}
	open := []string{"load_balancer.open_to_world"}
	return reader{
		service: "elasticloadbalancing", kinds: kinds,
		operations: append([]operation{
			{name: "DescribeLoadBalancerAttributes", action: "elasticloadbalancing:DescribeLoadBalancerAttributes",
				fills: []string{"load_balancer.access_logging", "object_store.holds_logs"}},
			{name: "DescribeLoadBalancerPolicies", action: "elasticloadbalancing:DescribeLoadBalancerPolicies", fills: []string{"listener.tls_min"}},
			{name: "DescribeLoadBalancers", action: "elasticloadbalancing:DescribeLoadBalancers", lists: kinds, fills: open},
		}, groupOperations(open...)...),
		read: readClassicBalancers,
	}
}

func readClassicBalancers(ctx context.Context, s *site) {
	client := elb.NewFromConfig(s.config())
	in := &elb.DescribeLoadBalancersInput{PageSize: balancerPage()}
	next := func(i *elb.DescribeLoadBalancersInput, o *elb.DescribeLoadBalancersOutput) (**string, *string) {
		return &i.Marker, o.NextMarker
	}
	balancers, m := pages(ctx, s, "", client.DescribeLoadBalancers, in, next, func(o *elb.DescribeLoadBalancersOutput) []types.LoadBalancerDescription {
		return o.LoadBalancerDescriptions
	})
	s.hide(m, evidence.LoadBalancer{}.Kind(), evidence.Listener{}.Kind())
	if m != nil {
		s.logUnknown(m)
	}
	each(ctx, s, balancers, func(ctx context.Context, b types.LoadBalancerDescription) { s.readClassicBalancer(ctx, client, b) })
}

func (s *site) readClassicBalancer(ctx context.Context, client *elb.Client, b types.LoadBalancerDescription) {
	name := sdk.ToString(b.LoadBalancerName)
	public := facesInternet(sdk.ToString(b.Scheme))
	open := public
	if evidence.IsKnown(public, true) {
		open = s.groupsOpen(ctx, b.SecurityGroups)
	}
	logging, gone := s.classicLogging(ctx, client, name)
	if gone {
		return
	}
	arn := s.arnHere("elasticloadbalancing", "loadbalancer/"+name)
	s.add(thing{arn: arn, typ: "elasticloadbalancing:classic", name: name}, evidence.LoadBalancer{
		Region:             evidence.Known(s.region),
		Public:             public,
		OpenToWorld:        open,
		AccessLogging:      logging,
		DeletionProtection: evidence.Default(false, awsrules.DocClassicAttributes), // it knows no such thing
		WebFirewall:        evidence.Default(false, awsrules.DocWebFirewall),       // nor can it have one
	})
	policies := s.classicPolicies(ctx, client, b)
	for _, d := range b.ListenerDescriptions {
		if d.Listener == nil {
			continue
		}
		protocol := strings.ToLower(sdk.ToString(d.Listener.Protocol))
		if protocol == "ssl" {
			protocol = "tls"
		}
		s.add(thing{arn: arn, suffix: "listener/" + strconv.Itoa(int(d.Listener.LoadBalancerPort))}, evidence.Listener{
			Region:           evidence.Known(s.region),
			Public:           public,
			Protocol:         evidence.Known(protocol),
			TLSMin:           policies.rank(protocol, d.PolicyNames),
			RedirectsToHTTPS: evidence.Known(false), // it can only forward
			Port:             evidence.Known(int(d.Listener.LoadBalancerPort)),
		})
	}
}

// classicLogging says whether access is logged, and whether the load balancer is gone.
func (s *site) classicLogging(ctx context.Context, client *elb.Client, name string) (evidence.Value[bool], bool) {
	if !s.needs("DescribeLoadBalancerAttributes") {
		return notAsked[bool](), false
	}
	out, m := get(ctx, s, name, client.DescribeLoadBalancerAttributes, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerName: &name})
	if m != nil {
		s.logUnknown(m)
		return refused[bool](m), m.vanished()
	}
	if out.LoadBalancerAttributes == nil || out.LoadBalancerAttributes.AccessLog == nil {
		return evidence.Default(false, awsrules.DocClassicAttributes), false
	}
	log := out.LoadBalancerAttributes.AccessLog
	if log.Enabled {
		s.logInto(sdk.ToString(log.S3BucketName))
	}
	return evidence.Known(log.Enabled), false
}

// classicPolicies are the lowest versions of a load balancer's policies for TLS, by name.
type classicPolicies struct {
	ranks map[string]evidence.Value[int]
	open  *evidence.Value[int] // why they are not known
}

func (s *site) classicPolicies(ctx context.Context, client *elb.Client, b types.LoadBalancerDescription) classicPolicies {
	if !s.needs("DescribeLoadBalancerPolicies") {
		unasked := notAsked[int]()
		return classicPolicies{open: &unasked}
	}
	named := false
	for _, d := range b.ListenerDescriptions {
		named = named || len(d.PolicyNames) > 0
	}
	if !named {
		return classicPolicies{}
	}
	out, m := get(ctx, s, sdk.ToString(b.LoadBalancerName), client.DescribeLoadBalancerPolicies,
		&elb.DescribeLoadBalancerPoliciesInput{LoadBalancerName: b.LoadBalancerName})
	if m != nil {
		why := refused[int](m)
		return classicPolicies{open: &why}
	}
	all := classicPolicies{ranks: map[string]evidence.Value[int]{}}
	for _, p := range out.PolicyDescriptions {
		if sdk.ToString(p.PolicyTypeName) == "SSLNegotiationPolicyType" {
			all.ranks[sdk.ToString(p.PolicyName)] = attributesTLS(p.PolicyAttributeDescriptions)
		}
	}
	return all
}

// rank is the lowest version of a listener; none for http. What tcp carries is up to the target.
func (c classicPolicies) rank(protocol string, names []string) evidence.Value[int] {
	switch protocol {
	case "http":
		return evidence.Known(evidence.RankPlain)
	case "https", "tls":
	default:
		return evidence.Unresolved[int](evidence.Because("decided_by_target"))
	}
	if c.open != nil {
		return *c.open
	}
	for _, name := range names {
		if rank, isTLS := c.ranks[name]; isTLS {
			return rank
		}
	}
	return evidence.Default(evidence.RankTLS10, awsrules.DocClassicPolicy)
}

// attributesTLS is the lowest of the protocols that a policy switches on. Only where none is listed it goes by the
// predefined policy that it copies.
func attributesTLS(attributes []types.PolicyAttributeDescription) evidence.Value[int] {
	var protocols []string
	reference := ""
	for _, a := range attributes {
		name, value := sdk.ToString(a.AttributeName), sdk.ToString(a.AttributeValue)
		if protocol, ok := strings.CutPrefix(name, "Protocol-"); ok && value == "true" {
			protocols = append(protocols, protocol)
		}
		if name == "Reference-Security-Policy" {
			reference = value
		}
	}
	if rank, ok := lowestProtocol(protocols); ok {
		return evidence.Known(rank)
	}
	return awsrules.Ranked(evidence.Known(reference), awsrules.ListenerPolicyRank)
}
