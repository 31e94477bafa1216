# METADATA
# title: An alarm notifies somebody
# custom:
#   id: TOM-MON-001
#   measure: security-monitoring
#   kind: alarm
#   over: population
#   when_none: unknown
#   severity: medium
#   remedy: Set up an alarm whose action leads to a topic with a confirmed subscription.
#   source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
package tom.security_monitoring.alarm_exists

import data.tom.lib.value

applies if value.wanted(input.want.alerting)

pass if {
	some alarm in input.facts
	alarm.placeholder == false
	value.is_true(alarm.settings.actions_enabled)
	value.is_true(alarm.settings.has_target)
}

fail contains {"code": "none_found"} if {
	input.complete
	count(input.facts) == 0
}

fail contains {"code": "missing_target", "setting": "has_target", "facts": [alarm.id]} if {
	all_silent
	some alarm in input.facts
	value.is_false(alarm.settings.has_target)
}

fail contains {"code": "switched_off", "setting": "actions_enabled", "facts": [alarm.id]} if {
	all_silent
	some alarm in input.facts
	value.is_false(alarm.settings.actions_enabled)
}

all_silent if {
	input.complete
	every alarm in input.facts {
		silent(alarm)
	}
}

silent(alarm) if value.is_false(alarm.settings.has_target)

silent(alarm) if value.is_false(alarm.settings.actions_enabled)
