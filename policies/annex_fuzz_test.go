package policies

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func FuzzParseAnnex(f *testing.F)     { fuzzAnnex(f, "annex.hcl") }
func FuzzParseAnnexJSON(f *testing.F) { fuzzAnnex(f, "annex.json") }

// fuzzAnnex holds that no file crashes the reader or the linter, that the same file reads the same, and that what it
// returns keeps its promises.
func fuzzAnnex(f *testing.F, filename string) {
	for _, file := range annexFiles(f, "*", filepath.Ext(filename)) {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	c := LoadCatalogue()
	f.Fuzz(func(t *testing.T, src []byte) {
		a, diags := ParseAnnex(filename, src, c, annexTime())
		again, diagsAgain := ParseAnnex(filename, src, c, annexTime())
		if diff := cmp.Diff(a, again); diff != "" || listDiagnostics(diags) != listDiagnostics(diagsAgain) {
			t.Fatalf("read twice (-first +second):\n%s", diff)
		}
		if diags.HasErrors() {
			return
		}
		if a.Title == "" && a.Language == "" || len(a.Clauses) == 0 {
			t.Fatal("no error, but no title, language or clause")
		}
		for _, clause := range a.Clauses {
			if !utf8.ValidString(clause.Text) || badCharacter(clause.Text) != "" || badCharacter(clause.ID) != "" {
				t.Fatalf("clause %q has text that nobody can see", clause.ID)
			}
		}
		if d := LintAnnex(a, src, c, annexTime()); d.HasErrors() {
			t.Fatalf("the linter found errors: %v", d)
		}
	})
}
