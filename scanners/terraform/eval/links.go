package eval

import (
	"cmp"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// Links are the instances found by following references. Orphans are the reasons why there may be others: each is the
// reason of a reference that the code does not decide. An orphan makes defaulted settings unresolved, never explicit
// ones.
type Links struct {
	All     []*Instance
	Orphans []evidence.Reason
}

// pointers are the instances of one type by what one of their attributes points at.
type pointers struct {
	byAddress map[string][]*Instance
	byName    map[string][]*Instance
	orphans   []orphan
}

// orphan is an instance whose attribute cannot be followed.
type orphan struct {
	from  *Instance
	why   evidence.Reason
	types []string // of the resources that it refers to
}

// Linked returns the managed instances of type typ whose attribute attr points at target: by reference first, otherwise
// by a known literal that equals one of target's names. attr may be a list. An instance whose attribute is unresolved is
// an orphan, unless it refers to another resource or data source of target's type.
func (r *Root) Linked(target *Instance, typ, attr string) Links {
	p := r.pointersOf(typ, attr)
	found := slices.Clone(p.byAddress[target.Address])
	for _, name := range r.namesOf(target) {
		found = append(found, p.byName[name]...)
	}
	slices.SortFunc(found, func(a, b *Instance) int { return cmp.Compare(a.Address, b.Address) })
	links := Links{All: slices.Compact(found)}
	for _, o := range p.orphans {
		if o.from != target && !slices.Contains(o.types, target.Type) && !slices.ContainsFunc(o.types, namesApart(target.Type)) {
			links.Orphans = append(links.Orphans, o.why)
		}
	}
	links.Orphans = distinct(links.Orphans)
	return links
}

// namesApart says of a type whether what it names never is a resource of type typ, though the same arguments take both.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-naming-rules.html
func namesApart(typ string) func(string) bool {
	return func(other string) bool { return typ == "aws_s3_bucket" && other == "aws_s3_directory_bucket" }
}

// Targets returns the instances of these types that a points at; a may be a list. Orphans say why a cannot be followed
// though it is set: it is unresolved, or it names something that this root does not declare.
func (r *Root) Targets(a Attr, types ...string) Links {
	var links Links
	for _, leaf := range follow(a) {
		found := r.atLeaf(leaf, types)
		links.All = append(links.All, found...)
		switch {
		case len(found) > 0:
		case !leaf.known:
			links.Orphans = append(links.Orphans, leaf.why)
		default:
			links.Orphans = append(links.Orphans, evidence.Because("not_declared_here", "attribute", a.name))
		}
	}
	slices.SortFunc(links.All, func(a, b *Instance) int { return cmp.Compare(a.Address, b.Address) })
	links.All = slices.Compact(links.All)
	links.Orphans = distinct(links.Orphans)
	return links
}

// atLeaf returns the instances of these types that a leaf points at.
func (r *Root) atLeaf(leaf leaf, types []string) []*Instance {
	var found []*Instance
	for _, address := range leaf.addresses {
		if i := r.Instance(address); i != nil && slices.Contains(types, i.Type) {
			found = append(found, i)
		}
	}
	if len(found) > 0 || !leaf.known {
		return found
	}
	for _, typ := range types {
		found = append(found, r.named(typ, leaf.name)...)
	}
	return found
}

// named returns the instances of a type that have the name.
func (r *Root) named(typ, name string) []*Instance {
	r.index.mu.Lock()
	byName := r.index.byName[typ]
	r.index.mu.Unlock()
	if byName == nil {
		byName = map[string][]*Instance{}
		for _, i := range append(r.OfType(typ), r.DataOfType(typ)...) {
			for _, own := range r.namesOf(i) {
				byName[own] = append(byName[own], i)
			}
		}
		r.index.mu.Lock()
		r.index.byName[typ] = byName
		r.index.mu.Unlock()
	}
	return byName[name]
}

// pointersOf returns, and remembers, what the attribute of all instances of a type points at.
func (r *Root) pointersOf(typ, attr string) *pointers {
	r.index.mu.Lock()
	defer r.index.mu.Unlock()
	key := pointerKey{typ, attr}
	if p := r.index.pointers[key]; p != nil {
		return p
	}
	p := &pointers{byAddress: map[string][]*Instance{}, byName: map[string][]*Instance{}}
	for _, i := range r.OfType(typ) {
		for _, leaf := range follow(i.Attr(attr)) {
			for _, address := range leaf.addresses {
				p.byAddress[address] = append(p.byAddress[address], i)
			}
			if leaf.known {
				p.byName[leaf.name] = append(p.byName[leaf.name], i)
			} else {
				p.orphans = append(p.orphans, orphan{i, leaf.why, r.typesOf(leaf.addresses)})
			}
		}
	}
	r.index.pointers[key] = p
	return p
}

// typesOf returns the types of the instances at these addresses.
func (r *Root) typesOf(addresses []string) []string {
	var types []string
	for _, address := range addresses {
		if i := r.Instance(address); i != nil {
			types = append(types, i.Type)
		}
	}
	return types
}

// leaf is one text or unknown value in an attribute that points at something.
type leaf struct {
	known     bool
	name      string          // the text
	addresses []string        // of whole references, sorted
	why       evidence.Reason // why it is unknown
}

// follow returns the leaves of a, none when it is unset.
func follow(a Attr) []leaf {
	if a.IsUnset() {
		return nil
	}
	return leaves(a, a.value, nil, nil)
}

// leaves appends the leaves of v. An unknown element of a set has the references of the set, which keeps the marks of
// its elements.
func leaves(a Attr, v cty.Value, outer cty.ValueMarks, list []leaf) []leaf {
	v, marks := v.Unmark()
	switch {
	case !v.IsKnown():
		both := v.WithMarks(marks, outer)
		l := leaf{why: Attr{name: a.name, value: both, why: a.why}.Why()}
		for m := range both.Marks() {
			if ref, ok := m.(Ref); ok && !ref.Part {
				l.addresses = append(l.addresses, ref.Address)
			}
		}
		slices.Sort(l.addresses)
		l.addresses = slices.Compact(l.addresses)
		return append(list, l)
	case v.IsNull():
	case v.Type() == cty.String:
		l := leaf{known: true, name: v.AsString()}
		for m := range marks {
			if ref, ok := m.(Ref); ok && !ref.Part {
				l.addresses = append(l.addresses, ref.Address)
			}
		}
		slices.Sort(l.addresses)
		return append(list, l)
	case v.CanIterateElements():
		outer = v.WithMarks(marks, outer).Marks()
		for it := v.ElementIterator(); it.Next(); {
			_, element := it.Element()
			list = leaves(a, element, outer, list)
		}
	}
	return list
}

// distinct returns the reasons without repetition, sorted by code and arguments.
func distinct(reasons []evidence.Reason) []evidence.Reason {
	slices.SortFunc(reasons, compareReasons)
	return slices.CompactFunc(reasons, func(a, b evidence.Reason) bool { return compareReasons(a, b) == 0 })
}
