package policies

import (
	"bytes"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

// TestStartingAnnex reads the starting file of every language, as it is and with its examples of waivers and attestations
// uncommented.
func TestStartingAnnex(t *testing.T) {
	for _, language := range Languages() {
		t.Run(language, func(t *testing.T) {
			src, err := StartingAnnex(language)
			if err != nil {
				t.Fatal(err)
			}
			a, diags := ParseAnnex("annex.hcl", src, LoadCatalogue(), annexTime())
			if len(diags) > 0 || a.Language != language || len(a.Clauses) < 8 {
				t.Errorf("language %q, %d clauses, %v", a.Language, len(a.Clauses), diags)
			}
			if !bytes.Equal(hclwrite.Format(src), src) {
				t.Error("not formatted")
			}
			a, diags = ParseAnnex("annex.hcl", uncomment(src), LoadCatalogue(), annexTime())
			if len(diags) > 0 || len(a.Waivers) != 1 || len(a.Attestations) != 1 {
				t.Errorf("uncommented: %d waivers, %d attestations, %v", len(a.Waivers), len(a.Attestations), diags)
			}
		})
	}
	if _, err := StartingAnnex("fi"); err == nil {
		t.Error("no error for fi")
	}
}

// uncomment takes the comment sign off the lines of the examples at the end.
func uncomment(src []byte) []byte {
	lines := strings.Split(string(src), "\n")
	inside := false
	for i, line := range lines {
		text, isComment := strings.CutPrefix(line, "# ")
		inside = isComment && (inside || text == "waiver {" || text == "attestation {")
		if inside {
			lines[i] = text
		}
	}
	return []byte(strings.Join(lines, "\n"))
}
