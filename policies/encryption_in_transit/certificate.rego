# METADATA
# title: Certificates in use stay valid for the promised time and have a key of at least 2048 bits
# custom:
#   id: TOM-TLS-010
#   measure: encryption-in-transit
#   kind: certificate
#   live: true
#   scope: [internal, public]
#   severity: high
#   remedy: Renew the certificate with an RSA key of at least 2048 bits or a key on an elliptic curve of at least 256 bits.
#   source: https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html
package tom.encryption_in_transit.certificate

import data.tom.lib.value

not_applicable if value.is_false(input.settings.in_use)

pass if {
	value.is_true(input.settings.in_use)
	value.at_least(input.settings.days_left, input.want.certificate_min_validity)
	value.at_least(input.settings.key_bits, 2048)
}

fail contains {"code": "below_promise", "setting": "days_left", "want": "certificate_min_validity"} if {
	value.is_true(input.settings.in_use)
	value.below(input.settings.days_left, input.want.certificate_min_validity)
}

fail contains {"code": "key_too_short", "setting": "key_bits"} if {
	value.is_true(input.settings.in_use)
	value.below(input.settings.key_bits, 2048)
}
