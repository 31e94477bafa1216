package reports

import (
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

// TestDesignOf tells the configuration of hosts from code.
func TestDesignOf(t *testing.T) {
	t.Parallel()
	fact := func(host string, level evidence.Level) evidence.Fact {
		return evidence.Fact{Source: evidence.Source{Level: level, Place: evidence.Place{Host: host}}}
	}
	code, host, running := fact("", evidence.LevelDesign), fact("host1", evidence.LevelDesign), fact("host1", evidence.LevelImplementation)
	for _, test := range []struct {
		level evidence.Level
		facts []evidence.Fact
		want  string
	}{
		{evidence.LevelDesign, []evidence.Fact{code}, ""},
		{evidence.LevelDesign, []evidence.Fact{code, running}, ""},
		{evidence.LevelDesign, []evidence.Fact{host, running}, ".hosts"},
		{evidence.LevelDesign, []evidence.Fact{code, host}, ".mixed"},
		{evidence.LevelImplementation, []evidence.Fact{code, running}, ""},
	} {
		x := &index{Report: evidence.Report{Snapshot: evidence.Snapshot{Facts: test.facts}}}
		if got := x.designOf(test.level); got != test.want {
			t.Errorf("%v: got %q, want %q", test.facts, got, test.want)
		}
	}
}
