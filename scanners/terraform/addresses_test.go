package terraform

import "testing"

// TestLimitedSources shows which addresses are not known, but surely not the whole world: those of a network or of one
// host. One that may be something else is not.
func TestLimitedSources(t *testing.T) {
	ingress := func(blocks string) string {
		return `
			variable "any" {}
			variable "list" { type = list(string) }
			data "aws_vpc" "d" { default = true }
			resource "aws_eip" "e" {}
			resource "aws_security_group" "g" {
				ingress {
					from_port   = 22
					to_port     = 22
					protocol    = "tcp"
					cidr_blocks = ` + blocks + `
				}
			}`
	}
	want := func(open string) map[string]settings {
		return map[string]settings{"aws_security_group.g": {"open_ingress": open}}
	}
	runCases(t, "firewall", []readCase{
		{"a network", ingress(`[data.aws_vpc.d.cidr_block]`), want("[]")},
		{"two networks", ingress(`[data.aws_vpc.d.cidr_block, cidrsubnet("10.0.0.0/8", 8, 1)]`), want("[]")},
		{"a network and the world, compacted", ingress(`compact([data.aws_vpc.d.cidr_block, "0.0.0.0/0"])`), want("[] +data_source")},
		{"a host", ingress(`["${aws_eip.e.public_ip}/32"]`), want("[]")},
		{"a host and a variable", ingress(`["${aws_eip.e.public_ip}/32", var.any]`), want("[] +variable_without_value")},
		{"everything around a host", ingress(`["${aws_eip.e.public_ip}/0"]`), want("[] +computed_attribute")},
		{"a network and a list", ingress(`concat([data.aws_vpc.d.cidr_block], var.list)`), want("[] +data_source")},
		{"a network and the world, joined and split", ingress(`split(",", "${data.aws_vpc.d.cidr_block},0.0.0.0/0")`), want("[] +data_source")},
		{"a network or the world", ingress(`[var.any == "x" ? "0.0.0.0/0" : data.aws_vpc.d.cidr_block]`), want("[] +data_source")},
		{"lists of a network or the world", ingress(`var.any == "x" ? ["0.0.0.0/0"] : [data.aws_vpc.d.cidr_block]`), want("[] +data_source")},
		{"a list, else a network", ingress(`coalescelist(var.list, [data.aws_vpc.d.cidr_block])`), want("[] +variable_without_value")},
		{"a network and a variable in a set", ingress(`toset([data.aws_vpc.d.cidr_block, var.any])`), want("[] +data_source")},
	})
}
