package policies

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxPolicySize bounds a policy's file.
const maxPolicySize = 256 << 10

// readAll parses the files of all folders, the program's own first, in the order of their paths.
func readAll(own bool, dirs []Dir) ([]*source, []*Problem) {
	sources, problems := readDir(Dir{Name: "built-in", FS: builtin}, false)
	if !own {
		sources = slices.DeleteFunc(sources, func(s *source) bool { return !s.library() })
	}
	for _, dir := range dirs {
		found, wrong := readDir(dir, true)
		if len(found) == 0 && len(wrong) == 0 {
			wrong = []*Problem{{File: dir.Name, Text: "no policies here: a policy is a .rego file in a folder named after its measure"}}
		}
		sources, problems = append(sources, found...), append(problems, wrong...)
	}
	return sources, problems
}

// readDir parses the policies of one folder, without their tests.
func readDir(dir Dir, custom bool) ([]*source, []*Problem) {
	var sources []*source
	var problems []*Problem
	err := fs.WalkDir(dir.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(p) != ".rego" || isTest(p) {
			return err
		}
		src, wrong := readSource(dir, p, custom)
		problems = append(problems, wrong...)
		if len(wrong) == 0 {
			sources = append(sources, src)
		}
		return nil
	})
	if err != nil {
		problems = append(problems, &Problem{File: dir.Name, Text: fmt.Sprintf("read policies: %v", err)})
	}
	return sources, problems
}

func isTest(p string) bool { return strings.HasSuffix(p, "_test.rego") }

// readSource reads and parses one file.
func readSource(dir Dir, p string, custom bool) (*source, []*Problem) {
	s := &source{file: path.Join(dir.Name, p), custom: custom, parts: strings.Split(strings.TrimSuffix(p, ".rego"), "/")}
	info, err := fs.Stat(dir.FS, p)
	if err == nil && info.Size() > maxPolicySize {
		err = fmt.Errorf("the file has %d bytes; a policy may have %d", info.Size(), maxPolicySize)
	}
	if err == nil {
		s.text, err = fs.ReadFile(dir.FS, p)
	}
	if err != nil {
		return nil, []*Problem{{File: s.file, Text: err.Error()}}
	}
	sum := sha256.Sum256(s.text)
	s.sha256 = hex.EncodeToString(sum[:])
	s.module, err = parse(s.file, s.text)
	if err != nil {
		return nil, problemsOf(err)
	}
	if s.module == nil {
		return nil, []*Problem{{File: s.file, Text: "the file is empty"}}
	}
	s.dropNotes()
	return s, nil
}

// parse reads a module of Rego v1 with its annotations.
func parse(file string, text []byte) (*ast.Module, error) {
	return ast.ParseModuleWithOpts(file, string(text), ast.ParserOptions{
		Capabilities: capabilities(), ProcessAnnotation: true, RegoVersion: ast.RegoV1,
	})
}

// dropNotes takes annotations and comments out of the module: they have been read, and compiling them costs time.
func (s *source) dropNotes() {
	s.notes = s.module.Annotations
	s.module.Annotations, s.module.Comments = nil, nil
	for _, r := range s.module.Rules {
		r.Annotations = nil
	}
}

// digestOf is the SHA-256 of names and digests of all sources, sorted.
func digestOf(sources []*source) string {
	lines := make([]string, 0, len(sources))
	for _, s := range sources {
		lines = append(lines, s.sha256+"  "+strings.Join(s.parts, "/")+"\n")
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "")))
	return hex.EncodeToString(sum[:])
}
