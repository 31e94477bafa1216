package policies

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/tomscan/tomscan/evidence"
)

// commonParameters are accepted on every promise, beside the measure's own.
func commonParameters() []ParameterSpec {
	return []ParameterSpec{
		{Name: "declared", Type: TypeEnum, Values: []string{"by-controller", "in-other-document", "none", "not-applicable", "planned", "statute-text"}},
		{Name: "environments", Type: TypeList},
		{Name: "provider", Type: TypeString},
		{Name: scopeParameter, Type: TypeList},
		{Name: "source_document", Type: TypeString},
		{Name: "vague", Type: TypeBool},
	}
}

// promise reads one promise of clause c.
func (r *annexReader) promise(c *evidence.Clause, b *hcl.Block) {
	m, ok := r.measure(b.Labels[0], b.LabelRanges[0])
	attrs, diags := b.Body.JustAttributes()
	r.diags = append(r.diags, diags...)
	if !ok {
		return
	}
	promised := map[string]written{}
	for _, attr := range inOrder(attrs) {
		if w, ok := r.parameter(m, attr); ok {
			promised[attr.Name] = w
		}
	}
	r.minAboveMax(m, promised, attrs)
	p := newPromise(m, promised)
	p.Declared, _ = promised["declared"].want.(string)
	p.Environments, _ = promised["environments"].want.([]string)
	p.Provider, _ = promised["provider"].want.(string)
	p.Document, _ = promised["source_document"].want.(string)
	p.Vague, _ = promised["vague"].want.(bool)
	p.At = position(b.DefRange)
	p.ID = promiseID(m, p)
	r.duplicate(c, p, b)
	c.Promises = append(c.Promises, p)
}

// measure resolves the name of a measure, and reports one that the catalogue does not have.
func (r *annexReader) measure(name string, at hcl.Range) (Measure, bool) {
	m, ok := r.catalogue.Resolve(name)
	switch {
	case !ok:
		detail := fmt.Sprintf("%q is not a measure of the catalogue.", clip(name))
		if s := DidYouMean(name, r.catalogue.names()); s != "" {
			detail += fmt.Sprintf(" Did you mean %q?", s)
		}
		r.fail(at, "Unknown measure", detail+" `tomscan measures` lists them all.")
	case m.ID != name:
		r.warn(at, "Alias of a measure", fmt.Sprintf("%q is another name of %q, which is what reports will say. Write that.", name, m.ID))
	}
	return m, ok
}

// parameter reads one parameter of m.
func (r *annexReader) parameter(m Measure, attr *hcl.Attribute) (written, bool) {
	spec, ok := m.Parameter(attr.Name)
	if !ok {
		i := slices.IndexFunc(commonParameters(), func(p ParameterSpec) bool { return p.Name == attr.Name })
		if i < 0 {
			r.unknownParameter(m, attr)
			return written{}, false
		}
		spec = commonParameters()[i]
	}
	value, ok := r.literal(attr.Expr)
	if !ok {
		return written{}, false
	}
	want, text, err := spec.want(value)
	if err != nil {
		r.fail(attr.Expr.Range(), "Wrong value of "+attr.Name, sentence(err.Error()))
		return written{}, false
	}
	if len(text) > maxTextLength {
		r.fail(attr.Expr.Range(), "Text too long", fmt.Sprintf("%s may have %d bytes.", attr.Name, maxTextLength))
		return written{}, false
	}
	return written{want: want, text: text}, want != nil
}

func (r *annexReader) unknownParameter(m Measure, attr *hcl.Attribute) {
	own, common := specNames(m.Parameters), specNames(commonParameters())
	common = slices.DeleteFunc(common, func(name string) bool { return slices.Contains(own, name) })
	detail := fmt.Sprintf("%q has no parameter %q.", m.ID, clip(attr.Name))
	if s := DidYouMean(attr.Name, slices.Concat(own, common)); s != "" {
		detail += fmt.Sprintf(" Did you mean %q?", s)
	}
	detail += fmt.Sprintf(" Its parameters are %s; every promise also takes %s.", strings.Join(own, ", "), strings.Join(common, ", "))
	r.fail(attr.NameRange, "Unknown parameter", detail)
}

func specNames(specs []ParameterSpec) []string {
	names := make([]string, 0, len(specs))
	for _, p := range specs {
		names = append(names, p.Name)
	}
	return names
}

// minAboveMax reports a promised minimum above its promised maximum.
func (r *annexReader) minAboveMax(m Measure, promised map[string]written, attrs hcl.Attributes) {
	for _, spec := range m.Parameters {
		stem, isMin := strings.CutSuffix(spec.Name, "_min")
		low, high, ok := pair(spec, promised[spec.Name], promised)
		if isMin && ok && low > high {
			r.fail(attrs[spec.Name].Expr.Range(), "Minimum above maximum",
				fmt.Sprintf("%s (%s) is above %s_max (%s).", spec.Name, promised[spec.Name].text, stem, promised[stem+"_max"].text))
		}
	}
}

// duplicate reports a measure that the clause has promised already, for the same things.
func (r *annexReader) duplicate(c *evidence.Clause, p evidence.Promise, b *hcl.Block) {
	for _, other := range c.Promises {
		if other.Measure == p.Measure && other.Provider == p.Provider && slices.Equal(other.Environments, p.Environments) && slices.Equal(other.Scope, p.Scope) {
			r.fail(b.DefRange, "Duplicate promise",
				fmt.Sprintf("Clause %q promises %q already on line %d. Two promises of one measure differ in scope, environments or provider.", clip(c.ID), p.Measure, other.At.StartLine))
			return
		}
	}
}

// inOrder lists attributes as they stand in the file.
func inOrder(attrs hcl.Attributes) []*hcl.Attribute {
	return slices.SortedFunc(maps.Values(attrs), func(a, b *hcl.Attribute) int {
		return cmp.Or(cmp.Compare(a.Range.Start.Byte, b.Range.Start.Byte), cmp.Compare(a.Name, b.Name))
	})
}

// sentence makes a diagnostic's detail of an error's text. Names of parameters at its start stay as they are written.
func sentence(text string) string {
	for _, article := range []string{"a ", "the "} {
		if strings.HasPrefix(text, article) {
			text = strings.ToUpper(text[:1]) + text[1:]
		}
	}
	return text + "."
}
