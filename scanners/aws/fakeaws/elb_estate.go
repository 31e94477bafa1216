package fakeaws

import "slices"

// elbEstate are load balancers: behind a web firewall and with TLS 1.2 or more, and open to the world with plain http,
// TLS 1.0 or no TLS.
func elbEstate(account string) []Resource {
	const region = "eu-central-1"
	logged := Node{"access_logs.s3.enabled": "true", "access_logs.s3.bucket": "good-logs", "deletion_protection.enabled": "true"}
	unlogged := Node{"access_logs.s3.enabled": "false", "deletion_protection.enabled": "false"}
	redirect := []Node{{"IsDefault": true, "Priority": "default", "Actions": Redirect()}}
	forward := append([]Node{{"Priority": "1", "Actions": Forward()}}, redirect...)
	return slices.Concat(listenerPolicies(), classicEstate(account),
		LoadBalancer(account, region, "application", "internet-facing", "good-web", []string{"sg-good"}, logged,
			Node{"Protocol": "HTTPS", "Port": "443", "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04", "DefaultActions": Forward()},
			Node{"Protocol": "HTTP", "Port": "80", "DefaultActions": Redirect(), "Rules": redirect}),
		LoadBalancer(account, region, "application", "internet-facing", "bad-web", []string{"sg-bad"}, unlogged,
			Node{"Protocol": "HTTP", "Port": "80", "DefaultActions": Forward()},
			Node{"Protocol": "HTTP", "Port": "8080", "DefaultActions": Redirect(), "Rules": forward}),
		LoadBalancer(account, region, "network", "internal", "good-inside", []string{"sg-good"}, logged,
			Node{"Protocol": "TLS", "Port": "443", "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "DefaultActions": Forward()},
			Node{"Protocol": "TCP", "Port": "5432", "DefaultActions": Forward()}),
		LoadBalancer(account, region, "network", "internet-facing", "bad-front", nil, unlogged,
			Node{"Protocol": "TLS", "Port": "443", "SslPolicy": "ELBSecurityPolicy-2016-08", "DefaultActions": Forward()}),
		LoadBalancer(account, "eu-north-1", "gateway", "internal", "good-inspection", nil, unlogged),
		[]Resource{{
			Type: "waf.acl", Region: region, ID: "arn:aws:wafv2:" + region + ":" + account + ":regional/webacl/good/1",
			Doc: Node{"ARN": "arn:aws:wafv2:" + region + ":" + account + ":regional/webacl/good/1", "Name": "good", "Id": "1"},
			Sub: map[string]any{"wafv2.ListResourcesForWebACL": Node{
				"ResourceArns": []string{"arn:aws:elasticloadbalancing:" + region + ":" + account + ":loadbalancer/app/good-web"}}},
		}})
}

// listenerPolicies are some of the predefined policies of listeners.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
func listenerPolicies() []Resource {
	policy := func(name string, protocols ...string) Resource {
		return Resource{Type: "elb.policy", ID: name, Doc: Node{"Name": name, "SslProtocols": protocols}}
	}
	return []Resource{
		policy("ELBSecurityPolicy-2016-08", "TLSv1", "TLSv1.1", "TLSv1.2"),
		policy("ELBSecurityPolicy-TLS13-1-2-2021-06", "TLSv1.2", "TLSv1.3"),
		policy("ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04", "TLSv1.2", "TLSv1.3"),
	}
}

// classicEstate are classic load balancers.
func classicEstate(string) []Resource {
	balancer := func(name, scheme, group string, logs bool, protocols ...Node) Resource {
		attributes := append([]Node{{"AttributeName": "Server-Defined-Cipher-Order", "AttributeValue": "true"}}, protocols...)
		return Resource{
			Type: "elb.classic", Region: "eu-central-1", ID: name,
			Doc: Node{"LoadBalancerName": name, "Scheme": scheme, "SecurityGroups": []string{group}, "ListenerDescriptions": []Node{
				{"Listener": Node{"Protocol": "HTTPS", "LoadBalancerPort": 443, "InstancePort": 80}, "PolicyNames": []string{"sticky", "custom"}},
				{"Listener": Node{"Protocol": "TCP", "LoadBalancerPort": 25, "InstancePort": 25}},
			}},
			Sub: map[string]any{
				"elasticloadbalancing.DescribeLoadBalancerAttributes": Node{"LoadBalancerAttributes": Node{
					"AccessLog": Node{"Enabled": logs, "S3BucketName": "good-logs"}}},
				"elasticloadbalancing.DescribeLoadBalancerPolicies": Node{"PolicyDescriptions": []Node{
					{"PolicyName": "sticky", "PolicyTypeName": "LBCookieStickinessPolicyType"},
					{"PolicyName": "custom", "PolicyTypeName": "SSLNegotiationPolicyType", "PolicyAttributeDescriptions": attributes},
				}},
			},
		}
	}
	on := func(protocol string) Node {
		return Node{"AttributeName": "Protocol-" + protocol, "AttributeValue": "true"}
	}
	off := func(protocol string) Node {
		return Node{"AttributeName": "Protocol-" + protocol, "AttributeValue": "false"}
	}
	return []Resource{
		balancer("good-classic", "internal", "sg-good", true, off("TLSv1"), off("TLSv1.1"), on("TLSv1.2")),
		balancer("bad-classic", "internet-facing", "sg-bad", false, on("TLSv1"), on("TLSv1.1"), on("TLSv1.2")),
	}
}
