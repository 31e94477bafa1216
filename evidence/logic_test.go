package evidence_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestThreeValues(t *testing.T) {
	yes, no := evidence.Known(true), evidence.Known(false)
	open := evidence.Unresolved[bool](evidence.Because("variable_without_value"))
	denied := evidence.Denied[bool](evidence.Because("access_denied"))
	for _, c := range []struct {
		name     string
		values   []evidence.Value[bool]
		any, all evidence.Value[bool]
	}{
		{"nothing", nil, no, yes},
		{"true decides any", []evidence.Value[bool]{open, yes, denied}, yes, open},
		{"false decides all", []evidence.Value[bool]{denied, no, open}, denied, no},
		{"all are true", []evidence.Value[bool]{yes, yes}, yes, yes},
		{"all are false", []evidence.Value[bool]{no, no}, no, no},
		{"denied stays denied", []evidence.Value[bool]{denied}, denied, denied},
	} {
		if diff := cmp.Diff(evidence.AnyTrue(c.values...).Reading(), c.any.Reading()); diff != "" {
			t.Errorf("%s: any (-got +want):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(evidence.AllTrue(c.values...).Reading(), c.all.Reading()); diff != "" {
			t.Errorf("%s: all (-got +want):\n%s", c.name, diff)
		}
	}
}

func TestMapKeepsWhatAValueIs(t *testing.T) {
	at := evidence.Position{File: "main.tf", StartLine: 3}
	length := func(s string) int { return len(s) }
	for name, c := range map[string]struct {
		got  evidence.Value[int]
		want evidence.Value[int]
	}{
		"known":      {evidence.Map(evidence.Known("four").At(at), length), evidence.Known(4).At(at)},
		"default":    {evidence.Map(evidence.Default("four", "doc").At(at), length), evidence.Default(4, "doc").At(at)},
		"denied":     {evidence.Map(evidence.Denied[string](evidence.Because("no")).At(at), length), evidence.Denied[int](evidence.Because("no")).At(at)},
		"unresolved": {evidence.Map(evidence.Unresolved[string](evidence.Because("x")).At(at), length), evidence.Unresolved[int](evidence.Because("x")).At(at)},
		"zero":       {evidence.Map(evidence.Value[string]{}, length), evidence.Unresolved[int](evidence.Because("not_read"))},
	} {
		if diff := cmp.Diff(c.got.Reading(), c.want.Reading()); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}
