package policies

import (
	"github.com/tomscan/tomscan/evidence"
)

// Baseline is what failed in an earlier report.
type Baseline struct {
	SHA256  string // of the earlier report's file
	failing map[string]bool
}

// NewBaseline remembers the ids of the results that fail in r; sha256 is the digest of the file that r was read from.
func NewBaseline(r evidence.Report, sha256 string) *Baseline {
	b := &Baseline{SHA256: sha256, failing: map[string]bool{}}
	for _, res := range r.Results {
		if res.Verdict == evidence.Fail {
			b.failing[res.ID] = true
		}
	}
	return b
}

// mark marks the fails that the baseline has already.
func (j *judge) mark() {
	if j.options.Baseline == nil {
		return
	}
	for _, p := range j.promises {
		for _, r := range p.results {
			r.Baseline = r.Verdict == evidence.Fail && j.options.Baseline.failing[r.ID]
		}
	}
}

// NewFails lists the results that fail and that no baseline has, of this severity or worse; an empty severity is all.
// They, and conflicts, decide the exit code.
func NewFails(r evidence.Report, least evidence.Severity) []evidence.Result {
	counted := map[evidence.Severity]bool{}
	for _, s := range evidence.Severities() {
		counted[s] = true
		if s == least {
			break
		}
	}
	var fails []evidence.Result
	for _, res := range r.Results {
		if res.Verdict == evidence.Fail && !res.Baseline && counted[res.Severity] {
			fails = append(fails, res)
		}
	}
	return fails
}
