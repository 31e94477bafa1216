package reports

import (
	"strings"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

// pairedFixture is the fixture with a live observation of its bad bucket, and of one that nobody declares.
func pairedFixture() evidence.Report {
	r := fixture()
	live := func(name string) evidence.Fact {
		arn := "arn:aws:s3:::" + name
		f := evidence.NewFact("aws:"+arn, evidence.Source{Collector: "aws", Level: evidence.LevelImplementation, Place: evidence.Place{Account: "111122223333", Region: "eu-north-1"}},
			evidence.ObjectStore{Encryption: evidence.Known(evidence.EncryptionCustomerManaged)})
		f.Address, f.Addresses = arn, []string{arn}
		return f
	}
	r.Snapshot.Facts = append(r.Snapshot.Facts, live("archive"), live("forgotten"+hostileName))
	seen := fixtureResult("TOM-ENC-001", "encryption-at-rest@0badcafe", "", evidence.Pass)
	seen.Fact, seen.Level = "aws:arn:aws:s3:::archive", evidence.LevelImplementation
	seen.ID = "TOM-ENC-001|" + seen.Fact + "|encryption-at-rest@0badcafe"
	r.Results = append(r.Results, seen)
	var declared string
	for _, result := range r.Results {
		if result.Verdict == evidence.Fail && strings.HasSuffix(result.Fact, longAddress) {
			declared = result.ID
		}
	}
	r.Measures[0].Levels = []evidence.LevelResult{
		{Level: evidence.LevelDesign, Verdict: evidence.Fail, Counts: evidence.Counts{Population: 7, Pass: 2, Fail: 2, Unknown: 2, Waived: 1}},
		{Level: evidence.LevelImplementation, Verdict: evidence.Pass, Counts: evidence.Counts{Population: 2, Pass: 2}},
	}
	r.Measures[0].Disagreements = []evidence.Disagreement{{Check: "TOM-ENC-001", Results: []string{seen.ID, declared}}}
	r.Pairing = &evidence.Pairing{
		Kinds: []evidence.KindPairing{
			{Kind: "database", Declared: 2, Unpaired: 2, Reasons: []evidence.Reason{evidence.Because("pairing_needs_state", "count", "2")}},
			{Kind: "object_store", Declared: 3, Live: 2, Paired: 1, Unmanaged: 1, Missing: 1, Unpaired: 1, Reasons: []evidence.Reason{evidence.Because("pairing_account_unknown", "count", "1")}},
		},
		Unmanaged: []string{"aws:arn:aws:s3:::forgotten" + hostileName},
		Missing:   []string{"terraform:envs/prod:aws_s3_bucket.good"},
		Unpaired:  []string{"terraform:envs/prod:aws_db_instance.main"},
	}
	return r
}

func TestPairingInEveryFormat(t *testing.T) {
	golden(t, "pairing.txt", render(t, Table, pairedFixture(), Options{Width: 100}))
	golden(t, "pairing.md", render(t, Markdown, pairedFixture(), Options{}))
	validate(t, "paired", compiledSchema(t, ownSchema(t, "report")), render(t, JSON, pairedFixture(), Options{}))
	for _, language := range Languages() {
		w := wordsIn(t, language)
		page := string(render(t, HTML, pairedFixture(), Options{Words: w}))
		for _, want := range []string{`id="pairing"`, `href="#pairing"`, w.Text("pairing.levels"), w.Text("pairing.disagree"), w.Count("pairing.missing", 1), "aws_s3_bucket.good"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page has no %s", language, want)
			}
		}
		if strings.Contains(page, "<script>alert") {
			t.Errorf("%s: a hostile name is not escaped", language)
		}
	}
	if page := string(render(t, HTML, fixture(), Options{})); strings.Contains(page, `id="pairing"`) {
		t.Error("the page of code alone shows a pairing")
	}
}
