package policies

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestMatch(t *testing.T) {
	facts := []evidence.Fact{
		factNamed("app", "aws_s3_bucket.a"),
		factNamed("db", "aws_s3_bucket.a"),
		factNamed("app", "aws_s3_bucket.only", "aws_s3_bucket_versioning.only"),
		factNamed("app", "module.logs.aws_s3_bucket.b"),
		factNamed("app", "aws_sqs_queue.q[0]"),
		factNamed("app", "aws_sqs_queue.q[1]"),
		factNamed("app", `aws_sqs_queue.k["x"]`),
		factNamed("app", "aws_sqs_queue.p[*]"),
		factNamed("app", "aws_instance.i#root"),
		factNamed("app", "aws_instance.i#sdb"),
		factNamed("app", "module.new.aws_sqs_queue.moved"),
		factNamed("app", `aws_sqs_queue.hash["a#b"]`),
	}
	moved := []evidence.Moved{
		{Root: "app", From: "module.middle", To: "module.new"},
		{Root: "app", From: "module.old", To: "module.middle"},
		{Root: "db", From: "aws_s3_bucket.before", To: "aws_s3_bucket.a"},
	}
	var targets []target
	for i := range facts {
		targets = append(targets, targetOf(&facts[i], moved))
	}
	for _, c := range []struct {
		name, given string
		ids         []string
		former      bool
		candidates  []string
	}{
		{name: "exact id", given: "terraform:app:aws_s3_bucket.a", ids: []string{"terraform:app:aws_s3_bucket.a"}},
		{name: "short and ambiguous", given: "aws_s3_bucket.a", candidates: []string{"terraform:app:aws_s3_bucket.a", "terraform:db:aws_s3_bucket.a"}},
		{name: "short with its root", given: "db:aws_s3_bucket.a", ids: []string{"terraform:db:aws_s3_bucket.a"}},
		{name: "short", given: "aws_s3_bucket.only", ids: []string{"terraform:app:aws_s3_bucket.only"}},
		{name: "joined address", given: "aws_s3_bucket_versioning.only", ids: []string{"terraform:app:aws_s3_bucket.only"}},
		{name: "without its module", given: "aws_s3_bucket.b", ids: []string{"terraform:app:module.logs.aws_s3_bucket.b"}},
		{name: "all instances", given: "aws_sqs_queue.q[*]", ids: []string{"terraform:app:aws_sqs_queue.q[0]", "terraform:app:aws_sqs_queue.q[1]"}},
		{name: "brackets and quotes are literal", given: `aws_sqs_queue.k["x"]`, ids: []string{`terraform:app:aws_sqs_queue.k["x"]`}},
		{name: "a question mark is literal", given: `aws_sqs_queue.q[?]`},
		{name: "a placeholder by its exact id", given: "terraform:app:aws_sqs_queue.p[*]", ids: []string{"terraform:app:aws_sqs_queue.p[*]"}},
		{name: "pattern over roots", given: "*:aws_s3_bucket.a", ids: []string{"terraform:app:aws_s3_bucket.a", "terraform:db:aws_s3_bucket.a"}},
		{name: "pattern in the middle", given: "terraform:app:*bucket*", ids: []string{"terraform:app:aws_s3_bucket.a", "terraform:app:aws_s3_bucket.only", "terraform:app:module.logs.aws_s3_bucket.b"}},
		{name: "all parts of one thing", given: "aws_instance.i", ids: []string{"terraform:app:aws_instance.i#root", "terraform:app:aws_instance.i#sdb"}},
		{name: "one part", given: "aws_instance.i#sdb", ids: []string{"terraform:app:aws_instance.i#sdb"}},
		{name: "a hash in a key", given: `aws_sqs_queue.hash["a#b"]`, ids: []string{`terraform:app:aws_sqs_queue.hash["a#b"]`}},
		{name: "moved twice", given: "module.old.aws_sqs_queue.moved", ids: []string{"terraform:app:module.new.aws_sqs_queue.moved"}, former: true},
		{name: "moved, by exact id", given: "terraform:db:aws_s3_bucket.before", ids: []string{"terraform:db:aws_s3_bucket.a"}, former: true},
		{name: "moved, by pattern", given: "module.middle.*", ids: []string{"terraform:app:module.new.aws_sqs_queue.moved"}, former: true},
		{name: "moved in another root", given: "terraform:app:aws_s3_bucket.before"},
		{name: "nothing", given: "aws_s3_bucket.none"},
		{name: "part of a name", given: "bucket.only"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := match(c.given, targets)
			if diff := cmp.Diff(c.ids, slices.Sorted(maps.Keys(m.ids))); diff != "" {
				t.Errorf("ids (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.candidates, m.candidates); diff != "" {
				t.Errorf("candidates (-want +got):\n%s", diff)
			}
			if len(m.ids) > 0 && m.former != c.former {
				t.Errorf("former is %t, want %t", m.former, c.former)
			}
		})
	}
}

// factNamed is a fact of a root with an address and those joined into it.
func factNamed(root, address string, joined ...string) evidence.Fact {
	f := factIn(evidence.Place{Root: root}, address, evidence.Queue{})
	f.Addresses = append(f.Addresses, joined...)
	return f
}

func FuzzGlob(f *testing.F) {
	f.Add("a*b*c", "axxbyyc")
	f.Add("*", "")
	f.Add("a*a", "a")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if got, want := glob(pattern, text), slowGlob(pattern, text); got != want {
			t.Errorf("glob(%q, %q) = %t, want %t", pattern, text, got, want)
		}
	})
}

// slowGlob is the same by dynamic programming.
func slowGlob(pattern, text string) bool {
	fits := make([]bool, len(text)+1)
	fits[0] = true
	for i := range len(pattern) {
		next := make([]bool, len(text)+1)
		for j := range fits {
			switch {
			case pattern[i] == '*':
				next[j] = fits[j] || j > 0 && next[j-1]
			case j > 0:
				next[j] = fits[j-1] && text[j-1] == pattern[i]
			}
		}
		fits = next
	}
	return fits[len(text)]
}
