# METADATA
# title: The configuration of resources is recorded in every used region
# description: |
#   What is recorded can be compared with what is described. That somebody has described it and compares is another matter.
# custom:
#   id: TOM-CFG-001
#   measure: configuration-management
#   kind: configuration_recorder
#   live: true
#   over: population
#   partial: true
#   when_none: unknown
#   severity: low
#   remedy: Switch the configuration recorder on in each region that is used.
#   source: https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
package tom.configuration_management.configuration_recorder

import data.tom.lib.value

pass if {
	input.frame.regions_complete
	count(input.frame.regions_used) > 0
	every region in input.frame.regions_used {
		some fact in input.facts
		records(fact, region)
	}
}

fail contains {"code": "region_without", "regions": region, "facts": idle} if {
	input.complete
	some region in input.frame.regions_used
	every fact in input.facts {
		never_records(fact, region)
	}
	idle := [fact.id | some fact in input.facts; value.equals(fact.settings.region, region)]
}

records(fact, region) if {
	value.is_true(fact.settings.recording)
	value.equals(fact.settings.region, region)
}

never_records(fact, _) if value.is_false(fact.settings.recording)

never_records(fact, region) if value.differs(fact.settings.region, region)
