package aws

import (
	"cmp"
	"maps"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// Operation is one operation of AWS' interface that the collector may call, with all that it is called for. It is what
// docs/aws-coverage.md is made of.
type Operation struct {
	Name    string          // the SDK's package and the operation: s3.GetBucketEncryption
	Action  string          // the permission that it needs; empty for one that needs none
	Readers []string        // services whose readers call it, sorted; none where the collector itself does
	Lists   []evidence.Kind // kinds whose facts it finds, sorted
	Fills   []string        // settings that it tells, as "object_store.encryption", sorted
	Frame   string          // what else it is for, where it tells no setting
}

// Operations are all operations that the collector may call, sorted by name. One that finds a kind also tells every
// setting of it that no other operation of its reader tells; these are not repeated in Fills.
func Operations() []Operation {
	all := map[string]Operation{}
	for _, o := range frameOperations() {
		all[o.name] = Operation{Name: o.name, Action: o.action, Frame: o.frame}
	}
	for _, r := range readers() {
		for _, o := range r.operations {
			name := o.fullName(r.service)
			known := all[name]
			all[name] = Operation{
				Name: name, Action: o.action, Readers: with(known.Readers, r.service),
				Lists: with(known.Lists, o.lists...), Fills: with(known.Fills, o.fills...), Frame: cmp.Or(known.Frame, o.frame),
			}
		}
	}
	return slices.SortedFunc(maps.Values(all), func(a, b Operation) int { return cmp.Compare(a.Name, b.Name) })
}

// with adds to a sorted list what it lacks.
func with[T cmp.Ordered](list []T, more ...T) []T {
	list = slices.Concat(list, more)
	slices.Sort(list)
	return slices.Compact(list)
}
