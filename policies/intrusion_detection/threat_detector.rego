# METADATA
# title: A threat detector watches every used region
# custom:
#   id: TOM-IDS-001
#   measure: intrusion-detection
#   kind: threat_detector
#   over: population
#   when_none: unknown
#   severity: medium
#   remedy: Enable a threat detector in each region that is used, such as aws_guardduty_detector with enable = true.
#   source: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_regions.html
package tom.intrusion_detection.threat_detector

import data.tom.lib.value

applies if value.wanted(input.want.threat_detection)

pass if {
	input.frame.regions_complete
	count(input.frame.regions_used) > 0
	every region in input.frame.regions_used {
		some fact in input.facts
		watches(fact, region)
	}
}

fail contains {"code": "region_without", "regions": region, "facts": idle} if {
	input.complete
	some region in input.frame.regions_used
	every fact in input.facts {
		never_watches(fact, region)
	}
	idle := [fact.id | some fact in input.facts; value.equals(fact.settings.region, region)]
}

watches(fact, region) if {
	value.is_true(fact.settings.enabled)
	value.equals(fact.settings.region, region)
}

never_watches(fact, _) if value.is_false(fact.settings.enabled)

never_watches(fact, region) if value.differs(fact.settings.region, region)
