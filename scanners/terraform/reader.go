package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// reader turns the instances of some resource types into observations of resources.
type reader struct {
	types []string // Terraform resource types that it is called for
	joins []string // resource types that it joins into those, or reads beside them
	read  func(*eval.Root, *eval.Instance) []observation
}

// observation is one resource seen in one instance and those joined to it.
type observation struct {
	resource evidence.Resource
	suffix   string           // tells several facts of one instance apart: the fact's address ends in #suffix
	joined   []*eval.Instance // resources that the settings came from beside the instance itself
	keys     []evidence.Key
	notes    []evidence.Reason
}

// readers lists all readers: one file each, sorted by name.
func readers() []reader {
	return []reader{}
}
