package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// awsrules.DocBalancerGroups says that a load balancer without security groups of its own has its network's default group, and
// that a network load balancer may have none at all, which lets everybody in.

// balancerOpen says whether the whole world reaches the load balancer: it is public, and a security group of it lets the
// world in. One that lets in nobody but a delivery network is public and not open.
func balancerOpen(r *eval.Root, i *eval.Instance) evidence.Value[bool] {
	return evidence.AllTrue(balancerPublic(i), groupsOpen(r, i))
}

func groupsOpen(r *eval.Root, i *eval.Instance) evidence.Value[bool] {
	groups := i.Attr("security_groups")
	if groups.IsUnset() {
		if evidence.IsKnown(i.Attr("load_balancer_type").Text(evidence.Known("")), "network") {
			return unset(i, true, awsrules.DocBalancerGroups)
		}
		return evidence.Unresolved[bool](evidence.Because("unset", "attribute", "security_groups")).At(i.At(evidence.RoleDefaults))
	}
	links := r.Targets(groups, groupTypes()...)
	var open []evidence.Value[bool]
	for _, group := range links.All {
		open = append(open, opensSomething(rulesOf(r, group, "ingress").open(group)))
	}
	for _, why := range links.Orphans {
		open = append(open, evidence.Unresolved[bool](why).At(groups.At()))
	}
	if len(open) == 0 {
		return evidence.Unresolved[bool](evidence.Because("not_declared_here", "attribute", "security_groups")).At(groups.At())
	}
	return evidence.AnyTrue(open...)
}

// opensSomething says whether a list of exposures has one.
func opensSomething(exposures evidence.Value[[]evidence.Exposure]) evidence.Value[bool] {
	list, known := exposures.Get()
	if known && len(list) == 0 && len(exposures.More()) > 0 {
		return evidence.Unresolved[bool](exposures.More()[0]).At(exposures.Positions()...)
	}
	return evidence.Map(exposures, func(list []evidence.Exposure) bool { return len(list) > 0 })
}
