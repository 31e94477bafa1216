package main

import (
	"strings"

	"github.com/tomscan/tomscan/scanners/terraform"
)

// stateFiles are the state files of --state: FILE where there is one root module, or ROOT=FILE, where ROOT is its directory,
// with @ENVIRONMENT behind it where several runs are declared for one directory.
func (r *collectFlags) stateFiles(b boundary, files map[string][]byte) ([]terraform.StateFile, error) {
	var all []terraform.StateFile
	for _, given := range r.states {
		root, path, named := strings.Cut(given, "=")
		if !named {
			root, path = "", given
		}
		if named && (root == "" || path == "") {
			return nil, usageError("--state "+given+": no root module or no file", "write --state ROOT=FILE, such as infra/envs/prod=prod.tfstate")
		}
		var err error
		s := terraform.StateFile{}
		if s.File, err = stateFile(b, path, files); err != nil {
			return nil, err
		}
		if s.Root, err = rootNamed(b, root); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// rootNamed is a root module of the command line as the collector names it.
func rootNamed(b boundary, root string) (string, error) {
	if root == "" {
		return "", nil
	}
	dir, environment, named := strings.Cut(root, "@")
	inside, ok := b.inside(root)
	if !ok && named {
		inside, ok = b.inside(dir)
		inside += "@" + environment
	}
	if !ok {
		return "", usageError("--state "+root+": not there, or outside the boundary "+b.dir, "write --state ROOT=FILE; ROOT is the directory of a root module")
	}
	return inside, nil
}

// stateFile names a state file as the collector knows it. One outside the boundary was named on purpose: it is read here,
// and handed over.
func stateFile(b boundary, path string, files map[string][]byte) (string, error) {
	if name, inside := b.inside(path); inside {
		return name, nil
	}
	text, err := readBounded(path, stateLimit)
	if err != nil {
		return "", err
	}
	files[path] = text
	return path, nil
}
