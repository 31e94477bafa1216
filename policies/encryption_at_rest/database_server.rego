# METADATA
# title: Database servers keep their files encrypted at the promised level
# custom:
#   id: TOM-ENC-014
#   measure: encryption-at-rest
#   kind: database_server
#   scope: [database]
#   severity: high
#   remedy: Put the data directory on a LUKS volume, or encrypt tables and logs by the server itself with a key that lies elsewhere.
#   source: https://mariadb.com/kb/en/data-at-rest-encryption-overview/
package tom.encryption_at_rest.database_server

import data.tom.lib.value

pass if value.encryption_at_least(input.settings.encryption, input.want.key_source)

fail contains {"code": "below_promise", "setting": "encryption", "want": "key_source"} if {
	value.encryption_below(input.settings.encryption, input.want.key_source)
}
