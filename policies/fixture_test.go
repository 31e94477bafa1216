package policies

import (
	"testing"
	"time"

	"github.com/tomscan/tomscan/evidence"
)

// now is the time of every run in these tests.
func now() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// place is the root module that facts and sweeps of these tests are in.
func place() evidence.Place { return evidence.Place{Root: "app"} }

func known[T any](v T) evidence.Value[T] { return evidence.Known(v) }

// fact makes a fact of the root module app, declared at main.tf.
func fact(address string, r evidence.Resource) evidence.Fact {
	return factIn(place(), address, r)
}

func factIn(p evidence.Place, address string, r evidence.Resource) evidence.Fact {
	root := p.Root
	if p.Environment != "" {
		root += "@" + p.Environment
	}
	f := evidence.NewFact("terraform:"+root+":"+address, evidence.Source{Collector: "terraform", Level: evidence.LevelDesign, Place: p}, r)
	f.Address, f.Addresses = address, []string{address}
	f.At = []evidence.Position{{File: p.Root + "/main.tf", StartLine: 1, EndLine: 9}}
	return f
}

// store is an object store that is encrypted so.
func store(address, encryption string) evidence.Fact {
	return fact(address, evidence.ObjectStore{Encryption: known(encryption)})
}

// openStore is an object store of which nobody knows whether it is encrypted.
func openStore(address string) evidence.Fact {
	why := evidence.Because("variable_without_value", "name", "key")
	return fact(address, evidence.ObjectStore{Encryption: evidence.Unresolved[string](why).At(evidence.Position{File: "app/s3.tf", StartLine: 4})})
}

// snapshot is what a complete sweep of the root module app found.
func snapshot(facts ...evidence.Fact) evidence.Snapshot {
	return evidence.Snapshot{
		SchemaVersion: evidence.SnapshotVersion, Facts: facts,
		Sweeps: []evidence.Sweep{{Collector: "terraform", Level: evidence.LevelDesign, Place: place(), Kinds: evidence.Kinds()}},
		Inputs: []evidence.Input{{Path: "app/main.tf"}, {Path: "app/a.tf"}},
	}
}

// annexOf is an annex with one clause that makes these promises.
func annexOf(promises ...evidence.Promise) evidence.Annex {
	return evidence.Annex{File: "annex.hcl", Clauses: []evidence.Clause{{ID: "1", Promises: promises}}}
}

// promiseOf is a measure with its defaults, over these scope words if any are given.
func promiseOf(t testing.TB, measure string, scope ...string) evidence.Promise {
	t.Helper()
	m, ok := LoadCatalogue().Measure(measure)
	if !ok {
		t.Fatalf("no measure %q", measure)
	}
	p := newPromise(m, nil)
	if len(scope) > 0 {
		p.Scope, p.Wants[scopeParameter] = scope, scope
	}
	return p
}

// judged judges with the program's own policies.
func judged(t testing.TB, s evidence.Snapshot, a evidence.Annex) evidence.Report {
	t.Helper()
	return judgedWith(t, s, a, Options{})
}

func judgedWith(t testing.TB, s evidence.Snapshot, a evidence.Annex, o Options) evidence.Report {
	t.Helper()
	o.At = now()
	r, err := load(t).Judge(t.Context(), s, a, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
