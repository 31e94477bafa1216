package main

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
)

// threshold says which judgements end a run with an error.
type threshold struct {
	strict bool              // what was not assessed counts
	failOn evidence.Severity // fails below it do not count; empty = all count
}

// code returns the exit code of a report. Without a severity and a baseline it is the clauses' verdicts that count; with
// them, fails that are at least as severe and that the baseline does not have. A conflict always counts.
func (t threshold) code(r evidence.Report) int {
	all := t.failOn == "" && r.Run.Baseline == ""
	unknown := false
	for _, c := range r.Clauses {
		if c.Verdict == evidence.Conflict || all && c.Verdict == evidence.Fail {
			return codeFails
		}
		unknown = unknown || c.Verdict == evidence.Unknown
	}
	if len(policies.NewFails(r, t.failOn)) > 0 {
		return codeFails
	}
	unknown = unknown || slices.ContainsFunc(r.Measures, func(m evidence.MeasureResult) bool {
		return m.Verdict == evidence.Unknown || m.Counts.Unknown > 0
	})
	if t.strict && unknown {
		return codeNotAssessed
	}
	return codeHolds
}

// parseSeverity reads the value of --fail-on.
func parseSeverity(text string) (evidence.Severity, error) {
	if text == "" || slices.Contains(severityNames(), text) {
		return evidence.Severity(text), nil
	}
	return "", usageError("unknown severity "+quote(text), "%s", didYouMean(text, severityNames()))
}

func severityNames() []string {
	var names []string
	for _, s := range evidence.Severities() {
		names = append(names, string(s))
	}
	return names
}
