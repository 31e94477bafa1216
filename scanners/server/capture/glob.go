package capture

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// globLimit bounds how many names one pattern is held against: links to the directory that they stand in multiply.
const globLimit = 1_000_000

// Glob returns the paths that match a pattern of glob(3), sorted as by the C locale: * and ? do not match a leading dot or a slash,
// and [!a-c] is a set without. No match is an empty list. The error says that a directory could not be listed, so that more paths may
// match. https://man7.org/linux/man-pages/man7/glob.7.html
func Glob(f Files, pattern string) ([]string, error) {
	found, looked := []string{"/"}, 0
	var troubles error
	parts := strings.Split(strings.Trim(path.Clean("/"+pattern), "/"), "/")
	for i, part := range parts {
		var next []string
		for _, dir := range found {
			names, n, err := matching(f, dir, part, i == len(parts)-1)
			if err != nil {
				troubles = errors.Join(troubles, err)
			}
			if looked += 1 + n; looked > globLimit {
				return nil, ErrTooMany
			}
			next = append(next, names...)
		}
		found = next
	}
	slices.Sort(found)
	return found, troubles
}

// matching returns the paths in dir whose name matches one part of a pattern, and how many names were looked at.
func matching(f Files, dir, part string, last bool) ([]string, int, error) {
	if !strings.ContainsAny(part, `*?[\`) {
		name := path.Join(dir, part)
		if !last {
			return []string{name}, 0, nil
		}
		_, err := f.Stat(name)
		if err == nil {
			return []string{name}, 0, nil
		}
		return nil, 0, unlessAbsent(err)
	}
	names, err := f.List(dir)
	if err != nil {
		return nil, 0, unlessAbsent(err)
	}
	var found []string
	for _, name := range names {
		if MatchName(part, name) {
			found = append(found, path.Join(dir, name))
		}
	}
	return found, len(names), nil
}

// unlessAbsent drops the error of a path that is known not to be there, or that is no directory.
func unlessAbsent(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil
	}
	return err
}

// Match says whether a text matches a pattern as for fnmatch(3) with FNM_PATHNAME. What is no pattern matches nothing.
// https://man7.org/linux/man-pages/man3/fnmatch.3.html
func Match(pattern, text string) bool {
	ok, err := path.Match(strings.ReplaceAll(pattern, "[!", "[^"), text)
	return ok && err == nil
}

// MatchName says whether a name in a directory matches one part of a pattern of Glob.
func MatchName(part, name string) bool {
	return (!strings.HasPrefix(name, ".") || strings.HasPrefix(part, ".")) && Match(part, name)
}

// Like says whether a text matches a pattern in which * stands for any text and ? for any byte. It takes linear memory and no recursion.
func Like(pattern, text string) bool {
	star, mark := -1, 0
	p, n := 0, 0
	for n < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, n
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[n]):
			p, n = p+1, n+1
		case star >= 0:
			mark++
			p, n = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
