package reports

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"

	"github.com/tomscan/tomscan/evidence"
)

//go:embed html/*
var pageFiles embed.FS

// HTML writes a report as one page for auditors: self-contained, without network, safe to open whatever the scanned code
// holds. Fails, what was not assessed and waivers are in it in full; passes are a line per resource. It stays under 5 MB
// for 10,000 resources of which an ordinary share fails.
func HTML(w io.Writer, r evidence.Report, o Options) error {
	digest := sha256.New()
	if err := WriteJSON(digest, r); err != nil {
		return err
	}
	p, err := newPage(r, o.words())
	if err != nil {
		return err
	}
	p.JSONDigest = hex.EncodeToString(digest.Sum(nil))
	t, err := template.New("report.tmpl").Funcs(p.functions()).ParseFS(pageFiles, "html/*.tmpl")
	if err != nil {
		return fmt.Errorf("read the page's template: %w", err)
	}
	b := bufio.NewWriterSize(w, 1<<16)
	if err := t.Execute(b, p); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return b.Flush()
}

// page is what the template shows.
type page struct {
	*index
	CSS        template.CSS
	JS         template.JS
	Policy     string // the content-security policy
	JSONDigest string // of the report's complete JSON
	Verdict    evidence.Verdict
	Sentence   string
	Clauses    []pageClause
	Blanks     []blank
	Passed     []passedRow
	fileRows   map[string]int // rows of the table of files, by path
	excerpts   int            // bytes of source that may still be shown
	Withheld   int            // excerpts that were left out
}

// excerptBudget is how many bytes of source a page shows, so that it can be sent by mail.
const excerptBudget = 1 << 20

func newPage(r evidence.Report, w Words) (*page, error) {
	css, err := pageFiles.ReadFile("html/report.css")
	if err != nil {
		return nil, err
	}
	js, err := pageFiles.ReadFile("html/report.js")
	if err != nil {
		return nil, err
	}
	p := &page{index: newIndex(r, w), CSS: template.CSS(css), JS: template.JS(js), excerpts: excerptBudget, fileRows: map[string]int{}}
	p.Policy = "default-src 'none'; style-src " + hashSource(css) + "; script-src " + hashSource(js) + "; base-uri 'none'; form-action 'none'"
	for i, in := range r.Snapshot.Inputs {
		p.fileRows[in.Path] = i + 1
	}
	p.Verdict, p.Sentence = p.conclusion()
	p.Clauses = p.clauses()
	p.Blanks = p.blanks()
	p.Passed = p.passed()
	return p, nil
}

// hashSource allows one inlined text in a content-security policy.
func hashSource(text []byte) string {
	sum := sha256.Sum256(text)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// functions are what the template can call.
func (p *page) functions() template.FuncMap {
	return template.FuncMap{
		"t":             p.words.Text,
		"n":             p.words.Count,
		"lang":          p.words.Language,
		"verdict":       p.words.Verdict,
		"mark":          mark,
		"sev":           p.words.Severity,
		"level":         p.words.Level,
		"kind":          p.words.Kind,
		"scope":         p.words.Scope,
		"measure":       p.words.Measure,
		"title":         p.words.CheckTitle,
		"safe":          visible,
		"lines":         visibleLines,
		"reason":        p.words.Reason,
		"where":         where,
		"place":         p.place,
		"noted":         p.noted,
		"waiver":        p.waiver,
		"excuse":        p.exclusion,
		"signed":        p.attestation,
		"bar":           newBar,
		"checkOf":       p.check,
		"remedyOf":      p.words.CheckRemedy,
		"setting":       p.words.Setting,
		"value":         func(text string) string { return p.words.Value("", text) },
		"concerned":     p.concerned,
		"yardstick":     p.yardstick,
		"subjectColumn": p.subjectColumn,
		"promised":      promises,
		"levelLines":    p.levelLines,
		"disputesOf":    p.disputesOf,
		"policy":        PermissionPolicy,
		"inc":           func(n int) int { return n + 1 },
		"verdicts":      allVerdicts,
		"levels":        allLevels,
	}
}
