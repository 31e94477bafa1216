# METADATA
# title: Mail servers send over TLS alone
# custom:
#   id: TOM-TLS-014
#   measure: encryption-in-transit
#   kind: mail_server
#   scope: [sub-processor]
#   severity: medium
#   remedy: Set hosts_require_tls in the transport (Exim) or smtp_tls_security_level = encrypt, dane or verify (Postfix) for the receivers that are meant.
#   source: https://www.postfix.org/postconf.5.html#smtp_tls_security_level
package tom.encryption_in_transit.mail_server_outbound

import data.tom.lib.value

pass if value.one_of(input.settings.outbound_tls, ["required", "verified"])

fail contains {"code": "unencrypted_transport", "setting": "outbound_tls"} if {
	value.one_of(input.settings.outbound_tls, ["none", "opportunistic"])
}
