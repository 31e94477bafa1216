package reports

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestWhere(t *testing.T) {
	for _, c := range []struct {
		name string
		in   evidence.Position
		want string
	}{
		{"scanned file", evidence.Position{File: "envs/prod/main.tf", StartLine: 3}, "envs/prod/main.tf:3"},
		{"whole scanned file", evidence.Position{File: "main.tf"}, "main.tf"},
		{"call of an account", evidence.Position{Call: "s3.GetBucketEncryption"}, "s3.GetBucketEncryption"},
		{"file of a host", evidence.Position{Host: "web1", File: "/etc/ssh/sshd_config", StartLine: 12}, "web1:/etc/ssh/sshd_config:12"},
		{"whole file of a host", evidence.Position{Host: "web1", File: "/etc/shadow"}, "web1:/etc/shadow"},
		{"command of a host", evidence.Position{Host: "web1", Call: "sshd -T (exit 0)"}, "web1: sshd -T (exit 0)"},
		{"hostile host", evidence.Position{Host: "a\x1b[31m", File: "/x"}, `a\x1b[31m:/x`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := where(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// hostReport is a run over one host with a fail that a file of it decides, next to a file of the same path that was scanned.
func hostReport() evidence.Report {
	file := evidence.Position{Host: "web1", File: "/etc/ssh/sshd_config", StartLine: 12, EndLine: 12, Role: evidence.RoleDecides, Excerpt: "PasswordAuthentication yes"}
	command := evidence.Position{Host: "web1", Call: "sshd -T (exit 0)", Role: evidence.RoleDecides}
	place := evidence.Place{Host: "web1"}
	id := "server:web1:sshd"
	return evidence.Report{
		SchemaVersion: evidence.ReportVersion,
		Run:           evidence.Run{At: "2026-11-22T12:00:00Z", Targets: []string{}, Collectors: []string{"server"}},
		Snapshot: evidence.Snapshot{
			SchemaVersion: evidence.SnapshotVersion,
			Inputs:        []evidence.Input{{Path: "/etc/ssh/sshd_config", SHA256: strings.Repeat("ab", 32), Size: 1}},
			Sweeps:        []evidence.Sweep{{Collector: "server", Level: evidence.LevelImplementation, Place: place, Kinds: []evidence.Kind{"ssh_server"}}},
			Facts: []evidence.Fact{{ID: id, Kind: "ssh_server", Address: "sshd", Addresses: []string{"sshd"}, At: []evidence.Position{file},
				Source: evidence.Source{Collector: "server", Level: evidence.LevelImplementation, Place: place}}},
		},
		Checks: []evidence.Check{{ID: "TOM-REM-002", Measure: "remote-access", Title: "t", Remedy: "r", Severity: evidence.High}},
		Results: []evidence.Result{{ID: "TOM-REM-002|" + id + "|remote-access", Check: "TOM-REM-002", Measure: "remote-access", Promise: "remote-access",
			Fact: id, Verdict: evidence.Fail, Severity: evidence.High, At: []evidence.Position{file, command}}},
		Measures: []evidence.MeasureResult{{Promise: "remote-access", Measure: "remote-access", Verdict: evidence.Fail,
			Results: []string{"TOM-REM-002|" + id + "|remote-access"}, Checks: []evidence.CheckCount{{Check: "TOM-REM-002", Verdict: evidence.Fail}}}},
	}
}

func TestHostsInSARIFAreLogicalLocations(t *testing.T) {
	r := hostReport()
	s := sarif{newIndex(r, wordsIn(t, "en")), map[string]int{}}
	primary, related := s.places(&r.Results[0])
	want := []sarifPlace{{Logical: []sarifLogical{
		{FullyQualifiedName: "web1: sshd", Kind: "resource"},
		{FullyQualifiedName: "web1:/etc/ssh/sshd_config:12", Kind: "resource"},
		{FullyQualifiedName: "web1: sshd -T (exit 0)", Kind: "resource"},
	}}}
	if diff := cmp.Diff(primary, want); diff != "" {
		t.Errorf("primary (-got +want):\n%s", diff)
	}
	if len(related) != 0 {
		t.Errorf("related: %v", related)
	}
}

// TestEveryFormatNamesTheHost renders the run in every format: each says where on the host it was decided, and none takes the
// file of the host for the scanned file of that path.
func TestEveryFormatNamesTheHost(t *testing.T) {
	for name, render := range map[string]Renderer{"table": Table, "HTML": HTML, "Markdown": Markdown, "JUnit": JUnit, "SARIF": SARIF} {
		t.Run(name, func(t *testing.T) {
			text := string(rendered(t, render))
			if !strings.Contains(text, "web1:/etc/ssh/sshd_config:12") {
				t.Errorf("it does not say where:\n%s", text)
			}
			for _, wrong := range []string{`"uri": "etc/ssh`, `file="/etc/ssh`, `href="#f1"`} {
				if strings.Contains(text, wrong) {
					t.Errorf("it has %s", wrong)
				}
			}
		})
	}
}

func rendered(t *testing.T, f Renderer) []byte { return render(t, f, hostReport(), Options{}) }

func TestSchemaAllowsHosts(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJSON(&b, hostReport().Snapshot); err != nil {
		t.Fatal(err)
	}
	validate(t, "hosts", compiledSchema(t, ownSchema(t, "snapshot")), b.Bytes())
}
