package main

import (
	"testing"

	"github.com/tomscan/tomscan/policies"
	"github.com/tomscan/tomscan/reports"
)

// TestReportsNameMeasuresAsTheCatalogueDoes compares the names that reports print with those of the catalogue, in every
// language, and looks up the scope words that a measure can have.
func TestReportsNameMeasuresAsTheCatalogueDoes(t *testing.T) {
	for _, language := range reports.Languages() {
		words, err := reports.WordsIn(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range policies.LoadCatalogue().Measures {
			if got, want := words.Measure(m.ID), m.Name[language]; got != want {
				t.Errorf("%s: reports call %s %q, the catalogue %q", language, m.ID, got, want)
			}
			for _, p := range m.Parameters {
				for _, word := range p.Values {
					if p.Name == "scope" && !words.Has("scope."+word) {
						t.Errorf("%s: no words for the scope %s of %s", language, word, m.ID)
					}
				}
			}
		}
	}
}
