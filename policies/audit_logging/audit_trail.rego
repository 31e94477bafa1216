# METADATA
# title: An audit trail records what is done through the provider's interface, in every region
# custom:
#   id: TOM-AUD-001
#   measure: audit-logging
#   kind: audit_trail
#   over: population
#   when_none: unknown
#   severity: high
#   remedy: Set up one trail for all regions with validation of its log files, logging on and management events of all kinds (in code an aws_cloudtrail with is_multi_region_trail and enable_log_file_validation).
#   source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html
package tom.audit_logging.audit_trail

import data.tom.lib.value

applies if value.wants(input.want.sources, "api")

pass if {
	some trail in input.facts
	trail.placeholder == false
	value.is_true(trail.settings.logging)
	value.equals(trail.settings.management_events, "all")
	everywhere(trail)
	validated(trail)
}

everywhere(trail) if value.is_true(trail.settings.all_regions)

everywhere(_) if value.unwanted(input.want.all_regions)

validated(trail) if value.is_true(trail.settings.integrity_validation)

validated(_) if value.unwanted(input.want.integrity_validation)

fail contains {"code": "none_found"} if {
	input.complete
	count(input.facts) == 0
}

fail contains {"code": "switched_off", "setting": "logging", "facts": [trail.id]} if {
	all_fall_short
	some trail in input.facts
	value.is_false(trail.settings.logging)
}

fail contains {"code": "switched_off", "setting": "management_events", "want": "sources", "facts": [trail.id]} if {
	all_fall_short
	value.wants(input.want.sources, "api")
	some trail in input.facts
	value.differs(trail.settings.management_events, "all")
}

fail contains {"code": "switched_off", "setting": "all_regions", "want": "all_regions", "facts": [trail.id]} if {
	all_fall_short
	value.wanted(input.want.all_regions)
	some trail in input.facts
	value.is_false(trail.settings.all_regions)
}

fail contains {
	"code": "switched_off",
	"setting": "integrity_validation",
	"want": "integrity_validation",
	"facts": [trail.id],
} if {
	all_fall_short
	value.wanted(input.want.integrity_validation)
	some trail in input.facts
	value.is_false(trail.settings.integrity_validation)
}

all_fall_short if {
	input.complete
	every trail in input.facts {
		falls_short(trail)
	}
}

falls_short(trail) if value.is_false(trail.settings.logging)

falls_short(trail) if value.differs(trail.settings.management_events, "all")

falls_short(trail) if {
	value.is_false(trail.settings.all_regions)
	value.wanted(input.want.all_regions)
}

falls_short(trail) if {
	value.is_false(trail.settings.integrity_validation)
	value.wanted(input.want.integrity_validation)
}
