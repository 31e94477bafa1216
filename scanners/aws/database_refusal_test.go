package aws

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// knownSettings are the known settings of all facts by fact and name. Lists that may lack elements are not whole, and not
// among them.
func knownSettings(s evidence.Snapshot) map[string]any {
	known := map[string]any{}
	for _, f := range s.Facts {
		for name, r := range f.Settings {
			if r.State == evidence.StateKnown && len(r.More) == 0 {
				known[f.ID+" "+name] = r.Value
			}
		}
	}
	return known
}

// A refusal takes away what is known, or hides facts. It never makes anything known that is not so.
func TestNoRefusalMakesAnythingKnownOfDatabases(t *testing.T) {
	services := []string{"elasticache", "memorydb", "opensearch", "rds", "redshift"}
	server := fakeaws.NewPaged(fakeaws.Standard(), 1)
	t.Cleanup(server.Close)
	o := testOptions(server)
	o.Regions = []string{"eu-central-1"}
	whole := collectFrom(t, o, services)
	base, trials := knownSettings(whole), refusals(whole)
	if len(trials) < 40 {
		t.Errorf("%d refusals, want 40 at least", len(trials))
	}
	for _, rule := range trials {
		server.Mend()
		server.Break(rule)
		s := collectFrom(t, o, services)
		known := knownSettings(s)
		for _, key := range slices.Sorted(maps.Keys(known)) {
			if diff := cmp.Diff(known[key], base[key]); diff != "" {
				t.Errorf("%s denied on page %d: %s (-got +want)\n%s", rule.Operation, rule.Page, key, diff)
			}
		}
		if len(whole.Facts) > len(s.Facts) && len(gapsAnywhere(s)) <= len(gapsAnywhere(whole)) {
			t.Errorf("%s denied on page %d: %d of %d facts, and no further gap", rule.Operation, rule.Page, len(s.Facts), len(whole.Facts))
		}
	}
}

// refusals deny every operation of a run but those that find out who asks and where: wholly, and its second page where it
// has one.
func refusals(whole evidence.Snapshot) []fakeaws.Rule {
	type page struct {
		operation string
		number    int
	}
	seen := map[page]bool{}
	var all []fakeaws.Rule
	for _, c := range whole.Calls {
		at := page{operation: c.Operation}
		if c.Page > 1 {
			at.number = 2
		}
		if service := serviceOf(c.Operation); service == "sts" || service == "account" || seen[at] {
			continue
		}
		seen[at] = true
		all = append(all, fakeaws.Rule{Operation: at.operation, Page: at.number, Error: fakeaws.Denied("")})
	}
	return all
}

// gapsAnywhere are the gaps of all sweeps.
func gapsAnywhere(s evidence.Snapshot) []evidence.Gap {
	var all []evidence.Gap
	for _, sweep := range s.Sweeps {
		all = append(all, sweep.Gaps...)
	}
	return all
}
