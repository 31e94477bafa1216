package terraform

import "testing"

func TestTrails(t *testing.T) {
	trail := func(want settings) map[string]settings { return map[string]settings{"aws_cloudtrail.t": want} }
	code := func(rest string) string {
		return `resource "aws_cloudtrail" "t" {
			name           = "t"
			s3_bucket_name = "logs"
		` + rest + "\n}\n"
	}
	runCases(t, "audit_trail", []readCase{
		{"defaults", code(""), trail(settings{
			"region": "eu-north-1", "logging": "true (default)", "all_regions": "false (default)", "global_events": "true (default)",
			"management_events": "all (default)", "data_events": "false (default)", "integrity_validation": "false (default)",
			"encryption": "provider-owned (default)",
		})},
		{"set", code(`
			enable_logging                = false
			is_multi_region_trail         = true
			include_global_service_events = false
			enable_log_file_validation    = true
			kms_key_id                    = aws_kms_key.k.arn
		`) + `resource "aws_kms_key" "k" {}`, trail(settings{
			"logging": "false", "all_regions": "true", "global_events": "false", "integrity_validation": "true", "encryption": "customer-managed",
		})},
		{"unresolved", `variable "x" {}` + "\n" + code(`
			is_multi_region_trail = var.x
			kms_key_id            = var.x
			event_selector { include_management_events = var.x }
		`), trail(settings{"all_regions": "?variable_without_value", "encryption": "?variable_without_value", "management_events": "?variable_without_value", "data_events": "false"})},
		{"selectors", code(`
			event_selector {
				read_write_type           = "WriteOnly"
				include_management_events = true
				data_resource {
					type   = "AWS::S3::Object"
					values = ["arn:aws:s3"]
				}
			}`), trail(settings{"management_events": "write", "data_events": "true"})},
		{"data events only", code(`
			event_selector { include_management_events = false }`), trail(settings{"management_events": "none", "data_events": "false"})},
		{"advanced selectors", code(`
			advanced_event_selector {
				field_selector {
					field  = "eventCategory"
					equals = ["Management"]
				}
				field_selector {
					field  = "readOnly"
					equals = ["true"]
				}
			}
			advanced_event_selector {
				field_selector {
					field  = "eventCategory"
					equals = ["Data"]
				}
				field_selector {
					field  = "resources.type"
					equals = ["AWS::S3::Object"]
				}
			}`), trail(settings{"management_events": "read", "data_events": "true"})},
		{"advanced selector of all management events", code(`
			advanced_event_selector {
				field_selector {
					field  = "eventCategory"
					equals = ["Management"]
				}
			}`), trail(settings{"management_events": "all", "data_events": "false"})},
		{"dynamic over an unknown list", `variable "x" {}` + "\n" + code(`
			dynamic "event_selector" {
				for_each = var.x
				content { read_write_type = "All" }
			}`), trail(settings{"management_events": "?variable_without_value", "data_events": "?variable_without_value"})},
		{"placeholder", `variable "n" {}` + "\n" + code("count = var.n"), map[string]settings{"aws_cloudtrail.t[*]": {"logging": "true (default)"}}},
	})
}

func TestDetectors(t *testing.T) {
	runCases(t, "threat_detector", []readCase{
		{"set, unset, unresolved", `
			variable "x" {}
			resource "aws_guardduty_detector" "a" {}
			resource "aws_guardduty_detector" "b" { enable = false }
			resource "aws_guardduty_detector" "c" { enable = var.x }`,
			map[string]settings{
				"aws_guardduty_detector.a": {"enabled": "true (default)", "region": "eu-north-1"},
				"aws_guardduty_detector.b": {"enabled": "false"},
				"aws_guardduty_detector.c": {"enabled": "?variable_without_value"},
			}},
	})
}

func TestUserPools(t *testing.T) {
	runCases(t, "user_pool", []readCase{
		{"set, unset, unresolved", `
			variable "x" {}
			resource "aws_cognito_user_pool" "a" { name = "a" }
			resource "aws_cognito_user_pool" "b" {
				name              = "b"
				mfa_configuration = "ON"
				password_policy {
					minimum_length    = 14
					require_lowercase = true
					require_numbers   = true
					require_symbols   = true
					require_uppercase = true
				}
				user_pool_add_ons { advanced_security_mode = "ENFORCED" }
			}
			resource "aws_cognito_user_pool" "c" {
				name              = "c"
				mfa_configuration = var.x
				password_policy { require_numbers = true }
			}`,
			map[string]settings{
				"aws_cognito_user_pool.a": {"mfa": "off (default)", "password_min_length": "8 (default)", "password_complex": "true (default)", "guess_protection": "off (default)"},
				"aws_cognito_user_pool.b": {"mfa": "required", "password_min_length": "14", "password_complex": "true", "guess_protection": "enforced"},
				"aws_cognito_user_pool.c": {"mfa": "?variable_without_value", "password_min_length": "?unset", "password_complex": "false (default)"},
			}},
	})
}

func TestPasswordPolicies(t *testing.T) {
	runCases(t, "password_policy", []readCase{
		{"set, unset, unresolved", `
			variable "x" {}
			resource "aws_iam_account_password_policy" "a" {}
			resource "aws_iam_account_password_policy" "b" {
				minimum_password_length      = 14
				max_password_age             = 90
				password_reuse_prevention    = 24
				require_lowercase_characters = true
				require_numbers              = true
				require_symbols              = true
				require_uppercase_characters = true
			}
			resource "aws_iam_account_password_policy" "c" {
				minimum_password_length = var.x
				max_password_age        = 0
			}`,
			map[string]settings{
				"aws_iam_account_password_policy.a": {"min_length": "6 (default)", "max_age_days": "never (default)", "complexity": "false (default)", "reuse_prevention": "0 (default)"},
				"aws_iam_account_password_policy.b": {"min_length": "14", "max_age_days": "90", "complexity": "true", "reuse_prevention": "24"},
				"aws_iam_account_password_policy.c": {"min_length": "?variable_without_value", "max_age_days": "never"},
			}},
	})
}
