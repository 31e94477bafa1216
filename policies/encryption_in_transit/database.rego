# METADATA
# title: Databases refuse connections without TLS
# description: |
#   Which versions of TLS a database negotiates is not looked at here.
# custom:
#   id: TOM-TLS-006
#   measure: encryption-in-transit
#   kind: database
#   scope: [database]
#   severity: high
#   remedy: Set rds.force_ssl = 1 (PostgreSQL, SQL Server) or require_secure_transport = ON (MySQL, MariaDB) in the parameter group.
#   source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
package tom.encryption_in_transit.database

import data.tom.lib.value

pass if value.is_true(input.settings.tls_required)

fail contains {"code": "unencrypted_transport", "setting": "tls_required"} if value.is_false(input.settings.tls_required)
