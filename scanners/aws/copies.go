package aws

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// regionsBut lists regions that data is copied to: sorted, each once, without the one where it lives.
func regionsBut(home string, regions []string) evidence.Value[[]string] {
	others := []string{}
	for _, r := range regions {
		if r != "" && r != home {
			others = append(others, r)
		}
	}
	slices.Sort(others)
	return evidence.Known(slices.Compact(others))
}
