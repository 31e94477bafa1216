package aws

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// sortGaps puts gaps into one order and drops what stands twice.
func sortGaps(gaps []evidence.Gap) []evidence.Gap {
	text := func(g evidence.Gap) string { return fmt.Sprint(g.Code, g.Args, g.Kinds) } // maps print sorted
	sorted := slices.SortedFunc(slices.Values(gaps), func(a, b evidence.Gap) int { return cmp.Compare(text(a), text(b)) })
	return slices.CompactFunc(sorted, func(a, b evidence.Gap) bool { return text(a) == text(b) })
}

// firstReason is the first of several reasons in the order of their texts, whatever order they came in.
func firstReason(all []evidence.Reason) evidence.Reason {
	return slices.MinFunc(all, func(a, b evidence.Reason) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(fmt.Sprint(a.Args), fmt.Sprint(b.Args)))
	})
}
