# METADATA
# title: Databases let nobody in over a network without a strong proof
# custom:
#   id: TOM-ACL-006
#   measure: access-control
#   kind: database_server
#   severity: high
#   remedy: Replace trust, password and md5 in pg_hba.conf by scram-sha-256, and give every account of MariaDB, MySQL and Redis a password.
#   source: https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
package tom.access_control.database_server

import data.tom.lib.value

pass if value.empty(input.settings.weak_authentication)

fail contains {"code": "weak_authentication", "setting": "weak_authentication"} if {
	some _ in value.some_of(input.settings.weak_authentication)
}
