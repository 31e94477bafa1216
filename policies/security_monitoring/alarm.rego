# METADATA
# title: Every alarm leads to somebody
# custom:
#   id: TOM-MON-002
#   measure: security-monitoring
#   kind: alarm
#   severity: low
#   remedy: Name a topic with a subscription in alarm_actions, and leave actions_enabled on.
#   source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
package tom.security_monitoring.alarm

import data.tom.lib.value

applies if value.wanted(input.want.alerting)

pass if {
	value.is_true(input.settings.actions_enabled)
	value.is_true(input.settings.has_target)
}

fail contains {"code": "switched_off", "setting": "actions_enabled"} if value.is_false(input.settings.actions_enabled)

fail contains {"code": "missing_target", "setting": "has_target"} if value.is_false(input.settings.has_target)
