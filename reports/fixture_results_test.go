package reports

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

func fixtureResult(check, promise, address string, v evidence.Verdict, reasons ...evidence.Reason) evidence.Result {
	fact := "terraform:envs/prod:" + address
	measure := map[string]string{"encryption-at-rest@0badcafe": "encryption-at-rest", "log-retention@12345678": "log-retention"}[promise]
	if measure == "" {
		measure = promise
	}
	severity := map[string]evidence.Severity{"TOM-ENC-003": evidence.Critical, "TOM-LOG-004": evidence.Medium}[check]
	if severity == "" {
		severity = evidence.High
	}
	return evidence.Result{ID: check + "|" + fact + "|" + promise, Check: check, Measure: measure, Promise: promise, Fact: fact,
		Verdict: v, Level: evidence.LevelDesign, Severity: severity, Reasons: reasons}
}

func fixtureAt(file string, from, to int, excerpt string) []evidence.Position {
	return []evidence.Position{{File: file, StartLine: from, StartCol: 3, EndLine: to, EndCol: 20, Role: evidence.RoleDecides, Excerpt: excerpt}}
}

func fixtureResults() []evidence.Result {
	const atRest = "encryption-at-rest@0badcafe"
	unencrypted := evidence.Because("below_promise", "setting", "encryption", "actual", "none", "want", "customer-managed")
	noKey := evidence.Because("variable_without_value", "setting", "encryption", "name", "db_key_arn")
	hostile := fixtureResult("TOM-ENC-001", atRest, hostileName, evidence.Fail,
		evidence.Because("below_promise", "setting", "encryption", "actual", "provider-owned", "want", "customer-managed"))
	hostile.At = fixtureAt("envs/prod/main.tf", 12, 14, "resource \"aws_s3_bucket\" \"b\" {\n\tfor_each = toset([\"<script>alert('x')</script>\"]) # \x1b[2J\u202e\n}")
	long := fixtureResult("TOM-ENC-001", atRest, longAddress, evidence.Fail, unencrypted)
	long.At, long.Baseline = fixtureAt("envs/prod/main.tf", 20, 24, "resource \"aws_s3_bucket\" \"the_archive\" {\n}"), true
	waived := fixtureResult("TOM-ENC-002", atRest, "aws_ebs_volume.legacy", evidence.Waived, unencrypted)
	w := fixtureWaiver()
	waived.Waiver, waived.At = &w, fixtureAt("envs/prod/main.tf", 62, 62, "  encrypted = false")
	database := fixtureResult("TOM-ENC-003", atRest, "aws_db_instance.main", evidence.Unknown, noKey)
	database.At = fixtureAt("envs/prod/main.tf", 42, 42, "  kms_key_id = var.db_key_arn")
	replica := fixtureResult("TOM-ENC-003", atRest, "aws_db_instance.replica[*]", evidence.Unknown, noKey)
	replica.Placeholder = true
	trail := fixtureResult("TOM-LOG-001", "audit-logging", "", evidence.Unknown, evidence.Because("none_declared", "kind", "audit_trail"))
	trail.Fact = "terraform:envs/prod"
	trail.ID = "TOM-LOG-001|terraform:envs/prod|audit-logging"
	logs := fixtureResult("TOM-LOG-004", "log-retention@12345678", "aws_cloudwatch_log_group.app", evidence.Fail,
		evidence.Because("below_promise", "setting", "retention_days", "actual", "30", "want", "90"))
	logs.At = fixtureAt("envs/prod/main.tf", 82, 82, "  retention_in_days = 30")
	all := []evidence.Result{
		hostile, long, fixtureResult("TOM-ENC-001", atRest, "aws_s3_bucket.good", evidence.Pass),
		waived, fixtureResult("TOM-ENC-002", atRest, hostileLines, evidence.Pass), database, replica, trail, logs,
	}
	slices.SortFunc(all, func(a, b evidence.Result) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return all
}

// fixtureRollUp counts the fixture's results by promise and clause, as a run does.
func fixtureRollUp(r *evidence.Report) {
	for _, c := range r.Annex.Clauses {
		clause := evidence.ClauseResult{ID: c.ID, Title: c.Title}
		var verdicts []evidence.Verdict
		for _, p := range c.Promises {
			m := fixtureMeasure(r, c.ID, p)
			r.Measures = append(r.Measures, m)
			clause.Promises = append(clause.Promises, p.ID)
			clause.Counts = added(clause.Counts, m.Counts)
			verdicts = append(verdicts, m.Verdict)
			clause.Level = evidence.Lowest(clause.Level, m.Level)
		}
		clause.Verdict = evidence.Worst(verdicts...)
		r.Clauses = append(r.Clauses, clause)
	}
}

func fixtureMeasure(r *evidence.Report, clause string, p evidence.Promise) evidence.MeasureResult {
	m := evidence.MeasureResult{Promise: p.ID, Measure: p.Measure, Clauses: []string{clause}, Checks: []evidence.CheckCount{}, Results: []string{},
		Crosswalk: &evidence.Crosswalk{GDPR32: []string{"a"}, SCC: []int{1, 7}, ISO27001: []string{"8.24"}}}
	switch p.ID {
	case "security-awareness":
		m.Verdict, m.Level = evidence.Attested, evidence.LevelAttested
		m.Reasons = []evidence.Reason{evidence.Because("attested_by", "by", "Åsa Lind", "role", "CISO", "date", "2026-09-01", "reference", "HR-2026-14"),
			evidence.Because("no_evidence_source")}
		return m
	case "breach-notification":
		m.Verdict, m.Reasons = evidence.Unknown, []evidence.Reason{evidence.Because("declared_planned")}
		return m
	}
	var verdicts []evidence.Verdict
	for _, s := range r.Results {
		if s.Promise != p.ID {
			continue
		}
		m.Results = append(m.Results, s.ID)
		one := counted(s)
		m.Counts, m.Level = added(m.Counts, one), evidence.LevelDesign
		verdicts = append(verdicts, s.Verdict)
		i := slices.IndexFunc(m.Checks, func(c evidence.CheckCount) bool { return c.Check == s.Check })
		if i < 0 {
			i = len(m.Checks)
			m.Checks = append(m.Checks, evidence.CheckCount{Check: s.Check, Verdict: s.Verdict})
		}
		m.Checks[i].Verdict = evidence.Worst(m.Checks[i].Verdict, s.Verdict)
		m.Checks[i].Counts = added(m.Checks[i].Counts, one)
	}
	m.Verdict = evidence.Worst(verdicts...)
	return m
}

func counted(s evidence.Result) evidence.Counts {
	c := evidence.Counts{Population: 1}
	switch s.Verdict {
	case evidence.Pass:
		c.Pass = 1
	case evidence.Fail:
		c.Fail = 1
	case evidence.Waived:
		c.Waived = 1
	default:
		c.Unknown = 1
	}
	if s.Placeholder {
		c.Placeholders = 1
	}
	return c
}

func added(a, b evidence.Counts) evidence.Counts {
	return evidence.Counts{Population: a.Population + b.Population, Pass: a.Pass + b.Pass, Fail: a.Fail + b.Fail,
		Unknown: a.Unknown + b.Unknown, Waived: a.Waived + b.Waived, Placeholders: a.Placeholders + b.Placeholders}
}

// fixtureWithErrors is the fixture after an engine error, judged against a baseline.
func fixtureWithErrors() evidence.Report {
	r := fixture()
	r.Run.Baseline = "4444444444444444444444444444444444444444444444444444444444444444"
	r.Run.FailOn = evidence.High
	r.Errors = []evidence.Warning{{Reason: evidence.Because("engine_error", "check", "TOM-ENC-001", "fact", hostileName, "error", "pass and fail both hold")}}
	return r
}

// fixtureOfNothing is a run without annex that found nothing.
func fixtureOfNothing() evidence.Report {
	return evidence.Report{
		SchemaVersion: evidence.ReportVersion, Tool: evidence.Tool{Name: "tomscan", Version: "1.2.3"},
		Run:      evidence.Run{Kind: "point-in-time", At: "2026-11-21T13:00:00+01:00", Statement: evidence.SelfAssessment},
		Snapshot: evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion},
		Measures: []evidence.MeasureResult{{Promise: "backup", Measure: "backup", Verdict: evidence.Unknown,
			Reasons: []evidence.Reason{evidence.Because("no_evidence_source")}}},
	}
}
