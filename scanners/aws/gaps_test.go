package aws

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// gap is one reason why facts may be missing: its code, the permission that is missing, the first kind that it hides.
type gap [3]string

// wantGaps compares the gaps of the sweep of a region.
func wantGaps(t *testing.T, s evidence.Snapshot, region string, want ...gap) {
	t.Helper()
	var got []gap
	for _, sweep := range s.Sweeps {
		if sweep.Place.Region != region {
			continue
		}
		for _, g := range sweep.Gaps {
			x := gap{g.Code, g.Args["action"]}
			if len(g.Kinds) > 0 {
				x[2] = string(slices.Min(g.Kinds))
			}
			got = append(got, x)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("gaps of %s (-want +got):\n%s", region, diff)
	}
}
