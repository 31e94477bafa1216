package evidence

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestZeroValuesDecideNothing(t *testing.T) {
	if got := (Value[bool]{}).State(); got != StateUnresolved {
		t.Errorf("zero Value is %q, want %q", got, StateUnresolved)
	}
	if got := Worst(Pass, ""); got != Unknown {
		t.Errorf("Worst(pass, zero) = %q, want %q", got, Unknown)
	}
	if got := Worst(); got != Unknown {
		t.Errorf("Worst() = %q, want %q", got, Unknown)
	}
}

func TestWorst(t *testing.T) {
	for _, c := range []struct {
		in   []Verdict
		want Verdict
	}{
		{[]Verdict{Pass, NotApplicable}, Pass},
		{[]Verdict{NotApplicable, NotApplicable}, NotApplicable},
		{[]Verdict{Pass, Attested}, Pass},
		{[]Verdict{Attested, NotApplicable}, Attested},
		{[]Verdict{Waived, Pass}, Waived},
		{[]Verdict{Unknown, Waived}, Unknown},
		{[]Verdict{Conflict, Unknown}, Conflict},
		{[]Verdict{Conflict, Fail, Pass}, Fail},
	} {
		if got := Worst(c.in...); got != c.want {
			t.Errorf("Worst(%v) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestLowest(t *testing.T) {
	if got := Lowest(LevelOperation, "", LevelDesign); got != LevelDesign {
		t.Errorf("Lowest = %q, want %q", got, LevelDesign)
	}
	if got := Lowest(); got != "" {
		t.Errorf("Lowest() = %q, want none", got)
	}
}

func TestResourcesAreSortedAndDistinct(t *testing.T) {
	var got []Kind
	for _, r := range Resources() {
		got = append(got, r.Kind())
	}
	if !slices.Equal(got, Kinds()) {
		t.Errorf("Resources are not sorted by kind: %v", got)
	}
	if distinct := slices.Compact(slices.Clone(Kinds())); len(distinct) != len(got) {
		t.Errorf("%d kinds, %d distinct", len(got), len(distinct))
	}
}

func TestFactKeepsItsSettingsInJSON(t *testing.T) {
	store := ObjectStore{
		Placement:  Placement{Region: Known("eu-north-1"), Copies: Known[[]string](nil).Incomplete(Because("dynamic_unknown"))},
		Encryption: Default(EncryptionProviderOwned, "https://example.org/doc"),
		Public:     Known(false).At(Position{File: "main.tf", StartLine: 3, EndLine: 3}),
		TLSMin:     Known(RankTLS12),
		Versioning: Denied[string](Because("denied", "action", "s3:GetBucketVersioning")),
	}
	want := NewFact("terraform:.:aws_s3_bucket.a", Source{Collector: "terraform", Level: LevelDesign}, store)
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Fact
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(data), string(again)); diff != "" {
		t.Errorf("JSON changed on the way (-first +second):\n%s", diff)
	}
	if got := got.Settings["public"].Value; got != false {
		t.Errorf("public = %v, want false", got)
	}
	if got := got.Settings["tls_min"].Value; got != RankTLS12 {
		t.Errorf("tls_min = %#v, want %d", got, RankTLS12)
	}
	if got := got.Settings["retention_days"]; got.State != StateUnresolved || got.Why.Code != "not_read" {
		t.Errorf("a setting that nobody read is %+v, want unresolved", got)
	}
	if got := got.Settings["copies"]; len(got.Value.([]any)) != 0 || len(got.More) != 1 {
		t.Errorf("copies = %+v, want an empty list with one gap", got)
	}
}

func TestReadingRefusesValueWithoutKnown(t *testing.T) {
	for _, in := range []string{`{"state":"unresolved","value":true}`, `{"state":"known"}`} {
		var r Reading
		if err := json.Unmarshal([]byte(in), &r); err == nil {
			t.Errorf("%s was read as %+v, want an error", in, r)
		}
	}
}

func TestSweepMissing(t *testing.T) {
	s := Sweep{Collector: "terraform", Kinds: []Kind{"object_store", "volume"}, Gaps: []Gap{
		{Reason: Because("module_not_on_disk")},
		{Reason: Because("something"), Kinds: []Kind{"volume"}},
	}}
	for kind, want := range map[Kind]int{"object_store": 1, "volume": 2, "queue": 1} {
		if got := len(s.Missing(kind)); got != want {
			t.Errorf("%s: %d gaps, want %d", kind, got, want)
		}
	}
}
