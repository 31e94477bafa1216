package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// readListeners reads the listeners of one load balancer, and says whether one of them ends TLS.
func (s *site) readListeners(ctx context.Context, client *elb.Client, balancer string, public evidence.Value[bool]) evidence.Value[bool] {
	in := &elb.DescribeListenersInput{LoadBalancerArn: &balancer, PageSize: balancerPage()}
	next := func(i *elb.DescribeListenersInput, o *elb.DescribeListenersOutput) (**string, *string) {
		return &i.Marker, o.NextMarker
	}
	listeners, m := pages(ctx, s, balancer, client.DescribeListeners, in, next,
		func(o *elb.DescribeListenersOutput) []types.Listener { return o.Listeners })
	var ends []evidence.Value[bool]
	if m != nil && !m.vanished() {
		s.hide(m, evidence.Listener{}.Kind())
		ends = append(ends, refused[bool](m))
	}
	for _, l := range listeners {
		ends = append(ends, evidence.Known(l.Protocol == types.ProtocolEnumTls))
		s.add(thing{arn: sdk.ToString(l.ListenerArn)}, evidence.Listener{
			Region:           evidence.Known(s.region),
			Public:           public,
			Protocol:         listenerProtocol(l.Protocol),
			TLSMin:           s.listenerTLS(ctx, client, l),
			RedirectsToHTTPS: s.redirectsToHTTPS(ctx, client, l),
			Port:             evidence.Known(int(sdk.ToInt32(l.Port))),
		})
	}
	return evidence.AnyTrue(ends...)
}

// listenerProtocol is the protocol that clients speak.
func listenerProtocol(protocol types.ProtocolEnum) evidence.Value[string] {
	switch protocol {
	case types.ProtocolEnumHttp:
		return evidence.Known("http")
	case types.ProtocolEnumHttps:
		return evidence.Known("https")
	case types.ProtocolEnumTls:
		return evidence.Known("tls")
	case types.ProtocolEnumTcp, types.ProtocolEnumTcpUdp, types.ProtocolEnumTcpQuic:
		return evidence.Known("tcp")
	case types.ProtocolEnumUdp, types.ProtocolEnumQuic:
		return evidence.Known("udp")
	}
	return evidence.Unresolved[string](evidence.Because("unmodelled_value", "value", string(protocol)))
}

// listenerTLS is the lowest version that is negotiated; none for http. Packets of tcp and udp are passed on as they are:
// whether they carry TLS is up to the target.
func (s *site) listenerTLS(ctx context.Context, client *elb.Client, l types.Listener) evidence.Value[int] {
	switch l.Protocol {
	case types.ProtocolEnumHttp:
		return evidence.Known(evidence.RankPlain)
	case types.ProtocolEnumHttps, types.ProtocolEnumTls:
		return s.policyTLS(ctx, client, sdk.ToString(l.SslPolicy))
	}
	return evidence.Unresolved[int](evidence.Because("decided_by_target"))
}

// negotiated are the lowest versions of the policies of a region, by their names.
type negotiated struct {
	ranks map[string]int
	miss  *miss
}

type negotiatedKey struct{}

// policyTLS is the lowest version of a policy, by the protocols that AWS lists for it and not by its name. The policies of
// a region are asked for once.
func (s *site) policyTLS(ctx context.Context, client *elb.Client, name string) evidence.Value[int] {
	if !s.needs("DescribeSSLPolicies") {
		return notAsked[int]()
	}
	all := shared(s.place, negotiatedKey{}, func() negotiated { return s.negotiated(ctx, client) })
	if rank, listed := all.ranks[name]; listed {
		return evidence.Known(rank)
	}
	if all.miss != nil {
		return refused[int](all.miss)
	}
	return evidence.Unresolved[int](evidence.Because("tls_policy_unknown", "name", name))
}

func (s *site) negotiated(ctx context.Context, client *elb.Client) negotiated {
	in := &elb.DescribeSSLPoliciesInput{PageSize: balancerPage()}
	next := func(i *elb.DescribeSSLPoliciesInput, o *elb.DescribeSSLPoliciesOutput) (**string, *string) {
		return &i.Marker, o.NextMarker
	}
	policies, m := pages(ctx, s, "", client.DescribeSSLPolicies, in, next, func(o *elb.DescribeSSLPoliciesOutput) []types.SslPolicy { return o.SslPolicies })
	all := negotiated{ranks: map[string]int{}, miss: m}
	for _, p := range policies {
		if rank, ok := lowestProtocol(p.SslProtocols); ok {
			all.ranks[sdk.ToString(p.Name)] = rank
		}
	}
	return all
}

// lowestProtocol is the lowest version of a list; false where one has no rank, or there is none.
func lowestProtocol(protocols []string) (int, bool) {
	lowest := evidence.RankTLS13
	for _, protocol := range protocols {
		rank, ok := awsrules.ProtocolRank(protocol)
		if !ok {
			return 0, false
		}
		lowest = min(lowest, rank)
	}
	return lowest, len(protocols) > 0
}
