# METADATA
# title: Logs of hosts are not kept for ever
# description: |
#   Logs hold personal data, and whoever promises to delete it promises some end. How long logs may be kept is judged by the
#   promise on logs.
# custom:
#   id: TOM-DEL-006
#   measure: data-retention
#   kind: log_rotation
#   severity: medium
#   remedy: Rotate the log with logrotate, with a limit in rotate or maxage.
#   source: https://man7.org/linux/man-pages/man8/logrotate.8.html
package tom.data_retention.log_rotation

import data.tom.lib.value

pass if value.below(input.settings.kept_max_days, never)

fail contains {"code": "not_deleted", "setting": "kept_max_days"} if {
	value.at_least(input.settings.kept_max_days, never)
}

# The number of days that never ends.
never := 2147483647
