package reports

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// population says in words what a promise was judged on: which kinds, where, how many, and that nothing was sampled.
func (x *index) population(m *evidence.MeasureResult) []string {
	kinds := x.kindsOf(m)
	if len(kinds) == 0 {
		return nil
	}
	places := x.placesOf(kinds)
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = x.words.Kind(k)
	}
	sentences := []string{x.words.Count("population.what", m.Counts.Population, "kinds", strings.Join(names, ", "), "places", strings.Join(places, "; "))}
	if m.Counts.Population > 0 {
		sentences = append(sentences, x.words.Text("population.all"))
	}
	if n := m.Counts.Placeholders; n > 0 {
		sentences = append(sentences, x.words.Count("population.placeholders", n))
	}
	return sentences
}

// kindsOf lists the kinds that the checks of a promise that were run judge, sorted.
func (x *index) kindsOf(m *evidence.MeasureResult) []evidence.Kind {
	kinds := map[evidence.Kind]bool{}
	for _, c := range m.Checks {
		if c.NotRun() {
			continue
		}
		for _, k := range x.check(c.Check).Kinds {
			kinds[k] = true
		}
	}
	return slices.Sorted(maps.Keys(kinds))
}

// shownPlaces is how many places a sentence names; all are in the table of what was looked through.
const shownPlaces = 4

// placesOf lists where collectors looked for any of the kinds.
func (x *index) placesOf(kinds []evidence.Kind) []string {
	var places []string
	for _, s := range x.Snapshot.Sweeps {
		if slices.ContainsFunc(kinds, func(k evidence.Kind) bool { return slices.Contains(s.Kinds, k) }) {
			places = append(places, x.place(s.Place))
		}
	}
	slices.Sort(places)
	places = slices.Compact(places)
	if more := len(places) - shownPlaces; more > 0 {
		places = append(places[:shownPlaces], x.words.Count("label.more", more))
	}
	if len(places) == 0 {
		return []string{x.words.Text("population.nowhere")}
	}
	return places
}

// crosswalk names where other texts ask for a measure.
func (x *index) crosswalk(c *evidence.Crosswalk) string {
	if c == nil {
		return ""
	}
	var gdpr, items []string
	for _, letter := range c.GDPR32 {
		gdpr = append(gdpr, "Art. 32(1)("+visible(letter)+")")
	}
	for _, n := range c.SCC {
		items = append(items, strconv.Itoa(n))
	}
	return joined(" · ", labelled(x.words.Text("html.gdpr"), append(gdpr, c.GDPRAlso...)),
		labelled(x.words.Text("html.scc"), items), labelled("ISO/IEC 27001:2022", c.ISO27001))
}

// labelled is a list after its label, nothing for an empty one.
func labelled(label string, list []string) string {
	if len(list) == 0 {
		return ""
	}
	return label + " " + visible(strings.Join(list, ", "))
}
