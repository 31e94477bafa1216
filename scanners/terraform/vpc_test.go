package terraform

import "testing"

func TestNetworks(t *testing.T) {
	runCases(t, "network", []readCase{
		{"flow logs", `
			resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
			resource "aws_flow_log" "a" { vpc_id = aws_vpc.a.id }
			resource "aws_vpc" "b" { cidr_block = "10.1.0.0/16" }`,
			map[string]settings{
				"aws_vpc.a": {"region": "eu-north-1", "flow_logs": "true"},
				"aws_vpc.b": {"flow_logs": "false (default)"},
			}},
		{"flow logs of an unknown network", `
			variable "vpc" {}
			resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
			resource "aws_flow_log" "a" { vpc_id = var.vpc }`,
			map[string]settings{"aws_vpc.a": {"flow_logs": "?variable_without_value"}}},
		{"flow logs of unknown number", `
			variable "logs" { type = bool }
			resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
			resource "aws_flow_log" "a" {
				count  = var.logs ? 1 : 0
				vpc_id = aws_vpc.a.id
			}`,
			map[string]settings{"aws_vpc.a": {"flow_logs": "?count_not_known"}}},
	})
}

// network is a VPC with an internet gateway, for the cases below.
const network = `
	resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
	resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
	resource "aws_egress_only_internet_gateway" "e" { vpc_id = aws_vpc.v.id }
	resource "aws_nat_gateway" "n" { subnet_id = aws_subnet.s.id }
	resource "aws_subnet" "s" {
		vpc_id     = aws_vpc.v.id
		cidr_block = "10.0.1.0/24"
	}
`

// associated gives the subnet a table of its own.
const associated = network + `
	resource "aws_route_table" "t" { vpc_id = aws_vpc.v.id }
	resource "aws_route_table_association" "a" {
		subnet_id      = aws_subnet.s.id
		route_table_id = aws_route_table.t.id
	}
`

func TestSubnetsByTheirTable(t *testing.T) {
	private := func(want string) map[string]settings { return map[string]settings{"aws_subnet.s": {"private": want}} }
	runCases(t, "subnet", []readCase{
		{"no route", associated, private("true")},
		{"internet gateway", associated + `
			resource "aws_route" "r" {
				route_table_id         = aws_route_table.t.id
				destination_cidr_block = "0.0.0.0/0"
				gateway_id             = aws_internet_gateway.g.id
			}`, private("false")},
		{"half of the internet", associated + `
			resource "aws_route" "r" {
				route_table_id         = aws_route_table.t.id
				destination_cidr_block = "128.0.0.0/1"
				gateway_id             = aws_internet_gateway.g.id
			}`, private("false")},
		{"IPv6 by internet gateway", associated + `
			resource "aws_route" "r" {
				route_table_id              = aws_route_table.t.id
				destination_ipv6_cidr_block = "::/0"
				gateway_id                  = aws_internet_gateway.g.id
			}`, private("false")},
		{"IPv6 out only", associated + `
			resource "aws_route" "r" {
				route_table_id              = aws_route_table.t.id
				destination_ipv6_cidr_block = "::/0"
				egress_only_gateway_id      = aws_egress_only_internet_gateway.e.id
			}`, private("true")},
		{"NAT gateway", associated + `
			resource "aws_route" "r" {
				route_table_id         = aws_route_table.t.id
				destination_cidr_block = "0.0.0.0/0"
				nat_gateway_id         = aws_nat_gateway.n.id
			}`, private("true")},
		{"virtual private gateway", associated + `
			resource "aws_vpn_gateway" "w" { vpc_id = aws_vpc.v.id }
			resource "aws_route" "r" {
				route_table_id         = aws_route_table.t.id
				destination_cidr_block = "0.0.0.0/0"
				gateway_id             = aws_vpn_gateway.w.id
			}`, private("true")},
		{"gateway by its literal id", associated + `
			resource "aws_route" "r" {
				route_table_id         = aws_route_table.t.id
				destination_cidr_block = "0.0.0.0/0"
				gateway_id             = "igw-0123456789abcdef0"
			}`, private("false")},
		{"gateway that is not known", associated + `
			variable "gateway" {}
			resource "aws_route" "r" {
				route_table_id         = aws_route_table.t.id
				destination_cidr_block = "0.0.0.0/0"
				gateway_id             = var.gateway
			}`, private("?variable_without_value")},
		{"route of a table that is not known", associated + `
			variable "table" {}
			resource "aws_route" "r" {
				route_table_id         = var.table
				destination_cidr_block = "0.0.0.0/0"
				gateway_id             = aws_internet_gateway.g.id
			}`, private("?variable_without_value")},
		{"harmless route of a table that is not known", associated + `
			variable "table" {}
			resource "aws_route" "r" {
				route_table_id         = var.table
				destination_cidr_block = "0.0.0.0/0"
				nat_gateway_id         = aws_nat_gateway.n.id
			}`, private("true")},
		{"route of unknown number", associated + `
			variable "public" { type = bool }
			resource "aws_route" "r" {
				count                  = var.public ? 1 : 0
				route_table_id         = aws_route_table.t.id
				destination_cidr_block = "0.0.0.0/0"
				gateway_id             = aws_internet_gateway.g.id
			}`, private("?count_not_known")},
		{"prefix list", associated + `
			resource "aws_ec2_managed_prefix_list" "l" {
				name           = "l"
				address_family = "IPv4"
				max_entries    = 2
				entry { cidr = "10.0.0.0/8" }
				entry { cidr = "8.8.8.0/24" }
			}
			resource "aws_route" "r" {
				route_table_id             = aws_route_table.t.id
				destination_prefix_list_id = aws_ec2_managed_prefix_list.l.id
				gateway_id                 = aws_internet_gateway.g.id
			}`, private("false")},
		{"association with a table that is not known", network + `
			variable "table" {}
			resource "aws_route_table_association" "a" {
				subnet_id      = aws_subnet.s.id
				route_table_id = var.table
			}`, private("?variable_without_value")},
		{"association of a subnet that is not known", network + `
			variable "subnet" {}
			resource "aws_route_table" "t" { vpc_id = aws_vpc.v.id }
			resource "aws_route_table_association" "a" {
				subnet_id      = var.subnet
				route_table_id = aws_route_table.t.id
			}`, private("?variable_without_value")},
	})
}

func TestSubnetsByInlineRoutes(t *testing.T) {
	table := func(routes string) string {
		return network + `
			resource "aws_route_table" "t" {
				vpc_id = aws_vpc.v.id
				` + routes + `
			}
			resource "aws_route_table_association" "a" {
				subnet_id      = aws_subnet.s.id
				route_table_id = aws_route_table.t.id
			}`
	}
	private := func(want string) map[string]settings { return map[string]settings{"aws_subnet.s": {"private": want}} }
	runCases(t, "subnet", []readCase{
		{"block", table(`route {
			cidr_block = "0.0.0.0/0"
			gateway_id = aws_internet_gateway.g.id
		}`), private("false")},
		{"attribute", table(`route = [{ cidr_block = "0.0.0.0/0", gateway_id = aws_internet_gateway.g.id, ipv6_cidr_block = "", nat_gateway_id = "" }]`), private("false")},
		{"NAT", table(`route {
			cidr_block     = "0.0.0.0/0"
			nat_gateway_id = aws_nat_gateway.n.id
		}`), private("true")},
		{"gateway for private addresses", table(`route {
			cidr_block = "10.9.0.0/16"
			gateway_id = aws_internet_gateway.g.id
		}`), private("true")},
		{"dynamic over an unknown list", `variable "routes" {}` + table(`dynamic "route" {
			for_each = var.routes
			content {
				cidr_block = route.value
				gateway_id = aws_internet_gateway.g.id
			}
		}`), private("?variable_without_value")},
	})
}

func TestSubnetsByTheMainTable(t *testing.T) {
	private := func(want string) map[string]settings { return map[string]settings{"aws_subnet.s": {"private": want}} }
	runCases(t, "subnet", []readCase{
		{"untouched", network, private("true (default)")},
		{"adopted", network + `
			resource "aws_default_route_table" "d" {
				default_route_table_id = aws_vpc.v.default_route_table_id
				route {
					cidr_block = "0.0.0.0/0"
					gateway_id = aws_internet_gateway.g.id
				}
			}`, private("false")},
		{"route to the network's own table", network + `
			resource "aws_route" "r" {
				route_table_id         = aws_vpc.v.main_route_table_id
				destination_cidr_block = "0.0.0.0/0"
				gateway_id             = aws_internet_gateway.g.id
			}`, private("false")},
		{"another main table", network + `
			resource "aws_route_table" "t" {
				vpc_id = aws_vpc.v.id
				route {
					cidr_block = "0.0.0.0/0"
					gateway_id = aws_internet_gateway.g.id
				}
			}
			resource "aws_main_route_table_association" "m" {
				vpc_id         = aws_vpc.v.id
				route_table_id = aws_route_table.t.id
			}`, private("false")},
		{"network that is not in the code", `
			variable "vpc_id" {}
			resource "aws_subnet" "s" {
				vpc_id     = var.vpc_id
				cidr_block = "10.0.1.0/24"
			}`, private("?variable_without_value")},
		{"network that is looked up", `
			data "aws_vpc" "v" { id = "vpc-1" }
			resource "aws_subnet" "s" {
				vpc_id     = data.aws_vpc.v.id
				cidr_block = "10.0.1.0/24"
			}`, private("?looked_up")},
		{"default subnet", `resource "aws_default_subnet" "d" { availability_zone = "eu-north-1a" }`,
			map[string]settings{"aws_default_subnet.d": {"private": "false (default)", "assigns_public_addresses": "true (default)"}}},
		{"subnet of the default network", `
			resource "aws_default_vpc" "v" {}
			resource "aws_subnet" "s" {
				vpc_id                  = aws_default_vpc.v.id
				cidr_block              = "172.31.0.0/24"
				map_public_ip_on_launch = true
			}`, map[string]settings{"aws_subnet.s": {"private": "false (default)", "assigns_public_addresses": "true"}}},
	})
}

func TestSubnetsOfOneCount(t *testing.T) {
	runCases(t, "subnet", []readCase{
		{"placeholders pair", `
			variable "zones" { type = list(string) }
			resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
			resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
			resource "aws_subnet" "public" {
				count      = length(var.zones)
				vpc_id     = aws_vpc.v.id
				cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
			}
			resource "aws_route_table" "public" {
				vpc_id = aws_vpc.v.id
				route {
					cidr_block = "0.0.0.0/0"
					gateway_id = aws_internet_gateway.g.id
				}
			}
			resource "aws_route_table_association" "public" {
				count          = length(var.zones)
				subnet_id      = aws_subnet.public[count.index].id
				route_table_id = aws_route_table.public.id
			}`, map[string]settings{"aws_subnet.public[*]": {"private": "false", "assigns_public_addresses": "false (default)"}}},
		{"instances pair by index", `
			resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
			resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.v.id }
			resource "aws_subnet" "s" {
				count      = 2
				vpc_id     = aws_vpc.v.id
				cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
			}
			resource "aws_route_table" "t" {
				count  = 2
				vpc_id = aws_vpc.v.id
			}
			resource "aws_route_table_association" "a" {
				count          = 2
				subnet_id      = element(aws_subnet.s[*].id, count.index)
				route_table_id = element(aws_route_table.t[*].id, count.index)
			}
			resource "aws_route" "out" {
				route_table_id         = aws_route_table.t[1].id
				destination_cidr_block = "0.0.0.0/0"
				gateway_id             = aws_internet_gateway.g.id
			}`, map[string]settings{"aws_subnet.s[0]": {"private": "true"}, "aws_subnet.s[1]": {"private": "false"}}},
	})
}
