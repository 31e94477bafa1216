# METADATA
# title: Public load balancers stand behind a web application firewall
# custom:
#   id: TOM-WAF-001
#   measure: web-application-firewall
#   kind: load_balancer
#   severity: medium
#   remedy: Associate a web ACL with the load balancer by aws_wafv2_web_acl_association.
#   source: https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html
package tom.web_application_firewall.load_balancer

import data.tom.lib.value

not_applicable if value.is_false(input.settings.public)

pass if {
	value.is_true(input.settings.public)
	value.is_true(input.settings.web_firewall)
}

fail contains {"code": "switched_off", "setting": "web_firewall"} if {
	value.is_true(input.settings.public)
	value.is_false(input.settings.web_firewall)
}
