package evidence

import "slices"

// Verdict is the outcome of a check, a measure or a clause. The zero Verdict is unknown.
type Verdict string

// The verdicts. Conflict is only said of measures and clauses.
const (
	Unknown       Verdict = "unknown" // shown to readers as "not assessed"
	Pass          Verdict = "pass"
	Fail          Verdict = "fail"
	NotApplicable Verdict = "not-applicable"
	Waived        Verdict = "waived"
	Attested      Verdict = "attested"
	Conflict      Verdict = "conflict"
)

// ranking is the roll-up's order, worst first. Not-applicable is last: it decides only where nothing else is said.
var ranking = []Verdict{Fail, Conflict, Unknown, Waived, Pass, Attested, NotApplicable}

// Worst returns the verdict that decides among verdicts: fail, conflict, unknown, waived, pass, attested,
// not-applicable, in this order. Without any it is unknown.
func Worst(verdicts ...Verdict) Verdict {
	best := len(ranking)
	for _, v := range verdicts {
		best = min(best, rank(v))
	}
	if best == len(ranking) {
		return Unknown
	}
	return ranking[best]
}

// rank is v's place in the ranking; a verdict that is none of them ranks as unknown.
func rank(v Verdict) int {
	if i := slices.Index(ranking, v); i >= 0 {
		return i
	}
	return slices.Index(ranking, Unknown)
}

// Level is what evidence can show. It is never upgraded.
type Level string

// The levels, lowest first.
const (
	LevelAttested       Level = "attested"
	LevelDesign         Level = "design"         // code, plan, a configuration file alone
	LevelImplementation Level = "implementation" // live interface, effective configuration, handshake
	LevelOperation      Level = "operation"      // it has run: histories, logs, registers
)

var levels = []Level{LevelAttested, LevelDesign, LevelImplementation, LevelOperation}

// Lowest returns the lowest of the levels that are given; empty ones do not count.
func Lowest(given ...Level) Level {
	for _, l := range levels {
		if slices.Contains(given, l) {
			return l
		}
	}
	return ""
}

// Severity says how bad a fail is.
type Severity string

// The severities, worst first.
const (
	Critical Severity = "critical"
	High     Severity = "high"
	Medium   Severity = "medium"
	Low      Severity = "low"
)

// Severities lists the severities, worst first.
func Severities() []Severity { return []Severity{Critical, High, Medium, Low} }

// Check describes one policy.
type Check struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Measure  string   `json:"measure"`
	Kinds    []Kind   `json:"kinds"`
	Over     string   `json:"over"`            // fact or population
	Scope    []string `json:"scope,omitempty"` // the scope words of the measure that it speaks of
	Severity Severity `json:"severity"`
	Reads    []string `json:"reads"`           // settings, sorted
	Wants    []string `json:"wants,omitempty"` // parameters, sorted
	Remedy   string   `json:"remedy"`
	Source   string   `json:"source,omitempty"` // link to where the rule comes from
	SHA256   string   `json:"sha256"`           // of the policy's file
	Custom   bool     `json:"custom,omitempty"` // from the user's own policies
	Live     bool     `json:"live,omitempty"`   // only a running system shows what it asks for
}

// Result is one check on one subject under one promise. ID is `check|subject|promise`, stable between runs. Fact is the
// fact's id; for a check over a population it is the subject's, and Blames names the facts that decide.
type Result struct {
	ID          string     `json:"id"`
	Check       string     `json:"check"`
	Measure     string     `json:"measure"`
	Promise     string     `json:"promise"`
	Fact        string     `json:"fact"`
	Blames      []string   `json:"blames,omitempty"`
	Placeholder bool       `json:"placeholder,omitempty"`
	Verdict     Verdict    `json:"verdict"`
	Level       Level      `json:"level"`
	Severity    Severity   `json:"severity"`
	Reasons     []Reason   `json:"reasons"`
	At          []Position `json:"at,omitempty"`       // what decides; empty for a pass
	Baseline    bool       `json:"baseline,omitempty"` // it failed in the baseline already
	Waiver      *Waiver    `json:"waiver,omitempty"`
}

// Counts is a population by verdict; Pass + Fail + Unknown + Waived = Population. Placeholders of them are declarations
// of an unknown number of things.
type Counts struct {
	Population   int `json:"population"`
	Pass         int `json:"pass"`
	Fail         int `json:"fail"`
	Unknown      int `json:"unknown"`
	Waived       int `json:"waived"`
	Placeholders int `json:"placeholders,omitempty"`
}

// CheckCount is the outcome of one check under one promise.
type CheckCount struct {
	Check   string  `json:"check"`
	Verdict Verdict `json:"verdict"`
	Counts
	Reasons []Reason `json:"reasons,omitempty"` // why an empty population is not applicable or unknown
}

// NotRun says that the check asks for what only a running system shows, and that the run looked at none.
func (c CheckCount) NotRun() bool {
	return c.Verdict == Unknown && len(c.Reasons) == 1 && c.Reasons[0].Code == "needs_live_source"
}

// MeasureResult is one promise judged: its checks, the things they looked at, and what was not assessed.
type MeasureResult struct {
	Promise string       `json:"promise"` // the promise's id
	Measure string       `json:"measure"`
	Clauses []string     `json:"clauses"`
	Verdict Verdict      `json:"verdict"`
	Level   Level        `json:"level,omitempty"`
	Counts  Counts       `json:"counts"` // things, each with its worst verdict
	Checks  []CheckCount `json:"checks"`
	Reasons []Reason     `json:"reasons,omitempty"` // what was not assessed, and why
	Results []string     `json:"results"`           // ids, sorted
	// Levels is what the observations of each level alone say, in a run with code and a live source; Disagreements are
	// checks on which they differ.
	Levels        []LevelResult  `json:"levels,omitempty"`
	Disagreements []Disagreement `json:"disagreements,omitempty"`
	// Crosswalk is where other texts ask for the measure; absent where nobody says.
	Crosswalk *Crosswalk `json:"crosswalk,omitempty"`
}

// Crosswalk is where other texts ask for what a measure does: by number only, for the texts are their authors'.
type Crosswalk struct {
	GDPR32   []string `json:"gdpr_32_1,omitempty"`     // closest letters of GDPR Art. 32(1)
	GDPRAlso []string `json:"gdpr_also,omitempty"`     // where the duty itself stands
	SCC      []int    `json:"scc_annex_ii,omitempty"`  // places in the list of Annex II to (EU) 2021/914
	ISO27001 []string `json:"iso27001_2022,omitempty"` // controls of Annex A of ISO/IEC 27001:2022
}

// ClauseResult is a clause judged by its promises.
type ClauseResult struct {
	ID       string   `json:"id"`
	Title    string   `json:"title,omitempty"`
	Verdict  Verdict  `json:"verdict"`
	Level    Level    `json:"level,omitempty"`
	Promises []string `json:"promises"` // ids
	Counts   Counts   `json:"counts"`
}
