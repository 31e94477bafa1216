package terraform

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// settings are the settings of a fact as short texts: the value, "(default)" behind a vendor's default, "?code" for what
// is not known, "+code" for a list that may lack elements.
type settings map[string]string

// readCase is code and the settings expected of facts, by address. Settings that are not named are not compared.
type readCase struct {
	name string
	code string
	want map[string]settings
}

// runCases collects each case's code as one root module in eu-north-1 and compares.
func runCases(t *testing.T, kind evidence.Kind, cases []readCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			snapshot := collect(t, Options{}, map[string]string{"main.tf": "provider \"aws\" {\n  region = \"eu-north-1\"\n}\n" + c.code})
			got := map[string]settings{}
			for _, f := range snapshot.Facts {
				if f.Kind != kind {
					continue
				}
				want, ok := c.want[f.Address]
				if !ok {
					got[f.Address] = nil
					continue
				}
				got[f.Address] = pick(f, want)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
		})
	}
}

// pick returns the settings of f that want names.
func pick(f evidence.Fact, want settings) settings {
	got := settings{}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		reading, ok := f.Settings[name]
		if !ok {
			got[name] = "no such setting"
			continue
		}
		got[name] = short(reading)
	}
	return got
}

func short(r evidence.Reading) string {
	var b strings.Builder
	switch r.State {
	case evidence.StateKnown:
		if r.Value == evidence.Never {
			b.WriteString("never")
		} else {
			fmt.Fprint(&b, r.Value)
		}
		if r.Doc != "" {
			b.WriteString(" (default)")
		}
	default:
		b.WriteString("?" + r.Why.Code)
	}
	for _, more := range r.More {
		b.WriteString(" +" + more.Code)
	}
	return b.String()
}

// collect runs a collector over files given by path.
func collect(t *testing.T, o Options, files map[string]string) evidence.Snapshot {
	t.Helper()
	tree := fstest.MapFS{}
	for path, text := range files {
		tree[path] = &fstest.MapFile{Data: []byte(text)}
	}
	o.FS = tree
	snapshot, err := New(o).Collect(t.Context())
	if err != nil {
		t.Fatalf("collect: %v", err)
	}
	return snapshot
}

// factAt returns the fact of an address.
func factAt(t *testing.T, s evidence.Snapshot, address string) evidence.Fact {
	t.Helper()
	for _, f := range s.Facts {
		if f.Address == address {
			return f
		}
	}
	t.Fatalf("no fact of %s", address)
	return evidence.Fact{}
}
