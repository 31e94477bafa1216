package main

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/aws"
)

// sizeLimit is how large the program may be: 15 % more than it was when its AWS clients were last made small. Linked whole,
// the client of EC2 alone has more.
const sizeLimit = 108_000_000

// linkedWhole says of which services all operations are in the program, and why. No reader can help it.
func linkedWhole() map[string]string {
	return map[string]string{
		"s3":      "the SDK's client hands itself to its own provider of credentials for directory buckets",
		"signin":  "the SDK's configuration gets credentials with it",
		"sso":     "the SDK's configuration gets credentials with it",
		"ssooidc": "the SDK's configuration gets credentials with it",
		"sts":     "the SDK's configuration gets credentials with it",
	}
}

// linkedBySDK are the operations that the SDK's clients call themselves.
func linkedBySDK() []string {
	return []string{
		"dynamodb.DescribeEndpoints", // where endpoint discovery is switched on
	}
}

// TestOnlyOperationsOfTheTablesAreInTheProgram builds the program and reads its symbols: what is not in it cannot be
// called, not even by mistake. It is built as tests are: with -trimpath all would have to be compiled anew.
func TestOnlyOperationsOfTheTablesAreInTheProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := filepath.Join(t.TempDir(), "tomscan")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	symbols, err := exec.CommandContext(t.Context(), "go", "tool", "nm", program).Output()
	if err != nil {
		t.Fatal(err)
	}
	want := linkedBySDK()
	for _, o := range aws.Operations() {
		want = append(want, o.Name)
	}
	slices.Sort(want)
	linked, excused := operationsIn(string(symbols), want)
	if diff := gocmp.Diff(want, linked); diff != "" {
		t.Errorf("- in the readers' tables, + in the program\n%s", diff)
	}
	if diff := gocmp.Diff(slices.Sorted(maps.Keys(linkedWhole())), excused); diff != "" {
		t.Errorf("- excused, + linked whole\n%s", diff)
	}
	file, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	if file.Size() > sizeLimit {
		t.Errorf("the program has %d bytes, more than %d", file.Size(), sizeLimit)
	}
}

// operationsIn are the operations that symbols name, sorted. Those that are neither wanted nor to be helped are left out:
// only their services are told.
func operationsIn(symbols string, want []string) (operations, excused []string) {
	method := regexp.MustCompile(`(?m) github\.com/aws/aws-sdk-go-v2/service/(\w+)\.\(\*Client\)\.([A-Z]\w*)$`)
	for _, m := range method.FindAllStringSubmatch(symbols, -1) {
		if name := m[1] + "." + m[2]; linkedWhole()[m[1]] == "" || slices.Contains(want, name) {
			operations = append(operations, name)
		} else {
			excused = append(excused, m[1])
		}
	}
	slices.Sort(operations)
	slices.Sort(excused)
	return operations, slices.Compact(excused)
}
