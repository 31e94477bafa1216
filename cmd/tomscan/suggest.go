package main

import (
	"strings"

	"github.com/tomscan/tomscan/policies"
)

// didYouMean suggests the known word that is nearest to word, or lists them all.
func didYouMean(word string, known []string) string {
	if best := policies.DidYouMean(word, known); best != "" {
		return "did you mean " + quote(best) + "?"
	}
	return "known are " + strings.Join(known, ", ")
}
