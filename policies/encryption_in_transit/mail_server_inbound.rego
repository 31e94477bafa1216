# METADATA
# title: Mail servers offer TLS of the promised version for incoming mail
# description: |
#   Whoever takes mail from everybody cannot refuse those without TLS (RFC 3207), so that an offer is enough.
# custom:
#   id: TOM-TLS-013
#   measure: encryption-in-transit
#   kind: mail_server
#   scope: [public]
#   severity: medium
#   remedy: Set tls_certificate and tls_advertise_hosts (Exim) or smtpd_tls_security_level = may (Postfix), with TLS 1.2 as the lowest version.
#   source: https://www.postfix.org/TLS_README.html
package tom.encryption_in_transit.mail_server_inbound

import data.tom.lib.tls
import data.tom.lib.value

not_applicable if value.equals(input.settings.inbound_tls, "local")

pass if {
	value.one_of(input.settings.inbound_tls, ["offered", "required"])
	value.at_least(input.settings.tls_min, input.want.tls_min)
	tls.refuses(input.settings.tls_min, input.want.forbidden_protocols)
}

fail contains {"code": "unencrypted_transport", "setting": "inbound_tls"} if {
	value.equals(input.settings.inbound_tls, "none")
}

fail contains {"code": "below_promise", "setting": "tls_min", "want": "tls_min"} if {
	value.one_of(input.settings.inbound_tls, ["offered", "required"])
	value.below(input.settings.tls_min, input.want.tls_min)
}

fail contains {"code": "forbidden_by_promise", "setting": "tls_min", "want": "forbidden_protocols"} if {
	value.one_of(input.settings.inbound_tls, ["offered", "required"])
	value.at_least(input.settings.tls_min, input.want.tls_min)
	tls.accepts(input.settings.tls_min, input.want.forbidden_protocols)
}
