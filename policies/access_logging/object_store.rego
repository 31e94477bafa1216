# METADATA
# title: Object stores log who reads and changes objects
# description: |
#   A bucket that logs are delivered into is not logged itself: its own log would never end.
# custom:
#   id: TOM-ACL-003
#   measure: access-logging
#   kind: object_store
#   severity: medium
#   remedy: Add an aws_s3_bucket_logging that delivers into a bucket for logs.
#   source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
package tom.access_logging.object_store

import data.tom.lib.value

applies if value.wants(input.want.events, "view")

applies if value.wants(input.want.events, "change")

not_applicable if value.is_true(input.settings.holds_logs)

pass if {
	value.is_false(input.settings.holds_logs)
	value.is_true(input.settings.access_logging)
}

fail contains {"code": "switched_off", "setting": "access_logging"} if {
	value.is_false(input.settings.holds_logs)
	value.is_false(input.settings.access_logging)
}
