package policies

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/tomscan/tomscan/evidence"
)

// The bounds of an annex file. Nobody's agreement comes near them; a file that does is not an annex.
const (
	maxAnnexSize    = 1 << 20
	maxAnnexNesting = 32
	maxClauses      = 1000
	maxTextLength   = 64 << 10
	maxNameLength   = 500
)

// ParseAnnex reads an annex in HCL's native syntax, or in its JSON syntax when filename ends in .json, and finds all
// problems in one pass. The time decides whether waivers and attestations have expired. The annex is complete only
// when the diagnostics hold no error; warnings are about expired waivers and attestations, and aliases.
//
// Nothing in the file is evaluated: values are literals. The caller prints the diagnostics with
// hcl.NewDiagnosticTextWriter and a map of filename to &hcl.File{Bytes: src}.
func ParseAnnex(filename string, src []byte, c Catalogue, at time.Time) (evidence.Annex, hcl.Diagnostics) {
	sum := sha256.Sum256(src)
	r := annexReader{catalogue: c, at: at, json: strings.HasSuffix(filename, ".json")}
	r.annex = evidence.Annex{File: filename, SHA256: hex.EncodeToString(sum[:]), Clauses: []evidence.Clause{}}
	if body := r.parse(filename, src); body != nil {
		r.header(body)
		r.blocks(body)
	}
	sortDiagnostics(r.diags)
	return r.annex, r.diags
}

// CatalogueAnnex is the yardstick where nobody's annex was given: every measure with its default parameters and all of
// its scope words, one clause per group of measures, titled in the language (en where the catalogue does not have it).
func CatalogueAnnex(c Catalogue, language string) evidence.Annex {
	language, ok := Language(language)
	if !ok {
		language = "en"
	}
	a := evidence.Annex{Title: c.Title[language], Language: language, SHA256: c.SHA256}
	for _, g := range c.Groups {
		clause := evidence.Clause{ID: g.ID, Title: g.Name[language]}
		for _, m := range c.Measures {
			if m.Group == g.ID {
				clause.Promises = append(clause.Promises, cataloguePromise(m))
			}
		}
		a.Clauses = append(a.Clauses, clause)
	}
	return a
}

// cataloguePromise is m with its defaults. Without an annex, every scope word is in scope.
func cataloguePromise(m Measure) evidence.Promise {
	p := newPromise(m, nil)
	scope, ok := m.Parameter(scopeParameter)
	if !ok || len(scope.Values) == 0 {
		return p
	}
	p.Scope = slices.Sorted(slices.Values(scope.Values))
	p.Wants[scopeParameter] = p.Scope
	for i := range p.Parameters {
		if p.Parameters[i].Name == scopeParameter {
			p.Parameters[i].Text = listText(scope.Values)
		}
	}
	return p
}
