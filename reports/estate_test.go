package reports

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

// estate is a report of n buckets in root modules of a hundred, each judged by six checks: one in ten fails something,
// one in ten has something that is not assessed, one in a hundred is waived.
func estate(n int) evidence.Report {
	r := fixture()
	r.Snapshot, r.Results, r.Observed, r.Measures, r.Clauses = evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion}, nil, nil, nil, nil
	r.Annex.Clauses = r.Annex.Clauses[:1]
	r.Checks = nil
	for c := range 6 {
		check := fixtureChecks()[0]
		check.ID = fmt.Sprintf("TOM-ENC-%03d", c+1)
		r.Checks = append(r.Checks, check)
	}
	for i := range n {
		r.Snapshot.Facts = append(r.Snapshot.Facts, estateFact(i))
		for c := range 6 {
			r.Results = append(r.Results, estateResult(i, c))
		}
	}
	for root := range (n + 99) / 100 {
		dir := fmt.Sprintf("envs/root%03d", root)
		r.Snapshot.Inputs = append(r.Snapshot.Inputs, evidence.Input{Path: dir + "/main.tf", SHA256: strings.Repeat(fmt.Sprintf("%08x", root), 8), Size: 40000})
		r.Snapshot.Sweeps = append(r.Snapshot.Sweeps, evidence.Sweep{Collector: "terraform", Level: evidence.LevelDesign, Place: evidence.Place{Root: dir},
			Kinds: []evidence.Kind{"object_store"}, Found: map[evidence.Kind]int{"object_store": 100}})
	}
	r.Snapshot.Sort()
	slices.SortFunc(r.Results, func(a, b evidence.Result) int { return strings.Compare(a.ID, b.ID) })
	fixtureRollUp(&r)
	return r
}

func estateAddress(i int) (root, address string) {
	return fmt.Sprintf("envs/root%03d", i/100), fmt.Sprintf(`module.storage["customer"].aws_s3_bucket.bucket_%05d`, i)
}

func estateFact(i int) evidence.Fact {
	root, address := estateAddress(i)
	return fixtureFact(root, address, 1+10*(i%100), evidence.ObjectStore{
		Encryption: evidence.Known(evidence.EncryptionCustomerManaged).At(evidence.Position{File: root + "/main.tf", StartLine: 10*(i%100) + 4, EndLine: 10*(i%100) + 4, Role: evidence.RoleDecides}),
		Versioning: evidence.Known("enabled"), Public: evidence.Known(false),
	})
}

func estateResult(i, c int) evidence.Result {
	root, address := estateAddress(i)
	s := fixtureResult(fmt.Sprintf("TOM-ENC-%03d", c+1), "encryption-at-rest@0badcafe", "", evidence.Pass)
	s.Fact = "terraform:" + root + ":" + address
	s.ID = s.Check + "|" + s.Fact + "|" + s.Promise
	at := fixtureAt(root+"/main.tf", 10*(i%100)+4, 10*(i%100)+4, fmt.Sprintf("  kms_key_id = var.key_%d", i%7))
	switch {
	case i%100 == 50 && c == 0:
		w := fixtureWaiver()
		s.Verdict, s.At, s.Waiver = evidence.Waived, at, &w
	case i%10 == 3 && c < 2:
		s.Verdict, s.At = evidence.Fail, at
		s.Reasons = []evidence.Reason{evidence.Because("below_promise", "setting", "encryption", "actual", "none", "want", "customer-managed")}
	case i%10 == 7 && c < 2:
		s.Verdict, s.At = evidence.Unknown, at
		s.Reasons = []evidence.Reason{evidence.Because("variable_without_value", "setting", "encryption", "name", fmt.Sprintf("key_%d", i%7))}
	}
	return s
}

// TestHTMLOfTenThousandResourcesIsSmall holds the page to its promised size.
func TestHTMLOfTenThousandResourcesIsSmall(t *testing.T) {
	if size := len(render(t, HTML, estate(10000), Options{})); size > 5_000_000 {
		t.Errorf("the page has %d bytes, more than 5 MB", size)
	}
}

// TestMarkdownFitsIntoAComment holds the comment to what GitHub takes, and wants it to say what it left out.
func TestMarkdownFitsIntoAComment(t *testing.T) {
	text := string(render(t, Markdown, estate(2000), Options{}))
	if len(text) > 65536 {
		t.Errorf("the comment has %d bytes, more than 65536", len(text))
	}
	if !strings.Contains(text, "more entries found no room here") {
		t.Error("the comment does not say that it left something out")
	}
	if got, want := strings.Count(text, "</details>"), strings.Count(text, "<details>"); got != want {
		t.Errorf("%d foldings end, %d begin", got, want)
	}
}

func BenchmarkRender(b *testing.B) {
	for _, f := range Formats() {
		for _, n := range []int{1000, 10000} {
			r := estate(n)
			b.Run(fmt.Sprintf("%s/%d", f.Name, n), func(b *testing.B) {
				b.ReportAllocs()
				size := 0
				for b.Loop() {
					size = len(render(b, f.Render, r, Options{Width: 80}))
				}
				b.ReportMetric(float64(size), "bytes")
			})
		}
	}
}
