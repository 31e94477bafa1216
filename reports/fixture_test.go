package reports

import (
	"github.com/tomscan/tomscan/evidence"
)

const (
	hostileName  = "aws_s3_bucket.b[\"<script>alert('x')</script>\"]"
	hostileLines = "line one\nline two\r\x1b[31mred\x1b[0m \u202egnp.exe \u009b2J `code` | pipe @everyone"
	longAddress  = `module.platform["north"].module.storage["customer-archive"].module.bucket_with_a_very_long_name.aws_s3_bucket.the_archive_of_everything_that_customers_have_ever_sent["2026-11-customer-archive-eu-north-1"]`
)

// fixture is a small run that has everything in it: every verdict, names that attack, a population, a placeholder, gaps,
// waivers, an attestation, exclusions, warnings and results outside the scope.
func fixture() evidence.Report {
	r := evidence.Report{
		SchemaVersion: evidence.ReportVersion,
		Tool:          evidence.Tool{Name: "tomscan", Version: "1.2.3", Commit: "0123456789abcdef0123456789abcdef01234567"},
		Run: evidence.Run{
			Kind: "point-in-time", At: "2026-11-21T12:00:00Z", Targets: []string{"infra"}, Collectors: []string{"terraform"},
			ResponsibleParty: "Solfjäder Drift AB", Statement: evidence.SelfAssessment,
			PolicyDigest:    "5f2b0c6d7e8f901a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192",
			CatalogueDigest: "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
			Commit:          "89abcdef0123456789abcdef0123456789abcdef",
		},
		Annex:    fixtureAnnex(),
		Snapshot: fixtureSnapshot(),
		Checks:   fixtureChecks(),
		Results:  fixtureResults(),
	}
	r.Observed = []evidence.Result{{
		ID: "TOM-ENC-009|terraform:envs/prod:aws_sqs_queue.jobs|encryption-at-rest@0badcafe", Check: "TOM-ENC-009",
		Measure: "encryption-at-rest", Promise: "encryption-at-rest@0badcafe", Fact: "terraform:envs/prod:aws_sqs_queue.jobs",
		Verdict: evidence.Fail, Level: evidence.LevelDesign, Severity: evidence.Medium,
		Reasons: []evidence.Reason{evidence.Because("below_promise", "setting", "encryption", "actual", "none", "want", "customer-managed")},
	}}
	fixtureRollUp(&r)
	r.Exclusions = []evidence.Exclusion{{Facts: "terraform:envs/sandbox:*", Reason: "no personal data", Count: 4}}
	r.Warnings = []evidence.Warning{{Reason: evidence.Because("waiver_matches_nothing", "check", "TOM-NET-002", "fact", "aws_security_group.gone"),
		At: &evidence.Position{File: "annex.hcl", StartLine: 40}}}
	return r
}

func fixtureAnnex() evidence.Annex {
	return evidence.Annex{
		Title: "Personuppgiftsbiträdesavtal, bilaga 2", Language: "sv", Version: "1.3", Date: "2026-02-01",
		Processor: "Solfjäder Drift AB", Controller: "Björkdalens kommun", File: "annex.hcl",
		SHA256: "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
		Clauses: []evidence.Clause{
			{ID: "2.1", Title: "Kryptering", Text: "Personuppgifter ska vara krypterade när de lagras, med nycklar som Biträdet förvaltar.\nKrypteringen ska motsvara vid var tid god praxis.",
				At: evidence.Position{File: "annex.hcl", StartLine: 8}, Promises: []evidence.Promise{{
					ID: "encryption-at-rest@0badcafe", Measure: "encryption-at-rest",
					Parameters: []evidence.Parameter{{Name: "cipher", Text: "AES-256"}, {Name: "key_source", Text: "customer-managed", Promised: true}},
					Scope:      []string{"database", "object-store", "volume"}, At: evidence.Position{File: "annex.hcl", StartLine: 11},
					Wants: map[string]any{"cipher": "AES-256", "key_source": "customer-managed"},
				}}},
			{ID: "2.2", Title: "Loggar", Text: "Loggar sparas i minst 90 dagar.", At: evidence.Position{File: "annex.hcl", StartLine: 16},
				Promises: []evidence.Promise{
					{ID: "audit-logging", Measure: "audit-logging", Parameters: []evidence.Parameter{{Name: "all_regions", Text: "true"}},
						At: evidence.Position{File: "annex.hcl", StartLine: 18}, Wants: map[string]any{"all_regions": true}},
					{ID: "log-retention@12345678", Measure: "log-retention", Parameters: []evidence.Parameter{{Name: "log_retention_min", Text: "90d", Promised: true}},
						At: evidence.Position{File: "annex.hcl", StartLine: 21}, Wants: map[string]any{"log_retention_min": 90}},
				}},
			{ID: "2.3", Title: "<b>Utbildning</b> & \"medvetenhet\"", Text: "Personalen utbildas årligen.", At: evidence.Position{File: "annex.hcl", StartLine: 26},
				Promises: []evidence.Promise{{ID: "security-awareness", Measure: "security-awareness", Parameters: []evidence.Parameter{},
					At: evidence.Position{File: "annex.hcl", StartLine: 27}, Wants: map[string]any{}}}},
			{ID: "2.4", Title: "Incidenter", Text: "", At: evidence.Position{File: "annex.hcl", StartLine: 30},
				Promises: []evidence.Promise{{ID: "breach-notification", Measure: "breach-notification", Parameters: []evidence.Parameter{{Name: "notify_within", Text: "24h", Promised: true}},
					Declared: "planned", At: evidence.Position{File: "annex.hcl", StartLine: 31}, Wants: map[string]any{"notify_within": 24}}}},
		},
		Waivers: []evidence.Waiver{fixtureWaiver()},
		Attestations: []evidence.Attestation{{Measure: "security-awareness", By: "Åsa Lind", Role: "CISO", Date: "2026-09-01",
			Expires: "2027-08-31", Reference: "HR-2026-14", At: evidence.Position{File: "annex.hcl", StartLine: 36}}},
	}
}

func fixtureWaiver() evidence.Waiver {
	return evidence.Waiver{Check: "TOM-ENC-002", Fact: "aws_ebs_volume.legacy", Reason: "The volume is emptied and removed in the move of week 3.",
		Owner: "Åsa Lind", Ticket: "SEC-118", Expires: "2027-01-31", At: evidence.Position{File: "annex.hcl", StartLine: 50},
		Matched: []string{"TOM-ENC-002|terraform:envs/prod:aws_ebs_volume.legacy|encryption-at-rest@0badcafe"}}
}

func fixtureFact(root, address string, line int, resource evidence.Resource) evidence.Fact {
	at := evidence.Position{File: root + "/main.tf", StartLine: line, StartCol: 1, EndLine: line + 4, EndCol: 2}
	f := evidence.NewFact("terraform:"+root+":"+address, evidence.Source{Collector: "terraform", Level: evidence.LevelDesign,
		Place: evidence.Place{Root: root}}, resource)
	f.Address, f.Addresses, f.At = address, []string{address}, []evidence.Position{at}
	return f
}

func fixtureSnapshot() evidence.Snapshot {
	unknownKey := evidence.Unresolved[string](evidence.Because("variable_without_value", "name", "db_key_arn"))
	s := evidence.Snapshot{
		SchemaVersion: evidence.SnapshotVersion,
		Facts: []evidence.Fact{
			fixtureFact("envs/prod", "aws_ebs_volume.legacy", 60, evidence.Volume{Encryption: evidence.Known(evidence.EncryptionNone)}),
			fixtureFact("envs/prod", "aws_cloudwatch_log_group.app", 80, evidence.LogStore{RetentionDays: evidence.Known(30)}),
			fixtureFact("envs/prod", "aws_db_instance.main", 40, evidence.Database{Encryption: unknownKey}),
			fixtureFact("envs/prod", "aws_db_instance.replica[*]", 48, evidence.Database{Encryption: unknownKey}),
			fixtureFact("envs/prod", hostileName, 12, evidence.ObjectStore{Encryption: evidence.Known(evidence.EncryptionProviderOwned)}),
			fixtureFact("envs/prod", longAddress, 20, evidence.ObjectStore{Encryption: evidence.Known(evidence.EncryptionNone)}),
			fixtureFact("envs/prod", "aws_s3_bucket.good", 4, evidence.ObjectStore{Encryption: evidence.Known(evidence.EncryptionCustomerManaged)}),
			fixtureFact("envs/prod", "aws_sqs_queue.jobs", 90, evidence.Queue{Encryption: evidence.Default(evidence.EncryptionNone, "https://docs.example.org/sqs")}),
			fixtureFact("envs/prod", hostileLines, 100, evidence.Volume{Encryption: evidence.Known(evidence.EncryptionCustomerManaged)}),
		},
		Sweeps: []evidence.Sweep{{
			Collector: "terraform", Level: evidence.LevelDesign, Place: evidence.Place{Root: "envs/prod"},
			Kinds: []evidence.Kind{"audit_trail", "database", "log_store", "object_store", "queue", "volume"},
			Found: map[evidence.Kind]int{"database": 2, "log_store": 1, "object_store": 3, "queue": 1, "volume": 2},
			Gaps: []evidence.Gap{{Reason: evidence.Because("module_not_on_disk", "address", "module.mail", "source", "example/mail/aws"),
				Kinds: []evidence.Kind{"queue", "topic"}, At: []evidence.Position{{File: "envs/prod/mail.tf", StartLine: 3}}}},
			Notes: []evidence.Gap{{Reason: evidence.Because("root_has_backend", "root", "envs/prod"), At: []evidence.Position{{File: "envs/prod/main.tf", StartLine: 1}}}},
		}},
		Inputs: []evidence.Input{
			{Path: "envs/prod/mail.tf", SHA256: "1111111111111111111111111111111111111111111111111111111111111111", Size: 210},
			{Path: "envs/prod/main.tf", SHA256: "2222222222222222222222222222222222222222222222222222222222222222", Size: 4711},
		},
	}
	s.Facts[3].Placeholder = true
	s.Sort()
	return s
}

func fixtureChecks() []evidence.Check {
	check := func(id, title, measure, kind string, severity evidence.Severity, remedy string) evidence.Check {
		return evidence.Check{ID: id, Title: title, Measure: measure, Kinds: []evidence.Kind{evidence.Kind(kind)}, Over: "fact", Severity: severity,
			Reads: []string{"encryption"}, Wants: []string{"key_source"}, Remedy: remedy, Source: "https://docs.example.org/" + id,
			SHA256: "3333333333333333333333333333333333333333333333333333333333333333"}
	}
	trail := check("TOM-LOG-001", "An audit trail records in all regions", "audit-logging", "audit_trail", evidence.High, "Declare a trail for all regions.")
	trail.Over, trail.Reads, trail.Wants = "population", []string{"all_regions"}, nil
	retention := check("TOM-LOG-004", "Logs are kept for the promised time", "log-retention", "log_store", evidence.Medium, "Set the retention time of the log group.")
	retention.Reads, retention.Wants = []string{"retention_days"}, []string{"log_retention_min"}
	return []evidence.Check{
		check("TOM-ENC-001", "Object stores are encrypted at rest at the promised level", "encryption-at-rest", "object_store", evidence.High,
			"Encrypt the bucket with a key of the promised level, for instance with a customer-managed KMS key."),
		check("TOM-ENC-002", "Volumes are encrypted at rest at the promised level", "encryption-at-rest", "volume", evidence.High, "Encrypt the volume."),
		check("TOM-ENC-003", "Databases are encrypted at rest at the promised level", "encryption-at-rest", "database", evidence.Critical, "Encrypt the database."),
		check("TOM-ENC-009", "Queues are encrypted at rest at the promised level", "encryption-at-rest", "queue", evidence.Medium, "Encrypt the queue."),
		trail, retention,
	}
}
