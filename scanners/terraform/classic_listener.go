package terraform

import (
	"fmt"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// classicListeners reads the listener blocks of classic load balancers with the policies that are set for their ports.
func classicListeners() reader {
	return reader{
		types: []string{"aws_elb"},
		joins: []string{"aws_lb_ssl_negotiation_policy", "aws_load_balancer_listener_policy", "aws_load_balancer_policy"},
		kinds: []evidence.Kind{evidence.Listener{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			blocks := i.Blocks("listener")
			var all []observation
			for n, b := range blocks.All {
				o := classicListener(r, i, b)
				o.suffix = fmt.Sprintf("listener[%d]", n)
				all = append(all, o)
			}
			if len(blocks.More) > 0 {
				o := classicListener(r, i, nil)
				o.resource = unknownListener(i, blocks.More[0])
				o.suffix = "listener[*]"
				all = append(all, o)
			}
			return all
		},
	}
}

// unknownListener stands for listeners of which the code tells nothing.
func unknownListener(i *eval.Instance, why evidence.Reason) evidence.Listener {
	return evidence.Listener{
		Region:           i.Provider.Region,
		Public:           balancerPublic(i),
		Protocol:         evidence.Unresolved[string](why),
		TLSMin:           evidence.Unresolved[int](why),
		RedirectsToHTTPS: evidence.Unresolved[bool](why),
		Port:             evidence.Unresolved[int](why),
	}
}

func classicListener(r *eval.Root, i *eval.Instance, b *eval.Block) observation {
	words := map[string]string{"http": "http", "https": "https", "ssl": "tls", "tcp": "tcp"}
	protocol := enum(b.Attr("lb_protocol"), words, evidence.Unresolved[string](evidence.Because("unset", "attribute", "lb_protocol")))
	port := b.Attr("lb_port").Int(evidence.Unresolved[int](evidence.Because("unset", "attribute", "lb_port")))
	rank := evidence.Known(evidence.RankPlain).At(protocol.Positions()...)
	var joined []*eval.Instance
	switch got, known := protocol.Get(); {
	case !known:
		rank = evidence.NotKnown[int](protocol)
	case got == "https" || got == "tls":
		rank, joined = classicTLS(r, i, port)
	case got == "tcp": // passed on as it is: whether it carries TLS is up to the target
		rank = evidence.Unresolved[int](evidence.Because("not_decided_by_code")).At(protocol.Positions()...)
	}
	return observation{joined: joined, resource: evidence.Listener{
		Region:           i.Provider.Region,
		Public:           balancerPublic(i),
		Protocol:         protocol,
		TLSMin:           rank,
		RedirectsToHTTPS: evidence.Map(protocol, func(string) bool { return false }), // it can only forward
		Port:             port,
	}}
}

// classicTLS is the lowest version of the policy that is set for the port, else of the default one.
func classicTLS(r *eval.Root, i *eval.Instance, port evidence.Value[int]) (evidence.Value[int], []*eval.Instance) {
	negotiation := r.Linked(i, "aws_lb_ssl_negotiation_policy", "load_balancer")
	for _, p := range negotiation.All {
		if samePort(port, p.Attr("lb_port")) {
			return attributesTLS(p.Blocks("attribute"), "name", "value").At(p.At(evidence.RoleDecides)), []*eval.Instance{p}
		}
	}
	set := r.Linked(i, "aws_load_balancer_listener_policy", "load_balancer_name")
	for _, s := range set.All {
		if !samePort(port, s.Attr("load_balancer_port")) {
			continue
		}
		for _, p := range r.Targets(s.Attr("policy_names"), "aws_load_balancer_policy").All {
			return attributesTLS(p.Blocks("policy_attribute"), "name", "value").At(p.At(evidence.RoleDecides)), []*eval.Instance{p, s}
		}
		return evidence.Unresolved[int](evidence.Because("not_declared_here", "attribute", "policy_names")).At(s.At(evidence.RoleDecides)), nil
	}
	return defaulted(i, append(negotiation.Orphans, set.Orphans...), evidence.RankTLS10, awsrules.DocClassicPolicy), nil
}

func samePort(port evidence.Value[int], other eval.Attr) bool {
	want, known := port.Get()
	return known && evidence.IsKnown(other.Int(evidence.Value[int]{}), want)
}

// attributesTLS reads a policy's attributes: the predefined policy that it copies, or the protocols that it switches on.
func attributesTLS(attributes eval.Blocks, name, value string) evidence.Value[int] {
	lowest := evidence.RankTLS13
	seen := false
	for _, b := range attributes.All {
		n, known := b.Attr(name).Text(evidence.Value[string]{}).Get()
		v := b.Attr(value).Text(evidence.Value[string]{})
		text, valueKnown := v.Get()
		switch {
		case !known || !valueKnown:
			return evidence.Unresolved[int](evidence.Because("tls_policy_unknown"))
		case n == "Reference-Security-Policy":
			return awsrules.Ranked(v, awsrules.ListenerPolicyRank)
		case text != "true" || len(n) <= len("Protocol-"):
			continue
		}
		if rank, ok := awsrules.ProtocolRank(n[len("Protocol-"):]); ok {
			lowest, seen = min(lowest, rank), true
		}
	}
	if !seen || len(attributes.More) > 0 {
		return evidence.Unresolved[int](evidence.Because("tls_policy_unknown"))
	}
	return evidence.Known(lowest)
}
