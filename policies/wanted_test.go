package policies

import (
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

func TestWantedIsWhatChecksOfPromisesRead(t *testing.T) {
	set := load(t)
	p := promiseOf(t, "private-networks")
	wanted, err := set.Wanted(t.Context(), annexOf(p))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		kind evidence.Kind
		name string
		want bool
	}{
		{"database", "subnets_private", true},
		{"database", "encryption", false},          // of another measure
		{"public_sharing_block", "blocked", false}, // of a check that only applies where it is promised
	}
	for _, tt := range tests {
		if got := wanted(tt.kind, tt.name); got != tt.want {
			t.Errorf("%s.%s: wanted %v, want %v", tt.kind, tt.name, got, tt.want)
		}
	}
}
