# METADATA
# title: The network's default firewall has no rules
# custom:
#   id: TOM-FW-002
#   measure: firewall
#   kind: firewall
#   severity: medium
#   remedy: Remove all rules from the default group (in code, an aws_default_security_group without ingress and egress), and give every resource a group of its own.
#   source: https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
package tom.firewall.default_group

import data.tom.lib.value

applies if value.wanted(input.want.default_deny)

not_applicable if value.is_false(input.settings.is_default)

pass if {
	value.is_true(input.settings.is_default)
	value.at_most(input.settings.rule_count, 0)
}

fail contains {"code": "differs_from_promise", "setting": "rule_count", "want": "default_deny"} if {
	value.is_true(input.settings.is_default)
	value.above(input.settings.rule_count, 0)
	value.wanted(input.want.default_deny)
}
