package terraform

import "testing"

func TestDistributions(t *testing.T) {
	distribution := func(want settings) map[string]settings {
		return map[string]settings{"aws_cloudfront_distribution.d": want}
	}
	code := func(rest string) string { return `resource "aws_cloudfront_distribution" "d" {` + rest + "\n}\n" }
	bucket := `
		origin {
			domain_name = "b.s3.eu-north-1.amazonaws.com"
			origin_id   = "b"
		}`
	custom := func(policy string) string {
		return `
		origin {
			domain_name = "www.example.org"
			origin_id   = "c"
			custom_origin_config {
				http_port              = 80
				https_port             = 443
				origin_protocol_policy = "` + policy + `"
				origin_ssl_protocols   = ["TLSv1.2", "TLSv1.1"]
			}
		}`
	}
	behaviour := func(policy string) string {
		return `
		default_cache_behavior { viewer_protocol_policy = "` + policy + `" }`
	}
	runCases(t, "cdn", []readCase{
		{"bucket and default certificate", code(bucket + behaviour("redirect-to-https") + `
			viewer_certificate { cloudfront_default_certificate = true }`),
			distribution(settings{
				"region": "global", "copies": "?cached_at_the_edge", "viewer_plain": "redirected", "viewer_tls_min": "10 (default)",
				"origin_plain": "never", "origin_tls_min": "12 (default)", "access_logging": "false (default)", "web_firewall": "false (default)",
			})},
		{"certificate of one's own", code(custom("https-only") + behaviour("https-only") + `
			viewer_certificate {
				acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/1"
				ssl_support_method       = "sni-only"
				minimum_protocol_version = "TLSv1.2_2025"
			}
			logging_config { bucket = "logs.s3.amazonaws.com" }
			web_acl_id = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/w/1"`),
			distribution(settings{"viewer_plain": "refused", "viewer_tls_min": "12", "origin_plain": "never", "origin_tls_min": "11", "access_logging": "true", "web_firewall": "true"})},
		{"one behaviour serves http", code(custom("match-viewer") + behaviour("https-only") + `
			ordered_cache_behavior {
				path_pattern           = "/old/*"
				viewer_protocol_policy = "allow-all"
			}
			viewer_certificate {
				acm_certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/1"
			}`),
			distribution(settings{"viewer_plain": "served", "viewer_tls_min": "10 (default)", "origin_plain": "as-viewer"})},
		{"as the viewer who never speaks http", code(custom("match-viewer") + behaviour("redirect-to-https")),
			distribution(settings{"origin_plain": "never"})},
		{"one origin by http", code(bucket + custom("http-only") + behaviour("https-only")),
			distribution(settings{"origin_plain": "always", "origin_tls_min": "0"})},
		{"unresolved", `variable "x" {}` + "\n" + code(bucket+`
			default_cache_behavior { viewer_protocol_policy = var.x }
			viewer_certificate {
				acm_certificate_arn      = var.x
				minimum_protocol_version = var.x
			}
			web_acl_id = var.x`),
			distribution(settings{"viewer_plain": "?variable_without_value", "viewer_tls_min": "?variable_without_value", "origin_plain": "?variable_without_value", "web_firewall": "?variable_without_value"})},
		{"unresolved beside one that serves http", `variable "x" {}` + "\n" + code(bucket+behaviour("allow-all")+`
			ordered_cache_behavior { viewer_protocol_policy = var.x }`),
			distribution(settings{"viewer_plain": "served"})},
		{"logs by delivery", code(bucket+behaviour("https-only")) + `
			resource "aws_cloudwatch_log_delivery_source" "s" {
				name         = "s"
				log_type     = "ACCESS_LOGS"
				resource_arn = aws_cloudfront_distribution.d.arn
			}`, distribution(settings{"access_logging": "true"})},
		{"origin within the network", code(behaviour("https-only")+`
			origin {
				domain_name = "internal.example.org"
				origin_id   = "i"
				vpc_origin_config { vpc_origin_id = aws_cloudfront_vpc_origin.o.id }
			}`) + `
			resource "aws_cloudfront_vpc_origin" "o" {
				vpc_origin_endpoint_config {
					name                   = "o"
					arn                    = "arn:aws:elasticloadbalancing:eu-north-1:111122223333:loadbalancer/app/l/1"
					http_port              = 80
					https_port             = 443
					origin_protocol_policy = "https-only"
					origin_ssl_protocols {
						items    = ["TLSv1.2"]
						quantity = 1
					}
				}
			}`, distribution(settings{"origin_plain": "never", "origin_tls_min": "12"})},
	})
}
