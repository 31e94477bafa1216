# METADATA
# title: Object stores delete objects after the promised time at the latest
# description: |
#   Buckets that hold logs are judged by the promise on logs.
# custom:
#   id: TOM-DEL-001
#   measure: data-retention
#   kind: object_store
#   severity: medium
#   remedy: Add a lifecycle rule that expires all objects within the promised time.
#   source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
package tom.data_retention.object_store

import data.tom.lib.value

applies if value.promised(input.want.max)

not_applicable if value.is_true(input.settings.holds_logs)

pass if {
	value.is_false(input.settings.holds_logs)
	value.at_most(input.settings.retention_days, input.want.max)
}

fail contains {"code": "above_promise", "setting": "retention_days", "want": "max"} if {
	value.is_false(input.settings.holds_logs)
	value.above(input.settings.retention_days, input.want.max)
}
