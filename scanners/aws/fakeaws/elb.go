package fakeaws

import "net/http"

// elbOperations are those of Elastic Load Balancing, classic and other, and of web firewalls in front of them. Resources:
// "elb.balancer", "elb.listener" and "waf.acl" by ARN, "elb.policy" by name, "elb.classic" by name. The listeners of a load
// balancer and the rules of a listener are their Sub entries.
func elbOperations() []Operation {
	gone := Error{Status: http.StatusBadRequest, Code: "LoadBalancerNotFound", Message: "One or more load balancers not found"}
	paged := func(o Operation) Operation {
		o.TokenIn, o.TokenOut, o.SizeIn, o.MaxPage = "Marker", "NextMarker", "PageSize", 400
		return o
	}
	return []Operation{
		{Name: "elasticloadbalancing.DescribeLoadBalancerAttributes", Of: "elb.classic", By: "LoadBalancerName", Missing: gone},
		{Name: "elasticloadbalancing.DescribeLoadBalancerPolicies", Of: "elb.classic", By: "LoadBalancerName", Missing: gone},
		paged(Operation{Name: "elasticloadbalancing.DescribeLoadBalancers", Lists: "elb.classic", At: "LoadBalancerDescriptions"}),
		paged(Operation{Name: "elasticloadbalancingv2.DescribeListeners", Of: "elb.balancer", By: "LoadBalancerArn", At: "Listeners", Missing: gone}),
		{Name: "elasticloadbalancingv2.DescribeLoadBalancerAttributes", Of: "elb.balancer", By: "LoadBalancerArn", Missing: gone},
		paged(Operation{Name: "elasticloadbalancingv2.DescribeLoadBalancers", Lists: "elb.balancer", At: "LoadBalancers"}),
		paged(Operation{Name: "elasticloadbalancingv2.DescribeRules", Of: "elb.listener", By: "ListenerArn", At: "Rules",
			Missing: Error{Status: http.StatusBadRequest, Code: "ListenerNotFound", Message: "One or more listeners not found"}}),
		paged(Operation{Name: "elasticloadbalancingv2.DescribeSSLPolicies", Lists: "elb.policy", At: "SslPolicies"}),
		{
			Name: "wafv2.ListResourcesForWebACL", Of: "waf.acl", By: "WebACLArn",
			Missing: Error{Status: http.StatusBadRequest, Code: "WAFNonexistentItemException", Message: "AWS WAF could not find it"},
		},
		{
			Name: "wafv2.ListWebACLs", Lists: "waf.acl", At: "WebACLs", TokenIn: "NextMarker", TokenOut: "NextMarker", SizeIn: "Limit",
			Keep: func(r Request, _ Resource) bool { return r.Params.Get("Scope") == "REGIONAL" },
		},
	}
}

// LoadBalancer is a load balancer of a type (application, network, gateway) and scheme, with the ARN's last part, its
// attributes and its listeners.
func LoadBalancer(account, region, typ, scheme, name string, groups []string, attributes Node, listeners ...Node) []Resource {
	short := map[string]string{"application": "app", "network": "net", "gateway": "gwy"}[typ]
	prefix := "arn:aws:elasticloadbalancing:" + region + ":" + account + ":"
	arn := prefix + "loadbalancer/" + short + "/" + name
	var pairs []Node
	for key, value := range attributes {
		pairs = append(pairs, Node{"Key": key, "Value": value})
	}
	balancer := Resource{
		Type: "elb.balancer", Region: region, ID: arn,
		Doc: Node{"LoadBalancerArn": arn, "LoadBalancerName": name, "Type": typ, "Scheme": scheme, "SecurityGroups": groups},
		Sub: map[string]any{"elasticloadbalancingv2.DescribeLoadBalancerAttributes": Node{"Attributes": pairs},
			"elasticloadbalancingv2.DescribeListeners": listeners},
	}
	all := []Resource{balancer}
	for _, l := range listeners {
		rules, _ := l["Rules"].([]Node)
		delete(l, "Rules")
		port, _ := l["Port"].(string)
		l["ListenerArn"], l["LoadBalancerArn"] = prefix+"listener/"+short+"/"+name+"/"+port, arn
		all = append(all, Resource{Type: "elb.listener", Region: region, ID: prefix + "listener/" + short + "/" + name + "/" + port,
			Sub: map[string]any{"elasticloadbalancingv2.DescribeRules": rules}})
	}
	return all
}

// Redirect are the actions that send a request to https, Forward those that answer it.
func Redirect() []Node {
	return []Node{{"Type": "redirect", "RedirectConfig": Node{"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}}
}

// Forward are the actions that pass a request on.
func Forward() []Node { return []Node{{"Type": "forward"}} }
