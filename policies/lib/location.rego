# METADATA
# title: Where a provider's regions lie, and which of them a promise of location covers
# description: |
#   A place is what is promised: {"class", "countries", "regions"}. The narrowest part decides: the list of regions where
#   there is one, else the list of countries, else the class. A region that is not in the table below lies nowhere: it is
#   neither covered nor excluded by countries and classes. A name that begins with eu- proves nothing: eu-west-2 (London)
#   and eu-central-2 (Zurich) lie outside the EEA.
package tom.lib.location

import data.tom.lib.value

# Regions of AWS by the country they lie in. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
countries := {
	"af-south-1": "ZA",
	"ap-east-1": "HK",
	"ap-east-2": "TW",
	"ap-northeast-1": "JP",
	"ap-northeast-2": "KR",
	"ap-northeast-3": "JP",
	"ap-south-1": "IN",
	"ap-south-2": "IN",
	"ap-southeast-1": "SG",
	"ap-southeast-2": "AU",
	"ap-southeast-3": "ID",
	"ap-southeast-4": "AU",
	"ap-southeast-5": "MY",
	"ap-southeast-6": "NZ",
	"ap-southeast-7": "TH",
	"ca-central-1": "CA",
	"ca-west-1": "CA",
	"cn-north-1": "CN",
	"cn-northwest-1": "CN",
	"eu-central-1": "DE",
	"eu-central-2": "CH",
	"eu-north-1": "SE",
	"eu-south-1": "IT",
	"eu-south-2": "ES",
	"eu-west-1": "IE",
	"eu-west-2": "GB",
	"eu-west-3": "FR",
	"eusc-de-east-1": "DE",
	"il-central-1": "IL",
	"me-central-1": "AE",
	"me-south-1": "BH",
	"mx-central-1": "MX",
	"sa-east-1": "BR",
	"us-east-1": "US",
	"us-east-2": "US",
	"us-gov-east-1": "US",
	"us-gov-west-1": "US",
	"us-west-1": "US",
	"us-west-2": "US",
}

# The members of the European Economic Area that have a region.
eea := {"DE", "ES", "FR", "IE", "IT", "SE"}

# The countries with a region and a decision of the European Commission that they protect personal data adequately. The
# United States are not among them: the decision of 2023 covers certified companies, not the country.
# https://commission.europa.eu/law/law-topic/data-protection/international-dimension-data-protection/adequacy-decisions_en
adequate := {"BR", "CA", "CH", "GB", "IL", "JP", "KR", "NZ"}

# What people call the countries of Europe that have a region, beside their two-letter codes.
names := {
	"danmark": "DK",
	"denmark": "DK",
	"deutschland": "DE",
	"england": "GB",
	"finland": "FI",
	"france": "FR",
	"frankreich": "FR",
	"frankrig": "FR",
	"frankrike": "FR",
	"germany": "DE",
	"ireland": "IE",
	"irland": "IE",
	"italia": "IT",
	"italien": "IT",
	"italy": "IT",
	"schweden": "SE",
	"schweiz": "CH",
	"spain": "ES",
	"spania": "ES",
	"spanien": "ES",
	"storbritannia": "GB",
	"storbritannien": "GB",
	"sveits": "CH",
	"sverige": "SE",
	"sweden": "SE",
	"switzerland": "CH",
	"tyskland": "DE",
	"uk": "GB",
	"united kingdom": "GB",
}

# What people call the European Economic Area, which has all members of the European Union.
unions := {"eea", "ees", "eu", "eu/eea", "eu/ees", "eu/ewr", "eu/eøs", "ewr", "eøs"}

# named(place): it promises somewhere. The class country without a country promises nothing that can be looked up.
named(place) if value.lacks(place.class, "country")

named(place) if count(place.countries) > 0

named(place) if count(place.regions) > 0

# decided_by(place, part): the part of the promise that decides is the class, the countries or the regions.
decided_by(place, "regions") if count(place.regions) > 0

decided_by(place, "countries") if {
	count(place.regions) == 0
	count(place.countries) > 0
}

decided_by(place, "class") if _only_class(place)

# inside(v, place), outside(v, place): the region that the setting v tells is covered by place, or excluded.
inside(v, place) if {
	value.known(v)
	covers(place, v.value)
}

outside(v, place) if {
	value.known(v)
	excludes(place, v.value)
}

# covers(place, code), excludes(place, code): the region code is covered by place, or excluded.
covers(place, code) if _covers(place, code)

excludes(place, code) if {
	_decided(place, code)
	not _covers(place, code)
}

_covers(place, code) if code in place.regions

_covers(place, code) if {
	count(place.regions) == 0
	some country in place.countries
	countries[code] in _members(country)
}

_covers(place, code) if {
	_only_class(place)
	_of_class(place.class, code)
}

_of_class("any", code) if is_string(code)

_of_class("EU/EEA", code) if countries[code] in eea

_of_class("adequate", code) if countries[code] in (eea | adequate)

_members(name) := eea if lower(name) in unions

_members(name) := {names[lower(name)]} if not lower(name) in unions

_members(name) := {upper(name)} if {
	not lower(name) in unions
	not names[lower(name)]
}

_only_class(place) if {
	count(place.regions) == 0
	count(place.countries) == 0
}

# Whether place can tell of the region code at all.
_decided(place, code) if {
	is_string(code)
	count(place.regions) > 0
}

_decided(place, code) if {
	count(place.countries) > 0
	countries[code]
}

_decided(place, code) if {
	_only_class(place)
	place.class in {"EU/EEA", "adequate"}
	countries[code]
}
