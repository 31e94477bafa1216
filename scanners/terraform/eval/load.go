package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/tomscan/tomscan/evidence"
)

// loadConfig reads and parses the files of a directory. A file that cannot be read or parsed is a gap; the error is for
// a directory that cannot be read at all.
func (p *Parser) loadConfig(dir string) (*config, error) {
	names, err := p.configFiles(dir)
	if err != nil {
		return nil, err
	}
	c := newConfig(dir)
	for _, override := range []bool{false, true} {
		for _, name := range names {
			if isOverride(name) == override {
				p.addFile(c, path.Join(dir, name), override)
			}
		}
	}
	c.collectUsed()
	return c, nil
}

// configFiles returns the names of the configuration files in dir, sorted.
func (p *Parser) configFiles(dir string) ([]string, error) {
	entries, err := fs.ReadDir(p.fs, dir)
	if err != nil {
		return nil, fmt.Errorf("read module directory %s: %w", dir, err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() && isConfigFile(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// isConfigFile says whether Terraform reads a file of that name as configuration.
func isConfigFile(name string) bool {
	if strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") {
		return false
	}
	return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tf.json")
}

// isOverride says whether a configuration file changes what the others declare.
func isOverride(name string) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".json"), ".tf")
	return name == "override" || strings.HasSuffix(name, "_override")
}

// addFile adds the blocks of a file to c.
func (p *Parser) addFile(c *config, name string, override bool) {
	defer func() {
		if recover() != nil {
			c.gaps = append(c.gaps, evidence.Gap{Reason: evidence.Because("file_unreadable", "file", name, "cause", "parser_crashed"),
				At: []evidence.Position{{File: name}}})
		}
	}()
	text, err := p.read(name, maxFileSize)
	if err != nil {
		c.gaps = append(c.gaps, unreadable(name, err))
		return
	}
	src := &source{path: name, text: text}
	blocks, gap := src.parse()
	if gap != nil {
		c.gaps = append(c.gaps, *gap)
	}
	found, notes := src.accepts()
	c.notes = append(c.notes, notes...)
	for _, b := range blocks {
		c.add(b, override)
	}
	c.attach(blocks, found)
}

// unreadable returns the gap of a file that cannot be read.
func unreadable(name string, err error) evidence.Gap {
	why := "cannot_open"
	switch {
	case errors.Is(err, errTooBig):
		why = "too_large"
	case errors.Is(err, fs.ErrNotExist):
		why = "missing"
	case errors.Is(err, fs.ErrPermission):
		why = "permission_denied"
	}
	return evidence.Gap{Reason: evidence.Because("file_unreadable", "file", name, "cause", why),
		At: []evidence.Position{{File: name}}}
}

// parse returns the top-level blocks of a file. Of a file with a syntax error it returns those that end before the
// error, and a gap: what follows may be read wrongly.
func (s *source) parse() (blocks []*block, gap *evidence.Gap) {
	defer func() {
		if recover() != nil {
			blocks, gap = nil, &evidence.Gap{Reason: evidence.Because("file_unreadable", "file", s.path, "cause", "parser_crashed"),
				At: []evidence.Position{{File: s.path}}}
		}
	}()
	if tooNested(s.text) {
		return nil, &evidence.Gap{Reason: evidence.Because("file_unreadable", "file", s.path, "cause", "too_nested"),
			At: []evidence.Position{{File: s.path}}}
	}
	if strings.HasSuffix(s.path, ".json") {
		return s.parseJSON()
	}
	file, diags := hclsyntax.ParseConfig(s.text, s.path, hcl.InitialPos)
	wrong := firstError(diags)
	if native, ok := file.Body.(*hclsyntax.Body); ok {
		for _, b := range native.Blocks {
			if wrong == nil || s.closes(b) && b.CloseBraceRange.End.Byte <= wrong.Subject.Start.Byte {
				blocks = append(blocks, s.newBlock(b))
			}
		}
	}
	if wrong == nil {
		return blocks, nil
	}
	return blocks, s.syntaxError(wrong)
}

// closes says whether a block has its closing brace.
func (s *source) closes(b *hclsyntax.Block) bool {
	at := b.CloseBraceRange
	return at.Start.Byte > b.OpenBraceRange.Start.Byte && at.Start.Byte < len(s.text) && s.text[at.Start.Byte] == '}'
}

// syntaxError returns the gap of a syntax error: where it is, and its kind in the parser's words, which are fixed. It does
// not have the parser's explanation, which can show source text.
func (s *source) syntaxError(d *hcl.Diagnostic) *evidence.Gap {
	problem := d.Summary
	if strings.Contains(problem, `"`) { // it quotes the file
		problem = invalidFile().Summary
	}
	reason := evidence.Because("syntax_error", "file", s.path, "line", fmt.Sprint(d.Subject.Start.Line), "problem", problem)
	return &evidence.Gap{Reason: reason, At: []evidence.Position{s.at(*d.Subject).bare()}}
}

// firstError returns the first error in the file, with its place; nil when there is none.
func firstError(diags hcl.Diagnostics) *hcl.Diagnostic {
	var first *hcl.Diagnostic
	for _, d := range diags {
		if d.Severity == hcl.DiagError && d.Subject != nil && (first == nil || d.Subject.Start.Byte < first.Subject.Start.Byte) {
			first = d
		}
	}
	if first == nil && diags.HasErrors() {
		return invalidFile()
	}
	return first
}

// invalidFile is the error of a file of which no more is known.
func invalidFile() *hcl.Diagnostic {
	return &hcl.Diagnostic{Severity: hcl.DiagError, Summary: "Invalid file", Subject: &hcl.Range{Start: hcl.InitialPos, End: hcl.InitialPos}}
}
