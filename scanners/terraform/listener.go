package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docListener = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_listener#protocol"

// listeners reads the listeners of application and network load balancers with their rules.
func listeners() reader {
	return reader{
		types: []string{"aws_alb_listener", "aws_lb_listener"},
		joins: []string{"aws_alb", "aws_alb_listener_rule", "aws_lb", "aws_lb_listener_rule"},
		kinds: []evidence.Kind{evidence.Listener{}.Kind()},
		read:  readListener,
	}
}

func readListener(r *eval.Root, i *eval.Instance) []observation {
	links := r.Targets(i.Attr("load_balancer_arn"), balancerTypes()...)
	balancers := slices.DeleteFunc(links.All, func(b *eval.Instance) bool { return b.Data })
	if slices.ContainsFunc(balancers, isGateway) {
		return nil // it passes whole packets on and has neither port nor protocol
	}
	protocol := listenerProtocol(i, balancers)
	redirects, rules := redirectsToHTTPS(r, i, protocol)
	return one(evidence.Listener{
		Region:           i.Provider.Region,
		Public:           listenerPublic(i, balancers, links),
		Protocol:         protocol,
		TLSMin:           listenerTLS(protocol, i.Attr("ssl_policy").Text(unset(i, "ELBSecurityPolicy-2016-08", awsrules.DocListenerPolicy))),
		RedirectsToHTTPS: redirects,
		Port:             i.Attr("port").Int(evidence.Unresolved[int](evidence.Because("unset", "attribute", "port"))),
	}, append(balancers, rules...)...)
}

func isGateway(balancer *eval.Instance) bool {
	return evidence.IsKnown(balancer.Attr("load_balancer_type").Text(evidence.Known("application")), "gateway")
}

// listenerPublic is what the load balancer is.
func listenerPublic(i *eval.Instance, balancers []*eval.Instance, links eval.Links) evidence.Value[bool] {
	var public []evidence.Value[bool]
	for _, b := range balancers {
		public = append(public, balancerPublic(b))
	}
	if len(public) > 0 {
		return evidence.AnyTrue(public...)
	}
	why := evidence.Because("not_declared_here", "attribute", "load_balancer_arn")
	if len(links.Orphans) > 0 {
		why = links.Orphans[0]
	}
	return evidence.Unresolved[bool](why).At(i.Attr("load_balancer_arn").At())
}

// listenerProtocol is the protocol that clients speak. Only an application load balancer has a default.
func listenerProtocol(i *eval.Instance, balancers []*eval.Instance) evidence.Value[string] {
	words := map[string]string{
		"http": "http", "https": "https", "tls": "tls", "tcp": "tcp", "tcp_udp": "tcp", "tcp_quic": "tcp", "udp": "udp", "quic": "udp",
	}
	otherwise := unset(i, "http", docListener)
	if len(balancers) == 0 {
		otherwise = evidence.Unresolved[string](evidence.Because("unset", "attribute", "protocol")).At(i.At(evidence.RoleDefaults))
	}
	return enum(i.Attr("protocol"), words, otherwise)
}

// listenerTLS is the lowest version that is negotiated; none for http. Packets of tcp and udp are passed on as they are:
// whether they carry TLS is up to the target.
func listenerTLS(protocol, policy evidence.Value[string]) evidence.Value[int] {
	got, known := protocol.Get()
	switch {
	case !known:
		return evidence.NotKnown[int](protocol)
	case got == "https" || got == "tls":
		return awsrules.Ranked(policy, awsrules.ListenerPolicyRank)
	case got == "tcp" || got == "udp":
		return evidence.Unresolved[int](evidence.Because("not_decided_by_code")).At(protocol.Positions()...)
	}
	return evidence.Known(evidence.RankPlain).At(protocol.Positions()...)
}

// redirectsToHTTPS says whether every request is answered with a redirect to https: by default and by all rules.
func redirectsToHTTPS(r *eval.Root, i *eval.Instance, protocol evidence.Value[string]) (evidence.Value[bool], []*eval.Instance) {
	if got, known := protocol.Get(); known && got != "http" {
		return evidence.Known(false).At(protocol.Positions()...), nil
	}
	redirects := []evidence.Value[bool]{actionsRedirect(i.Block, "default_action")}
	var joined []*eval.Instance
	for _, typ := range []string{"aws_alb_listener_rule", "aws_lb_listener_rule"} {
		for _, rule := range mayPointAt(r, i, typ, "listener_arn") {
			redirect := actionsRedirect(rule.Block, "action")
			if evidence.IsKnown(redirect, true) {
				continue
			}
			links := r.Targets(rule.Attr("listener_arn"), "aws_alb_listener", "aws_lb_listener")
			switch {
			case slices.Contains(links.All, i) && rule.Placeholder && !i.Placeholder:
				redirect = evidence.Unresolved[bool](countNotKnown(rule)).At(rule.At(evidence.RoleDecides))
			case slices.Contains(links.All, i):
			case len(links.Orphans) > 0:
				redirect = evidence.Unresolved[bool](links.Orphans[0]).At(rule.At(evidence.RoleDecides))
			default:
				continue
			}
			joined = append(joined, rule)
			redirects = append(redirects, redirect)
		}
	}
	return evidence.AllTrue(redirects...), joined
}

// actionsRedirect says whether all actions are redirects to https. Without a protocol a redirect keeps that of the
// request: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
func actionsRedirect(b *eval.Block, name string) evidence.Value[bool] {
	actions := b.Blocks(name)
	var redirects []evidence.Value[bool]
	for _, action := range actions.All {
		typ := action.Attr("type").Text(evidence.Known(""))
		to := action.Block("redirect").Attr("protocol").Text(evidence.Known("#{protocol}"))
		redirects = append(redirects, evidence.AllTrue(is(typ, "redirect"), is(to, "HTTPS")))
	}
	for _, why := range actions.More {
		redirects = append(redirects, evidence.Unresolved[bool](why).At(b.At(evidence.RoleDecides)))
	}
	if len(redirects) == 0 {
		return evidence.Known(false).At(b.At(evidence.RoleDecides))
	}
	return evidence.AllTrue(redirects...)
}

// is says whether v is want.
func is(v evidence.Value[string], want string) evidence.Value[bool] {
	return evidence.Map(v, func(got string) bool { return got == want })
}
