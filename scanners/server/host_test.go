package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestThingsOfOneNameAreNumbered(t *testing.T) {
	h := &host{place: evidence.Place{Host: "web1"}, found: map[evidence.Kind]int{}}
	for _, name := range []string{"a", "b", "a", "a", "b#2", "b"} {
		h.add(thing{name: name, level: evidence.LevelDesign}, evidence.LogForwarding{})
	}
	var got []string
	for _, f := range h.facts {
		got = append(got, f.ID, f.Address)
	}
	if diff := cmp.Diff([]string{"server:web1:a", "a", "server:web1:b", "b", "server:web1:a#2", "a#2", "server:web1:a#3", "a#3",
		"server:web1:b#2", "b#2", "server:web1:b#2#2", "b#2#2"}, got); diff != "" {
		t.Error(diff)
	}
}
