package policies

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
)

var updateAnnexes = flag.Bool("update-annexes", false, "rewrite the expectations beside testdata/annex")

// annexTime is the time of all runs in these tests.
func annexTime() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// TestParseAnnex compares every diagnostic of the annexes in testdata/annex, with its line and text, and every annex
// that has none.
func TestParseAnnex(t *testing.T) {
	for _, dir := range []string{"err", "ok"} {
		files := annexFiles(t, dir, ".hcl", ".json")
		for _, file := range files {
			t.Run(dir+"/"+filepath.Base(file), func(t *testing.T) {
				src, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				a, diags := ParseAnnex(filepath.Base(file), src, LoadCatalogue(), annexTime())
				got := listDiagnostics(diags)
				if dir == "ok" {
					got += indent(t, a)
				}
				compareFile(t, file+".want", got)
			})
		}
	}
}

// annexFiles lists the annexes of a directory of testdata/annex.
func annexFiles(t testing.TB, dir string, extensions ...string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join("../testdata/annex", dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	files := slices.DeleteFunc(all, func(file string) bool { return !slices.Contains(extensions, filepath.Ext(file)) })
	if len(files) == 0 {
		t.Fatalf("no annexes in %s", dir)
	}
	return files
}

func listDiagnostics(diags hcl.Diagnostics) string {
	var b strings.Builder
	for _, d := range diags {
		severity := map[hcl.DiagnosticSeverity]string{hcl.DiagError: "error", hcl.DiagWarning: "warning"}[d.Severity]
		fmt.Fprintf(&b, "%d: %s: %s: %s\n", d.Subject.Start.Line, severity, d.Summary, d.Detail)
	}
	return b.String()
}

func indent(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + "\n"
}

func compareFile(t *testing.T, file, got string) {
	t.Helper()
	if *updateAnnexes {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
