# METADATA
# title: Object stores that hold logs delete them after the promised time at the latest
# custom:
#   id: TOM-RET-004
#   measure: log-retention
#   kind: object_store
#   severity: medium
#   remedy: Add a lifecycle rule that expires all objects, and noncurrent versions where versions are kept.
#   source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
package tom.log_retention.object_store_max

import data.tom.lib.value

applies if value.wanted(input.want.auto_delete)

not_applicable if value.is_false(input.settings.holds_logs)

pass if {
	value.is_true(input.settings.holds_logs)
	value.at_most(input.settings.retention_days, input.want.log_retention_max)
	value.at_most(input.settings.noncurrent_days, input.want.log_retention_max)
}

fail contains {"code": "above_promise", "setting": "retention_days", "want": "log_retention_max"} if {
	value.is_true(input.settings.holds_logs)
	value.above(input.settings.retention_days, input.want.log_retention_max)
}

fail contains {"code": "above_promise", "setting": "noncurrent_days", "want": "log_retention_max"} if {
	value.is_true(input.settings.holds_logs)
	value.above(input.settings.noncurrent_days, input.want.log_retention_max)
}
