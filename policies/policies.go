package policies

import (
	"cmp"
	"embed"
	"io/fs"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/tomscan/tomscan/evidence"
)

// builtin holds the program's own policies: one folder per measure, one file per policy, and lib.
//
//go:embed */*.rego
var builtin embed.FS

// Dir is a folder of policies. Name stands before the files' paths in messages.
type Dir struct {
	Name string
	FS   fs.FS
}

// Set is the policies of a run, parsed and examined, sorted by id. It is read-only and safe for concurrent use.
type Set struct {
	catalogue Catalogue
	policies  []*policy
	libraries []*source // what policies import: lib/value.rego and the users' own
	digest    string
	compilers *compilers
}

// policy is one check with the module that decides it.
type policy struct {
	check     evidence.Check
	from      *source
	existence bool            // it says that something exists: when_none
	live      []evidence.Kind // of its kinds, those that only a running system shows
	beside    []evidence.Kind // without any of which nothing has to exist
	elsewhere bool            // what one host lacks another may have for it
	partial   bool            // its criterion is a part of the measure: it refutes, and does not prove
	applies   bool            // it has a rule that says which promises it belongs to
	asks      []string        // wants that this rule reads
	spares    []string        // settings by which its not_applicable rule says that a fact does not concern it
}

// source is one parsed file.
type source struct {
	file   string   // for messages
	parts  []string // folders and name without .rego
	sha256 string
	custom bool // a user's own
	text   []byte
	module *ast.Module
	notes  []*ast.Annotations
}

// library says whether policies import the file: it lies in a folder named lib.
func (s *source) library() bool { return len(s.parts) > 1 && s.parts[len(s.parts)-2] == "lib" }

// Load parses the program's own policies, unless they are not wanted, and those in dirs, and examines them: metadata,
// settings and parameters that exist, and the rules that keep the unknown from passing or failing. The error joins one
// *Problem for each thing that is wrong, in the order of files and lines.
func Load(own bool, dirs ...Dir) (*Set, error) {
	sources, problems := readAll(own, dirs)
	s := &Set{catalogue: LoadCatalogue(), compilers: &compilers{}}
	for _, src := range sources {
		if src.library() {
			s.libraries = append(s.libraries, src)
			problems = append(problems, misplaced(src)...)
			continue
		}
		p, found := s.examine(src)
		problems = append(problems, found...)
		s.policies = append(s.policies, p)
	}
	problems = append(problems, duplicates(s.policies)...)
	if len(problems) == 0 {
		problems = s.tryCompile()
	}
	if err := joinProblems(problems); err != nil {
		return nil, err
	}
	slices.SortFunc(s.policies, func(a, b *policy) int { return cmp.Compare(a.check.ID, b.check.ID) })
	s.digest = digestOf(sources)
	return s, nil
}

// Checks describes all policies, sorted by id.
func (s *Set) Checks() []evidence.Check {
	checks := make([]evidence.Check, 0, len(s.policies))
	for _, p := range s.policies {
		checks = append(checks, p.check)
	}
	return checks
}

// Source returns the Rego text of the policy with this id.
func (s *Set) Source(id string) (string, bool) {
	for _, p := range s.policies {
		if p.check.ID == id {
			return string(p.from.text), true
		}
	}
	return "", false
}

// Digest is the SHA-256 of the names and bytes of all policies and libraries.
func (s *Set) Digest() string { return s.digest }

// tryCompile compiles what a user has written; the program's own policies are compiled when their kinds occur.
func (s *Set) tryCompile() []*Problem {
	var own []*policy
	for _, p := range s.policies {
		if p.check.Custom {
			own = append(own, p)
		}
	}
	if len(own) == 0 {
		return nil
	}
	_, err := compile(s.libraries, own)
	return problemsOf(err)
}

// Only returns the set with the policies of these ids alone.
func (s *Set) Only(ids ...string) *Set {
	some := *s
	some.policies = nil
	for _, p := range s.policies {
		if slices.Contains(ids, p.check.ID) {
			some.policies = append(some.policies, p)
		}
	}
	return &some
}
