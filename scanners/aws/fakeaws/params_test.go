package fakeaws

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListsAreReadInAllTheirForms(t *testing.T) {
	var fromJSON = Params{}
	fromJSON.json([]byte(`{"names": ["a", "b"], "filters": [{"name": "n", "values": ["v", "w"]}, {"name": "m"}], "max": 5, "ok": true, "in": {"deep": "x"}}`))
	for _, c := range []struct {
		name         string
		params       Params
		list, filter string
		values       string
	}{
		{"json", fromJSON, "names", "filters", "values"},
		{"ec2", Params{"Name.1": {"a"}, "Name.2": {"b"}, "Filter.1.Name": {"n"}, "Filter.1.Value.1": {"v"}, "Filter.1.Value.2": {"w"},
			"Filter.2.Name": {"m"}}, "Name", "Filter", "Value"},
		{"query", Params{"Names.member.1": {"a"}, "Names.member.2": {"b"}, "Filters.Filter.1.Name": {"n"},
			"Filters.Filter.1.Values.Value.1": {"v"}, "Filters.Filter.1.Values.Value.2": {"w"}, "Filters.Filter.2.Name": {"m"}},
			"Names", "Filters", "Values"},
		{"rest", Params{"name": {"a", "b"}, "f.1.name": {"n"}, "f.1.v": {"v", "w"}, "f.2.name": {"m"}}, "name", "f", "v"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{"a", "b"}, c.params.All(c.list)); diff != "" {
				t.Errorf("list (-want +got):\n%s", diff)
			}
			var got []string
			for _, filter := range c.params.List(c.filter) {
				got = append(got, filter.Get("name")+filter.Get("Name"))
				got = append(got, filter.All(c.values)...)
			}
			if diff := cmp.Diff([]string{"n", "v", "w", "m"}, got); diff != "" {
				t.Errorf("structures (-want +got):\n%s", diff)
			}
			if !c.params.Has(c.list) || !c.params.Has(c.filter) || c.params.Has("nam") {
				t.Error("Has is wrong")
			}
		})
	}
	if got := []string{fromJSON.Get("max"), fromJSON.Get("ok"), fromJSON.Get("in.deep")}; !cmp.Equal(got, []string{"5", "true", "x"}) {
		t.Errorf("got %v", got)
	}
}

func TestListsKeepTheirOrderBeyondNine(t *testing.T) {
	p := Params{"N.10": {"j"}, "N.9": {"i"}, "N.2": {"b"}}
	if diff := cmp.Diff([]string{"b", "i", "j"}, p.All("N")); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestFiltersAreFoundByName(t *testing.T) {
	var fromJSON = Params{}
	fromJSON.json([]byte(`{"Filters": [{"Name": "o"}, {"Name": "n", "Values": ["v", "w"]}]}`))
	for name, p := range map[string]Params{
		"json":  fromJSON,
		"ec2":   {"Filter.1.Name": {"o"}, "Filter.1.Value.1": {"x"}, "Filter.2.Name": {"n"}, "Filter.2.Value.1": {"v"}, "Filter.2.Value.2": {"w"}},
		"query": {"Filters.Filter.1.Name": {"n"}, "Filters.Filter.1.Values.Value.1": {"v"}, "Filters.Filter.1.Values.Value.2": {"w"}},
	} {
		if diff := cmp.Diff([]string{"v", "w"}, p.Filter("n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if got := p.Filter("none"); got != nil {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
