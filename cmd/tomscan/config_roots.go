package main

import (
	"fmt"

	"github.com/tomscan/tomscan/policies"
)

// environments lists the environment blocks with their roots relative to the boundary, which is the configuration
// file's own where b is empty: that of the snapshot may be on another machine.
func (c config) environments(b boundary) ([]policies.Environment, error) {
	if b.dir == "" && len(c.Environments) > 0 {
		own, err := findBoundary([]string{c.dir}, c.path(c.Boundary))
		if err != nil {
			return nil, err
		}
		b = own
	}
	var all []policies.Environment
	for _, e := range c.Environments {
		roots, err := c.within(b, e.Roots, "environment "+quote(e.Name))
		if err != nil {
			return nil, err
		}
		all = append(all, policies.Environment{Name: e.Name, Roots: roots, Accounts: e.Accounts, Hosts: e.Hosts})
	}
	return all, nil
}

// within makes paths of the file relative to the boundary; what names the block that they stand in.
func (c config) within(b boundary, paths []string, what string) ([]string, error) {
	var all []string
	for _, path := range c.all(paths) {
		inside, ok := b.inside(path)
		if !ok {
			return nil, usageError(fmt.Sprintf("%s: %s: not there, or outside the boundary %s", what, path, b.dir),
				"paths in %s are relative to it", configName)
		}
		all = append(all, inside)
	}
	return all, nil
}
