package awsrules

import (
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

func TestVersionsAreKeptForAsLongAsARuleSurelySays(t *testing.T) {
	open := evidence.Unresolved[int](evidence.Because("variable_without_value"))
	for _, c := range []struct {
		name        string
		days, newer evidence.Value[int]
		want        evidence.Value[int]
	}{
		{"days", evidence.Known(30), evidence.Known(0), evidence.Known(30)},
		{"days, and some newer ones for ever", evidence.Known(30), evidence.Known(2), evidence.Known(evidence.Never)},
		{"days, and nobody knows how many for ever", evidence.Known(30), open, open},
		{"for ever in any case", evidence.Known(evidence.Never), open, evidence.Known(evidence.Never)},
	} {
		l := Lifecycle{None: evidence.Known(evidence.Never), Rules: []LifecycleRule{
			{Applies: evidence.Known(true), ExpiryDays: evidence.Known(1), NoncurrentDays: c.days, NewerKept: c.newer}}}
		got := l.NoncurrentDays(evidence.Known("enabled"))
		days, known := got.Get()
		want, wantKnown := c.want.Get()
		if days != want || known != wantKnown {
			t.Errorf("%s: got %v, want %v", c.name, got.Reading(), c.want.Reading())
		}
	}
}
