# METADATA
# title: Web sites tell browsers to use HTTPS alone
# custom:
#   id: TOM-TLS-015
#   measure: encryption-in-transit
#   kinds: [web_endpoint, web_site]
#   scope: [public]
#   severity: low
#   remedy: "Send Strict-Transport-Security with a max-age of at least a day from every location: add_header ... always (nginx), Header always set (Apache)."
#   source: https://datatracker.ietf.org/doc/html/rfc6797
package tom.encryption_in_transit.web_site_hsts

import data.tom.lib.value

applies if value.wanted(input.want.hsts)

pass if value.at_least(input.settings.hsts_days, 1)

fail contains {"code": "switched_off", "setting": "hsts_days"} if {
	value.below(input.settings.hsts_days, 1)
}
