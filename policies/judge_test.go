package policies

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestJudgeSaysWhy(t *testing.T) {
	p := promiseOf(t, "encryption-at-rest", "object-store")
	p.Wants["key_source"] = evidence.EncryptionCustomerManaged
	p.Parameters = []evidence.Parameter{{Name: "key_source", Text: "customer-managed", Promised: true}}
	weak := fact("aws_s3_bucket.weak", evidence.ObjectStore{Encryption: known(evidence.EncryptionProviderOwned).At(
		evidence.Position{File: "app/main.tf", StartLine: 3, Role: evidence.RoleDecides})})
	r := judged(t, snapshot(weak, openStore("aws_s3_bucket.open"), store("aws_s3_bucket.good", evidence.EncryptionExternal)), annexOf(p))

	want := []evidence.Result{
		{
			ID:    "TOM-ENC-001|terraform:app:aws_s3_bucket.good|encryption-at-rest",
			Check: "TOM-ENC-001", Measure: "encryption-at-rest", Promise: "encryption-at-rest", Fact: "terraform:app:aws_s3_bucket.good",
			Verdict: evidence.Pass, Level: evidence.LevelDesign, Severity: evidence.High, Reasons: []evidence.Reason{},
		},
		{
			ID:    "TOM-ENC-001|terraform:app:aws_s3_bucket.open|encryption-at-rest",
			Check: "TOM-ENC-001", Measure: "encryption-at-rest", Promise: "encryption-at-rest", Fact: "terraform:app:aws_s3_bucket.open",
			Verdict: evidence.Unknown, Level: evidence.LevelDesign, Severity: evidence.High,
			Reasons: []evidence.Reason{evidence.Because("variable_without_value", "name", "key", "setting", "encryption")},
			At:      []evidence.Position{{File: "app/s3.tf", StartLine: 4}},
		},
		{
			ID:    "TOM-ENC-001|terraform:app:aws_s3_bucket.weak|encryption-at-rest",
			Check: "TOM-ENC-001", Measure: "encryption-at-rest", Promise: "encryption-at-rest", Fact: "terraform:app:aws_s3_bucket.weak",
			Verdict: evidence.Fail, Level: evidence.LevelDesign, Severity: evidence.High,
			Reasons: []evidence.Reason{evidence.Because("below_promise", "setting", "encryption", "actual", "provider-owned",
				"parameter", "key_source", "want", "customer-managed")},
			At: []evidence.Position{{File: "app/main.tf", StartLine: 3, Role: evidence.RoleDecides}},
		},
	}
	if diff := cmp.Diff(want, resultsBy(r, "TOM-ENC-001")); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

// resultsBy returns the results of one check.
func resultsBy(r evidence.Report, check string) []evidence.Result {
	var list []evidence.Result
	for _, res := range r.Results {
		if res.Check == check {
			list = append(list, res)
		}
	}
	return list
}
