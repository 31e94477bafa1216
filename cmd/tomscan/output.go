package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// output is one rendering of a report: to a file, or to standard output when file is empty.
type output struct {
	format string
	file   string
}

// parseOutputs reads the values of -o: FORMAT, or FORMAT=FILE.
func parseOutputs(values, formats []string) ([]output, error) {
	var outputs []output
	for _, value := range values {
		format, file, toFile := strings.Cut(value, "=")
		if !slices.Contains(formats, format) {
			return nil, usageError("unknown format "+quote(format), "%s", didYouMean(format, formats))
		}
		if toFile && file == "" {
			return nil, usageError("-o "+value+": no file name after =", "write -o %s for standard output, -o %s=FILE for a file", format, format)
		}
		outputs = append(outputs, output{format, file})
	}
	return outputs, checkOutputs(outputs)
}

// checkOutputs fails when two outputs go to one place.
func checkOutputs(outputs []output) error {
	seen := map[string]string{}
	for _, o := range outputs {
		place := o.file
		if place != "" {
			place = filepath.Clean(place)
		}
		if other, ok := seen[place]; ok {
			where := "standard output"
			if place != "" {
				where = place
			}
			return usageError(fmt.Sprintf("both %s and %s go to %s", other, o.format, where), "give one of them a file: -o %s=FILE", o.format)
		}
		seen[place] = o.format
	}
	return nil
}

// files writes several files so that each is whole or not there: it renders all of them beside their places first.
type files struct{ pending []pendingFile }

type pendingFile struct{ temporary, name string }

// add renders a file beside its place.
func (f *files) add(name string, render func(io.Writer) error) (err error) {
	t, err := os.CreateTemp(filepath.Dir(name), ".tomscan-*")
	if err != nil {
		return cannotRun(fmt.Errorf("write %s: %w", name, rootCause(err)), "does the directory exist, and may you write to it?")
	}
	f.pending = append(f.pending, pendingFile{t.Name(), name})
	err = render(t)
	if err == nil {
		err = t.Chmod(0o644)
	}
	if closing := t.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// commit puts all files in their places.
func (f *files) commit() error {
	for _, p := range f.pending {
		if err := os.Rename(p.temporary, p.name); err != nil {
			return cannotRun(fmt.Errorf("write %s: %w", p.name, rootCause(err)), "")
		}
	}
	f.pending = nil
	return nil
}

// discard removes what was not committed.
func (f *files) discard() {
	for _, p := range f.pending {
		_ = os.Remove(p.temporary)
	}
}

// rootCause returns what the operating system said, without the name of a temporary file.
func rootCause(err error) error {
	var p *os.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

// writeFile writes one file, whole or not at all.
func writeFile(name string, render func(io.Writer) error) error {
	var f files
	defer f.discard()
	if err := f.add(name, render); err != nil {
		return err
	}
	return f.commit()
}
