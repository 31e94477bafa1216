package reports

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
)

// projectPage is where people read about tomscan.
const projectPage = "https://github.com/tomscan/tomscan"

// SARIF writes the fails and the waived fails as SARIF 2.1.0, for code scanning. A waived fail carries its waiver as a
// suppression. What was not assessed is a note of the run: code scanning knows no such verdict.
func SARIF(w io.Writer, r evidence.Report, o Options) error {
	s := sarif{newIndex(r, o.words()), map[string]int{}}
	log := sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{s.run()}}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(log); err != nil {
		return err
	}
	_, err := w.Write(harmless(b.Bytes()))
	return err
}

type sarif struct {
	*index
	rules map[string]int // places in the list of rules, by check
}

func (s sarif) run() sarifRun {
	run := sarifRun{
		Tool:               sarifTool{sarifDriver{Name: s.Tool.Name, Version: s.Tool.Version, InformationURI: projectPage, Rules: s.listRules()}},
		AutomationDetails:  sarifAutomation{"tomscan/"},
		Language:           s.words.Language(),
		ColumnKind:         "unicodeCodePoints",
		OriginalURIBaseIDs: map[string]sarifLocation{sourceRoot: {Description: &sarifMessage{Text: "the directory that the scan's paths are relative to"}}},
		Invocations:        []sarifInvocation{s.invocation()},
		Results:            []sarifResult{},
		Properties:         map[string]any{"commit": s.Run.Commit, "policyDigest": s.Run.PolicyDigest, "notAssessed": s.count(evidence.Unknown)},
	}
	for i := range s.Results {
		if r := &s.Results[i]; r.Verdict == evidence.Fail || r.Verdict == evidence.Waived {
			run.Results = append(run.Results, s.result(r))
		}
	}
	run.Artifacts = s.artifacts(run.Results)
	return run
}

// listRules lists the report's checks, and any that only a result names.
func (s sarif) listRules() []sarifRule {
	checks := slices.Clone(s.Checks)
	for _, r := range s.Results {
		if _, ok := s.checks[r.Check]; !ok {
			checks = append(checks, s.check(r.Check))
		}
	}
	slices.SortFunc(checks, func(a, b evidence.Check) int { return strings.Compare(a.ID, b.ID) })
	rules := []sarifRule{}
	for _, c := range checks {
		if _, ok := s.rules[c.ID]; !ok {
			s.rules[c.ID] = len(rules)
			rules = append(rules, s.rule(c))
		}
	}
	return rules
}

func (s sarif) rule(c evidence.Check) sarifRule {
	remedy := linkless(s.words.CheckRemedy(c))
	rule := sarifRule{
		ID:                   c.ID,
		ShortDescription:     sarifMessage{Text: linkless(s.words.CheckTitle(c))},
		FullDescription:      sarifMessage{Text: linkless(s.words.CheckTitle(c)) + " (" + s.words.Measure(c.Measure) + ")"},
		Help:                 sarifMessage{Text: remedy, Markdown: escapeMarkdown(remedy)},
		DefaultConfiguration: sarifRuleLevel{sarifLevel(c.Severity)},
		Properties: map[string]any{"security-severity": securitySeverity(c.Severity), "precision": "high",
			"tags": []string{"compliance", "security", c.Measure}},
	}
	if strings.HasPrefix(c.Source, "https://") {
		rule.HelpURI = c.Source
	}
	return rule
}

// sarifLevel is how loud a fail of some severity is.
func sarifLevel(s evidence.Severity) string {
	switch s {
	case evidence.Medium:
		return "warning"
	case evidence.Low:
		return "note"
	}
	return "error"
}

// securitySeverity is the number by which GitHub sorts alerts into critical (9 and above), high (7), medium (4) and low.
func securitySeverity(s evidence.Severity) string {
	switch s {
	case evidence.Critical:
		return "9.5"
	case evidence.High:
		return "8.0"
	case evidence.Low:
		return "2.5"
	}
	return "5.5"
}

func (s sarif) invocation() sarifInvocation {
	in := sarifInvocation{ExecutionSuccessful: len(s.Errors) == 0, Notifications: []sarifNotification{}}
	if at, err := time.Parse(time.RFC3339, s.Run.At); err == nil {
		in.EndTimeUTC = at.UTC().Format("2006-01-02T15:04:05Z")
	}
	for _, e := range s.Errors {
		in.Notifications = append(in.Notifications, sarifNotification{"error", sarifMessage{Text: linkless(s.noted(e))}})
	}
	_, sentence := s.conclusion()
	in.Notifications = append(in.Notifications,
		sarifNotification{"note", sarifMessage{Text: s.words.Text("statement.self_assessment")}},
		sarifNotification{"note", sarifMessage{Text: linkless(sentence)}})
	return in
}

func (s sarif) result(r *evidence.Result) sarifResult {
	digest := sha256.Sum256([]byte(r.ID))
	result := sarifResult{
		RuleID: r.Check, RuleIndex: s.rules[r.Check], Kind: "fail", Level: sarifLevel(r.Severity),
		Message:             sarifMessage{Text: s.message(r)},
		PartialFingerprints: map[string]string{"tomscanResult/v1": hex.EncodeToString(digest[:])},
		Suppressions:        s.suppressions(r),
		Properties: map[string]any{"result": r.ID, "measure": r.Measure, "promise": r.Promise, "verdict": r.Verdict, "level": r.Level,
			"severity": r.Severity},
	}
	if s.Run.Baseline != "" {
		result.BaselineState = "new"
		if r.Baseline {
			result.BaselineState = "unchanged"
		}
	}
	result.Locations, result.RelatedLocations = s.places(r)
	return result
}

// message says what is wrong with what, in which clause, and what to do.
func (s sarif) message(r *evidence.Result) string {
	sentences := append([]string{s.subject(r.Fact) + ":"}, s.sentences(r.Reasons)...)
	if len(r.Reasons) == 0 {
		sentences = append(sentences, s.words.CheckTitle(s.check(r.Check)))
	}
	if clauses := s.clausesOf(r.Promise); clauses != "" {
		sentences = append(sentences, parenthesised(clauses))
	}
	return linkless(joined(" ", append(sentences, s.words.CheckRemedy(s.check(r.Check)))...))
}

func (s sarif) suppressions(r *evidence.Result) []sarifSuppression {
	if r.Verdict != evidence.Waived || r.Waiver == nil {
		return []sarifSuppression{}
	}
	kind := "external"
	if r.Waiver.Inline {
		kind = "inSource"
	}
	suppression := sarifSuppression{Kind: kind, Status: "accepted", Justification: linkless(s.waiver(*r.Waiver))}
	if r.Waiver.At.File != "" {
		suppression.Location = &sarifPlace{Physical: physical(r.Waiver.At)}
	}
	return []sarifSuppression{suppression}
}

// linkless keeps a message from being read as one with embedded links, which SARIF writes [text](target).
func linkless(text string) string { return strings.ReplaceAll(text, "](", "] (") }

const sourceRoot = "%SRCROOT%"

// relativeURI is a path as a relative reference.
func relativeURI(path string) string { return (&url.URL{Path: path}).String() }
