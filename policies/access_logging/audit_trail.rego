# METADATA
# title: An audit trail records the reading and changing of stored data
# custom:
#   id: TOM-ACL-004
#   measure: access-logging
#   kind: audit_trail
#   over: population
#   when_none: unknown
#   severity: medium
#   remedy: Add an event selector for data events to a trail that is logging.
#   source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
package tom.access_logging.audit_trail

import data.tom.lib.value

applies if value.wants(input.want.events, "view")

applies if value.wants(input.want.events, "change")

pass if {
	some trail in input.facts
	trail.placeholder == false
	value.is_true(trail.settings.logging)
	value.is_true(trail.settings.data_events)
}

fail contains {"code": "none_found"} if {
	input.complete
	count(input.facts) == 0
}

fail contains {"code": "switched_off", "setting": "data_events", "facts": [trail.id]} if {
	none_records
	some trail in input.facts
	value.is_false(trail.settings.data_events)
}

fail contains {"code": "switched_off", "setting": "logging", "facts": [trail.id]} if {
	none_records
	some trail in input.facts
	value.is_false(trail.settings.logging)
}

none_records if {
	input.complete
	every trail in input.facts {
		records_nothing(trail)
	}
}

records_nothing(trail) if value.is_false(trail.settings.data_events)

records_nothing(trail) if value.is_false(trail.settings.logging)
