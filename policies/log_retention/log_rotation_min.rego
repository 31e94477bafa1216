# METADATA
# title: Logs of hosts are kept at least as long as promised
# description: |
#   A log is kept as long as its records for which this time is the shortest: those that are written last before a rotation.
# custom:
#   id: TOM-RET-005
#   measure: log-retention
#   kind: log_rotation
#   severity: medium
#   remedy: "Raise rotate in the stanza of logrotate: daily and rotate 90 keep logs for 90 days at least."
#   source: https://man7.org/linux/man-pages/man8/logrotate.8.html
package tom.log_retention.log_rotation_min

import data.tom.lib.value

pass if value.at_least(input.settings.kept_min_days, input.want.log_retention_min)

fail contains {"code": "below_promise", "setting": "kept_min_days", "want": "log_retention_min"} if {
	value.below(input.settings.kept_min_days, input.want.log_retention_min)
}
