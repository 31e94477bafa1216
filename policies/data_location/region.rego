# METADATA
# title: Data lies in the promised countries or regions
# description: |
#   Everything that holds data, its keys and its secrets is looked at. Networks, identities and delivery networks lie
#   nowhere or everywhere, and images of programs are no personal data.
# custom:
#   id: TOM-LOC-001
#   measure: data-location
#   kinds: [backup_plan, backup_vault, cache, database, encryption_key, file_system, instance, kubernetes_cluster, log_store, object_store, queue, recovery_point, secret, snapshot, table, topic, volume]
#   live: [kubernetes_cluster, recovery_point]
#   severity: high
#   remedy: Create the resource in a promised region (in code, with a provider of that region), and move the data there.
#   source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
package tom.data_location.region

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

pass if location.inside(input.settings.region, place)

fail contains {"code": "outside_promised_location", "setting": "region", "want": "region_class"} if {
	location.outside(input.settings.region, place)
	value.promised(input.want.region_class)
	location.decided_by(place, "class")
}

fail contains {"code": "outside_promised_location", "setting": "region", "want": "countries"} if {
	location.outside(input.settings.region, place)
	value.promised(input.want.countries)
	location.decided_by(place, "countries")
}

fail contains {"code": "outside_promised_location", "setting": "region", "want": "aws_regions"} if {
	location.outside(input.settings.region, place)
	value.promised(input.want.aws_regions)
	location.decided_by(place, "regions")
}
