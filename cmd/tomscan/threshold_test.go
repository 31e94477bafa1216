package main

import (
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

func TestThreshold(t *testing.T) {
	report := func(verdict evidence.Verdict, results ...evidence.Result) evidence.Report {
		for i := range results {
			results[i].Promise = "p"
		}
		return evidence.Report{
			Clauses:  []evidence.ClauseResult{{ID: "1", Verdict: verdict, Promises: []string{"p"}}},
			Measures: []evidence.MeasureResult{{Promise: "p", Verdict: verdict}},
			Results:  results,
		}
	}
	fail := func(s evidence.Severity, baseline bool) evidence.Result {
		return evidence.Result{Verdict: evidence.Fail, Severity: s, Baseline: baseline}
	}
	withBaseline := func(r evidence.Report) evidence.Report {
		r.Run.Baseline = "digest"
		return r
	}
	for _, c := range []struct {
		name   string
		report evidence.Report
		limit  threshold
		want   int
	}{
		{"pass", report(evidence.Pass), threshold{strict: true}, codeHolds},
		{"fail", report(evidence.Fail, fail(evidence.Low, false)), threshold{}, codeFails},
		{"conflict", report(evidence.Conflict), threshold{failOn: evidence.Critical}, codeFails},
		{"unknown", report(evidence.Unknown), threshold{}, codeHolds},
		{"unknown, strict", report(evidence.Unknown), threshold{strict: true}, codeNotAssessed},
		{"fail, strict", report(evidence.Fail, fail(evidence.High, false)), threshold{strict: true}, codeFails},
		{"below the severity", report(evidence.Fail, fail(evidence.Low, false)), threshold{failOn: evidence.High}, codeHolds},
		{"at the severity", report(evidence.Fail, fail(evidence.High, false)), threshold{failOn: evidence.High}, codeFails},
		{"above the severity", report(evidence.Fail, fail(evidence.Critical, false)), threshold{failOn: evidence.High}, codeFails},
		{"in the baseline", withBaseline(report(evidence.Fail, fail(evidence.High, true))), threshold{}, codeHolds},
		{"not in the baseline", withBaseline(report(evidence.Fail, fail(evidence.High, false))), threshold{}, codeFails},
		{"not applicable, strict", report(evidence.NotApplicable), threshold{strict: true}, codeHolds},
		{"waived, strict", report(evidence.Waived), threshold{strict: true}, codeHolds},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.limit.code(c.report); got != c.want {
				t.Errorf("code = %d, want %d", got, c.want)
			}
		})
	}
}
