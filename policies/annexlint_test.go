package policies

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
)

// TestLintAnnex compares every warning of the annexes in testdata/annex/lint, with its line and text.
func TestLintAnnex(t *testing.T) {
	for _, file := range annexFiles(t, "lint", ".hcl") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a, diags := ParseAnnex(filepath.Base(file), src, LoadCatalogue(), annexTime())
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			compareFile(t, file+".want", listDiagnostics(LintAnnex(a, src, LoadCatalogue(), annexTime())))
		})
	}
}

// TestLintAnnexShowsTheLine prints a warning as the command line does.
func TestLintAnnexShowsTheLine(t *testing.T) {
	src := []byte("title = \"A\"\nlanguage = \"en\"\n\nclause \"1\" {}\n")
	a, _ := ParseAnnex("a.hcl", src, LoadCatalogue(), annexTime())
	var b bytes.Buffer
	w := hcl.NewDiagnosticTextWriter(&b, map[string]*hcl.File{"a.hcl": {Bytes: src}}, 200, false)
	if err := w.WriteDiagnostics(LintAnnex(a, src, LoadCatalogue(), annexTime())); err != nil {
		t.Fatal(err)
	}
	if want := "  on a.hcl line 4:\n   4: clause \"1\" {}\n"; !strings.Contains(b.String(), want) {
		t.Errorf("got:\n%s\nwant in it:\n%s", b.String(), want)
	}
}

func TestWord(t *testing.T) {
	for _, c := range []struct {
		text, word string
		want       bool
	}{
		{"uses SSL.", "SSL", true}, {"SSL", "SSL", true}, {"OpenSSL", "SSL", false}, {"SSLv3", "SSL", false}, {"SSLx SSL", "SSL", true},
		{"", "SSL", false}, {"åSSL", "SSL", false}, {"SSLSSL", "SSL", false}, {"SFTP", "FTP", false},
	} {
		if got := word(c.text, c.word); got != c.want {
			t.Errorf("word(%q, %q) = %t, want %t", c.text, c.word, got, c.want)
		}
	}
}
