package main

import (
	"strings"
	"testing"
)

func TestConfigProblems(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"misspelt argument", `annx = "a.hcl"`, `Did you mean "annex"?`},
		{"misspelt block", `rot "envs" {}`, `Did you mean "root"?`},
		{"language", `language = "xx"`, `unknown language "xx"`},
		{"severity", `fail_on = "hihg"`, `did you mean "high"?`},
		{"format", `output "htlm" { file = "x" }`, `did you mean "html"?`},
		{"two outputs in one place", `output "json" {}` + "\n" + `output "table" {}`, "Two outputs in one place"},
		{"root outside", `root "../x" {}`, "Root outside"},
		{"exclusion without a reason", `exclude { facts = "x" }`, `"reason" is required`},
		{"wrong type", `strict = "perhaps"`, "bool"},
		{"variables are no object", `variables = 1`, "static map expression is required"},
		{"unusable variable", `variables = { "a b" = 1 }`, "Unusable variable"},
		{"unknown name", `annex = var.x`, "Variables not allowed"},
		{"broken", `annex = `, "Invalid expression"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, diagnostics := parseConfig([]byte(c.text+"\n"), configName)
			var all strings.Builder
			for _, d := range diagnostics {
				all.WriteString(d.Error() + "\n")
			}
			if !diagnostics.HasErrors() || !strings.Contains(all.String(), c.want) {
				t.Errorf("got %q, want an error with %q", all.String(), c.want)
			}
		})
	}
}

func TestConfig(t *testing.T) {
	c, diagnostics := parseConfig([]byte(`
annex     = "a.hcl"
strict    = true
variables = { a = 1, b = ["x"], c = { d = true } }
root "envs/app" {
  variables = { n = "3" }
  region    = "eu-north-1"
}
root "envs/app" { workspace = "dev" }
output "table" {}
output "html" { file = "out/r.html" }
`), "conf/tomscan.hcl")
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	if got := c.path(c.Annex); got != "conf/a.hcl" {
		t.Errorf("annex %q, want it beside the configuration", got)
	}
	if got := c.outputs(); len(got) != 2 || got[1] != (output{"html", "conf/out/r.html"}) {
		t.Errorf("outputs %v", got)
	}
	if len(c.Roots) != 2 || c.Roots[0].Region != "eu-north-1" || c.Roots[1].Workspace != "dev" {
		t.Errorf("roots %v", c.Roots)
	}
	if got, want := string(c.variablesFile(c.Variables)), "\n\n\na = 1\nb = [\"x\"]\nc = { d = true }\n"; got != want {
		t.Errorf("variables %q, want %q", got, want)
	}
	if got, want := string(c.variablesFile(c.Roots[0].Variables)), "\n\n\n\n\nn = \"3\"\n"; got != want {
		t.Errorf("variables %q, want %q", got, want)
	}
}
