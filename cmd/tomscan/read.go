package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// The largest inputs that are read, in bytes. Snapshots and reports come from other runs and are not trusted.
const (
	configLimit   = 256 << 10
	varFileLimit  = 16 << 20
	stateLimit    = 64 << 20
	documentLimit = 512 << 20
)

// readBounded reads a file of at most limit bytes.
func readBounded(file string, limit int64) ([]byte, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError(file+": no such file", "check the path, it is relative to the working directory")
	}
	if err != nil {
		return nil, cannotRun(fmt.Errorf("read %s: %w", file, rootCause(err)), "")
	}
	defer func() { _ = f.Close() }()
	return readAll(f, file, limit)
}

func readAll(r io.Reader, name string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, cannotRun(fmt.Errorf("read %s: %w", name, rootCause(err)), "")
	}
	if int64(len(data)) > limit {
		return nil, usageError(fmt.Sprintf("%s: larger than %d MiB", name, limit>>20), "is it the right file?")
	}
	return data, nil
}

// input reads a snapshot or a report: file, or standard input for "-".
func (p *program) input(file string) ([]byte, error) {
	if file == "-" {
		return readAll(p.stdin, "standard input", documentLimit)
	}
	return readBounded(file, documentLimit)
}

// document reads and decodes a snapshot or a report.
func (p *program) document(file, what, version string, into any) error {
	data, err := p.input(file)
	if err != nil {
		return err
	}
	return decode(data, file, what, version, into)
}

// decode decodes a document. What names its sort, version the one that this program writes: a newer minor version is
// read, and what is new in it ignored.
func decode(data []byte, name, what, version string, into any) error {
	var head struct {
		Version string          `json:"schema_version"`
		Results json.RawMessage `json:"results"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return usageError(fmt.Sprintf("%s: no %s: %s", name, what, jsonTrouble(err)), "%s", comesFrom(what))
	}
	if isReport := head.Results != nil; head.Version == "" || isReport != (what == "report") {
		return usageError(fmt.Sprintf("%s: no %s", name, what), "%s", comesFrom(what))
	}
	major, _, _ := strings.Cut(version, ".")
	if got, _, _ := strings.Cut(head.Version, "."); got != major {
		return usageError(fmt.Sprintf("%s: %s of schema version %s, this program reads %s.x", name, what, quote(head.Version), major),
			"use the version of tomscan that wrote it, or collect again")
	}
	if err := json.Unmarshal(data, into); err != nil {
		return usageError(fmt.Sprintf("%s: broken %s: %s", name, what, jsonTrouble(err)), "%s", comesFrom(what))
	}
	return nil
}

// jsonTrouble shortens an error of encoding/json.
func jsonTrouble(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("%s at byte %d", syntax.Error(), syntax.Offset)
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// comesFrom says which command writes such a document.
func comesFrom(what string) string {
	if what == "report" {
		return "a report is written by `tomscan scan -o json` or `tomscan check`"
	}
	return "a snapshot is written by `tomscan collect`"
}
