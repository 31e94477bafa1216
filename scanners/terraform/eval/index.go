package eval

import (
	"cmp"
	"slices"
	"sync"
)

// index finds the instances of a root.
type index struct {
	byAddress map[string]*Instance
	byType    map[string][]*Instance // managed
	dataOf    map[string][]*Instance // data sources
	names     map[*Instance][]string
	byName    map[string]map[string][]*Instance // by type, then by name
	mu        sync.Mutex
	pointers  map[pointerKey]*pointers
}

// pointerKey is an attribute of a resource type.
type pointerKey struct{ typ, attr string }

// reindex sorts the instances and makes the index.
func (r *Root) reindex() {
	slices.SortStableFunc(r.Instances, func(a, b *Instance) int { return cmp.Compare(a.Address, b.Address) })
	x := &index{byAddress: make(map[string]*Instance, len(r.Instances)), byType: map[string][]*Instance{},
		dataOf: map[string][]*Instance{}, names: map[*Instance][]string{}, byName: map[string]map[string][]*Instance{}, pointers: map[pointerKey]*pointers{}}
	for _, i := range r.Instances {
		x.byAddress[i.Address] = i
		if i.Data {
			x.dataOf[i.Type] = append(x.dataOf[i.Type], i)
		} else {
			x.byType[i.Type] = append(x.byType[i.Type], i)
		}
	}
	r.index = x
}

// OfType returns the managed resources of these types, sorted by address.
func (r *Root) OfType(types ...string) []*Instance { return pick(r.index.byType, types) }

// DataOfType returns the data sources of these types, sorted by address.
func (r *Root) DataOfType(types ...string) []*Instance { return pick(r.index.dataOf, types) }

func pick(from map[string][]*Instance, types []string) []*Instance {
	if len(types) == 1 {
		return slices.Clip(from[types[0]])
	}
	var found []*Instance
	for _, t := range types {
		found = append(found, from[t]...)
	}
	slices.SortStableFunc(found, func(a, b *Instance) int { return cmp.Compare(a.Address, b.Address) })
	return found
}

// Instance returns the instance with that full address, nil when there is none.
func (r *Root) Instance(address string) *Instance { return r.index.byAddress[address] }
