# METADATA
# title: Log stores delete logs after the promised time at the latest
# custom:
#   id: TOM-RET-002
#   measure: log-retention
#   kind: log_store
#   severity: medium
#   remedy: Set retention_in_days; without it logs are kept for ever.
#   source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
package tom.log_retention.log_store_max

import data.tom.lib.value

applies if value.wanted(input.want.auto_delete)

pass if {
	value.at_most(input.settings.retention_days, input.want.log_retention_max)
}

fail contains {"code": "above_promise", "setting": "retention_days", "want": "log_retention_max"} if {
	value.above(input.settings.retention_days, input.want.log_retention_max)
}
