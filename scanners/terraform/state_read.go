package terraform

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// readStates reads the state files of the runs that name one, and returns them as inputs.
func (c *Collector) readStates(runs []run) ([]evidence.Input, error) {
	for _, s := range c.options.States {
		n, err := runOf(s, runs)
		if err != nil {
			return nil, err
		}
		runs[n].config.State = s.File
	}
	var inputs []evidence.Input
	for n, r := range runs {
		if r.config.State == "" {
			continue
		}
		s, input, err := c.readState(r.config.State)
		if err != nil {
			return nil, err
		}
		runs[n].state = s
		inputs = append(inputs, input)
	}
	return inputs, nil
}

// runOf is the number of the run that a state file belongs to.
func runOf(s StateFile, runs []run) (int, error) {
	found, titles := []int{}, []string{}
	for n, r := range runs {
		if s.Root == "" || s.Root == r.title() || s.Root == r.Dir {
			found = append(found, n)
		}
		titles = append(titles, r.title())
	}
	known := strings.Join(titles[:min(len(titles), mostTitles)], ", ")
	switch {
	case len(found) == 1:
		return found[0], nil
	case s.Root == "":
		return 0, fmt.Errorf("state %s: there are %d root modules; say which with ROOT=FILE: %s", s.File, len(runs), known)
	case len(found) > 1:
		return 0, fmt.Errorf("state %s: root module %s is run for several environments; say which with ROOT@ENVIRONMENT=FILE", s.File, s.Root)
	}
	return 0, fmt.Errorf("state %s: %s is no root module that is scanned; name one of %s", s.File, s.Root, known)
}

// mostTitles is how many root modules a message names.
const mostTitles = 10

// readState reads one state file: from inside the boundary, or as it was handed over.
func (c *Collector) readState(name string) (state, evidence.Input, error) {
	r, err := c.openState(name)
	if err != nil {
		return state{}, evidence.Input{}, err
	}
	defer func() { _ = r.Close() }()
	sum, size := sha256.New(), &counter{}
	s, err := parseState(name, io.TeeReader(r, io.MultiWriter(sum, size)))
	if err != nil {
		return state{}, evidence.Input{}, err
	}
	c.log(fmt.Sprintf("%s: state of %d resources", name, len(s.byID)))
	return s, evidence.Input{Path: name, SHA256: hex.EncodeToString(sum.Sum(nil)), Size: size.bytes}, nil
}

func (c *Collector) openState(name string) (io.ReadCloser, error) {
	if text, ok := c.options.Files[name]; ok {
		return io.NopCloser(bytes.NewReader(text)), nil
	}
	f, err := c.options.FS.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: no such state file; write it with `terraform state pull`", name)
	case err != nil:
		return nil, fmt.Errorf("%s: the state file cannot be read; write it with `terraform state pull`: %w", name, err)
	}
	return f, nil
}

// counter counts what is written to it.
type counter struct{ bytes int }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += len(p)
	return len(p), nil
}
