# METADATA
# title: Public listeners negotiate the promised TLS version or a later one
# custom:
#   id: TOM-TLS-001
#   measure: encryption-in-transit
#   kind: listener
#   scope: [public]
#   severity: high
#   remedy: Use protocol HTTPS or TLS with a policy of the promised version, such as ELBSecurityPolicy-TLS13-1-2-2021-06, and let an HTTP listener only redirect to HTTPS. On a server set ssl_protocols (nginx, in the default server of the socket) or SSLProtocol (Apache).
#   source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
package tom.encryption_in_transit.listener_public

import data.tom.lib.tls
import data.tom.lib.value

not_applicable if value.is_false(input.settings.public)

pass if {
	value.is_true(input.settings.public)
	value.differs(input.settings.protocol, "http")
	value.at_least(input.settings.tls_min, input.want.tls_min)
	tls.refuses(input.settings.tls_min, input.want.forbidden_protocols)
}

pass if {
	value.is_true(input.settings.public)
	value.equals(input.settings.protocol, "http")
	value.wants(input.want.http, "redirect")
	value.is_true(input.settings.redirects_to_https)
}

pass if {
	value.is_true(input.settings.public)
	value.equals(input.settings.protocol, "http")
	value.wants(input.want.http, "allowed")
}

fail contains {"code": "below_promise", "setting": "tls_min", "want": "tls_min"} if {
	value.is_true(input.settings.public)
	value.differs(input.settings.protocol, "http")
	value.below(input.settings.tls_min, input.want.tls_min)
}

fail contains {"code": "forbidden_by_promise", "setting": "tls_min", "want": "forbidden_protocols"} if {
	value.is_true(input.settings.public)
	value.differs(input.settings.protocol, "http")
	value.at_least(input.settings.tls_min, input.want.tls_min)
	tls.accepts(input.settings.tls_min, input.want.forbidden_protocols)
}

fail contains {"code": "unencrypted_transport", "setting": "redirects_to_https", "want": "http"} if {
	value.is_true(input.settings.public)
	value.equals(input.settings.protocol, "http")
	value.wants(input.want.http, "redirect")
	value.is_false(input.settings.redirects_to_https)
}

fail contains {"code": "unencrypted_transport", "setting": "protocol", "want": "http"} if {
	value.is_true(input.settings.public)
	value.equals(input.settings.protocol, "http")
	value.wants(input.want.http, "blocked")
}
