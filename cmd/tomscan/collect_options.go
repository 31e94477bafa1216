package main

import (
	"cmp"
	"fmt"

	"github.com/tomscan/tomscan/scanners/terraform"
)

// options are what the flags and the configuration tell the collector; flags win. Variables of the configuration are
// handed over as variables files, so that they keep their types and their lines.
func (r *collectFlags) options(p *program, b boundary, c config) (terraform.Options, error) {
	o := terraform.Options{
		Paths: b.paths, Vars: r.variables, Environ: p.env, Files: map[string][]byte{},
		Workspace: cmp.Or(r.workspace, c.Workspace), Environment: r.environment,
	}
	given, err := varFiles(b, r.varFiles, o.Files)
	if err != nil {
		return o, err
	}
	if o.VarFiles, err = varFiles(b, c.all(c.VarFiles), o.Files); err != nil {
		return o, err
	}
	if text := c.variablesFile(c.Variables); text != nil {
		o.Files[configName] = text
		o.VarFiles = append(o.VarFiles, configName)
	}
	for n, block := range c.Roots {
		root, err := c.root(b, n, block, o.Files)
		if err != nil {
			return o, err
		}
		root.VarFiles = append(root.VarFiles, given...)
		o.Roots = append(o.Roots, root)
	}
	o.VarFiles = append(o.VarFiles, given...)
	o.States, err = r.stateFiles(b, o.Files)
	return o, err
}

// root is what the nth root block declares.
func (c config) root(b boundary, n int, block rootBlock, files map[string][]byte) (terraform.RootConfig, error) {
	dirs, err := c.within(b, []string{block.Dir}, "root "+quote(block.Dir))
	if err != nil {
		return terraform.RootConfig{}, err
	}
	names, err := varFiles(b, c.all(block.VarFiles), files)
	if err != nil {
		return terraform.RootConfig{}, err
	}
	if text := c.variablesFile(block.Variables); text != nil {
		name := fmt.Sprintf("%s (root block %d)", configName, n+1)
		files[name] = text
		names = append(names, name)
	}
	state := ""
	if block.State != "" {
		if state, err = stateFile(b, c.path(block.State), files); err != nil {
			return terraform.RootConfig{}, err
		}
	}
	return terraform.RootConfig{
		State: state, Dir: dirs[0], VarFiles: names, Workspace: block.Workspace, Account: block.Account, Region: block.Region, Environment: block.Environment,
	}, nil
}

// varFiles names variables files as the collector knows them. One outside the boundary was named on purpose: it is read
// here, and handed over.
func varFiles(b boundary, paths []string, files map[string][]byte) ([]string, error) {
	var names []string
	for _, path := range paths {
		text, err := readBounded(path, varFileLimit)
		if err != nil {
			return nil, err
		}
		name, inside := b.inside(path)
		if !inside {
			name = path
			files[name] = text
		}
		names = append(names, name)
	}
	return names, nil
}
