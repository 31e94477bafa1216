package policies

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/tomscan/tomscan/evidence"
)

// LintAnnex finds what an annex promises weakly, twice, or not at all: problems that the declaration alone shows,
// before anything is collected. All are warnings; each summary ends with the rule's code:
//
//	R1  a place outside the EEA beside a ban on transfers       R8   a weak or obsolete mechanism
//	R2  data of a sub-processor outside the promised categories R9   a reference that leads nowhere
//	R3  words without a figure                                  R10  a repealed act
//	R4  different figures for one duty, or against the statute  R11  "all" beside an exception
//	R5  data outliving its promised retention in copies         R12  nothing promised for an item of Art. 32
//	R6  an annex older than its own review interval             R13  a clause without a promise
//	R7  "planned" in the text of an unqualified promise
//
// The annex is one that ParseAnnex has read without errors from src.
func LintAnnex(a evidence.Annex, src []byte, c Catalogue, at time.Time) hcl.Diagnostics {
	l := &annexLinter{annex: a, src: src, catalogue: c, at: at}
	for _, rule := range lintRules() {
		rule(l)
	}
	sortDiagnostics(l.diags)
	return l.diags
}

// lintRules lists the rules in the order of their codes.
func lintRules() []func(*annexLinter) {
	return []func(*annexLinter){
		(*annexLinter).transferAgainstLocation, (*annexLinter).categories, (*annexLinter).noFigure, (*annexLinter).deadlines, (*annexLinter).statute,
		(*annexLinter).copiesOutlive, (*annexLinter).erasureOutlived, (*annexLinter).stale, (*annexLinter).planned, (*annexLinter).weakMechanisms,
		(*annexLinter).weakWords, (*annexLinter).references, (*annexLinter).repealed, (*annexLinter).exceptions, (*annexLinter).silent, (*annexLinter).empty,
	}
}

// annexLinter runs the rules over one annex.
type annexLinter struct {
	annex     evidence.Annex
	src       []byte
	catalogue Catalogue
	at        time.Time
	diags     hcl.Diagnostics
}

// promised is a promise with the clause it stands in.
type promised struct {
	evidence.Promise
	clause evidence.Clause
}

// of lists the promises of the measures, of all measures when none is given, that claim to be in force: a promise
// declared to be anything else claims nothing yet.
func (l *annexLinter) of(measures ...string) []promised {
	var list []promised
	for _, c := range l.annex.Clauses {
		for _, p := range c.Promises {
			if p.Declared == "" && (len(measures) == 0 || slices.Contains(measures, p.Measure)) {
				list = append(list, promised{p, c})
			}
		}
	}
	return list
}

// figure is a number that p itself promises, with its text.
func (p promised) figure(name string) (want int, text string, ok bool) {
	want, ok = p.Wants[name].(int)
	i := slices.IndexFunc(p.Parameters, func(x evidence.Parameter) bool { return x.Name == name && x.Promised })
	if i < 0 || !ok {
		return 0, "", false
	}
	return want, p.Parameters[i].Text, true
}

// texts is a list that p wants.
func (p promised) texts(name string) []string {
	list, _ := p.Wants[name].([]string)
	return list
}

// warn adds a warning at a place of the annex.
func (l *annexLinter) warn(at evidence.Position, rule, summary, format string, args ...any) {
	subject := l.rangeOf(at)
	l.diags = append(l.diags, &hcl.Diagnostic{
		Severity: hcl.DiagWarning, Summary: summary + " (" + rule + ")", Detail: fmt.Sprintf(format, args...), Subject: &subject,
	})
}

// top is the file's first line.
func (l *annexLinter) top() evidence.Position {
	return evidence.Position{File: l.annex.File, StartLine: 1, StartCol: 1, EndLine: 1, EndCol: 1}
}

// rangeOf is a position with the bytes that hcl's printer needs: of the whole lines.
func (l *annexLinter) rangeOf(p evidence.Position) hcl.Range {
	start, end := l.offset(p.StartLine), l.offset(p.EndLine+1)
	if end > start && l.src[end-1] == '\n' {
		end--
	}
	return hcl.Range{
		Filename: p.File,
		Start:    hcl.Pos{Line: p.StartLine, Column: p.StartCol, Byte: start},
		End:      hcl.Pos{Line: p.EndLine, Column: p.EndCol, Byte: cmp.Or(end, start)},
	}
}

// offset is where a line starts, the end of the file after its last line.
func (l *annexLinter) offset(line int) int {
	at := 0
	for range max(0, line-1) {
		next := bytes.IndexByte(l.src[at:], '\n')
		if next < 0 {
			return len(l.src)
		}
		at += next + 1
	}
	return at
}
