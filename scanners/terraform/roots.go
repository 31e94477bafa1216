package terraform

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// run is one evaluation of a root module.
type run struct {
	number int
	eval.RootDir
	config RootConfig
	state  state
}

func (r run) place() evidence.Place {
	return evidence.Place{Root: r.Dir, Environment: r.config.Environment, Account: r.config.Account, Region: r.config.Region}
}

// title names a run in ids and messages.
func (r run) title() string {
	if r.config.Environment == "" {
		return r.Dir
	}
	return r.Dir + "@" + r.config.Environment
}

// plan finds the root modules and joins them with what is declared about them, sorted by directory and environment.
func (c *Collector) plan(ctx context.Context, parser *eval.Parser) ([]run, error) {
	paths := c.options.Paths
	if len(paths) == 0 {
		paths = []string{"."}
	}
	declared, err := c.declaredBelow(paths)
	if err != nil {
		return nil, err
	}
	found, err := parser.FindRoots(ctx, paths, declared)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s: no Terraform code; name a directory with .tf files, or an example that you want scanned", strings.Join(paths, ", "))
	}
	var runs []run
	for _, root := range found {
		for n, config := range c.configsOf(root.Dir) {
			if n > 0 {
				root.Gaps = nil // told once
			}
			runs = append(runs, run{RootDir: root, config: config})
		}
	}
	slices.SortStableFunc(runs, func(a, b run) int {
		return cmp.Or(cmp.Compare(a.Dir, b.Dir), cmp.Compare(a.config.Environment, b.config.Environment))
	})
	for n := range runs {
		runs[n].number = n
		if n > 0 && runs[n].title() == runs[n-1].title() {
			return nil, fmt.Errorf("root %s is declared twice for the same environment; give each declaration its own environment", runs[n].title())
		}
	}
	return runs, nil
}

// declaredBelow are the directories at or below the paths that are declared as roots, sorted. One that is not there is
// an error.
func (c *Collector) declaredBelow(paths []string) ([]string, error) {
	var dirs []string
	for _, config := range c.options.Roots {
		dir := path.Clean(config.Dir)
		if !slices.ContainsFunc(paths, func(p string) bool { return within(dir, path.Clean(p)) }) {
			continue
		}
		if _, err := fs.Stat(c.options.FS, dir); err != nil {
			return nil, fmt.Errorf("root %s is declared and cannot be looked at: %w", dir, err)
		}
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	return slices.Compact(dirs), nil
}

// within says whether a path is dir or lies below it.
func within(name, dir string) bool {
	return dir == "." || name == dir || strings.HasPrefix(name, dir+"/")
}

// configsOf returns what is declared about a root, one empty declaration when there is none, with the defaults for all.
func (c *Collector) configsOf(dir string) []RootConfig {
	var configs []RootConfig
	for _, config := range c.options.Roots {
		if path.Clean(config.Dir) == dir {
			configs = append(configs, config)
		}
	}
	if len(configs) == 0 {
		configs = []RootConfig{{Dir: dir}}
	}
	for n := range configs {
		configs[n].Workspace = cmp.Or(configs[n].Workspace, c.options.Workspace)
		configs[n].Environment = cmp.Or(configs[n].Environment, c.options.Environment)
	}
	return configs
}
