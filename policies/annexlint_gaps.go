package policies

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// eea lists the countries of the European Economic Area, by ISO 3166-1.
func eea() []string {
	return []string{
		"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL",
		"PT", "RO", "SE", "SI", "SK",
	}
}

// euRegions lists the AWS regions in the EU. London and Zurich begin with eu- too.
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
func euRegions() []string {
	return []string{"eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3", "eusc-de-east-1"}
}

// thirdCountries are words by which agreements name places outside the EEA.
func thirdCountries() []string {
	return []string{"CH", "CN", "GB", "IN", "India", "Schweiz", "Storbritannien", "Switzerland", "UK", "US", "USA"}
}

// transferAgainstLocation finds places outside the EEA in an annex that rules transfers out, or is silent about them.
func (l *annexLinter) transferAgainstLocation() {
	rule := "the annex says nothing about transfers"
	for _, p := range l.of("third-country-transfer") {
		if allowed, _ := p.Wants["allowed"].(bool); allowed {
			return
		}
		rule = fmt.Sprintf("clause %q allows no transfer", p.clause.ID)
	}
	for _, p := range l.of("data-location", "sub-processor-register") {
		if place := outside(p); place != "" {
			l.warn(p.At, "R1", "Place outside the EEA", "Clause %q names %q, but %s.", p.clause.ID, place, rule)
		}
	}
}

// outside is a place outside the EEA that p names.
func outside(p promised) string {
	for _, country := range p.texts("countries") {
		if len(country) == 2 && !slices.Contains(eea(), strings.ToUpper(country)) && !strings.EqualFold(country, "EU") {
			return country
		}
	}
	for _, region := range p.texts("aws_regions") {
		if !slices.Contains(euRegions(), region) {
			return region
		}
	}
	location, _ := p.Wants["location"].(string)
	for _, name := range strings.FieldsFunc(location, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if slices.Contains(thirdCountries(), name) {
			return name
		}
	}
	return ""
}

// categories finds data of sub-processors outside the categories that the annex lists as complete.
func (l *annexLinter) categories() {
	var listed []string
	for _, p := range l.of("data-protection-by-design") {
		for _, c := range p.texts("data_categories") {
			listed = append(listed, strings.ToLower(c))
		}
	}
	if len(listed) == 0 {
		return
	}
	for _, p := range l.of("sub-processor-register") {
		for _, c := range p.texts("data") {
			if !slices.Contains(listed, strings.ToLower(c)) {
				l.warn(p.At, "R2", "Data outside the categories", "Clause %q gives a sub-processor %q, which is none of the annex' data_categories.", p.clause.ID, c)
			}
		}
	}
}

// exceptions finds "all" beside a named exception.
func (l *annexLinter) exceptions() {
	for _, p := range l.of("access-logging") {
		all := slices.IndexFunc(allWords(), func(w string) bool { return word(strings.ToLower(p.clause.Text), w) })
		if list := p.texts("exceptions"); all >= 0 && len(list) > 0 {
			l.warn(p.At, "R11", "All, with an exception", "Clause %q says %q and excepts %s from logging.", p.clause.ID, allWords()[all], strings.Join(list, ", "))
		}
	}
	for _, p := range l.of("mfa") {
		if n, _ := p.Wants["exceptions_max"].(int); n > 0 && slices.Contains(p.Scope, "all") {
			l.warn(p.At, "R11", "All, with an exception", "Clause %q promises a second factor for all, and allows %d accounts without.", p.clause.ID, n)
		}
	}
}

// silent finds items of GDPR Art. 32(1) and of SCC Annex II for which nothing is promised.
func (l *annexLinter) silent() {
	letters, items := map[string]bool{}, map[int]bool{}
	for _, p := range l.of() {
		m, _ := l.catalogue.Measure(p.Measure)
		for _, letter := range m.GDPR32 {
			letters[letter] = true
		}
		for _, item := range m.SCC {
			items[item] = true
		}
	}
	for _, letter := range []string{"a", "b", "c", "d"} {
		if !letters[letter] {
			l.warn(l.top(), "R12", "Nothing promised", "No clause promises anything under GDPR Art. 32(1)(%s). Measures for it are %s.", letter, strings.Join(l.measuresFor(letter), ", "))
		}
	}
	var missing []string
	for item := 1; item <= len(l.catalogue.SCCItems); item++ {
		if !items[item] && l.covered(item) {
			missing = append(missing, fmt.Sprintf("%d (%s)", item, l.catalogue.SCCItems[item]))
		}
	}
	if len(missing) > 0 {
		l.warn(l.top(), "R12", "Nothing promised", "No clause promises anything for these examples of SCC Annex II: %s.", strings.Join(missing, ", "))
	}
}

// measuresFor lists the first measures of a letter of Art. 32(1).
func (l *annexLinter) measuresFor(letter string) []string {
	var ids []string
	for _, m := range l.catalogue.Measures {
		if slices.Contains(m.GDPR32, letter) && len(ids) < 4 {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// covered says whether the catalogue has a measure for an item at all.
func (l *annexLinter) covered(item int) bool {
	return slices.ContainsFunc(l.catalogue.Measures, func(m Measure) bool { return slices.Contains(m.SCC, item) })
}

// empty finds clauses in which nothing is promised.
func (l *annexLinter) empty() {
	for _, c := range l.annex.Clauses {
		if len(c.Promises) == 0 {
			l.warn(c.At, "R13", "Clause without a promise", "Nothing in clause %q can be judged: add the measures that it promises.", c.ID)
		}
	}
}
