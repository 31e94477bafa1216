package terraform

import "testing"

func TestInstances(t *testing.T) {
	subnet := network + `
		resource "aws_subnet" "public" {
			vpc_id                  = aws_vpc.v.id
			cidr_block              = "10.0.2.0/24"
			map_public_ip_on_launch = true
		}
		resource "aws_route" "out" {
			route_table_id         = aws_vpc.v.main_route_table_id
			destination_cidr_block = "0.0.0.0/0"
			gateway_id             = aws_internet_gateway.g.id
		}
	`
	instance := func(want settings) map[string]settings { return map[string]settings{"aws_instance.i": want} }
	runCases(t, "instance", []readCase{
		{"default network", `resource "aws_instance" "i" {}`, instance(settings{
			"region": "eu-north-1", "copies": "[]", "public_address": "true (default)", "subnet_private": "false (default)",
			"metadata_session": "?decided_by_image", "monitored": "false (default)",
		})},
		{"set", network + `
			resource "aws_instance" "i" {
				subnet_id                   = aws_subnet.s.id
				associate_public_ip_address = false
				monitoring                  = true
				metadata_options { http_tokens = "required" }
			}`, instance(settings{"public_address": "false", "subnet_private": "true (default)", "metadata_session": "true", "monitored": "true"})},
		{"address by the subnet", subnet + `resource "aws_instance" "i" { subnet_id = aws_subnet.public.id }`,
			instance(settings{"public_address": "true", "subnet_private": "false"})},
		{"elastic address", network + `
			resource "aws_instance" "i" { subnet_id = aws_subnet.s.id }
			resource "aws_eip" "e" { instance = aws_instance.i.id }`, instance(settings{"public_address": "true"})},
		{"elastic address of an unknown instance", network + `
			variable "x" {}
			resource "aws_instance" "i" { subnet_id = aws_subnet.s.id }
			resource "aws_eip" "e" { instance = var.x }`, instance(settings{"public_address": "?variable_without_value"})},
		{"unresolved", `
			variable "x" {}
			resource "aws_instance" "i" {
				subnet_id  = var.x
				monitoring = var.x
				metadata_options { http_tokens = var.x }
			}`, instance(settings{"public_address": "?variable_without_value", "subnet_private": "?variable_without_value", "metadata_session": "?variable_without_value", "monitored": "?variable_without_value"})},
		{"metadata service switched off", `resource "aws_instance" "i" {
				metadata_options { http_endpoint = "disabled" }
			}`, instance(settings{"metadata_session": "true"})},
		{"metadata by the account", `
			resource "aws_ec2_instance_metadata_defaults" "d" { http_tokens = "required" }
			resource "aws_instance" "i" {}
			resource "aws_instance" "j" {
				metadata_options { http_tokens = "optional" }
			}`, map[string]settings{"aws_instance.i": {"metadata_session": "true"}, "aws_instance.j": {"metadata_session": "false"}}},
		{"from a template", network + `
			resource "aws_launch_template" "t" {
				metadata_options { http_tokens = "required" }
				monitoring { enabled = true }
				network_interfaces {
					subnet_id                   = aws_subnet.s.id
					associate_public_ip_address = true
				}
			}
			resource "aws_instance" "i" {
				launch_template { id = aws_launch_template.t.id }
			}`, map[string]settings{
			"aws_instance.i":        {"metadata_session": "true", "monitored": "true", "public_address": "true", "subnet_private": "true (default)"},
			"aws_launch_template.t": {"metadata_session": "true", "monitored": "true", "public_address": "true", "subnet_private": "true (default)"},
		}},
		{"from a template that is not in the code", `
			resource "aws_instance" "i" {
				subnet_id = "subnet-1"
				launch_template { id = "lt-1" }
			}`, instance(settings{"metadata_session": "?not_declared_here", "public_address": "?not_declared_here", "monitored": "?not_declared_here", "subnet_private": "?not_declared_here"})},
	})
}

func TestLaunchTemplates(t *testing.T) {
	runCases(t, "instance", []readCase{
		{"started by a group", network + `
			resource "aws_launch_template" "t" {}
			resource "aws_autoscaling_group" "g" {
				vpc_zone_identifier = [aws_subnet.s.id]
				launch_template { id = aws_launch_template.t.id }
			}`, map[string]settings{"aws_launch_template.t": {"public_address": "false (default)", "subnet_private": "true (default)", "metadata_session": "?decided_by_image", "monitored": "false (default)"}}},
		{"started elsewhere", `resource "aws_launch_template" "t" {}`,
			map[string]settings{"aws_launch_template.t": {"public_address": "?launched_elsewhere", "subnet_private": "?launched_elsewhere"}}},
		{"configuration", network + `
			resource "aws_launch_configuration" "c" {
				associate_public_ip_address = true
				metadata_options { http_tokens = "optional" }
			}
			resource "aws_autoscaling_group" "g" {
				vpc_zone_identifier  = [aws_subnet.s.id]
				launch_configuration = aws_launch_configuration.c.name
			}`, map[string]settings{"aws_launch_configuration.c": {"public_address": "true", "subnet_private": "true (default)", "metadata_session": "false", "monitored": "true (default)"}}},
	})
}

func TestContainerServices(t *testing.T) {
	runCases(t, "container_service", []readCase{
		{"set, unset, unresolved, on the host", network + `
			variable "x" {}
			resource "aws_ecs_service" "a" {
				network_configuration {
					subnets          = [aws_subnet.s.id]
					assign_public_ip = true
				}
			}
			resource "aws_ecs_service" "b" {
				network_configuration { subnets = var.x }
			}
			resource "aws_ecs_service" "c" {}`,
			map[string]settings{
				"aws_ecs_service.a": {"region": "eu-north-1", "public_address": "true", "subnets_private": "true (default)"},
				"aws_ecs_service.b": {"public_address": "false (default)", "subnets_private": "?variable_without_value"},
				"aws_ecs_service.c": {"public_address": "?decided_by_host", "subnets_private": "?decided_by_host"},
			}},
	})
}
