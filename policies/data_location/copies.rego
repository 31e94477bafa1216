# METADATA
# title: Copies of data lie in the promised countries or regions
# description: |
#   No copies at all is a pass: what is not copied is copied nowhere else.
# custom:
#   id: TOM-LOC-002
#   measure: data-location
#   kinds: [backup_plan, backup_vault, cache, database, encryption_key, file_system, instance, kubernetes_cluster, log_store, object_store, queue, recovery_point, secret, snapshot, table, topic, volume]
#   live: [kubernetes_cluster, recovery_point]
#   severity: high
#   remedy: Replicate and copy to a promised region, or remove the replication.
#   source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
package tom.data_location.copies

import data.tom.lib.location
import data.tom.lib.value

applies if {
	value.unwanted(input.want.preference_only)
	location.named(place)
}

place := {"class": input.want.region_class, "countries": countries, "regions": regions}

# What is not promised is absent: no list is an empty list.
default countries := []

countries := input.want.countries

default regions := []

regions := input.want.aws_regions

pass if {
	value.complete(input.settings.copies)
	every code in value.some_of(input.settings.copies) {
		location.covers(place, code)
	}
}

fail contains {"code": "copied_outside_promised_location", "setting": "copies", "want": "region_class"} if {
	some code in value.some_of(input.settings.copies)
	location.excludes(place, code)
	value.promised(input.want.region_class)
	location.decided_by(place, "class")
}

fail contains {"code": "copied_outside_promised_location", "setting": "copies", "want": "countries"} if {
	some code in value.some_of(input.settings.copies)
	location.excludes(place, code)
	value.promised(input.want.countries)
	location.decided_by(place, "countries")
}

fail contains {"code": "copied_outside_promised_location", "setting": "copies", "want": "aws_regions"} if {
	some code in value.some_of(input.settings.copies)
	location.excludes(place, code)
	value.promised(input.want.aws_regions)
	location.decided_by(place, "regions")
}
