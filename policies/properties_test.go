package policies

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func replaced(t *testing.T, text, old, with string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("%q does not occur", old)
	}
	return strings.Replace(text, old, with, 1)
}

func hasPrefix(text, prefix string) bool { return strings.HasPrefix(text, prefix) }

// randomSnapshot is a number of facts of all kinds in three roots, with settings that are known, unresolved, denied or
// incomplete by chance.
func randomSnapshot(r *rand.Rand, n int) evidence.Snapshot {
	var s evidence.Snapshot
	kinds := evidence.Kinds()
	for i := range n {
		p := evidence.Place{Root: fmt.Sprintf("r%d", r.IntN(3))}
		k := kinds[r.IntN(len(kinds))]
		f := factIn(p, fmt.Sprintf("aws_%s.f[%d]", k, i), evidence.Queue{})
		f.Kind, f.Settings, f.Placeholder = k, map[string]evidence.Reading{}, r.IntN(10) == 0
		for _, field := range evidence.Fields(k) {
			values := valuesOf(field, []int{30}, &source{module: mustParse("package x")})
			f.Settings[field.Name] = randomReading(r, values[r.IntN(len(values))])
		}
		s.Facts = append(s.Facts, f)
	}
	for i := range 3 {
		sweep := evidence.Sweep{Collector: "terraform", Level: evidence.LevelDesign, Place: evidence.Place{Root: fmt.Sprintf("r%d", i)}, Kinds: kinds}
		if r.IntN(2) == 0 {
			sweep.Gaps = []evidence.Gap{{Reason: evidence.Because("gap"), Kinds: kinds[:r.IntN(len(kinds))]}}
		}
		s.Sweeps = append(s.Sweeps, sweep)
	}
	return s
}

func randomReading(r *rand.Rand, value any) evidence.Reading {
	why := evidence.Because("chance")
	at := []evidence.Position{{File: "main.tf", StartLine: 1 + r.IntN(9)}}
	switch r.IntN(8) {
	case 0:
		return evidence.Reading{State: evidence.StateUnresolved, Why: &why, At: at}
	case 1:
		return evidence.Reading{State: evidence.StateDenied, Why: &why, At: at}
	case 2:
		if reflect.TypeOf(value).Kind() == reflect.Slice {
			return evidence.Reading{State: evidence.StateKnown, Value: value, More: []evidence.Reason{why}, At: at}
		}
	}
	return evidence.Reading{State: evidence.StateKnown, Value: value, At: at}
}

// TestInvariants judges chance and checks what must hold of every report.
func TestInvariants(t *testing.T) {
	set := load(t)
	annex := CatalogueAnnex(LoadCatalogue(), "en")
	annex.Waivers = []evidence.Waiver{{Check: "TOM-ENC-001", Fact: "*", Reason: "r", Owner: "o", Ticket: "t", Expires: "2026-12-31"}}
	for seed := range uint64(8) {
		s := randomSnapshot(rand.New(rand.NewPCG(seed, 1)), 150)
		r, err := set.Judge(t.Context(), s, annex, Options{At: now()})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		checkInvariants(t, r)
	}
}

func checkInvariants(t *testing.T, r evidence.Report) {
	t.Helper()
	balanced := func(name string, c evidence.Counts) {
		if c.Pass+c.Fail+c.Unknown+c.Waived != c.Population || c.Placeholders > c.Population {
			t.Errorf("%s: %+v does not add up", name, c)
		}
	}
	results := map[string]evidence.Result{}
	for _, res := range r.Results {
		if _, twice := results[res.ID]; twice {
			t.Errorf("%s stands twice", res.ID)
		}
		results[res.ID] = res
		if (res.Verdict == evidence.Fail || res.Verdict == evidence.Unknown) && len(res.Reasons) == 0 {
			t.Errorf("%s is %s without a reason", res.ID, res.Verdict)
		}
	}
	for _, m := range r.Measures {
		balanced(m.Promise, m.Counts)
		for _, c := range m.Checks {
			balanced(m.Promise+" "+c.Check, c.Counts)
		}
		if m.Verdict == evidence.Unknown && len(m.Reasons) == 0 && m.Counts.Unknown == 0 {
			t.Errorf("%s is unknown without a reason", m.Promise)
		}
		for _, id := range m.Results {
			v := results[id].Verdict
			if v == evidence.Fail && m.Verdict != evidence.Fail || v == evidence.Unknown && m.Verdict == evidence.Pass {
				t.Errorf("%s is %s though %s is %s", m.Promise, m.Verdict, id, v)
			}
		}
	}
	for _, c := range r.Clauses {
		balanced("clause "+c.ID, c.Counts)
	}
}

// TestSameBytes judges one snapshot on one processor and on eight, without the memo, and as it comes back from JSON.
func TestSameBytes(t *testing.T) {
	set := load(t)
	annex := CatalogueAnnex(LoadCatalogue(), "en")
	bytes := func(s evidence.Snapshot, o Options) string {
		o.At = now()
		r, err := set.Judge(t.Context(), s, annex, o)
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	fresh := func() evidence.Snapshot { return randomSnapshot(rand.New(rand.NewPCG(7, 7)), 300) }
	shuffled := fresh()
	rand.Shuffle(len(shuffled.Facts), func(i, j int) { shuffled.Facts[i], shuffled.Facts[j] = shuffled.Facts[j], shuffled.Facts[i] })
	rand.Shuffle(len(shuffled.Sweeps), func(i, j int) { shuffled.Sweeps[i], shuffled.Sweeps[j] = shuffled.Sweeps[j], shuffled.Sweeps[i] })
	var reread evidence.Snapshot
	data, err := json.Marshal(fresh())
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &reread); err != nil {
		t.Fatal(err)
	}

	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := bytes(fresh(), Options{})
	runtime.GOMAXPROCS(8)
	for name, got := range map[string]string{
		"on eight processors": bytes(fresh(), Options{}), "without the memo": bytes(fresh(), Options{noMemo: true}),
		"shuffled": bytes(shuffled, Options{}), "read from JSON": bytes(reread, Options{}),
	} {
		if got != want {
			t.Errorf("%s the report is another: %s", name, cmp.Diff(want[:min(len(want), 1<<16)], got[:min(len(got), 1<<16)]))
		}
	}
}

// TestMemoShares proves that the memo is used: a thousand equal facts are one evaluation.
func TestMemoShares(t *testing.T) {
	p := &promise{Promise: promiseOf(t, "encryption-at-rest")}
	var facts []*evidence.Fact
	for i := range 1000 {
		f := store(fmt.Sprintf("aws_s3_bucket.b[%d]", i), []string{evidence.EncryptionNone, evidence.EncryptionExternal}[i%2])
		facts = append(facts, &f)
	}
	u := &unit{promise: p, facts: facts, reads: []string{"encryption"}}
	u.group(false)
	if len(u.sample) != 2 || len(u.share) != 1000 {
		t.Errorf("%d evaluations of %d facts, want 2 of 1000", len(u.sample), len(u.share))
	}
}
