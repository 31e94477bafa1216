package evidence

// ReportVersion is the version of the report's JSON. Additions raise the minor part.
const ReportVersion = "1.0"

// Tool is the program that made a report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
}

// Run is how and when a report was made. At is RFC 3339 and the only clock of the run.
type Run struct {
	Kind             string   `json:"report_kind"` // point-in-time
	At               string   `json:"at"`
	Targets          []string `json:"targets"`
	Collectors       []string `json:"collectors"`
	ResponsibleParty string   `json:"responsible_party,omitempty"`
	Statement        string   `json:"statement"` // code of the sentence that no assurance is given
	PolicyDigest     string   `json:"policy_digest"`
	CatalogueDigest  string   `json:"catalogue_digest"`
	Commit           string   `json:"commit,omitempty"`
	Baseline         string   `json:"baseline,omitempty"` // digest of the baseline report
	FailOn           Severity `json:"fail_on,omitempty"`
}

// SelfAssessment is the Statement of every report.
const SelfAssessment = "self_assessment"

// Exclusion is what the configuration leaves out of the scope, and why.
type Exclusion struct {
	Facts  string `json:"facts"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// Warning is something about the annex, the configuration or the run that the reader should know.
type Warning struct {
	Reason
	At *Position `json:"at,omitempty"`
}

// Report is a judged run: everything that the renderers need, and nothing that they must look up.
type Report struct {
	SchemaVersion string          `json:"schema_version"`
	Tool          Tool            `json:"tool"`
	Run           Run             `json:"run"`
	Annex         Annex           `json:"annex"`
	Snapshot      Snapshot        `json:"snapshot"`
	Checks        []Check         `json:"checks"`
	Results       []Result        `json:"results"`
	Observed      []Result        `json:"observed,omitempty"` // outside the promised scope: seen, nothing promised
	Measures      []MeasureResult `json:"measures"`
	Clauses       []ClauseResult  `json:"clauses"`
	Pairing       *Pairing        `json:"pairing,omitempty"` // in a run with code and a live source
	Exclusions    []Exclusion     `json:"exclusions,omitempty"`
	// MissingPermissions is what to allow so that more could be decided, by account.
	MissingPermissions []MissingPermission `json:"missing_permissions,omitempty"`
	Warnings           []Warning           `json:"warnings,omitempty"`
	Errors             []Warning           `json:"errors,omitempty"` // engine errors: with any, nothing in the report is to be relied on
}
