package tom.firewall.egress_test

import data.tom.firewall.egress as policy

test_pass_nothing_open if {
	asked := input_with({"open_egress": known([])}, {"direction": ["egress", "ingress"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_named_port if {
	asked := input_with({"open_egress": known([{"family": "ipv4", "protocol": "tcp", "from": 443, "to": 443, "source": "0.0.0.0/0"}])}, {"direction": ["egress", "ingress"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_everything if {
	asked := input_with({"open_egress": known([{"family": "ipv4", "protocol": "all", "from": 0, "to": 65535, "source": "0.0.0.0/0"}])}, {"direction": ["egress", "ingress"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "open_egress", "want": "direction"}} with input as asked
}

test_fail_seen_in_a_part if {
	asked := input_with({"open_egress": partly([{"family": "ipv4", "protocol": "tcp", "from": 0, "to": 65535, "source": "0.0.0.0/0"}])}, {"direction": ["egress", "ingress"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "open_egress", "want": "direction"}} with input as asked
}

test_unknown_what_else_is_open if {
	asked := input_with({"open_egress": partly([{"family": "ipv4", "protocol": "tcp", "from": 443, "to": 443, "source": "0.0.0.0/0"}])}, {"direction": ["egress", "ingress"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"direction": ["egress", "ingress"]})
	policy.applies with input as asked
}

test_applies_not_where_only_ingress_is_promised if {
	asked := input_with({}, {"direction": ["ingress"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

partly(v) := {"state": "known", "value": v, "more": ["dynamic_unknown"]}

input_with(settings, want) := {"settings": settings, "want": want}
