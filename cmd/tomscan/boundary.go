package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// boundary is the directory outside of which nothing is read, and the paths to scan inside it.
type boundary struct {
	dir   string   // absolute, links resolved
	paths []string // slash paths relative to dir, "." is dir itself; sorted
}

// findBoundary resolves paths, which are relative to the working directory. The boundary is override when given, else the
// nearest ancestor of the first path that has a .git, else that path itself, or the directory of a file.
func findBoundary(paths []string, override string) (boundary, error) {
	resolved := make([]string, 0, len(paths))
	for _, path := range paths {
		r, err := resolve(path)
		if err != nil {
			return boundary{}, err
		}
		resolved = append(resolved, r)
	}
	dir := nearestRepository(resolved[0])
	if override != "" {
		r, err := resolve(override)
		if err != nil {
			return boundary{}, err
		}
		dir = r
	}
	b := boundary{dir: dir}
	for i, path := range resolved {
		rel, err := filepath.Rel(dir, path)
		if err != nil || !filepath.IsLocal(rel) {
			return boundary{}, usageError(fmt.Sprintf("%s: outside the boundary %s", paths[i], dir),
				"name a directory that holds all paths with --boundary")
		}
		b.paths = append(b.paths, filepath.ToSlash(rel))
	}
	slices.Sort(b.paths)
	b.paths = slices.Compact(b.paths)
	return b, nil
}

// resolve returns the absolute path with its links resolved.
func resolve(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err == nil {
		abs, err = filepath.EvalSymlinks(abs)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", usageError(path+": no such file or directory", "name a directory with Terraform code")
	case err != nil:
		return "", cannotRun(fmt.Errorf("resolve %s: %w", path, err), "")
	}
	return abs, nil
}

// nearestRepository returns the nearest directory at or above path that has a .git, else path itself, or the directory
// of a file.
func nearestRepository(path string) string {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		path = filepath.Dir(path)
	}
	for dir := path; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return path
		}
	}
}

// open opens the boundary: links inside it are followed, what leads out of it is an error.
func (b boundary) open() (*os.Root, error) {
	root, err := os.OpenRoot(b.dir)
	if err != nil {
		return nil, cannotRun(fmt.Errorf("open the boundary: %w", err), "")
	}
	return root, nil
}

// inside returns path, relative to the working directory, as a slash path relative to the boundary, if it lies inside.
func (b boundary) inside(path string) (string, bool) {
	r, err := resolve(path)
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(b.dir, r)
	if err != nil || !filepath.IsLocal(rel) || strings.HasPrefix(rel, "..") {
		return "", false
	}
	return filepath.ToSlash(rel), true
}
