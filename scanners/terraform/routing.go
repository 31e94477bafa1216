package terraform

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// routing is what the routes that hold for a subnet make of it. Private means that none of them leads to an internet
// gateway; a NAT gateway, an egress-only gateway, a transit gateway or a peering does not make a subnet public.
type routing struct {
	private evidence.Value[bool]
	joined  []*eval.Instance
}

// tableTypes are the resources that a route table's id can come from: a VPC has one of its own.
func tableTypes() []string {
	return []string{"aws_default_route_table", "aws_default_vpc", "aws_route_table", "aws_vpc"}
}

// routingOf finds the table that holds for the subnet: the one it is associated with, else the main table of its VPC.
func routingOf(r *eval.Root, subnet *eval.Instance) routing {
	if subnet.Data {
		return lookedUp(subnet)
	}
	links := r.Linked(subnet, "aws_route_table_association", "subnet_id")
	if len(links.All) == 0 && len(links.Orphans) > 0 {
		return routing{private: evidence.Unresolved[bool](links.Orphans[0]).At(subnet.At(evidence.RoleDefaults))}
	}
	var found []routing
	sure := false
	for _, association := range links.All {
		sure = sure || !association.Placeholder || subnet.Placeholder
		found = append(found, tableNamed(r, association.Attr("route_table_id")).beside(association))
	}
	if !sure {
		found = append(found, mainTableOf(r, subnet))
	}
	return agreed(found)
}

// lookedUp is the routing of what the code only looks up: the routes may be anywhere.
func lookedUp(i *eval.Instance) routing {
	why := evidence.Because("looked_up", "address", i.Address)
	return routing{private: evidence.Unresolved[bool](why).At(i.At(evidence.RoleDecides))}
}

// agreed is the routing that all candidates have in common. Only one of them holds, and which one is not known.
func agreed(candidates []routing) routing {
	all := candidates[0]
	for _, c := range candidates[1:] {
		all.joined = append(all.joined, c.joined...)
		got, known := all.private.Get()
		if known && evidence.IsKnown(c.private, got) {
			continue
		}
		all.private = evidence.Unresolved[bool](evidence.Because("route_table_unknown")).At(all.private.Positions()...)
	}
	return all
}

// beside is the routing with another resource that it came from.
func (x routing) beside(i *eval.Instance) routing {
	x.joined = append(x.joined, i)
	if !x.private.Defaulted() {
		x.private = x.private.At(i.At(evidence.RoleCalls))
	}
	return x
}

// mainTableOf is the routing by the main table of the subnet's VPC.
func mainTableOf(r *eval.Root, subnet *eval.Instance) routing {
	if subnet.Type == "aws_default_subnet" {
		return routing{private: unset(subnet, false, awsrules.DocDefaultVPC)}
	}
	links := r.Targets(subnet.Attr("vpc_id"), "aws_default_vpc", "aws_vpc")
	if len(links.All) == 0 {
		return notFollowed(subnet.Attr("vpc_id"), links)
	}
	return mainTable(r, links.All[0])
}

// mainTable is the routing by the VPC's main table: one that the code makes the main table, else the VPC's own.
func mainTable(r *eval.Root, vpc *eval.Instance) routing {
	if vpc.Data {
		return lookedUp(vpc)
	}
	links := r.Linked(vpc, "aws_main_route_table_association", "vpc_id")
	if len(links.All) == 0 && len(links.Orphans) > 0 {
		return routing{private: evidence.Unresolved[bool](links.Orphans[0]).At(vpc.At(evidence.RoleDefaults))}
	}
	var found []routing
	sure := false
	for _, association := range links.All {
		sure = sure || !association.Placeholder || vpc.Placeholder
		found = append(found, tableNamed(r, association.Attr("route_table_id")).beside(association))
	}
	if !sure {
		found = append(found, ownTable(r, vpc))
	}
	return agreed(found)
}

// ownTable is the routing by the table that came with the VPC. It has no way out unless the code adds one; that of the
// default VPC has, until the code takes it over.
func ownTable(r *eval.Root, vpc *eval.Instance) routing {
	links := r.Linked(vpc, "aws_default_route_table", "default_route_table_id")
	if len(links.All) > 0 {
		return tableRouting(r, links.All[0])
	}
	own := routing{private: defaulted(vpc, links.Orphans, vpc.Type == "aws_vpc", awsrules.DocRouteTables)}
	added := separateRoutes(r, vpc)
	own.joined = added.joined
	if !evidence.IsKnown(added.private, true) {
		own.private = evidence.AllTrue(own.private, added.private)
	}
	return own
}

// tableNamed is the routing by the table that a names.
func tableNamed(r *eval.Root, a eval.Attr) routing {
	links := r.Targets(a, tableTypes()...)
	if len(links.All) == 0 {
		return notFollowed(a, links)
	}
	var found []routing
	for _, table := range links.All {
		switch {
		case table.Data:
			found = append(found, lookedUp(table))
		case strings.HasSuffix(table.Type, "_vpc"):
			found = append(found, mainTable(r, table))
		default:
			found = append(found, tableRouting(r, table))
		}
	}
	return agreed(found)
}

// notFollowed is the routing where a leads to nothing in the code.
func notFollowed(a eval.Attr, links eval.Links) routing {
	why := evidence.Because("not_declared_here")
	if len(links.Orphans) > 0 {
		why = links.Orphans[0]
	}
	return routing{private: evidence.Unresolved[bool](why).At(a.At())}
}

// tableRouting is the routing by a table's inline routes and those that are declared apart.
func tableRouting(r *eval.Root, table *eval.Instance) routing {
	inline := table.Blocks("route")
	private := []evidence.Value[bool]{evidence.Known(true).At(table.At(evidence.RoleDecides))}
	for _, route := range inline.All {
		private = append(private, inverse(leadsOut(r, route, "cidr_block", "ipv6_cidr_block")))
	}
	for _, why := range inline.More {
		private = append(private, evidence.Unresolved[bool](why).At(table.At(evidence.RoleDecides)))
	}
	apart := separateRoutes(r, table)
	return routing{private: evidence.AllTrue(append(private, apart.private)...), joined: append(apart.joined, table)}
}

// separateRoutes is the routing by the aws_route resources that may belong to the table, or to the VPC's own table.
func separateRoutes(r *eval.Root, table *eval.Instance) routing {
	var x routing
	var private []evidence.Value[bool]
	for _, route := range mayPointAt(r, table, "aws_route", "route_table_id") {
		out := leadsOut(r, route.Block, "destination_cidr_block", "destination_ipv6_cidr_block")
		if evidence.IsKnown(out, false) {
			continue
		}
		links := r.Targets(route.Attr("route_table_id"), tableTypes()...)
		switch {
		case slices.Contains(links.All, table) && route.Placeholder && !table.Placeholder:
			out = evidence.Unresolved[bool](countNotKnown(route)).At(route.At(evidence.RoleDecides))
		case slices.Contains(links.All, table):
		case len(links.Orphans) > 0:
			out = evidence.Unresolved[bool](links.Orphans[0]).At(route.At(evidence.RoleDecides))
		default:
			continue
		}
		x.joined = append(x.joined, route)
		private = append(private, inverse(out))
	}
	x.private = evidence.AllTrue(private...)
	return x
}

// leadsOut says whether a route leads to an internet gateway for addresses that are not private.
func leadsOut(r *eval.Root, route *eval.Block, cidr, cidr6 string) evidence.Value[bool] {
	return evidence.AllTrue(
		leadsToGateway(r, route.Attr("gateway_id")),
		evidence.AnyTrue(
			beyondPrivate(route.Attr(cidr)),
			beyondPrivate(route.Attr(cidr6)),
			listBeyondPrivate(r, route.Attr("destination_prefix_list_id")),
		),
	)
}

// leadsToGateway says whether a names an internet gateway. A virtual private gateway or an endpoint is none.
func leadsToGateway(r *eval.Root, a eval.Attr) evidence.Value[bool] {
	if a.IsUnset() {
		return evidence.Known(false)
	}
	mayBeOther := a.MayBeEmpty() || slices.ContainsFunc(a.Refs(), func(ref eval.Ref) bool { return ref.Part })
	if types := typesNamed(r, a); len(types) > 0 && !mayBeOther {
		return evidence.Known(slices.Contains(types, "aws_internet_gateway")).At(a.At())
	}
	return evidence.Map(a.Text(evidence.Known("")), func(id string) bool { return strings.HasPrefix(id, "igw-") })
}

// typesNamed are the types of the resources that a refers to; none when it refers to nothing that is known.
func typesNamed(r *eval.Root, a eval.Attr) []string {
	var types []string
	for _, ref := range a.Refs() {
		if i := r.Instance(ref.Address); i != nil {
			types = append(types, i.Type)
		}
	}
	return types
}

func inverse(v evidence.Value[bool]) evidence.Value[bool] {
	return evidence.Map(v, func(b bool) bool { return !b })
}
