package main

import (
	"path/filepath"
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// confine reports the paths of a configuration that lead out of limit. A configuration that was found, and not named, may
// come with code that nobody vouches for: it must neither show what is elsewhere on the machine nor write there.
func (c config) confine(limit, file string) hcl.Diagnostics {
	paths := slices.Concat([]string{c.Annex, c.Boundary, c.Policies, c.Baseline}, c.Paths, c.VarFiles, c.livePaths())
	for _, o := range c.Outputs {
		paths = append(paths, o.File)
	}
	for _, e := range c.Environments {
		paths = append(paths, e.Roots...)
	}
	for _, r := range c.Roots {
		paths = append(append(paths, r.Dir, r.State), r.VarFiles...)
	}
	var d hcl.Diagnostics
	for _, path := range paths {
		if path != "" && !leadsInto(limit, c.path(path)) {
			d = append(d, problem("Path leads outside", quote(path)+" leads out of the directory with .git, or of the configuration's own. "+
				"If you trust the configuration, name it with --config.", hcl.Range{Filename: file, Start: hcl.InitialPos, End: hcl.InitialPos}))
		}
	}
	return d
}

// leadsInto says whether path, with the links that exist resolved, is dir or lies in it.
func leadsInto(dir, path string) bool {
	abs, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	missing := ""
	for {
		resolved, err := filepath.EvalSymlinks(abs)
		if err == nil {
			rel, err := filepath.Rel(dir, filepath.Join(resolved, missing))
			return err == nil && filepath.IsLocal(rel)
		}
		if abs == filepath.Dir(abs) {
			return false
		}
		missing = filepath.Join(filepath.Base(abs), missing)
		abs = filepath.Dir(abs)
	}
}
