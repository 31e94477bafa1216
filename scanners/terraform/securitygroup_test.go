package terraform

import "testing"

func TestSecurityGroups(t *testing.T) {
	group := func(want settings) map[string]settings { return map[string]settings{"aws_security_group.g": want} }
	runCases(t, "firewall", []readCase{
		{"nothing allowed", `resource "aws_security_group" "g" {}`,
			group(settings{"region": "eu-north-1", "open_ingress": "[]", "open_egress": "[]", "rule_count": "0", "is_default": "false"})},
		{"inline", `
			resource "aws_security_group" "g" {
				ingress {
					from_port   = 22
					to_port     = 22
					protocol    = "tcp"
					cidr_blocks = ["0.0.0.0/0"]
				}
				egress {
					from_port        = 0
					to_port          = 0
					protocol         = "-1"
					cidr_blocks      = ["0.0.0.0/0"]
					ipv6_cidr_blocks = ["::/0"]
				}
			}`, group(settings{"open_ingress": "[{ipv4 22 tcp 0.0.0.0/0 22}]", "open_egress": "[{ipv4 0 all 0.0.0.0/0 65535} {ipv6 0 all ::/0 65535}]", "rule_count": "2"})},
		{"other groups and itself", `
			resource "aws_security_group" "o" {}
			resource "aws_security_group" "g" {
				ingress {
					from_port       = 5432
					to_port         = 5432
					protocol        = "tcp"
					security_groups = [aws_security_group.o.id]
				}
				ingress {
					from_port = 0
					to_port   = 65535
					protocol  = "tcp"
					self      = true
				}
			}`, map[string]settings{
			"aws_security_group.g": {"open_ingress": "[]", "rule_count": "2"},
			"aws_security_group.o": {"open_ingress": "[]", "rule_count": "0"},
		}},
		{"separate rules", `
			resource "aws_security_group" "g" {}
			resource "aws_security_group_rule" "in" {
				type              = "ingress"
				from_port         = 80
				to_port           = 80
				protocol          = "tcp"
				cidr_blocks       = ["0.0.0.0/0"]
				security_group_id = aws_security_group.g.id
			}
			resource "aws_vpc_security_group_ingress_rule" "in6" {
				security_group_id = aws_security_group.g.id
				cidr_ipv6         = "::/0"
				ip_protocol       = "tcp"
				from_port         = 443
				to_port           = 443
			}
			resource "aws_vpc_security_group_egress_rule" "out" {
				security_group_id = aws_security_group.g.id
				cidr_ipv4         = "0.0.0.0/0"
				ip_protocol       = "-1"
			}`, group(settings{"open_ingress": "[{ipv4 80 tcp 0.0.0.0/0 80} {ipv6 443 tcp ::/0 443}]", "open_egress": "[{ipv4 0 all 0.0.0.0/0 65535}]", "rule_count": "3"})},
		{"unknown source", `
			variable "office" {}
			resource "aws_security_group" "g" {
				ingress {
					from_port   = 22
					to_port     = 22
					protocol    = "tcp"
					cidr_blocks = [var.office, "10.0.0.0/8"]
				}
			}`, group(settings{"open_ingress": "[] +variable_without_value", "rule_count": "1"})},
		{"unknown port", `
			variable "port" {}
			resource "aws_security_group" "g" {
				ingress {
					from_port   = var.port
					to_port     = var.port
					protocol    = "tcp"
					cidr_blocks = ["0.0.0.0/0"]
				}
			}`, group(settings{"open_ingress": "[] +variable_without_value"})},
		{"unknown port for few", `
			variable "port" {}
			resource "aws_security_group" "g" {
				ingress {
					from_port   = var.port
					to_port     = var.port
					protocol    = "tcp"
					cidr_blocks = ["10.0.0.0/8"]
				}
			}`, group(settings{"open_ingress": "[]"})},
		{"dynamic over an unknown list", `
			variable "ports" {}
			resource "aws_security_group" "g" {
				dynamic "ingress" {
					for_each = var.ports
					content {
						from_port   = ingress.value
						to_port     = ingress.value
						protocol    = "tcp"
						cidr_blocks = ["0.0.0.0/0"]
					}
				}
			}`, group(settings{"open_ingress": "[] +variable_without_value", "rule_count": "?variable_without_value"})},
		{"rule of a group that is not known", `
			variable "group" {}
			resource "aws_security_group" "g" {}
			resource "aws_vpc_security_group_ingress_rule" "open" {
				security_group_id = var.group
				cidr_ipv4         = "0.0.0.0/0"
				ip_protocol       = "-1"
			}
			resource "aws_vpc_security_group_egress_rule" "closed" {
				security_group_id = var.group
				cidr_ipv4         = "10.0.0.0/8"
				ip_protocol       = "-1"
			}`, group(settings{"open_ingress": "[] +variable_without_value", "open_egress": "[]", "rule_count": "?variable_without_value"})},
		{"rule of unknown number", `
			variable "open" { type = bool }
			resource "aws_security_group" "g" {}
			resource "aws_vpc_security_group_ingress_rule" "r" {
				count             = var.open ? 1 : 0
				security_group_id = aws_security_group.g.id
				cidr_ipv4         = "0.0.0.0/0"
				ip_protocol       = "tcp"
				from_port         = 22
				to_port           = 22
			}`, group(settings{"open_ingress": "[] +count_not_known"})},
		{"prefix list", `
			resource "aws_ec2_managed_prefix_list" "l" {
				name           = "all"
				address_family = "IPv4"
				max_entries    = 2
				entry { cidr = "0.0.0.0/1" }
			}
			resource "aws_ec2_managed_prefix_list_entry" "e" {
				prefix_list_id = aws_ec2_managed_prefix_list.l.id
				cidr           = "128.0.0.0/1"
			}
			resource "aws_security_group" "g" {
				ingress {
					from_port       = 22
					to_port         = 22
					protocol        = "tcp"
					prefix_list_ids = [aws_ec2_managed_prefix_list.l.id]
				}
			}`, group(settings{"open_ingress": "[{ipv4 22 tcp 0.0.0.0/0 22}]"})},
		{"prefix list of AWS", `
			data "aws_ec2_managed_prefix_list" "cdn" { name = "com.amazonaws.global.cloudfront.origin-facing" }
			resource "aws_security_group" "g" {
				ingress {
					from_port       = 443
					to_port         = 443
					protocol        = "tcp"
					prefix_list_ids = [data.aws_ec2_managed_prefix_list.cdn.id]
				}
			}`, group(settings{"open_ingress": "[]"})},
		{"prefix list that is not in the code", `
			resource "aws_security_group" "g" {
				ingress {
					from_port       = 443
					to_port         = 443
					protocol        = "tcp"
					prefix_list_ids = ["pl-0123456789abcdef0"]
				}
			}`, group(settings{"open_ingress": "[] +not_declared_here"})},
		{"block of a network", `
			data "aws_vpc" "v" { default = true }
			resource "aws_security_group" "g" {
				ingress {
					from_port   = 443
					to_port     = 443
					protocol    = "tcp"
					cidr_blocks = [data.aws_vpc.v.cidr_block]
				}
			}`, group(settings{"open_ingress": "[]"})},
		{"adopted default group", `
			resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
			resource "aws_default_security_group" "d" { vpc_id = aws_vpc.v.id }`,
			map[string]settings{"aws_default_security_group.d": {"is_default": "true", "rule_count": "0", "open_egress": "[]"}}},
		{"placeholder", `
			variable "n" {}
			resource "aws_security_group" "g" {
				count = var.n
				ingress {
					from_port   = 3389
					to_port     = 3389
					protocol    = "tcp"
					cidr_blocks = ["0.0.0.0/0"]
				}
			}`, map[string]settings{"aws_security_group.g[*]": {"open_ingress": "[{ipv4 3389 tcp 0.0.0.0/0 3389}]"}}},
	})
}
