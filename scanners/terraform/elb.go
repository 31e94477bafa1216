package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const (
	docLoadBalancer        = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb"
	docClassicLoadBalancer = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elb"
)

// loadBalancers reads load balancers with the web firewall in front of them.
func loadBalancers() reader {
	return reader{
		types: []string{"aws_alb", "aws_elb", "aws_lb"},
		joins: append(append(groupTypes(), "aws_alb_listener", "aws_lb_listener"), webFirewallTypes()...),
		kinds: []evidence.Kind{evidence.LoadBalancer{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			firewall, joined := webFirewall(r, i)
			return one(evidence.LoadBalancer{
				Region:             i.Provider.Region,
				Public:             balancerPublic(i),
				OpenToWorld:        balancerOpen(r, i),
				AccessLogging:      balancerLogging(r, i),
				DeletionProtection: balancerProtected(i),
				WebFirewall:        firewall,
			}, joined...)
		},
	}
}

// balancerTypes are the types whose listeners are resources of their own.
func balancerTypes() []string { return []string{"aws_alb", "aws_lb"} }

// balancerPublic says whether a load balancer has public addresses, which it has unless it is internal. One that sits
// behind a gateway endpoint never has.
func balancerPublic(i *eval.Instance) evidence.Value[bool] {
	if kind := i.Attr("load_balancer_type").Text(evidence.Known("")); evidence.IsKnown(kind, "gateway") {
		return evidence.Known(false).At(kind.Positions()...)
	}
	return inverse(i.Attr("internal").Bool(unset(i, false, balancerDoc(i))))
}

func balancerDoc(i *eval.Instance) string {
	if i.Type == "aws_elb" {
		return docClassicLoadBalancer
	}
	return docLoadBalancer
}

// balancerLogging says whether access is logged: by a block, which on a classic load balancer is enabled by itself. A
// network load balancer logs what its TLS listeners accept, and nothing else.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
func balancerLogging(r *eval.Root, i *eval.Instance) evidence.Value[bool] {
	logs := i.Block.Block("access_logs")
	if logs == nil {
		return unset(i, false, balancerDoc(i))
	}
	enabled := logs.Attr("enabled").Bool(unset(i, i.Type == "aws_elb", balancerDoc(i)))
	kind := i.Attr("load_balancer_type").Text(evidence.Known("application"))
	if evidence.IsKnown(kind, "application") || evidence.IsKnown(enabled, false) {
		return enabled
	}
	if kind.State() != evidence.StateKnown {
		return evidence.AllTrue(enabled, evidence.AnyTrue(listensTLS(r, i), evidence.NotKnown[bool](kind)))
	}
	return evidence.AllTrue(enabled, listensTLS(r, i))
}

// listensTLS says whether a listener of the load balancer ends TLS. Where no listener is declared, one may be elsewhere.
func listensTLS(r *eval.Root, i *eval.Instance) evidence.Value[bool] {
	var all []evidence.Value[bool]
	for _, typ := range []string{"aws_alb_listener", "aws_lb_listener"} {
		links := r.Linked(i, typ, "load_balancer_arn")
		for _, listener := range links.All {
			protocol := listener.Attr("protocol").Text(evidence.Known("").At(listener.At(evidence.RoleDefaults)))
			all = append(all, evidence.Map(protocol, func(name string) bool { return name == "TLS" }))
		}
		for _, why := range links.Orphans {
			all = append(all, evidence.Unresolved[bool](why).At(i.At(evidence.RoleDefaults)))
		}
	}
	if len(all) == 0 {
		return evidence.Unresolved[bool](evidence.Because("not_decided_by_code")).At(i.At(evidence.RoleDefaults))
	}
	return evidence.AnyTrue(all...)
}

// balancerProtected says whether deletion is refused. A classic load balancer knows no such thing.
func balancerProtected(i *eval.Instance) evidence.Value[bool] {
	if i.Type == "aws_elb" {
		return unset(i, false, awsrules.DocClassicAttributes)
	}
	return i.Attr("enable_deletion_protection").Bool(unset(i, false, docLoadBalancer))
}

func webFirewallTypes() []string {
	return []string{"aws_wafregional_web_acl_association", "aws_wafv2_web_acl_association"}
}

// webFirewall says whether a web firewall is associated with the resource.
func webFirewall(r *eval.Root, i *eval.Instance) (evidence.Value[bool], []*eval.Instance) {
	var both eval.Links
	for _, typ := range webFirewallTypes() {
		links := r.Linked(i, typ, "resource_arn")
		both.All = append(both.All, links.All...)
		both.Orphans = append(both.Orphans, links.Orphans...)
	}
	return present(i, both, awsrules.DocWebFirewall), both.All
}
