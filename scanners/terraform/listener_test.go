package terraform

import "testing"

func TestLoadBalancers(t *testing.T) {
	runCases(t, "load_balancer", []readCase{
		{"defaults", `resource "aws_lb" "l" {}`, map[string]settings{"aws_lb.l": {
			"region": "eu-north-1", "public": "true (default)", "access_logging": "false (default)",
			"deletion_protection": "false (default)", "web_firewall": "false (default)",
		}}},
		{"everything set", `
			resource "aws_alb" "l" {
				internal                   = true
				enable_deletion_protection = true
				access_logs {
					bucket  = "logs"
					enabled = true
				}
			}
			resource "aws_wafv2_web_acl_association" "w" {
				resource_arn = aws_alb.l.arn
				web_acl_arn  = "arn:aws:wafv2:eu-north-1:111122223333:regional/webacl/w/1"
			}`, map[string]settings{"aws_alb.l": {"public": "false", "access_logging": "true", "deletion_protection": "true", "web_firewall": "true"}}},
		{"log block without a switch", `
			resource "aws_lb" "l" {
				access_logs { bucket = "logs" }
			}
			resource "aws_elb" "c" {
				access_logs { bucket = "logs" }
			}`, map[string]settings{
			"aws_lb.l":  {"access_logging": "false (default)"},
			"aws_elb.c": {"access_logging": "true (default)", "public": "true (default)", "deletion_protection": "false (default)"},
		}},
		{"unresolved", `
			variable "internal" {}
			variable "logs" {}
			resource "aws_lb" "l" {
				internal = var.internal
				dynamic "access_logs" {
					for_each = var.logs
					content {
						bucket  = access_logs.value
						enabled = true
					}
				}
			}
			resource "aws_wafv2_web_acl_association" "w" {
				resource_arn = var.internal
				web_acl_arn  = "arn:aws:wafv2:eu-north-1:111122223333:regional/webacl/w/1"
			}`, map[string]settings{"aws_lb.l": {
			"public": "?variable_without_value", "access_logging": "?variable_without_value", "web_firewall": "?variable_without_value",
		}}},
		{"gateway", `resource "aws_lb" "l" { load_balancer_type = "gateway" }`, map[string]settings{"aws_lb.l": {"public": "false"}}},
	})
}

// TestNetworkLoadBalancersLogTLSOnly has access logs that are enabled and stay empty.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
func TestNetworkLoadBalancersLogTLSOnly(t *testing.T) {
	network := func(name, code, want string) readCase {
		return readCase{name, `variable "v" {}
			resource "aws_lb" "l" {
				load_balancer_type = "network"
				access_logs {
					bucket  = "logs"
					enabled = true
				}
			}` + "\n" + code, map[string]settings{"aws_lb.l": {"access_logging": want}}}
	}
	listener := func(protocol string) string {
		return "resource \"aws_lb_listener\" \"x\" {\n  load_balancer_arn = aws_lb.l.arn\n  protocol = " + protocol + "\n}\n"
	}
	runCases(t, "load_balancer", []readCase{
		network("TLS", listener(`"TLS"`), "true"),
		network("TCP", listener(`"TCP"`), "false"),
		network("a protocol that is not known", listener("var.v"), "?variable_without_value"),
		network("no listener here", "", "?not_decided_by_code"),
	})
}

// balancer is an application load balancer for the cases below.
const balancer = `resource "aws_lb" "l" { internal = true }` + "\n"

func TestListeners(t *testing.T) {
	listener := func(want settings) map[string]settings { return map[string]settings{"aws_lb_listener.x": want} }
	runCases(t, "listener", []readCase{
		{"TLS by default policy", balancer + `
			resource "aws_lb_listener" "x" {
				load_balancer_arn = aws_lb.l.arn
				port              = 443
				protocol          = "HTTPS"
			}`, listener(settings{"protocol": "https", "tls_min": "10 (default)", "public": "false", "port": "443", "redirects_to_https": "false"})},
		{"policy by name", balancer + `
			resource "aws_lb_listener" "x" {
				load_balancer_arn = aws_lb.l.arn
				port              = "443"
				protocol          = "TLS"
				ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04"
			}`, listener(settings{"protocol": "tls", "tls_min": "12", "port": "443"})},
		{"policy that is not known", balancer + `
			variable "policy" {}
			resource "aws_lb_listener" "x" {
				load_balancer_arn = aws_lb.l.arn
				protocol          = "HTTPS"
				ssl_policy        = var.policy
			}`, listener(settings{"tls_min": "?variable_without_value", "port": "?unset"})},
		{"policy of another name", balancer + `
			resource "aws_lb_listener" "x" {
				load_balancer_arn = aws_lb.l.arn
				protocol          = "HTTPS"
				ssl_policy        = "own-policy"
			}`, listener(settings{"tls_min": "?tls_policy_unknown"})},
		{"http by default", balancer + `
			resource "aws_lb_listener" "x" {
				load_balancer_arn = aws_lb.l.arn
				port              = 80
				default_action { type = "forward" }
			}`, listener(settings{"protocol": "http (default)", "tls_min": "0", "redirects_to_https": "false"})},
		{"load balancer that is not in the code", `
			variable "lb" {}
			resource "aws_lb_listener" "x" {
				load_balancer_arn = var.lb
				port              = 80
				protocol          = "TCP"
			}`, listener(settings{"public": "?variable_without_value", "protocol": "tcp", "tls_min": "?not_decided_by_code"})},
		{"gateway", `
			resource "aws_lb" "l" { load_balancer_type = "gateway" }
			resource "aws_lb_listener" "x" {
				load_balancer_arn = aws_lb.l.arn
				default_action { type = "forward" }
			}`, map[string]settings{}},
	})
}

// redirecting is an http listener that redirects by default.
const redirecting = balancer + `
	resource "aws_lb_listener" "x" {
		load_balancer_arn = aws_lb.l.arn
		port              = 80
		protocol          = "HTTP"
		default_action {
			type = "redirect"
			redirect {
				port        = "443"
				protocol    = "HTTPS"
				status_code = "HTTP_301"
			}
		}
	}
`

func TestListenersThatRedirect(t *testing.T) {
	redirects := func(want string) map[string]settings {
		return map[string]settings{"aws_lb_listener.x": {"redirects_to_https": want, "protocol": "http", "tls_min": "0"}}
	}
	runCases(t, "listener", []readCase{
		{"by default", redirecting, redirects("true")},
		{"but for a rule", redirecting + `
			resource "aws_lb_listener_rule" "r" {
				listener_arn = aws_lb_listener.x.arn
				action { type = "forward" }
			}`, redirects("false")},
		{"and by a rule", redirecting + `
			resource "aws_lb_listener_rule" "r" {
				listener_arn = aws_lb_listener.x.arn
				action {
					type = "redirect"
					redirect {
						protocol    = "HTTPS"
						status_code = "HTTP_301"
					}
				}
			}`, redirects("true")},
		{"rule of a listener that is not known", redirecting + `
			variable "listener" {}
			resource "aws_lb_listener_rule" "r" {
				listener_arn = var.listener
				action { type = "forward" }
			}`, redirects("?variable_without_value")},
		{"to the same protocol", balancer + `
			resource "aws_lb_listener" "x" {
				load_balancer_arn = aws_lb.l.arn
				protocol          = "HTTP"
				default_action {
					type = "redirect"
					redirect {
						host        = "www.example.org"
						status_code = "HTTP_301"
					}
				}
			}`, redirects("false")},
	})
}

func TestClassicListeners(t *testing.T) {
	runCases(t, "listener", []readCase{
		{"protocols", `
			resource "aws_elb" "c" {
				listener {
					lb_port     = 80
					lb_protocol = "http"
				}
				listener {
					lb_port     = 443
					lb_protocol = "HTTPS"
				}
			}`, map[string]settings{
			"aws_elb.c#listener[0]": {"protocol": "http", "tls_min": "0", "port": "80", "redirects_to_https": "false"},
			"aws_elb.c#listener[1]": {"protocol": "https", "tls_min": "10 (default)", "port": "443"},
		}},
		{"predefined policy", `
			resource "aws_elb" "c" {
				name = "c"
				listener {
					lb_port     = 443
					lb_protocol = "ssl"
				}
			}
			resource "aws_load_balancer_policy" "p" {
				load_balancer_name = aws_elb.c.name
				policy_name        = "tls"
				policy_type_name   = "SSLNegotiationPolicyType"
				policy_attribute {
					name  = "Reference-Security-Policy"
					value = "ELBSecurityPolicy-TLS-1-2-2017-01"
				}
			}
			resource "aws_load_balancer_listener_policy" "l" {
				load_balancer_name = aws_elb.c.name
				load_balancer_port = 443
				policy_names       = [aws_load_balancer_policy.p.policy_name]
			}`, map[string]settings{"aws_elb.c#listener[0]": {"protocol": "tls", "tls_min": "12"}}},
		{"own policy", `
			resource "aws_elb" "c" {
				name = "c"
				listener {
					lb_port     = 443
					lb_protocol = "https"
				}
			}
			resource "aws_lb_ssl_negotiation_policy" "p" {
				name          = "own"
				load_balancer = aws_elb.c.id
				lb_port       = 443
				attribute {
					name  = "Protocol-TLSv1.1"
					value = "true"
				}
				attribute {
					name  = "Protocol-TLSv1.2"
					value = "true"
				}
				attribute {
					name  = "Protocol-TLSv1"
					value = "false"
				}
			}`, map[string]settings{"aws_elb.c#listener[0]": {"tls_min": "11"}}},
		{"dynamic over an unknown list", `
			variable "ports" {}
			resource "aws_elb" "c" {
				dynamic "listener" {
					for_each = var.ports
					content {
						lb_port     = listener.value
						lb_protocol = "http"
					}
				}
			}`, map[string]settings{"aws_elb.c#listener[*]": {"protocol": "?variable_without_value", "tls_min": "?variable_without_value"}}},
	})
}

func TestAPIDomains(t *testing.T) {
	runCases(t, "listener", []readCase{
		{"policies", `
			resource "aws_api_gateway_domain_name" "a" {
				domain_name     = "a.example.org"
				security_policy = "TLS_1_0"
			}
			resource "aws_api_gateway_domain_name" "b" {
				domain_name     = "b.example.org"
				security_policy = "SecurityPolicy_TLS13_1_3_2025_09"
				endpoint_configuration { types = ["PRIVATE"] }
			}
			resource "aws_api_gateway_domain_name" "c" { domain_name = "c.example.org" }
			resource "aws_apigatewayv2_domain_name" "d" {
				domain_name = "d.example.org"
				domain_name_configuration {
					certificate_arn = "arn:aws:acm:eu-north-1:111122223333:certificate/1"
					endpoint_type   = "REGIONAL"
					security_policy = "TLS_1_2"
				}
			}`, map[string]settings{
			"aws_api_gateway_domain_name.a":  {"tls_min": "10", "public": "true (default)", "protocol": "https (default)"},
			"aws_api_gateway_domain_name.b":  {"tls_min": "13", "public": "false"},
			"aws_api_gateway_domain_name.c":  {"tls_min": "?unset"},
			"aws_apigatewayv2_domain_name.d": {"tls_min": "12", "port": "443 (default)"},
		}},
	})
}
