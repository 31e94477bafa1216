package eval

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// Block is the body of a resource or a nested block. The methods of a nil Block answer as if everything was unset.
type Block struct {
	attrs   map[string]Attr
	blocks  map[string]Blocks
	at      place
	unknown *evidence.Reason // whether the block exists at all, or what is in it, is not known
}

// Blocks are the nested blocks of one type; More says why there may be others (a dynamic block over an unknown).
type Blocks struct {
	All  []*Block
	More []evidence.Reason
}

// Attr returns the attribute of that name, unset when it is not written.
func (b *Block) Attr(name string) Attr {
	if b == nil {
		return Attr{name: name}
	}
	if a, ok := b.attrs[name]; ok {
		return a
	}
	if b.unknown != nil {
		return Attr{name: name, value: cty.DynamicVal, why: *b.unknown, at: b.at}
	}
	return Attr{name: name, at: b.at}
}

// Blocks returns the nested blocks of one type in source order, dynamic ones expanded. An attribute that holds objects
// (ingress = [{...}], or the JSON syntax) looks the same.
func (b *Block) Blocks(name string) Blocks {
	if b == nil {
		return Blocks{}
	}
	found := b.blocks[name]
	if a, ok := b.attrs[name]; ok {
		found = a.asBlocks(found)
	}
	if b.unknown != nil && len(found.All) == 0 {
		found.More = append(found.More[:len(found.More):len(found.More)], *b.unknown)
	}
	return found
}

// Block returns the first nested block of one type. When there is none but one may exist, it returns a block whose
// attributes are all unresolved; it returns nil when there is surely none.
func (b *Block) Block(name string) *Block {
	found := b.Blocks(name)
	if len(found.All) > 0 {
		return found.All[0]
	}
	if len(found.More) > 0 {
		return &Block{at: b.at, unknown: &found.More[0]}
	}
	return nil
}

// At returns where the block's header stands.
func (b *Block) At(role evidence.Role) evidence.Position {
	if b == nil {
		return evidence.Position{Role: role}
	}
	return b.at.position(role)
}

// names returns the names of the attributes that are written, in no order.
func (b *Block) names() []string {
	var names []string
	for name := range b.attrs {
		names = append(names, name)
	}
	return names
}

// asBlocks adds the objects in the value of a to found.
func (a Attr) asBlocks(found Blocks) Blocks {
	found.All = found.All[:len(found.All):len(found.All)]
	found.More = found.More[:len(found.More):len(found.More)]
	if a.IsUnset() {
		return found
	}
	value, marks := a.value.Unmark()
	if !value.IsKnown() {
		found.More = append(found.More, a.Why())
		return found
	}
	if ty := value.Type(); ty.IsObjectType() || ty.IsMapType() {
		found.All = append(found.All, a.blockOf(value.WithMarks(marks)))
		return found
	}
	if !value.CanIterateElements() {
		return found
	}
	for it := value.ElementIterator(); it.Next(); {
		_, element := it.Element()
		plain, _ := element.Unmark()
		if !plain.IsKnown() {
			found.More = append(found.More, Attr{name: a.name, value: element.WithMarks(marks), why: a.why}.Why())
			continue
		}
		if ty := plain.Type(); !plain.IsNull() && (ty.IsObjectType() || ty.IsMapType()) {
			found.All = append(found.All, a.blockOf(element.WithMarks(marks)))
		}
	}
	return found
}

// blockOf returns the block that an object in the value of a stands for.
func (a Attr) blockOf(object cty.Value) *Block {
	object, marks := object.Unmark()
	b := &Block{attrs: map[string]Attr{}, at: a.at}
	for it := object.ElementIterator(); it.Next(); {
		key, value := it.Element()
		key, _ = key.Unmark()
		name := key.AsString()
		b.attrs[name] = Attr{name: name, value: value.WithMarks(marks), at: a.at, why: a.why}
	}
	return b
}
