package terraform

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestFactsCarryProvenance(t *testing.T) {
	snapshot := collect(t, Options{Commit: "abc", Roots: []RootConfig{{Dir: "app", Environment: "prod", Account: "111122223333"}}}, map[string]string{
		"app/main.tf": `provider "aws" {
  region = "eu-north-1"
}
module "a" {
  source   = "../store"
  for_each = toset(["x"])
}`,
		"store/main.tf": `resource "aws_s3_bucket" "b" {
  count  = 1
  bucket = "data"
}
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b[0].id
  versioning_configuration { status = "Enabled" }
}`,
	})
	f := factAt(t, snapshot, `module.a["x"].aws_s3_bucket.b[0]`)
	got := evidence.Fact{ID: f.ID, Kind: f.Kind, Address: f.Address, Addresses: f.Addresses, Keys: f.Keys, Source: f.Source}
	want := evidence.Fact{
		ID: `terraform:app@prod:module.a["x"].aws_s3_bucket.b[0]`, Kind: "object_store", Address: `module.a["x"].aws_s3_bucket.b[0]`,
		Addresses: []string{`module.a["x"].aws_s3_bucket.b[0]`, `module.a["x"].aws_s3_bucket_versioning.b`},
		Keys:      []evidence.Key{{Scheme: "aws", Partition: "?", Account: "111122223333", Region: "eu-north-1", Type: "s3:bucket", Name: "data"}},
		Source: evidence.Source{Collector: "terraform", Level: evidence.LevelDesign, Commit: "abc",
			Place: evidence.Place{Root: "app", Environment: "prod", Account: "111122223333"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fact (-want +got):\n%s", diff)
	}
	var at []string
	for _, p := range f.At {
		at = append(at, fmt.Sprintf("%s:%d %s", p.File, p.StartLine, p.Role))
	}
	if diff := cmp.Diff([]string{"store/main.tf:1 decides", "app/main.tf:4 calls"}, at); diff != "" {
		t.Errorf("positions (-want +got):\n%s", diff)
	}
}

func TestSweep(t *testing.T) {
	snapshot := collect(t, Options{}, map[string]string{"main.tf": `
resource "aws_sqs_queue" "q" {}
resource "aws_sqs_queue" "r" {}
resource "aws_quicksight_user" "u" {}
resource "google_storage_bucket" "g" {}
resource "google_storage_bucket" "h" {}
data "aws_quicksight_group" "d" {}
`})
	if len(snapshot.Sweeps) != 1 {
		t.Fatalf("got %d sweeps, want 1", len(snapshot.Sweeps))
	}
	sweep := snapshot.Sweeps[0]
	if diff := cmp.Diff(map[evidence.Kind]int{"queue": 2}, sweep.Found); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	var notes []evidence.Reason
	for _, n := range sweep.Notes {
		if strings.HasSuffix(n.Code, "not_read") {
			notes = append(notes, n.Reason)
		}
	}
	want := []evidence.Reason{
		evidence.Because("resource_type_not_read", "type", "aws_quicksight_user", "count", "1"),
		evidence.Because("provider_not_read", "provider", "google", "count", "2"),
	}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if len(sweep.Gaps) != 0 {
		t.Errorf("gaps: got %v, want none", sweep.Gaps)
	}
}

func TestBrokenFileIsAGap(t *testing.T) {
	snapshot := collect(t, Options{}, map[string]string{
		"good.tf":   "resource \"aws_sqs_queue\" \"q\" {}\n",
		"broken.tf": "resource \"aws_sqs_queue\" {\n",
	})
	factAt(t, snapshot, "aws_sqs_queue.q")
	if len(snapshot.Sweeps[0].Missing("queue")) == 0 {
		t.Error("the sweep is complete though a file cannot be read")
	}
}

func TestOneDirectoryTwice(t *testing.T) {
	files := map[string]string{"main.tf": "variable \"days\" {\n  type = number\n}\nresource \"aws_cloudwatch_log_group\" \"l\" {\n  retention_in_days = var.days\n}\n"}
	snapshot := collect(t, Options{Roots: []RootConfig{
		{Dir: ".", Environment: "prod", Vars: []string{"days=365"}, Region: "eu-north-1"},
		{Dir: ".", Environment: "dev", Vars: []string{"days=7"}, Region: "eu-west-1"},
	}}, files)
	got := map[string]string{}
	for _, f := range snapshot.Facts {
		got[f.ID] = short(f.Settings["retention_days"]) + " " + short(f.Settings["region"])
	}
	want := map[string]string{"terraform:.@dev:aws_cloudwatch_log_group.l": "7 eu-west-1", "terraform:.@prod:aws_cloudwatch_log_group.l": "365 eu-north-1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}

func TestCollectErrors(t *testing.T) {
	files := fstest.MapFS{"app/main.tf": &fstest.MapFile{Data: []byte("locals {}\n")}, "docs/a.md": &fstest.MapFile{}}
	for _, c := range []struct {
		name string
		o    Options
		want string
	}{
		{"path that is not there", Options{Paths: []string{"ap"}}, "ap: no such file or directory; name a directory with Terraform code"},
		{"no code", Options{Paths: []string{"docs"}}, "docs: no Terraform code; name a directory with .tf files, or an example that you want scanned"},
		{"declared twice", Options{Roots: []RootConfig{{Dir: "app"}, {Dir: "app/"}}}, "root app is declared twice for the same environment; give each declaration its own environment"},
		{"declared and not there", Options{Roots: []RootConfig{{Dir: "ap"}}}, "root ap is declared and cannot be looked at: open ap: file does not exist"},
	} {
		c.o.FS = files
		_, err := New(c.o).Collect(t.Context())
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func TestExamplesAreLeftOut(t *testing.T) {
	files := map[string]string{
		"main.tf":                "resource \"aws_sqs_queue\" \"q\" {}\n",
		"examples/small/main.tf": "resource \"aws_sqs_queue\" \"example\" {}\n",
	}
	if got := collect(t, Options{}, files).Facts; len(got) != 1 {
		t.Errorf("got %d facts, want that of the root alone", len(got))
	}
	asked := collect(t, Options{Paths: []string{"examples/small"}}, files)
	if len(asked.Facts) != 1 || !asked.Facts[0].Source.Example || !asked.Sweeps[0].Example {
		t.Errorf("an example that is asked for: got %+v, want its fact, marked as an example", asked.Facts)
	}
}

// TestInlineAccepts: an accept beside a resource, and one beside a resource that is joined into it, reach its fact.
func TestInlineAccepts(t *testing.T) {
	snapshot := collect(t, Options{}, map[string]string{"main.tf": `
# tomscan:accept TOM-ENC-001 until=2026-12-31 owner="Ada L" ticket=T-1 reason="public data"
resource "aws_s3_bucket" "b" {}

# tomscan:accept TOM-BAK-005 until=2026-12-31 owner=Ada ticket=T-2 reason="kept elsewhere"
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration { status = "Disabled" }
}

# tomscan:accept TOM-ENC-001 until=2026-12-31 owner=Ada ticket=T-3 reason="matches nothing"
resource "aws_quicksight_user" "u" {}
`})
	var got []string
	for _, w := range snapshot.Accepts {
		if !w.Inline || w.Expires != "2026-12-31" {
			t.Errorf("accept: got %+v", w)
		}
		got = append(got, strings.Join([]string{w.Check, w.Fact, w.Owner, w.Ticket, w.Reason}, " | "))
	}
	want := []string{
		"TOM-ENC-001 | terraform:.:aws_s3_bucket.b | Ada L | T-1 | public data",
		"TOM-BAK-005 | terraform:.:aws_s3_bucket.b | Ada | T-2 | kept elsewhere",
		"TOM-ENC-001 | terraform:.:aws_quicksight_user.u | Ada | T-3 | matches nothing",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("accepts (-want +got):\n%s", diff)
	}
}

func TestMoved(t *testing.T) {
	snapshot := collect(t, Options{}, map[string]string{"main.tf": `
moved {
  from = aws_sqs_queue.old
  to   = aws_sqs_queue.q
}
resource "aws_sqs_queue" "q" {}
`})
	if len(snapshot.Moved) != 1 || snapshot.Moved[0].From != "aws_sqs_queue.old" || snapshot.Moved[0].To != "aws_sqs_queue.q" || snapshot.Moved[0].Root != "." {
		t.Errorf("moved: got %+v", snapshot.Moved)
	}
}

// TestSameBytes collects the same code with one and with eight processors.
func TestSameBytes(t *testing.T) {
	files := map[string]string{}
	for _, root := range []string{"a", "b", "c", "d", "e"} {
		files[root+"/main.tf"] = "provider \"aws\" {\n  region = \"eu-north-1\"\n}\nmodule \"m\" {\n  source = \"../modules/m\"\n}\nresource \"aws_ebs_volume\" \"v\" {}\n"
	}
	files["base/main.tf"] = "resource \"aws_ebs_encryption_by_default\" \"d\" {}\n"
	files["modules/m/main.tf"] = "resource \"aws_s3_bucket\" \"b\" {\n  for_each = toset([\"x\", \"y\"])\n}\nresource \"aws_sqs_queue\" \"q\" {}\n"
	var first string
	for _, processors := range []int{1, 8} {
		before := runtime.GOMAXPROCS(processors)
		text, err := json.Marshal(collect(t, Options{}, files))
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(text)
		} else if first != string(text) {
			t.Errorf("the snapshot depends on the number of processors (-1 +8):\n%s", cmp.Diff(first, string(text)))
		}
	}
}

// TestReaders holds the list of readers to its form: what a reader observes is among its kinds, no type is both read and
// joined by one reader, and every type's name is written right.
func TestReaders(t *testing.T) {
	known := evidence.Kinds()
	for _, r := range readers() {
		for _, k := range r.kinds {
			found := false
			for _, other := range known {
				found = found || k == other
			}
			if !found {
				t.Errorf("reader of %v: no kind %s", r.types, k)
			}
		}
		if len(r.kinds) == 0 {
			t.Errorf("reader of %v has no kinds", r.types)
		}
		for _, typ := range append(append([]string{}, r.types...), r.joins...) {
			if !strings.HasPrefix(typ, "aws_") {
				t.Errorf("reader of %v: type %s is not one of AWS", r.types, typ)
			}
		}
	}
}

// TestSweepsNameWhatWasFound collects the code of all checks: every kind that is found is one that was looked for, no
// setting was forgotten, and no two facts share an id.
func TestSweepsNameWhatWasFound(t *testing.T) {
	snapshot, err := New(Options{FS: os.DirFS("../../testdata/checks")}).Collect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, f := range snapshot.Facts {
		if ids[f.ID] {
			t.Errorf("two facts of %s", f.ID)
		}
		ids[f.ID] = true
		if !slices.Contains(snapshot.Sweeps[0].Kinds, f.Kind) {
			t.Errorf("%s: kind %s is found and was not looked for", f.ID, f.Kind)
		}
		for name, reading := range f.Settings {
			if reading.Why != nil && reading.Why.Code == "not_read" {
				t.Errorf("%s: %s was not read", f.ID, name)
			}
		}
	}
}
