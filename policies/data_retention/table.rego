# METADATA
# title: Tables delete items when their time is over
# custom:
#   id: TOM-DEL-003
#   measure: data-retention
#   kind: table
#   severity: medium
#   remedy: Add a ttl block with enabled = true that names the attribute that holds the time.
#   source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
package tom.data_retention.table

import data.tom.lib.value

applies if value.wanted(input.want.auto_delete)

pass if value.is_true(input.settings.items_expire)

fail contains {"code": "not_deleted", "setting": "items_expire"} if value.is_false(input.settings.items_expire)
