# METADATA
# title: No log of a host is older than promised
# custom:
#   id: TOM-RET-007
#   measure: log-retention
#   kind: log_rotation
#   live: true
#   severity: medium
#   remedy: Delete the logs that are too old, and see why they were not rotated.
#   source: https://man7.org/linux/man-pages/man8/logrotate.8.html
package tom.log_retention.log_rotation_oldest

import data.tom.lib.value

applies if value.wanted(input.want.auto_delete)

pass if {
	value.at_most_rotated(input.settings.oldest_days, input.want.log_retention_max, input.settings.period_days)
}

fail contains {"code": "above_promise", "setting": "oldest_days", "want": "log_retention_max"} if {
	value.above_rotated(input.settings.oldest_days, input.want.log_retention_max, input.settings.period_days)
}
