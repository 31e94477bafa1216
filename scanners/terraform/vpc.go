package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docSubnet = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/subnet#map_public_ip_on_launch"

// networks reads VPCs with their flow logs.
func networks() reader {
	return reader{
		types: []string{"aws_default_vpc", "aws_vpc"},
		joins: []string{"aws_flow_log"},
		kinds: []evidence.Kind{evidence.Network{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			logs := r.Linked(i, "aws_flow_log", "vpc_id")
			return one(evidence.Network{
				Region:   i.Provider.Region,
				FlowLogs: present(i, logs, awsrules.DocFlowLogs),
			}, logs.All...)
		},
	}
}

// subnets reads subnets with the routes that hold for them.
func subnets() reader {
	return reader{
		types: subnetTypes(),
		joins: []string{
			"aws_default_route_table", "aws_ec2_managed_prefix_list", "aws_internet_gateway", "aws_main_route_table_association",
			"aws_route", "aws_route_table", "aws_route_table_association",
		},
		kinds: []evidence.Kind{evidence.Subnet{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			routing := routingOf(r, i)
			return one(evidence.Subnet{
				Region:                 i.Provider.Region,
				Private:                routing.private,
				AssignsPublicAddresses: assignsPublicAddresses(i),
			}, routing.joined...)
		},
	}
}

func subnetTypes() []string { return []string{"aws_default_subnet", "aws_subnet"} }

// assignsPublicAddresses says whether instances started in the subnet get a public address. A default subnet does so
// unless told otherwise, any other does not.
func assignsPublicAddresses(subnet *eval.Instance) evidence.Value[bool] {
	byDefault := unset(subnet, false, docSubnet)
	if subnet.Type == "aws_default_subnet" {
		byDefault = unset(subnet, true, awsrules.DocDefaultSubnet)
	}
	return subnet.Attr("map_public_ip_on_launch").Bool(byDefault)
}

// subnetsPrivate says whether every subnet that subnetIDs names is private: no route of its table leads to an internet
// gateway. One public subnet decides false; a subnet that the code does not tell, or no subnet at all, is unresolved.
func subnetsPrivate(r *eval.Root, subnetIDs eval.Attr) evidence.Value[bool] {
	links := r.Targets(subnetIDs, subnetTypes()...)
	var private []evidence.Value[bool]
	for _, subnet := range links.All {
		private = append(private, routingOf(r, subnet).private)
	}
	for _, why := range links.Orphans {
		private = append(private, evidence.Unresolved[bool](why).At(subnetIDs.At()))
	}
	if len(private) == 0 {
		return evidence.Unresolved[bool](evidence.Because("no_subnet_named")).At(subnetIDs.At())
	}
	return evidence.AllTrue(private...)
}

// present says whether one of the resources that point at i surely exists. One whose number is unknown may not, unless
// the number of i is unknown as well; one that points somewhere unknown may point at i.
func present(i *eval.Instance, links eval.Links, doc string) evidence.Value[bool] {
	var may *eval.Instance
	for _, s := range links.All {
		if !s.Placeholder || i.Placeholder {
			return evidence.Known(true).At(s.At(evidence.RoleDecides))
		}
		may = s
	}
	if may != nil {
		return evidence.Unresolved[bool](countNotKnown(may)).At(may.At(evidence.RoleDecides))
	}
	return defaulted(i, links.Orphans, false, doc)
}

// mayPointAt returns the instances of type typ whose attribute attr points at target or may do so. Without any that
// cannot be followed these are the first ones, which an index finds; otherwise it is all, and the caller looks closer.
func mayPointAt(r *eval.Root, target *eval.Instance, typ, attr string) []*eval.Instance {
	links := r.Linked(target, typ, attr)
	if len(links.Orphans) == 0 {
		return links.All
	}
	return r.OfType(typ)
}
