# METADATA
# title: Log stores do not keep logs for ever
# description: |
#   Logs hold personal data, and whoever promises to delete it promises some end. How long logs may be kept is judged by the
#   promise on logs.
# custom:
#   id: TOM-DEL-005
#   measure: data-retention
#   kind: log_store
#   severity: medium
#   remedy: Set retention_in_days; without it logs are kept for ever.
#   source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
package tom.data_retention.log_store

import data.tom.lib.value

# The number of days that never ends.
never := 2147483647

pass if value.below(input.settings.retention_days, never)

fail contains {"code": "not_deleted", "setting": "retention_days"} if {
	value.at_least(input.settings.retention_days, never)
}
