package terraform

import "testing"

// TestOptionalReferences shows that what a condition of unknown outcome may leave out decides nothing.
func TestOptionalReferences(t *testing.T) {
	start := `
		variable "on" { type = bool }
		variable "other" {}
		resource "aws_kms_key" "k" {}
		resource "aws_kms_key" "some" { count = var.on ? 1 : 0 }
		data "aws_kms_alias" "mine" { name = "alias/mine" }
	`
	topic := func(key string) string {
		return start + "resource \"aws_sns_topic\" \"t\" {\n  kms_master_key_id = " + key + "\n}\n"
	}
	level := func(want string) map[string]settings {
		return map[string]settings{"aws_sns_topic.t": {"encryption": want}}
	}
	runCases(t, "topic", []readCase{
		{"a key", topic(`aws_kms_key.k.arn`), level("customer-managed")},
		{"a key or null", topic(`var.on ? aws_kms_key.k.arn : null`), level("?variable_without_value")},
		{"nothing or a key", topic(`var.on ? "" : aws_kms_key.k.arn`), level("?variable_without_value")},
		{"a key that is looked up, or null", topic(`var.on ? data.aws_kms_alias.mine.target_key_arn : null`), level("?data_source")},
		{"a key that is looked up, or another", topic(`var.on ? data.aws_kms_alias.mine.target_key_arn : var.other`), level("?data_source")},
		{"a key or null, or else another", topic(`coalesce(var.on ? aws_kms_key.k.arn : null, var.other)`), level("?variable_without_value")},
		{"one key or none", topic(`one(aws_kms_key.some[*].arn)`), level("?variable_without_value")},
		{"one key or none, joined", topic(`join("", aws_kms_key.some[*].arn)`), level("?variable_without_value")},
		{"one key, or else null", topic(`try(aws_kms_key.some[0].arn, null)`), level("?variable_without_value")},
	})
	runCases(t, "log_store", []readCase{
		{"the level is above the default", start + `
			resource "aws_cloudwatch_log_group" "l" {
				kms_key_id = var.on ? aws_kms_key.k.arn : null
			}`, map[string]settings{"aws_cloudwatch_log_group.l": {"encryption": "?variable_without_value"}}},
	})
	runCases(t, "cdn", []readCase{
		{"a firewall or none", `
			variable "on" { type = bool }
			resource "aws_wafv2_web_acl" "w" {}
			resource "aws_cloudfront_distribution" "d" {
				web_acl_id = var.on ? aws_wafv2_web_acl.w.arn : null
			}`, map[string]settings{"aws_cloudfront_distribution.d": {"web_firewall": "?variable_without_value"}}},
	})
	runCases(t, "alarm", []readCase{
		{"receivers or none", `
			variable "on" { type = bool }
			resource "aws_sns_topic" "t" {}
			resource "aws_sns_topic_subscription" "s" {
				topic_arn = aws_sns_topic.t.arn
				protocol  = "email"
				endpoint  = "ops@example.com"
			}
			resource "aws_cloudwatch_metric_alarm" "maybe" {
				alarm_actions = var.on ? [aws_sns_topic.t.arn] : []
			}
			resource "aws_cloudwatch_metric_alarm" "one" {
				alarm_actions = [aws_sns_topic.t.arn, var.on ? aws_sns_topic.t.arn : ""]
			}`, map[string]settings{
			"aws_cloudwatch_metric_alarm.maybe": {"has_target": "?variable_without_value"},
			"aws_cloudwatch_metric_alarm.one":   {"has_target": "true"},
		}},
	})
	route := func(gateway string) string {
		return `
			variable "on" { type = bool }
			variable "other" {}
			resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
			resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
			resource "aws_vpn_gateway" "n" { vpc_id = aws_vpc.v.id }
			resource "aws_route_table" "r" {
				vpc_id = aws_vpc.v.id
				route {
					cidr_block = "0.0.0.0/0"
					gateway_id = ` + gateway + `
				}
			}
			resource "aws_subnet" "s" { vpc_id = aws_vpc.v.id }
			resource "aws_route_table_association" "a" {
				subnet_id      = aws_subnet.s.id
				route_table_id = aws_route_table.r.id
			}`
	}
	private := func(want string) map[string]settings { return map[string]settings{"aws_subnet.s": {"private": want}} }
	runCases(t, "subnet", []readCase{
		{"one gateway", route(`aws_internet_gateway.g.id`), private("false")},
		{"one of two gateways", route(`var.on ? aws_internet_gateway.g.id : aws_vpn_gateway.n.id`), private("?variable_without_value")},
		{"a gateway or another", route(`var.on ? aws_vpn_gateway.n.id : var.other`), private("?variable_without_value")},
	})
}
