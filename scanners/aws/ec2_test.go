package aws

import (
	"reflect"
	"strconv"
	"testing"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// readEC2 reads the standard estate with one item on each page.
func readEC2(t *testing.T, rules ...fakeaws.Rule) evidence.Snapshot {
	t.Helper()
	server := fakeaws.NewPaged(fakeaws.Standard(), 1)
	defer server.Close()
	server.Break(rules...)
	return collectFrom(t, testOptions(server), []string{"ec2"})
}

// namesAction says whether anything in a snapshot is open because of a missing permission.
func namesAction(s evidence.Snapshot, action string) bool {
	for _, sweep := range s.Sweeps {
		for _, g := range sweep.Gaps {
			if g.Args["action"] == action {
				return true
			}
		}
	}
	for _, f := range s.Facts {
		for _, r := range f.Settings {
			if r.Why != nil && r.Why.Args["action"] == action {
				return true
			}
			for _, more := range r.More {
				if more.Args["action"] == action {
					return true
				}
			}
		}
	}
	return false
}

// knownOtherwise are the settings that are known in both and differ; a list that may lack elements does not differ.
func knownOtherwise(base, other evidence.Snapshot) []string {
	facts := map[string]evidence.Fact{}
	for _, f := range base.Facts {
		facts[f.ID] = f
	}
	var differ []string
	for _, f := range other.Facts {
		for name, r := range f.Settings {
			fact, was := facts[f.ID]
			if name == "region" && !was {
				continue // where a fact is that may not matter
			}
			b := fact.Settings[name]
			if r.State == evidence.StateKnown && len(r.More) == 0 && !(b.State == evidence.StateKnown && reflect.DeepEqual(b.Value, r.Value)) {
				differ = append(differ, f.ID+"."+name)
			}
		}
	}
	return differ
}

func TestEveryRefusalOfEC2IsNamedAndDecidesNothing(t *testing.T) {
	base := readEC2(t)
	for name, action := range actions() {
		if serviceOf(name) != "ec2" || name == "ec2.DescribeRegions" || name == interfacesOperation().name {
			continue // networks whose interfaces are not told count as used
		}
		for _, page := range []int{0, 2} {
			refused := readEC2(t, fakeaws.Rule{Operation: name, Page: page, Error: fakeaws.Denied("")})
			title := name + ", page " + strconv.Itoa(page)
			for _, setting := range knownOtherwise(base, refused) {
				t.Errorf("%s: %s is known otherwise", title, setting)
			}
			if asked := page == 0 || readsPages(base, name); asked && !namesAction(refused, action) {
				t.Errorf("%s: nothing says that %s is missing", title, action)
			}
		}
	}
}

// readsPages says whether an operation was asked for a second page.
func readsPages(s evidence.Snapshot, operation string) bool {
	for _, c := range s.Calls {
		if c.Operation == operation && c.Page > 1 {
			return true
		}
	}
	return false
}
