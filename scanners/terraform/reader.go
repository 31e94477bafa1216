package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// reader turns the instances of some resource types into observations of resources.
type reader struct {
	types []string        // Terraform resource types that it is called for, one call per managed instance
	joins []string        // resource types that it joins into those, or reads beside them
	kinds []evidence.Kind // every kind that it may observe; the sweep says that these were looked for
	read  func(*eval.Root, *eval.Instance) []observation
}

// observation is one resource seen in one instance and those joined to it.
type observation struct {
	resource evidence.Resource
	suffix   string           // tells several facts of one instance apart: the fact's address ends in #suffix
	joined   []*eval.Instance // resources that the settings came from beside the instance itself; nil ones are skipped
	keys     []evidence.Key
	notes    []evidence.Reason

	// settle completes the resource with the defaults of the account and region that the instance's provider uses. It is
	// nil for a resource that no account-level default changes. It runs after all roots are read, so it must capture
	// plain values only, never the root or its instances.
	// The notes it returns are added to those of the observation.
	settle func(evidence.Resource, accountDefaults) (evidence.Resource, []evidence.Reason)
}

// one wraps the observation of the usual reader: one resource per instance.
func one(r evidence.Resource, joined ...*eval.Instance) []observation {
	return []observation{{resource: r, joined: joined}}
}

// placement says where the data of i is kept: in its provider's region, with copies in the given regions.
func placement(i *eval.Instance, copies evidence.Value[[]string]) evidence.Placement {
	return evidence.Placement{Region: i.Provider.Region, Copies: copies}
}

// noCopies is the list of a service that keeps its data in one region unless told otherwise.
func noCopies() evidence.Value[[]string] { return evidence.Known([]string{}) }

// unset makes the vendor's default of a setting that i leaves unset, at the resource that leaves it unset.
func unset[T any](i *eval.Instance, v T, doc string) evidence.Value[T] {
	return evidence.Default(v, doc).At(i.At(evidence.RoleDefaults))
}

// defaulted is unset, but unresolved when a resource whose target is not known may be the one that sets it.
func defaulted[T any](i *eval.Instance, orphans []evidence.Reason, v T, doc string) evidence.Value[T] {
	if len(orphans) > 0 {
		return evidence.Unresolved[T](orphans[0]).At(i.At(evidence.RoleDefaults))
	}
	return unset(i, v, doc)
}

// readers lists all readers: one file each, sorted by name.
func readers() []reader {
	return []reader{}
}
