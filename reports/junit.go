package reports

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
)

// JUnit writes a report as JUnit XML, a suite per promise and a case per result. Not assessed is skipped, an engine error
// is an error. A waived fail is skipped too, with its waiver for a message: passed would say that the promise holds.
func JUnit(w io.Writer, r evidence.Report, o Options) error {
	j := junit{newIndex(r, o.words())}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(j.suites()); err != nil {
		return fmt.Errorf("write JUnit XML: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

type junit struct{ *index }

type junitSuites struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	junitCounts
	Suites []junitSuite `xml:"testsuite"`
}

type junitCounts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type junitSuite struct {
	Name string `xml:"name,attr"`
	junitCounts
	Timestamp  string          `xml:"timestamp,attr,omitempty"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitMessage `xml:"failure"`
	Error   *junitMessage `xml:"error"`
	Skipped *junitMessage `xml:"skipped"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

func (j junit) suites() junitSuites {
	all := junitSuites{Name: visible(j.Tool.Name)}
	if len(j.Errors) > 0 {
		all.add(j.errorSuite())
	}
	for i := range j.Measures {
		all.add(j.suite(&j.Measures[i]))
	}
	return all
}

// add adds a suite with its counts.
func (s *junitSuites) add(suite junitSuite) {
	for _, c := range suite.Cases {
		suite.Tests++
		switch {
		case c.Failure != nil:
			suite.Failures++
		case c.Error != nil:
			suite.Errors++
		case c.Skipped != nil:
			suite.Skipped++
		}
	}
	s.Tests += suite.Tests
	s.Failures += suite.Failures
	s.Errors += suite.Errors
	s.Skipped += suite.Skipped
	s.Suites = append(s.Suites, suite)
}

func (j junit) errorSuite() junitSuite {
	suite := junitSuite{Name: j.words.Text("heading.errors"), Timestamp: j.timestamp()}
	for _, e := range j.Errors {
		suite.Cases = append(suite.Cases, junitCase{Class: "engine", Name: visible(e.Code), Error: &junitMessage{Message: j.noted(e), Type: visible(e.Code)}})
	}
	return suite
}

// suite is a promise. One that has no results, such as an attested one, is a case itself.
func (j junit) suite(m *evidence.MeasureResult) junitSuite {
	suite := junitSuite{Name: joined(" ", j.measureName(m.Promise), parenthesised(j.clausesOf(m.Promise))), Timestamp: j.timestamp(),
		Properties: []junitProperty{{"promise", visible(m.Promise)}, {"verdict", string(m.Verdict)}, {"level", string(m.Level)}}}
	for _, id := range m.Results {
		if r, ok := j.results[id]; ok {
			suite.Cases = append(suite.Cases, j.resultCase(r))
		}
	}
	if len(suite.Cases) == 0 {
		suite.Cases = []junitCase{j.promiseCase(m)}
	}
	return suite
}

func (j junit) resultCase(r *evidence.Result) junitCase {
	check := j.check(r.Check)
	c := junitCase{Class: visible(r.Check), Name: j.subject(r.Fact) + ": " + j.words.CheckTitle(check)}
	if at := j.positions(r); len(at) > 0 && scanned(at[0]) {
		c.File, c.Line = visible(at[0].File), at[0].StartLine
	}
	why := joined(" ", j.sentences(r.Reasons)...)
	switch r.Verdict {
	case evidence.Pass, evidence.Attested:
	case evidence.Fail, evidence.Conflict:
		c.Failure = &junitMessage{Message: why, Type: string(r.Severity),
			Text: joined("\n", j.decidedAt(r), why, j.words.Text("label.remedy", "remedy", j.words.CheckRemedy(check)))}
	case evidence.Waived:
		c.Skipped = &junitMessage{Message: j.words.Verdict(r.Verdict) + ": " + why}
		if r.Waiver != nil {
			c.Skipped.Message += " " + j.waiver(*r.Waiver)
		}
	default:
		c.Skipped = &junitMessage{Message: strings.TrimSuffix(j.words.Verdict(r.Verdict)+": "+why, ": ")}
	}
	return c
}

func (j junit) promiseCase(m *evidence.MeasureResult) junitCase {
	c := junitCase{Class: visible(m.Promise), Name: j.words.Measure(m.Measure)}
	why := strings.TrimSuffix(j.words.Verdict(m.Verdict)+": "+joined(" ", j.sentences(m.Reasons)...), ": ")
	switch m.Verdict {
	case evidence.Pass, evidence.Attested:
	case evidence.Fail, evidence.Conflict:
		c.Failure = &junitMessage{Message: why}
	default:
		c.Skipped = &junitMessage{Message: why}
	}
	return c
}

// timestamp is the run's time as JUnit writes it: in UTC, without a zone.
func (j junit) timestamp() string {
	at, err := time.Parse(time.RFC3339, j.Run.At)
	if err != nil {
		return ""
	}
	return at.UTC().Format("2006-01-02T15:04:05")
}
