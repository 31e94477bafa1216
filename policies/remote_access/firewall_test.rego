package tom.remote_access.firewall_test

import data.tom.remote_access.firewall as policy

test_pass_nothing_open if {
	asked := input_with({"open_ingress": known([])}, {"allow_list": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_other_port if {
	asked := input_with({"open_ingress": known([{"family": "ipv4", "protocol": "tcp", "from": 443, "to": 443, "source": "0.0.0.0/0"}])}, {"allow_list": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_ssh if {
	asked := input_with({"open_ingress": known([{"family": "ipv4", "protocol": "tcp", "from": 22, "to": 22, "source": "0.0.0.0/0"}])}, {"allow_list": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "open_ingress"}} with input as asked
}

test_fail_rdp_within_a_range if {
	asked := input_with({"open_ingress": known([{"family": "ipv6", "protocol": "tcp", "from": 3000, "to": 4000, "source": "::/0"}])}, {"allow_list": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "open_ingress"}} with input as asked
}

test_unknown_what_else_is_open if {
	asked := input_with({"open_ingress": partly([{"family": "ipv4", "protocol": "tcp", "from": 443, "to": 443, "source": "0.0.0.0/0"}])}, {"allow_list": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"allow_list": true})
	policy.applies with input as asked
}

test_applies_not_without_a_list_of_addresses if {
	asked := input_with({}, {"allow_list": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

partly(v) := {"state": "known", "value": v, "more": ["dynamic_unknown"]}

input_with(settings, want) := {"settings": settings, "want": want}
