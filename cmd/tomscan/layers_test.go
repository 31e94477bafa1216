package main

import (
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/tomscan/tomscan"

// TestLayers holds the arrows cmd -> {scanners, policies, reports} -> evidence, and each big library in its place.
func TestLayers(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", `{{if not .Standard}}{{.ImportPath}} {{join .Imports " "}}{{end}}`, "../../...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		imports := strings.Fields(line)
		from, own := strings.CutPrefix(imports[0], module+"/")
		for _, to := range imports[1:] {
			if own && !mayImport(from, strings.TrimPrefix(to, module+"/")) {
				t.Errorf("%s imports %s", from, to)
			}
		}
	}
}

// mayImport says whether the package from may import to; both are relative to the module when they are in it.
func mayImport(from, to string) bool {
	layer, _, _ := strings.Cut(from, "/")
	switch {
	case layer == "evidence":
		return !strings.Contains(to, ".") && !strings.HasPrefix(to, "cmd/") && !lies(to, "scanners", "policies", "reports", "evidence")
	case lies(to, "cmd", "scanners/aws/fakeaws", "scanners/server/against"): // fakeaws and against are for tests
		return false
	case lies(to, "scanners", "policies", "reports"):
		return layer == "cmd" || layer == strings.Split(to, "/")[0]
	case lies(to, "github.com/hashicorp/hcl", "github.com/zclconf/go-cty"):
		return lies(from, "scanners/terraform", "policies", "cmd")
	case lies(to, "github.com/open-policy-agent"):
		return layer == "policies"
	case lies(to, "github.com/aws"):
		return lies(from, "scanners/aws")
	case lies(to, "github.com/olekukonko/tablewriter"):
		return layer == "reports"
	case lies(to, "os", "github.com/spf13"):
		return layer == "cmd" || lies(from, "scanners/server/against")
	}
	return true
}

// lies says whether path is one of the trees or in it.
func lies(path string, trees ...string) bool {
	for _, tree := range trees {
		if path == tree || strings.HasPrefix(path, tree+"/") {
			return true
		}
	}
	return false
}
