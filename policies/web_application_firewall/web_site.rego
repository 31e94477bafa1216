# METADATA
# title: Web sites have a web application firewall that does what is promised
# custom:
#   id: TOM-WAF-003
#   measure: web-application-firewall
#   kind: web_site
#   severity: medium
#   remedy: Set SecRuleEngine On, not DetectionOnly, include a set of rules, and switch it off for no site.
#   source: https://github.com/owasp-modsecurity/ModSecurity/wiki/Reference-Manual-%28v3.x%29
package tom.web_application_firewall.web_site

import data.tom.lib.value

pass if value.equals(input.settings.web_firewall, "block")

pass if {
	value.equals(input.settings.web_firewall, "detect")
	value.wants(input.want.mode, "detect")
}

fail contains {"code": "switched_off", "setting": "web_firewall"} if {
	value.equals(input.settings.web_firewall, "off")
}

fail contains {"code": "differs_from_promise", "setting": "web_firewall", "want": "mode"} if {
	value.equals(input.settings.web_firewall, "detect")
	value.lacks(input.want.mode, "detect")
}
