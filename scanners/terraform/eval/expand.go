package eval

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// shape is how a resource or module call is multiplied.
type shape uint8

const (
	single    shape = iota
	byCount         // by count: a tuple
	keyed           // by for_each: an object
	undecided       // by something unknown: one placeholder
)

// expansion is the instances that count or for_each make.
type expansion struct {
	shape shape
	keys  []instanceKey
	marks cty.ValueMarks // of what decides the number; tells why it is unknown
}

// instanceKey is one instance.
type instanceKey struct {
	key    cty.Value // number or string; cty.NilVal for a single instance and for a placeholder
	suffix string    // [0], ["x"], [*] or nothing
	scope  *scope
}

// expand evaluates count and for_each of a block. A number that is unknown, or that cannot be evaluated, gives one
// placeholder.
func (m *module) expand(b *block, address string) expansion {
	count, each := b.body.get("count"), b.body.get("for_each")
	switch {
	case each != nil:
		return m.expandEach(each, address)
	case count != nil:
		return m.expandCount(count, address)
	}
	return expansion{shape: single, keys: []instanceKey{{}}}
}

// placeholder is the expansion over something unknown, of which v is known.
func placeholder(v cty.Value) expansion {
	marks := withoutDocuments(marksOf(v))
	if len(marks) == 0 {
		marks = cty.NewValueMarks(because("number_unknown"))
	}
	each := cty.ObjectVal(map[string]cty.Value{
		"key":   cty.UnknownVal(cty.String).RefineNotNull().WithMarks(partly(marks)),
		"value": cty.DynamicVal.WithMarks(marks),
	})
	count := cty.ObjectVal(map[string]cty.Value{"index": cty.UnknownVal(cty.Number).RefineNotNull().WithMarks(partly(marks))})
	s := (*scope)(nil).with("each", each).with("count", count)
	return expansion{shape: undecided, marks: marks, keys: []instanceKey{{suffix: "[*]", scope: s}}}
}

func (m *module) expandCount(a *attribute, address string) expansion {
	v := m.eval(a.expr, nil)
	plain, _ := v.UnmarkDeep()
	if !plain.IsKnown() {
		return placeholder(v)
	}
	number, err := convert.Convert(plain, cty.Number)
	if err != nil || number.IsNull() {
		m.run.note(a.at, "count_not_a_number", "address", m.within(address))
		return placeholder(unknown("count_not_a_number", "address", m.within(address)))
	}
	n, accuracy := number.AsBigFloat().Int64()
	switch {
	case accuracy != big.Exact || n < 0:
		m.run.note(a.at, "count_not_a_number", "address", m.within(address))
		return placeholder(unknown("count_not_a_number", "address", m.within(address)))
	case n > maxInstances || !m.run.spend(10*int(n)):
		return m.tooMany(a, address)
	}
	e := expansion{shape: byCount}
	for i := range n {
		index := cty.NumberIntVal(i)
		s := (*scope)(nil).with("count", cty.ObjectVal(map[string]cty.Value{"index": index}))
		e.keys = append(e.keys, instanceKey{index, keySuffix(index), s})
	}
	return e
}

func (m *module) expandEach(a *attribute, address string) expansion {
	v := m.eval(a.expr, nil)
	plain, marks := v.Unmark()
	ty := plain.Type()
	switch {
	case !plain.IsKnown():
		return placeholder(v)
	case plain.IsNull() || !ty.IsMapType() && !ty.IsObjectType() && !ty.IsSetType():
		m.run.note(a.at, "for_each_not_a_map_or_set", "address", m.within(address))
		return placeholder(unknown("for_each_not_a_map_or_set", "address", m.within(address)))
	case ty.IsSetType() && !plain.IsWhollyKnown():
		return placeholder(v)
	case plain.LengthInt() > maxInstances || !m.run.spend(10*plain.LengthInt()):
		return m.tooMany(a, address)
	}
	e := expansion{shape: keyed}
	for it := plain.ElementIterator(); it.Next(); {
		key, value := it.Element()
		key, _ = key.Unmark()
		if ty.IsSetType() {
			key, _ = convert.Convert(key, cty.String)
		}
		if key == cty.NilVal || key.Type() != cty.String || key.IsNull() || !key.IsKnown() {
			m.run.note(a.at, "for_each_not_a_map_or_set", "address", m.within(address))
			return placeholder(unknown("for_each_not_a_map_or_set", "address", m.within(address)))
		}
		each := cty.ObjectVal(map[string]cty.Value{"key": key, "value": value.WithMarks(marks)})
		e.keys = append(e.keys, instanceKey{key, keySuffix(key), (*scope)(nil).with("each", each)})
	}
	slices.SortFunc(e.keys, func(x, y instanceKey) int { return compareKeys(x.key, y.key) })
	return e
}

func compareKeys(x, y cty.Value) int {
	switch {
	case x.AsString() < y.AsString():
		return -1
	case x.AsString() > y.AsString():
		return 1
	}
	return 0
}

// tooMany is the expansion over more instances than the bounds allow.
func (m *module) tooMany(a *attribute, address string) expansion {
	m.run.gap(a.at, "too_many_instances", "address", m.within(address), "limit", fmt.Sprint(maxInstances))
	return placeholder(unknown("too_many_instances", "address", m.within(address)))
}
