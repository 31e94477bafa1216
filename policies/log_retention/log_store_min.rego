# METADATA
# title: Log stores keep logs at least as long as promised
# custom:
#   id: TOM-RET-001
#   measure: log-retention
#   kind: log_store
#   severity: medium
#   remedy: Set retention_in_days to at least the promised minimum.
#   source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
package tom.log_retention.log_store_min

import data.tom.lib.value

pass if {
	value.at_least(input.settings.retention_days, input.want.log_retention_min)
}

fail contains {"code": "below_promise", "setting": "retention_days", "want": "log_retention_min"} if {
	value.below(input.settings.retention_days, input.want.log_retention_min)
}
