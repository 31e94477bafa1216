package eval

import (
	"cmp"
	"context"
	"path"
	"reflect"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"github.com/tomscan/tomscan/evidence"
)

// Options say which root module to evaluate, and with which values.
type Options struct {
	Dir       string            // slash path relative to the boundary
	VarFiles  []string          // variables files in order, slash paths relative to the boundary
	Vars      []string          // name=value in order; they win over VarFiles
	Environ   map[string]string // TF_VAR_name, AWS_REGION and AWS_DEFAULT_REGION are read
	Workspace string            // value of terraform.workspace; empty leaves it unknown
	Files     map[string][]byte // contents of variables files that are not below the boundary, by the name in VarFiles
}

// run is the evaluation of one root module. It is used by one goroutine.
type run struct {
	ctx       context.Context
	parser    *Parser
	opts      Options
	dir       string
	out       *Root
	table     map[string]function.Function
	base      *hcl.EvalContext
	used      []string // attribute names that may be read from a whole resource
	manifest  map[string]manifestModule
	inputs    map[string]input // values of root variables
	dirs      []string         // of all modules
	noted     map[noteKey]bool
	files     map[string][]byte // read by functions
	held      int
	work      int
	instances int
	depth     int
	templates int
}

// Evaluate evaluates a root module. The error is for a directory that cannot be read at all, and for a context that
// ended; everything else that cannot be read or followed is a gap or a note of the result.
func (p *Parser) Evaluate(ctx context.Context, opts Options) (*Root, error) {
	r := &run{ctx: ctx, parser: p, opts: opts, dir: path.Clean(opts.Dir), noted: map[noteKey]bool{}, files: map[string][]byte{},
		inputs: map[string]input{}}
	r.out = &Root{Dir: r.dir}
	conf, err := p.load(r.dir)
	if err != nil {
		return nil, err
	}
	r.prepare()
	defer func() { p.release(r.dirs) }()
	r.loadTree(conf)
	root := &module{run: r, conf: conf, path: "."}
	root.prepare()
	r.readVariables(conf)
	root.collect()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r.finish()
	return r.out, nil
}

// prepare makes the context below which every expression is evaluated.
func (r *run) prepare() {
	r.table = r.functions()
	kind := cty.Capsule("run", reflect.TypeFor[run]())
	r.base = &hcl.EvalContext{Functions: r.table, Variables: map[string]cty.Value{budgetName: cty.CapsuleVal(kind, r)}}
}

// spend takes n from the work that the root may cause, and says whether there was as much left.
func (r *run) spend(n int) bool {
	r.work += n
	return r.work <= r.parser.work && (r.work%1024 >= n || r.ctx.Err() == nil)
}

// finish sorts what was found.
func (r *run) finish() {
	order := func(a, b evidence.Gap) int {
		return cmp.Or(slices.CompareFunc(a.At, b.At, evidence.Position.Compare), compareReasons(a.Reason, b.Reason))
	}
	same := func(a, b evidence.Gap) bool { return order(a, b) == 0 }
	slices.SortFunc(r.out.Gaps, order)
	slices.SortFunc(r.out.Notes, order)
	r.out.Gaps = slices.CompactFunc(r.out.Gaps, same)
	r.out.Notes = slices.CompactFunc(r.out.Notes, same)
	slices.SortFunc(r.out.Literals, func(a, b Literal) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Name, b.Name)) })
	slices.SortFunc(r.out.Moved, func(a, b Moved) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), a.At.Compare(b.At))
	})
	r.out.reindex()
}

// gap records something that may hide resources.
func (r *run) gap(at place, code string, keyValues ...string) {
	r.out.Gaps = append(r.out.Gaps, evidence.Gap{Reason: evidence.Because(code, keyValues...), At: []evidence.Position{at.bare()}})
}

// noteKey tells notes apart.
type noteKey struct {
	code       string
	src        *source
	start, end int32
}

// note records something that the reader should know, once per place.
func (r *run) note(at place, code string, keyValues ...string) {
	key := noteKey{code, at.src, at.start, at.end}
	if !r.noted[key] {
		r.noted[key] = true
		r.out.Notes = append(r.out.Notes, evidence.Gap{Reason: evidence.Because(code, keyValues...), At: []evidence.Position{at.bare()}})
	}
}
