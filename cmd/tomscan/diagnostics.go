package main

import (
	"github.com/hashicorp/hcl/v2"
)

// diagnose writes diagnostics with their source lines on standard error. Errors among them end the run as a usage error;
// warnings alone do not. No excerpt reaches an error of scanned code: this is for the user's annex and configuration.
func (p *program) diagnose(diagnostics hcl.Diagnostics, sources map[string][]byte) error {
	if len(diagnostics) == 0 {
		return nil
	}
	files := map[string]*hcl.File{}
	for name, source := range sources {
		files[name] = &hcl.File{Bytes: source}
	}
	w := hcl.NewDiagnosticTextWriter(p.stderr, files, uint(p.width(p.stderr)), p.colour(p.stderr))
	if err := w.WriteDiagnostics(diagnostics); err != nil {
		return err
	}
	if diagnostics.HasErrors() {
		return ending(codeUsage)
	}
	return nil
}
