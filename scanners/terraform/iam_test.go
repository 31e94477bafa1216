package terraform

import "testing"

func TestAccessPolicies(t *testing.T) {
	policy := func(want settings) map[string]settings { return map[string]settings{"aws_iam_policy.p": want} }
	code := func(statement string) string {
		return `resource "aws_iam_policy" "p" {
			policy = jsonencode({ Version = "2012-10-17", Statement = [` + statement + `] })
		}` + "\n"
	}
	runCases(t, "access_policy", []readCase{
		{"everything", code(`{ Effect = "Allow", Action = "*", Resource = "*" }`),
			policy(settings{"grants": "[{* false everything}]", "attached_to": "nobody (default)", "mfa_enforced": "false", "managed_names": "[]"})},
		{"a service", code(`{ Effect = "Allow", Action = ["s3:*", "sqs:SendMessage"], Resource = "*" }`),
			policy(settings{"grants": "[{sqs:SendMessage false actions} {s3:* false service}]"})},
		{"a service by its ARN", code(`{ Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::*" }`),
			policy(settings{"grants": "[{s3:* false service}]"})},
		{"named", code(`{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::b/*"] }`),
			policy(settings{"grants": "[]"})},
		{"all actions on a reference", `resource "aws_s3_bucket" "b" {}` + "\n" + code(`{ Effect = "Allow", Action = "s3:*", Resource = [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"] }`),
			policy(settings{"grants": "[{s3:* false resources}]"})},
		{"condition", code(`{ Effect = "Allow", Action = "*", Resource = "*", Condition = { StringEquals = { "aws:SourceVpce" = "vpce-1" } } }`),
			policy(settings{"grants": "[{* true everything}]"})},
		{"all but", code(`{ Effect = "Allow", NotAction = ["iam:*"], Resource = "*" }`),
			policy(settings{"grants": "[{all but iam:* false everything}]"})},
		{"all resources but", code(`{ Effect = "Allow", Action = "ec2:*", NotResource = "arn:aws:ec2:*:*:vpc/*" }`),
			policy(settings{"grants": "[{ec2:* false service}]"})},
		{"deny", code(`{ Effect = "Deny", Action = "*", Resource = "*" }`), policy(settings{"grants": "[]", "mfa_enforced": "false"})},
		{"unknown action", `variable "x" {}` + "\n" + code(`{ Effect = "Allow", Action = var.x, Resource = "*" }`),
			policy(settings{"grants": "[] +variable_without_value"})},
		{"unknown resource", `variable "x" {}` + "\n" + code(`{ Effect = "Allow", Action = "*", Resource = var.x }`),
			policy(settings{"grants": "[{* false resources}] +variable_without_value"})},
		{"unknown document", `
			variable "x" {}
			resource "aws_iam_policy" "p" { policy = var.x }`,
			policy(settings{"grants": "[] +variable_without_value", "mfa_enforced": "?variable_without_value"})},
		{"heredoc", `
			resource "aws_iam_policy" "p" {
				policy = <<-EOT
				{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
				EOT
			}`, policy(settings{"grants": "[{* false everything}]"})},
		{"data source", `
			data "aws_iam_policy_document" "d" {
				statement {
					actions   = ["*"]
					resources = ["*"]
				}
			}
			resource "aws_iam_policy" "p" { policy = data.aws_iam_policy_document.d.json }`,
			policy(settings{"grants": "[{* false everything}]"})},
		{"attached to a group and a role", code(`{ Effect = "Allow", Action = "*", Resource = "*" }`) + `
			resource "aws_iam_role_policy_attachment" "r" {
				role       = "r"
				policy_arn = aws_iam_policy.p.arn
			}
			resource "aws_iam_policy_attachment" "g" {
				name       = "g"
				groups     = ["g"]
				policy_arn = aws_iam_policy.p.arn
			}`, policy(settings{"attached_to": "group"})},
		{"attached to users who are not known", `variable "x" {}` + "\n" + code(`{ Effect = "Allow", Action = "*", Resource = "*" }`) + `
			resource "aws_iam_policy_attachment" "g" {
				name       = "g"
				users      = var.x
				groups     = ["g"]
				policy_arn = aws_iam_policy.p.arn
			}`, policy(settings{"attached_to": "?variable_without_value"})},
		{"attached to a user whose name is not known", `variable "x" {}` + "\n" + code(`{ Effect = "Allow", Action = "*", Resource = "*" }`) + `
			resource "aws_iam_user" "u" { name = "${var.x}-writer" }
			resource "aws_iam_policy_attachment" "g" {
				name       = "g"
				users      = [aws_iam_user.u.name]
				policy_arn = aws_iam_policy.p.arn
			}`, policy(settings{"attached_to": "user"})},
		{"attached where is not known", `variable "x" {}` + "\n" + code(`{ Effect = "Allow", Action = "*", Resource = "*" }`) + `
			resource "aws_iam_role_policy_attachment" "r" {
				role       = "r"
				policy_arn = var.x
			}`, map[string]settings{
			"aws_iam_policy.p":                 {"attached_to": "?variable_without_value"},
			"aws_iam_role_policy_attachment.r": {"grants": "?variable_without_value", "attached_to": "role"},
		}},
		{"inline", `
			resource "aws_iam_user_policy" "u" {
				user   = "u"
				policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
			}
			resource "aws_ssoadmin_permission_set_inline_policy" "s" {
				inline_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "*" }] })
			}`, map[string]settings{
			"aws_iam_user_policy.u":                       {"grants": "[{* false everything}]", "attached_to": "user"},
			"aws_ssoadmin_permission_set_inline_policy.s": {"grants": "[{sts:AssumeRole false actions}]", "attached_to": "permission-set"},
		}},
	})
}

func TestSecondFactor(t *testing.T) {
	policy := func(want string) map[string]settings {
		return map[string]settings{"aws_iam_policy.p": {"mfa_enforced": want}}
	}
	code := func(statement string) string {
		return `resource "aws_iam_policy" "p" { policy = jsonencode({ Statement = [` + statement + `] }) }` + "\n"
	}
	without := `Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }`
	runCases(t, "access_policy", []readCase{
		{"denied without", code(`{ Effect = "Deny", NotAction = ["iam:EnableMFADevice"], Resource = "*", ` + without + ` }`), policy("true")},
		{"denied without, as a boolean", code(`{ Effect = "Deny", Action = "*", Resource = "*", Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = false } } }`), policy("true")},
		{"keys slip through", code(`{ Effect = "Deny", Action = "*", Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } } }`), policy("false")},
		{"one action only", code(`{ Effect = "Deny", Action = "ec2:*", Resource = "*", ` + without + ` }`), policy("false")},
		{"allowed with", code(`{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "*", Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } } }`), policy("true")},
		{"unknown condition", `variable "x" {}` + "\n" + code(`{ Effect = "Deny", Action = "*", Resource = "*", Condition = var.x }`), policy("?variable_without_value")},
	})
}

func TestManagedPolicies(t *testing.T) {
	runCases(t, "access_policy", []readCase{
		{"attachments", `
			resource "aws_iam_role_policy_attachment" "admin" {
				role       = "r"
				policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
			}
			resource "aws_iam_user_policy_attachment" "s3" {
				user       = "u"
				policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
			}
			resource "aws_iam_group_policy_attachment" "read" {
				group      = "g"
				policy_arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"
			}
			resource "aws_iam_role_policy_attachment" "new" {
				role       = "r"
				policy_arn = "arn:aws:iam::aws:policy/AWSBrandNewPolicy"
			}
			resource "aws_iam_role_policy_attachment" "own" {
				role       = "r"
				policy_arn = "arn:aws:iam::111122223333:policy/own"
			}`, map[string]settings{
			"aws_iam_role_policy_attachment.admin": {"grants": "[{AdministratorAccess false everything}] (default)", "attached_to": "role", "managed_names": "[AdministratorAccess]"},
			"aws_iam_user_policy_attachment.s3":    {"grants": "[{AmazonS3FullAccess false service}] (default)", "attached_to": "user"},
			"aws_iam_group_policy_attachment.read": {"grants": "[{ViewOnlyAccess false actions}] (default)", "attached_to": "group"},
			"aws_iam_role_policy_attachment.new":   {"grants": "[] +managed_policy_unknown", "managed_names": "[AWSBrandNewPolicy]"},
			"aws_iam_role_policy_attachment.own":   {"grants": "?policy_not_in_code"},
		}},
		{"looked up", `
			data "aws_iam_policy" "admin" { name = "AdministratorAccess" }
			data "aws_iam_policy" "own" { name = "own" }
			resource "aws_iam_role_policy_attachment" "a" {
				role       = "r"
				policy_arn = data.aws_iam_policy.admin.arn
			}
			resource "aws_iam_role_policy_attachment" "b" {
				role       = "r"
				policy_arn = data.aws_iam_policy.own.arn
			}`, map[string]settings{
			"aws_iam_role_policy_attachment.a": {"grants": "[{AdministratorAccess false everything}] (default)"},
			"aws_iam_role_policy_attachment.b": {"grants": "?looked_up"},
		}},
		{"roles", `
			variable "x" {}
			resource "aws_iam_role" "r" {
				assume_role_policy  = "{}"
				managed_policy_arns = ["arn:aws:iam::aws:policy/PowerUserAccess", aws_iam_policy.own.arn, var.x]
				inline_policy {
					name   = "i"
					policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
				}
			}
			resource "aws_iam_policy" "own" { policy = jsonencode({ Statement = [] }) }`, map[string]settings{
			"aws_iam_role.r#inline_policy[0]":       {"grants": "[{* false everything}]", "attached_to": "role"},
			"aws_iam_role.r#managed_policy_arns[0]": {"grants": "[{PowerUserAccess false everything}] (default)"},
			"aws_iam_role.r#managed_policy_arns[1]": {"grants": "?variable_without_value"},
			"aws_iam_policy.own":                    {"grants": "[]", "attached_to": "role"},
		}},
	})
}
