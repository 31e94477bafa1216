# METADATA
# title: Logs of hosts are deleted after the promised time
# description: |
#   Rotation removes records a whole period at a time. Who keeps them for a number of days at least keeps some of them for up to
#   two periods more: so much is allowed, and no more than half of the promised time.
# custom:
#   id: TOM-RET-006
#   measure: log-retention
#   kind: log_rotation
#   severity: medium
#   remedy: Set rotate and a period in the stanza of logrotate so that no log is left after the promised time, and no notifempty or minsize beside maxage.
#   source: https://man7.org/linux/man-pages/man8/logrotate.8.html
package tom.log_retention.log_rotation_max

import data.tom.lib.value

applies if value.wanted(input.want.auto_delete)

pass if {
	value.at_most_rotated(input.settings.kept_max_days, input.want.log_retention_max, input.settings.period_days)
}

fail contains {"code": "above_promise", "setting": "kept_max_days", "want": "log_retention_max"} if {
	value.above_rotated(input.settings.kept_max_days, input.want.log_retention_max, input.settings.period_days)
}
