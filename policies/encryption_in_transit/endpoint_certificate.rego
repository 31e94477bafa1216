# METADATA
# title: Endpoints present certificates that clients trust
# custom:
#   id: TOM-TLS-016
#   measure: encryption-in-transit
#   kind: endpoint
#   scope: [public]
#   severity: high
#   remedy: Present a certificate of a public authority that names the host, with all intermediate certificates, and renew it in time.
#   source: https://datatracker.ietf.org/doc/html/rfc9525
package tom.encryption_in_transit.endpoint_certificate

import data.tom.lib.value

not_applicable if value.is_false(input.settings.answers)

pass if {
	value.is_true(input.settings.answers)
	value.is_true(input.settings.certificate_trusted)
}

fail contains {"code": "switched_off", "setting": "certificate_trusted"} if {
	value.is_true(input.settings.answers)
	value.is_false(input.settings.certificate_trusted)
}
