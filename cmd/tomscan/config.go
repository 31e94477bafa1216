package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/gohcl"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/tomscan/tomscan/reports"
)

// configName is the configuration file that is looked for upwards from the working directory.
const configName = "tomscan.hcl"

// config is a tomscan.hcl. docs/cli.md explains every argument; paths are relative to the file's directory.
type config struct {
	Annex        string             `hcl:"annex,optional"`
	Paths        []string           `hcl:"paths,optional"`
	Boundary     string             `hcl:"boundary,optional"`
	Policies     string             `hcl:"policies,optional"`
	Language     string             `hcl:"language,optional"`
	Strict       bool               `hcl:"strict,optional"`
	FailOn       string             `hcl:"fail_on,optional"`
	Baseline     string             `hcl:"baseline,optional"`
	Variables    hcl.Expression     `hcl:"variables,optional"`
	VarFiles     []string           `hcl:"var_files,optional"`
	Workspace    string             `hcl:"workspace,optional"`
	Environments []environmentBlock `hcl:"environment,block"`
	Excludes     []excludeBlock     `hcl:"exclude,block"`
	Outputs      []outputBlock      `hcl:"output,block"`
	Roots        []rootBlock        `hcl:"root,block"`
	AWS          *awsBlock          `hcl:"aws,block"`
	Server       *serverBlock       `hcl:"server,block"`
	Probe        *probeBlock        `hcl:"probe,block"`

	LanguageRange hcl.Range `hcl:"language,attr_value_range"`
	FailOnRange   hcl.Range `hcl:"fail_on,attr_value_range"`

	dir    string // the file's directory; empty when there is no file
	source []byte
}

// environmentBlock names an environment and says what belongs to it.
type environmentBlock struct {
	Name     string    `hcl:"name,label"`
	Roots    []string  `hcl:"roots,optional"`
	Accounts []string  `hcl:"accounts,optional"`
	Hosts    []string  `hcl:"hosts,optional"` // names, * stands for any run of characters
	Range    hcl.Range `hcl:",def_range"`
}

// excludeBlock leaves facts out of the scope. The report prints both arguments.
type excludeBlock struct {
	Facts  string    `hcl:"facts"`
	Reason string    `hcl:"reason"`
	Range  hcl.Range `hcl:",def_range"`
}

// outputBlock is one rendering of the report; without a file it goes to standard output.
type outputBlock struct {
	Format string    `hcl:"format,label"`
	File   string    `hcl:"file,optional"`
	Range  hcl.Range `hcl:",def_range"`
}

// rootBlock is one run of one root module. Several blocks may name one directory: each is a run of its own.
type rootBlock struct {
	Dir         string         `hcl:"dir,label"`
	VarFiles    []string       `hcl:"var_files,optional"`
	Variables   hcl.Expression `hcl:"variables,optional"`
	Workspace   string         `hcl:"workspace,optional"`
	Environment string         `hcl:"environment,optional"`
	Account     string         `hcl:"account,optional"`
	Region      string         `hcl:"region,optional"`
	State       string         `hcl:"state,optional"`
	Range       hcl.Range      `hcl:",def_range"`
}

// loadConfig reads the configuration file named, or the one found upwards from the working directory. Without any it
// returns an empty configuration.
func (p *program) loadConfig(named string) (config, error) {
	file := relativeToHere(named)
	if file == "" {
		found, err := findConfig()
		if err != nil || found == "" {
			return config{}, err
		}
		file = found
	}
	source, err := readBounded(file, configLimit)
	if err != nil {
		return config{}, err
	}
	c, diagnostics := parseConfig(source, file)
	if named == "" && !diagnostics.HasErrors() {
		limit, err := resolve(c.dir)
		if err != nil {
			return config{}, err
		}
		diagnostics = append(append(diagnostics, c.confine(nearestRepository(limit), file)...), c.confineLive()...)
	}
	if err := p.diagnose(diagnostics, map[string][]byte{file: source}); err != nil {
		return config{}, err
	}
	return c, nil
}

// findConfig looks for a configuration file from the working directory upwards, no further than the directory that has
// a .git. It returns "" when there is none.
func findConfig() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		file := filepath.Join(dir, configName)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			return relativeToHere(file), nil
		}
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil || dir == filepath.Dir(dir) {
			return "", nil
		}
	}
}

// relativeToHere makes an absolute path relative to the working directory: no report depends on where the checkout lies.
func relativeToHere(path string) string {
	if !filepath.IsAbs(path) {
		return path
	}
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil {
		return rel
	}
	return path
}

// parseConfig reads the source of a configuration file; file names it in diagnostics.
func parseConfig(source []byte, file string) (config, hcl.Diagnostics) {
	var c config
	parsed, diagnostics := hclsyntax.ParseConfig(source, file, hcl.InitialPos)
	if diagnostics.HasErrors() {
		return config{}, diagnostics
	}
	diagnostics = append(diagnostics, gohcl.DecodeBody(parsed.Body, nil, &c)...)
	if diagnostics.HasErrors() {
		return config{}, diagnostics
	}
	c.dir, c.source = filepath.Dir(file), source
	return c, append(diagnostics, c.validate()...)
}

// validate checks what the schema cannot say.
func (c *config) validate() hcl.Diagnostics {
	var d hcl.Diagnostics
	if _, err := reports.WordsIn(c.Language); err != nil && c.Language != "" {
		d = append(d, problem("Unknown language", err.Error(), c.LanguageRange))
	}
	d = append(d, oneOf(c.FailOn, severityNames(), "severity", c.FailOnRange)...)
	d = append(append(d, checkVariables(c.Variables)...), c.validateLive()...)
	places := map[string]bool{}
	for _, o := range c.Outputs {
		d = append(d, oneOf(o.Format, formatNames(), "format", o.Range)...)
		if places[o.File] {
			d = append(d, problem("Two outputs in one place", "Another output block writes there too; give one of them a file of its own.", o.Range))
		}
		places[o.File] = true
	}
	for _, r := range c.Roots {
		d = append(d, checkVariables(r.Variables)...)
		if !fs.ValidPath(filepath.ToSlash(filepath.Clean(r.Dir))) {
			d = append(d, problem("Root outside", "The directory of a root block is relative to the configuration file and below it.", r.Range))
		}
	}
	return d
}

// oneOf checks that word is empty or among the known ones.
func oneOf(word string, known []string, what string, at hcl.Range) hcl.Diagnostics {
	if word == "" || slices.Contains(known, word) {
		return nil
	}
	return hcl.Diagnostics{problem("Unknown "+what, quote(word)+" is no "+what+"; "+didYouMean(word, known), at)}
}

func problem(summary, detail string, at hcl.Range) *hcl.Diagnostic {
	return &hcl.Diagnostic{Severity: hcl.DiagError, Summary: summary, Detail: detail, Subject: &at}
}

// outputs lists the output blocks, with their files relative to the working directory.
func (c config) outputs() []output {
	var outputs []output
	for _, o := range c.Outputs {
		outputs = append(outputs, output{o.Format, c.path(o.File)})
	}
	return outputs
}

// path makes a path of the file relative to the working directory; the empty path stays empty.
func (c config) path(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.dir, filepath.FromSlash(path))
}

// all makes paths of the file relative to the working directory.
func (c config) all(paths []string) []string {
	var all []string
	for _, path := range paths {
		all = append(all, c.path(path))
	}
	return all
}
