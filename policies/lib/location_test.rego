package tom.lib.location_test

import data.tom.lib.location

in_eea := {"class": "EU/EEA", "countries": [], "regions": []}

in_countries(list) := {"class": "country", "countries": list, "regions": []}

in_regions(list) := {"class": "EU/EEA", "countries": [], "regions": list}

test_the_regions_of_the_eea_are_exactly_these if {
	covered := {code | some code, _ in location.countries; location.covers(in_eea, code)}
	covered == {
		"eu-central-1",
		"eu-north-1",
		"eu-south-1",
		"eu-south-2",
		"eu-west-1",
		"eu-west-3",
		"eusc-de-east-1",
	}
}

test_london_and_zurich_are_adequate_and_not_eea if {
	every code in ["eu-west-2", "eu-central-2"] {
		location.excludes(in_eea, code)
		not location.covers(in_eea, code)
		location.covers({"class": "adequate", "countries": [], "regions": []}, code)
	}
	location.excludes({"class": "adequate", "countries": [], "regions": []}, "us-east-1")
}

test_any_place if {
	everywhere := {"class": "any", "countries": [], "regions": []}
	location.covers(everywhere, "us-east-1")
	location.covers(everywhere, "xx-new-1")
	not location.excludes(everywhere, "us-east-1")
}

test_countries_by_code_name_and_union if {
	every list in [["SE"], ["se"], ["Sverige"], ["Sweden"], ["DE", "SE"], ["EU/EEA"], ["EØS"]] {
		location.covers(in_countries(list), "eu-north-1")
		not location.excludes(in_countries(list), "eu-north-1")
	}
	location.excludes(in_countries(["SE"]), "eu-central-1")
	location.excludes(in_countries(["Norge"]), "eu-north-1")
}

test_regions_decide_before_countries_and_class if {
	location.covers(in_regions(["us-east-1"]), "us-east-1")
	location.excludes(in_regions(["eu-north-1"]), "eu-west-1")
	location.excludes(in_regions(["eu-north-1"]), "xx-new-1")
	both := {"class": "country", "countries": ["DE"], "regions": ["eu-north-1"]}
	location.covers(both, "eu-north-1")
	location.excludes(both, "eu-central-1")
}

test_an_unlisted_region_lies_nowhere if {
	every place in [in_eea, in_countries(["SE"]), {"class": "adequate", "countries": [], "regions": []}] {
		not location.covers(place, "xx-new-1")
		not location.excludes(place, "xx-new-1")
	}
}

test_settings if {
	location.inside({"state": "known", "value": "eu-north-1"}, in_eea)
	location.outside({"state": "known", "value": "us-east-1"}, in_eea)
	not location.inside({"state": "unresolved"}, in_eea)
	not location.outside({"state": "unresolved"}, in_eea)
}

test_named if {
	location.named(in_eea)
	location.named(in_countries(["SE"]))
	location.named(in_regions(["eu-north-1"]))
	not location.named(in_countries([]))
}

test_class_country_without_countries_decides_nothing if {
	not location.covers(in_countries([]), "eu-north-1")
	not location.excludes(in_countries([]), "eu-north-1")
}

test_the_narrowest_part_decides if {
	location.decided_by(in_eea, "class")
	location.decided_by(in_countries(["SE"]), "countries")
	location.decided_by(in_regions(["eu-north-1"]), "regions")
	location.decided_by({"class": "country", "countries": ["DE"], "regions": ["eu-north-1"]}, "regions")
	not location.decided_by(in_regions(["eu-north-1"]), "class")
	not location.decided_by(in_countries(["SE"]), "class")
}
