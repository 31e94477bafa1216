# METADATA
# title: Web sites refuse too many requests of one client
# custom:
#   id: TOM-DDS-001
#   measure: ddos-protection
#   kind: web_site
#   severity: medium
#   remedy: Use limit_req (nginx), mod_evasive or mod_qos (Apache), or a limit of the packet filter.
#   source: https://nginx.org/en/docs/http/ngx_http_limit_req_module.html
package tom.ddos_protection.web_site

import data.tom.lib.value

applies if {
	value.wanted(input.want.rate_limit)
	value.wants(input.want.layer, "application")
}

pass if value.is_true(input.settings.rate_limited)

fail contains {"code": "switched_off", "setting": "rate_limited"} if {
	value.is_false(input.settings.rate_limited)
}
