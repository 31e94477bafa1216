# METADATA
# title: Object stores that hold logs keep them at least as long as promised
# custom:
#   id: TOM-RET-003
#   measure: log-retention
#   kind: object_store
#   severity: medium
#   remedy: Set the expiration of the lifecycle rule to at least the promised minimum.
#   source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
package tom.log_retention.object_store_min

import data.tom.lib.value

not_applicable if value.is_false(input.settings.holds_logs)

pass if {
	value.is_true(input.settings.holds_logs)
	value.at_least(input.settings.retention_days, input.want.log_retention_min)
}

fail contains {"code": "below_promise", "setting": "retention_days", "want": "log_retention_min"} if {
	value.is_true(input.settings.holds_logs)
	value.below(input.settings.retention_days, input.want.log_retention_min)
}
