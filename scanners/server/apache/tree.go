package apache

import (
	"errors"
	"fmt"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Position is a line of a file.
type Position struct {
	File string
	Line int
	Text string // the line, without what continues it
}

// Problem is why something is not known. Err is nil for what is not understood; otherwise it says why What could not be read.
type Problem struct {
	Position
	What string
	Err  error
}

// Errors of problems.
var (
	errLimit  = errors.New("too many includes")
	errSyntax = errors.New("httpd would not start with it")
)

// String says what is not known, for tests.
func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s: %v", p.File, p.Line, p.What, p.Err) }

// Directive is one directive in force, or a section with what stands in it. Sections that are decided while reading (IfModule and the
// like) are not in the tree; what stands in them is.
type Directive struct {
	Name     string // in lower case; "" for something that could not be read
	Raw      string // what follows the name, variables replaced
	Args     []string
	Section  bool
	Children []*Directive
	At       Position
	Last     int      // number of the last line that continues it, as httpd counts
	Doubt    *Problem // why it is not known that it stands there as it does
	macro    bool     // it comes from a macro
}

// Options are what httpd knows besides its files.
type Options struct {
	Main    string            // path of the main file
	Root    string            // ServerRoot that was compiled in
	Env     map[string]string // environment of the process
	Defines []string          // -D of the command line
	Static  []string          // modules that were compiled in, such as core_module
	Version string            // such as 2.4.62; empty when it is not known
}

// Tree is the configuration as httpd has it after reading.
type Tree struct {
	Directives []*Directive
	Files      []string        // all files that were read, in order
	Modules    map[string]bool // identifiers of modules; false for one of which it is not known whether it is loaded
	Root       string          // ServerRoot
	files      capture.Files
	Version    string
}

// Loaded says whether a module is loaded, and whether that is known.
func (t *Tree) Loaded(module string) (loaded, known bool) {
	sure, there := t.Modules[module]
	return there, !there || sure
}

// FromMacro says that a macro made the directive; its position is then the line of the macro.
func (d *Directive) FromMacro() bool { return d.macro }
