package tom.firewall.firewall_test

import data.tom.firewall.firewall as policy

test_pass_nothing_open if {
	asked := input_with({"open_ingress": known([])}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_promised_ports if {
	asked := input_with({"open_ingress": known([{"family": "ipv4", "protocol": "tcp", "from": 443, "to": 443, "source": "0.0.0.0/0"}, {"family": "ipv6", "protocol": "tcp", "from": 80, "to": 80, "source": "::/0"}])}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_echo if {
	asked := input_with({"open_ingress": known([{"family": "ipv4", "protocol": "icmp", "from": 0, "to": 65535, "source": "0.0.0.0/0"}])}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_administration_promised_from_anywhere if {
	asked := input_with({"open_ingress": known([{"family": "ipv4", "protocol": "tcp", "from": 22, "to": 22, "source": "0.0.0.0/0"}])}, {"public_ports": [80, 443], "admin_sources": "any"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_other_port if {
	asked := input_with({"open_ingress": known([{"family": "ipv4", "protocol": "tcp", "from": 5432, "to": 5432, "source": "0.0.0.0/0"}])}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	not policy.pass with input as asked
	policy.fail == {{"code": "open_to_world", "setting": "open_ingress", "want": "public_ports"}} with input as asked
}

test_fail_range if {
	asked := input_with({"open_ingress": known([{"family": "ipv6", "protocol": "tcp", "from": 80, "to": 443, "source": "::/0"}])}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	not policy.pass with input as asked
	policy.fail == {{"code": "open_to_world", "setting": "open_ingress", "want": "public_ports"}} with input as asked
}

test_fail_all_protocols if {
	asked := input_with({"open_ingress": known([{"family": "ipv4", "protocol": "all", "from": 0, "to": 65535, "source": "0.0.0.0/0"}])}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	not policy.pass with input as asked
	policy.fail == {{"code": "open_to_world", "setting": "open_ingress", "want": "public_ports"}} with input as asked
}

test_fail_administration if {
	asked := input_with({"open_ingress": known([{"family": "ipv4", "protocol": "tcp", "from": 22, "to": 22, "source": "0.0.0.0/0"}])}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	not policy.pass with input as asked
	policy.fail == {{"code": "open_to_world", "setting": "open_ingress", "want": "public_ports"}} with input as asked
}

test_fail_seen_in_a_part if {
	asked := input_with({"open_ingress": partly([{"family": "ipv4", "protocol": "tcp", "from": 5432, "to": 5432, "source": "0.0.0.0/0"}])}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	not policy.pass with input as asked
	policy.fail == {{"code": "open_to_world", "setting": "open_ingress", "want": "public_ports"}} with input as asked
}

test_unknown_what_else_is_open if {
	asked := input_with({"open_ingress": partly([{"family": "ipv4", "protocol": "tcp", "from": 443, "to": 443, "source": "0.0.0.0/0"}])}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_rules if {
	asked := input_with({"open_ingress": unresolved}, {"public_ports": [80, 443], "admin_sources": "allow-list"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

partly(v) := {"state": "known", "value": v, "more": ["dynamic_unknown"]}

input_with(settings, want) := {"settings": settings, "want": want}
