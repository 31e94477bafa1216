package policies

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	hcljson "github.com/hashicorp/hcl/v2/json"

	"github.com/tomscan/tomscan/evidence"
)

// parse returns the file's body, nil when it is no annex file at all.
func (r *annexReader) parse(filename string, src []byte) hcl.Body {
	whole := hcl.Range{Filename: filename, Start: hcl.InitialPos, End: hcl.InitialPos}
	switch {
	case len(src) > maxAnnexSize:
		r.fail(whole, "Annex too large", fmt.Sprintf("The file has %d bytes; an annex may have %d.", len(src), maxAnnexSize))
		return nil
	case !utf8.Valid(src):
		r.fail(whole, "Not UTF-8", "The file is not valid UTF-8 text. Save it in UTF-8.")
		return nil
	}
	if r.json {
		return r.parseJSON(whole, src)
	}
	return r.parseNative(whole, src)
}

func (r *annexReader) parseNative(whole hcl.Range, src []byte) hcl.Body {
	if at, ok := tooDeep(src, whole.Filename); ok {
		r.fail(at, "Nested too deeply", "An annex has blocks in blocks and lists, nothing deeper.")
		return nil
	}
	file, diags := hclsyntax.ParseConfig(src, whole.Filename, hcl.InitialPos)
	r.diags = append(r.diags, diags...)
	if file == nil {
		return nil
	}
	return file.Body
}

// tooDeep finds where brackets nest deeper, or operators are more, than an annex needs. The parser is recursive: without
// this bound a hostile file could exhaust its stack, which no recover catches.
func tooDeep(src []byte, filename string) (hcl.Range, bool) {
	tokens, _ := hclsyntax.LexConfig(src, filename, hcl.InitialPos) // the parser reports what is wrong
	depth, operators := 0, 0
	for _, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc:
			depth++
		case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc:
			depth = max(0, depth-1)
		case hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
			depth, operators = depth+1, operators+1
		case hclsyntax.TokenTemplateSeqEnd:
			depth = max(0, depth-1)
		case hclsyntax.TokenBang, hclsyntax.TokenMinus, hclsyntax.TokenQuestion, hclsyntax.TokenDot:
			operators++
		}
		if depth > maxAnnexNesting || operators > maxAnnexSize/1024 {
			return t.Range, true
		}
	}
	return hcl.Range{}, false
}

func (r *annexReader) parseJSON(whole hcl.Range, src []byte) hcl.Body {
	if jsonDepth(src) > maxAnnexNesting {
		r.fail(whole, "Nested too deeply", "An annex has objects in objects and lists, nothing deeper.")
		return nil
	}
	file, diags := hcljson.Parse(src, whole.Filename)
	r.diags = append(r.diags, diags...)
	if file == nil || diags.HasErrors() {
		return nil
	}
	return file.Body
}

// jsonDepth is how deep the brackets of a JSON text nest.
func jsonDepth(src []byte) int {
	depth, deepest, inText := 0, 0, false
	for i := 0; i < len(src); i++ {
		switch b := src[i]; {
		case inText && b == '\\':
			i++
		case b == '"':
			inText = !inText
		case !inText && (b == '{' || b == '['):
			depth++
			deepest = max(deepest, depth)
		case !inText && (b == '}' || b == ']'):
			depth--
		}
	}
	return deepest
}

// fail adds an error.
func (r *annexReader) fail(at hcl.Range, summary, detail string) {
	r.diags = append(r.diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: &at})
}

// warn adds a warning.
func (r *annexReader) warn(at hcl.Range, summary, detail string) {
	r.diags = append(r.diags, &hcl.Diagnostic{Severity: hcl.DiagWarning, Summary: summary, Detail: detail, Subject: &at})
}

// sortDiagnostics puts diagnostics into the order of the file.
func sortDiagnostics(diags hcl.Diagnostics) {
	start := func(d *hcl.Diagnostic) int {
		if d.Subject == nil {
			return 0
		}
		return d.Subject.Start.Byte
	}
	slices.SortStableFunc(diags, func(a, b *hcl.Diagnostic) int { return cmp.Compare(start(a), start(b)) })
}

// position is a range as evidence shows it.
func position(r hcl.Range) evidence.Position {
	return evidence.Position{File: r.Filename, StartLine: r.Start.Line, StartCol: r.Start.Column, EndLine: r.End.Line, EndCol: r.End.Column}
}
