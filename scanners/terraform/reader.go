package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// reader turns the instances of some resource types into observations of resources.
type reader struct {
	types []string        // Terraform resource types that it is called for, one call per managed instance
	joins []string        // resource types that it joins into those, or reads beside them
	kinds []evidence.Kind // every kind that it may observe; the sweep says that these were looked for
	read  readFunc
	begin func(*eval.Root) readFunc      // called once per root instead of read, where something is prepared for all instances
	root  func(*eval.Root) []observation // called once per root, for what belongs to no resource; may be nil
}

// readFunc makes the observations of one instance of a root.
type readFunc func(*eval.Root, *eval.Instance) []observation

// observation is one resource seen in one instance and those joined to it.
type observation struct {
	resource evidence.Resource
	suffix   string           // tells several facts of one instance apart: the fact's address ends in #suffix
	joined   []*eval.Instance // resources that the settings came from beside the instance itself; nil ones are skipped
	notes    []evidence.Reason

	address string              // of what belongs to no resource, such as var.password; otherwise the instance's
	at      []evidence.Position // likewise

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

// placement says where the data of i is kept: in its provider's region, with copies in the given regions. Where nothing
// copies it, that is left unset at the resource.
func placement(i *eval.Instance, copies evidence.Value[[]string]) evidence.Placement {
	if len(copies.Positions()) == 0 {
		copies = copies.At(i.At(evidence.RoleDefaults))
	}
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

// satellites are the resources that configure part of target, found by their attribute attr. One that may not exist
// (its number is not known, while the target's is) is an orphan: it can make defaults unresolved, and decides nothing.
func satellites(r *eval.Root, target *eval.Instance, typ, attr string) eval.Links {
	links := r.Linked(target, typ, attr)
	sure := links.All[:0:0]
	for _, i := range links.All {
		if i.Placeholder && !target.Placeholder {
			links.Orphans = append(links.Orphans, countNotKnown(i))
			continue
		}
		sure = append(sure, i)
	}
	links.All = sure
	return links
}

// targets are the managed resources that a points at. What a data source looks up is not declared here: the arguments
// that it leaves unset are no defaults.
func targets(r *eval.Root, a eval.Attr, types ...string) eval.Links {
	links := r.Targets(a, types...)
	links.All = slices.DeleteFunc(slices.Clone(links.All), func(i *eval.Instance) bool { return i.Data })
	return links
}

func orUnknown(v evidence.Value[string]) string {
	if got, known := v.Get(); known {
		return got
	}
	return "?"
}

// readers lists all readers: one file each, sorted by name.
func readers() []reader {
	return []reader{
		accessPolicies(),
		alarms(),
		apiDomains(),
		attachments(),
		backups(),
		classicListeners(),
		containerServices(),
		credentials(),
		detectors(),
		distributions(),
		dynamodb(),
		ebs(),
		ebsSnapshots(),
		ecr(),
		efs(),
		elasticache(),
		eventAlarms(),
		instances(),
		kms(),
		launchTemplates(),
		listeners(),
		loadBalancers(),
		logs(),
		networks(),
		passwordPolicies(),
		rds(),
		rdsClusters(),
		rdsSnapshots(),
		redshift(),
		roles(),
		s3(),
		secretsmanager(),
		securityGroups(),
		sns(),
		sqs(),
		subnets(),
		trails(),
		userPools(),
	}
}
