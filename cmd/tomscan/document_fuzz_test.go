package main

import (
	"io"
	"testing"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/reports"
)

// FuzzReport decodes reports that nobody vouches for and renders them in every format: that may fail, but not panic.
func FuzzReport(f *testing.F) {
	f.Add([]byte(`{"schema_version": "1.0", "results": []}`))
	f.Add([]byte(`{"schema_version": "1.7", "new": 1, "results": [{"id": "a|b|c", "fact": "b", "verdict": "fail", "at": [{"file": "x", "start_line": -3}]}],
		"measures": [{"promise": "c", "results": ["a|b|c", "gone"], "checks": [{"check": "a"}]}], "clauses": [{"id": "1", "promises": ["c", "gone"]}],
		"snapshot": {"facts": [{"id": "b", "settings": {"s": {"state": "known", "value": {"a": [1.5, null]}}}}]}}`))
	f.Add([]byte(`{"schema_version": "2.0", "results": []}`))
	f.Fuzz(func(_ *testing.T, data []byte) {
		var r evidence.Report
		if decode(data, "report.json", "report", evidence.ReportVersion, &r) != nil {
			return
		}
		for _, format := range reports.Formats() {
			_ = format.Render(io.Discard, r, reports.Options{}) // an error is an answer
		}
	})
}

// FuzzConfig parses configuration files that nobody vouches for.
func FuzzConfig(f *testing.F) {
	f.Add([]byte(`annex = "a.hcl"` + "\n" + `root "envs" { variables = { a = 1 } }` + "\n" + `output "html" { file = "x" }`))
	f.Add([]byte(`language = "xx"` + "\n" + `fail_on = nope`))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_, _ = parseConfig(data, configName) // problems are an answer
	})
}
