# METADATA
# title: Database servers refuse connections over a network without TLS
# custom:
#   id: TOM-TLS-012
#   measure: encryption-in-transit
#   kind: database_server
#   scope: [database]
#   severity: high
#   remedy: Set ssl = on and hostssl lines alone in pg_hba.conf, or require_secure_transport = ON, or tls-port and port 0, with TLS 1.2 as the lowest version.
#   source: https://www.postgresql.org/docs/current/ssl-tcp.html
package tom.encryption_in_transit.database_server

import data.tom.lib.tls
import data.tom.lib.value

not_applicable if value.equals(input.settings.listens, "local")

pass if {
	value.differs(input.settings.listens, "local")
	value.is_true(input.settings.tls_required)
	value.at_least(input.settings.tls_min, input.want.tls_min)
	tls.refuses(input.settings.tls_min, input.want.forbidden_protocols)
}

fail contains {"code": "unencrypted_transport", "setting": "tls_required"} if {
	value.differs(input.settings.listens, "local")
	value.is_false(input.settings.tls_required)
}

fail contains {"code": "below_promise", "setting": "tls_min", "want": "tls_min"} if {
	value.differs(input.settings.listens, "local")
	value.is_true(input.settings.tls_required)
	value.below(input.settings.tls_min, input.want.tls_min)
}

fail contains {"code": "forbidden_by_promise", "setting": "tls_min", "want": "forbidden_protocols"} if {
	value.differs(input.settings.listens, "local")
	value.is_true(input.settings.tls_required)
	value.at_least(input.settings.tls_min, input.want.tls_min)
	tls.accepts(input.settings.tls_min, input.want.forbidden_protocols)
}
