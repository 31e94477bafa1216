package eval

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// TestAllFunctions compares the table with the functions of Terraform 1.11, as `terraform metadata functions` lists them.
func TestAllFunctions(t *testing.T) {
	text, err := os.ReadFile("testdata/functions.txt")
	if err != nil {
		t.Fatal(err)
	}
	r := &run{}
	got := sortedKeys(r.functions())
	if diff := cmp.Diff(strings.Fields(string(text)), got); diff != "" {
		t.Error(diff)
	}
}

// functionCases are calls whose results must be Terraform's, one function per line.
func functionCases() []string {
	return slices.Collect(strings.SplitSeq(strings.TrimSpace(functionText), "\n"))
}

// TestFunctionsAsTerraform compares results with those of `terraform console`. The committed results are compared when
// there is no terraform.
func TestFunctionsAsTerraform(t *testing.T) {
	cases := functionCases()
	want := terraformResults(t, cases)
	for n, expr := range cases {
		if got := ourResult(t, expr); got != want[n] {
			t.Errorf("%s\ngot  %s\nwant %s", expr, got, want[n])
		}
	}
}

// ourResult returns the JSON of an expression, ERROR when it fails.
func ourResult(t *testing.T, expr string) string {
	r := evaluate(t, map[string]string{
		"main.tf":     "resource \"test\" \"x\" {\n a = try(jsonencode(" + expr + "), \"ERROR\")\n}",
		"hello.txt":   "hello ${name}\n",
		"dir/a.txt":   "a",
		"dir/b/c.txt": "c",
	}, Options{})
	return show(r.Instance("test.x").Attr("a").Text(evidence.Value[string]{}))
}

const resultsFile = "testdata/functions.golden.json"

// terraformResults returns the JSON of expressions as terraform evaluates them, and writes it to the committed file.
func terraformResults(t *testing.T, cases []string) []string {
	binary, err := exec.LookPath("terraform")
	if err != nil {
		t.Log("SKIPPED: no terraform on the PATH, comparing with the committed results only")
		return committedResults(t, cases)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"hello.txt": "hello ${name}\n", "dir/a.txt": "a", "dir/b/c.txt": "c"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var calls []string
	for _, expr := range cases {
		calls = append(calls, "try(jsonencode("+expr+"), \"ERROR\")")
	}
	console := exec.CommandContext(t.Context(), binary, "console")
	console.Dir = dir
	console.Stdin = strings.NewReader("jsonencode([" + strings.Join(calls, ", ") + "])\n")
	out, err := console.Output()
	if err != nil {
		t.Fatalf("terraform console: %v\n%s", err, out)
	}
	var text string
	var results []string
	if err := json.Unmarshal([]byte(unquoteHCL(string(out))), &text); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := json.Unmarshal([]byte(text), &results); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		writeResults(t, cases, results)
	}
	return results
}

// unquoteHCL turns a quoted text of HCL into one of JSON.
func unquoteHCL(text string) string {
	return strings.NewReplacer("$${", "${", "%%{", "%{").Replace(strings.TrimSpace(text))
}

func writeResults(t *testing.T, cases, results []string) {
	byCase := map[string]string{}
	for n, expr := range cases {
		byCase[expr] = results[n]
	}
	out, err := json.MarshalIndent(byCase, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(resultsFile, append(out, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
}

func committedResults(t *testing.T, cases []string) []string {
	text, err := os.ReadFile(resultsFile)
	if err != nil {
		t.Fatal(err)
	}
	byCase := map[string]string{}
	if err := json.Unmarshal(text, &byCase); err != nil {
		t.Fatal(err)
	}
	var results []string
	for _, expr := range cases {
		results = append(results, byCase[expr])
	}
	return results
}
