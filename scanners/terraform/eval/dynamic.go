package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// block evaluates a body. written, when given, has the values of attributes that were evaluated before.
func (m *module) block(b *body, at place, s *scope, written func(name string) cty.Value) *Block {
	out := &Block{at: at}
	for _, a := range b.attrs {
		if out.attrs == nil {
			out.attrs = make(map[string]Attr, len(b.attrs))
		}
		var value cty.Value
		if written != nil {
			value = written(a.name)
		} else {
			value = m.eval(a.expr, s)
		}
		out.attrs[a.name] = Attr{name: a.name, value: value, at: a.at, in: m, expr: a.expr}
	}
	for _, nested := range b.blocks {
		m.nest(out, nested, s)
	}
	return out
}

// nest adds a nested block to out, expanded when it is dynamic.
func (m *module) nest(out *Block, b *block, s *scope) {
	if out.blocks == nil {
		out.blocks = map[string]Blocks{}
	}
	typ := effectiveType(b)
	found := out.blocks[typ]
	if b.typ != "dynamic" {
		found.All = append(found.All, m.block(b.body, b.at, s, nil))
	} else {
		m.dynamic(&found, b, s)
	}
	out.blocks[typ] = found
}

// blocks evaluates the nested blocks of one type.
func (m *module) blocks(b *body, typ string, s *scope) Blocks {
	out := &Block{}
	for _, nested := range b.blocks {
		if effectiveType(nested) == typ {
			m.nest(out, nested, s)
		}
	}
	return out.blocks[typ]
}

// dynamic expands a dynamic block. One over something unknown adds a reason why there may be more blocks.
func (m *module) dynamic(found *Blocks, b *block, s *scope) {
	content, each := b.body.first("content"), b.body.get("for_each")
	if content == nil || each == nil {
		m.run.note(b.at, "malformed_block", "type", "dynamic")
		found.More = append(found.More, evidence.Because("malformed_block", "type", "dynamic"))
		return
	}
	v := m.eval(each.expr, s)
	plain, marks := v.Unmark()
	switch {
	case !plain.IsKnown() || plain.Type().IsSetType() && !plain.IsWhollyKnown():
		found.More = append(found.More, m.more(each, v))
		return
	case plain.IsNull() || !plain.CanIterateElements():
		m.run.note(each.at, "for_each_not_a_map_or_set", "address", identifier(effectiveType(b)))
		found.More = append(found.More, evidence.Because("for_each_not_a_map_or_set", "address", identifier(effectiveType(b))))
		return
	case plain.LengthInt() > maxInstances || !m.run.spend(plain.LengthInt()):
		m.run.note(each.at, "too_many_blocks", "type", identifier(effectiveType(b)))
		found.More = append(found.More, evidence.Because("too_many_blocks", "type", identifier(effectiveType(b))))
		return
	}
	iterator := iteratorOf(b)
	for it := plain.ElementIterator(); it.Next(); {
		key, value := it.Element()
		if plain.Type().IsSetType() {
			key = value
		}
		binding := cty.ObjectVal(map[string]cty.Value{"key": key.WithMarks(marks), "value": value.WithMarks(marks)})
		found.All = append(found.All, m.block(content.body, content.at, s.with(iterator, binding), nil))
	}
}

// more returns why a dynamic block's number of blocks is unknown.
func (m *module) more(each *attribute, v cty.Value) evidence.Reason {
	why := whyOf(v)
	r := evidence.Because(why.Code)
	r.Args = map[string]string{}
	for key, arg := range why.Args {
		r.Args[key] = arg
	}
	if _, ok := r.Args["at"]; !ok {
		r.Args["at"] = m.where(each.expr)
	}
	return r
}

// iteratorOf returns the name under which a dynamic block's content knows the current element.
func iteratorOf(b *block) string {
	if x := b.body.expr("iterator"); x != nil {
		if text := textOf(x); text != "" {
			return text
		}
		if name := hcl.ExprAsKeyword(x.hcl); name != "" {
			return name
		}
	}
	return effectiveType(b)
}
