package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// launchTemplates reads what instances are started from, with the groups that start them.
func launchTemplates() reader {
	return reader{
		types: []string{"aws_launch_configuration", "aws_launch_template"},
		joins: []string{"aws_autoscaling_group"},
		kinds: []evidence.Kind{evidence.Instance{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			groups := groupsOf(r, i)
			o := observation{joined: groups, settle: settleMetadata, resource: evidence.Instance{
				Placement:       placement(i, noCopies()),
				PublicAddress:   templateAddress(r, i, groups),
				SubnetPrivate:   templateSubnetPrivate(r, i, groups),
				MetadataSession: metadataSession(i, i.Block, template{}),
				Monitored:       templateMonitored(i),
			}}
			return []observation{o}
		},
	}
}

// groupsOf returns the groups that start instances from i.
func groupsOf(r *eval.Root, i *eval.Instance) []*eval.Instance {
	if i.Type == "aws_launch_configuration" {
		return r.Linked(i, "aws_autoscaling_group", "launch_configuration").All
	}
	var groups []*eval.Instance
	for _, group := range r.OfType("aws_autoscaling_group") {
		if templateOf(r, group).instance == i || mixedTemplate(r, group) == i {
			groups = append(groups, group)
		}
	}
	return groups
}

// mixedTemplate is the template of a group with a policy for mixed instances.
func mixedTemplate(r *eval.Root, group *eval.Instance) *eval.Instance {
	reference := group.Block.Block("mixed_instances_policy").Block("launch_template").Block("launch_template_specification")
	for _, name := range []string{"launch_template_id", "launch_template_name"} {
		for _, t := range r.Targets(reference.Attr(name), "aws_launch_template").All {
			return t
		}
	}
	return nil
}

// templateAddress is the template's own word, else that of the subnets of its groups.
func templateAddress(r *eval.Root, i *eval.Instance, groups []*eval.Instance) evidence.Value[bool] {
	bySubnet := evidence.Unresolved[bool](evidence.Because("launched_elsewhere")).At(i.At(evidence.RoleDefaults))
	var assigns []evidence.Value[bool]
	for _, group := range groups {
		assigns = append(assigns, launchAddress(r, group.Attr("vpc_zone_identifier"), group))
	}
	if len(assigns) > 0 {
		bySubnet = evidence.AnyTrue(assigns...)
	}
	if i.Type == "aws_launch_configuration" {
		return i.Attr("associate_public_ip_address").Bool(bySubnet)
	}
	interfaces := i.Blocks("network_interfaces")
	if len(interfaces.All) == 0 && len(interfaces.More) > 0 {
		return evidence.Unresolved[bool](interfaces.More[0]).At(i.At(evidence.RoleDecides))
	}
	for _, b := range interfaces.All {
		if b.Attr("associate_public_ip_address").IsSet() {
			return b.Attr("associate_public_ip_address").Bool(bySubnet)
		}
	}
	return bySubnet
}

// templateSubnetPrivate is what the routes of the subnets of its groups tell, or of the subnet that it names.
func templateSubnetPrivate(r *eval.Root, i *eval.Instance, groups []*eval.Instance) evidence.Value[bool] {
	var private []evidence.Value[bool]
	for _, b := range i.Blocks("network_interfaces").All {
		if b.Attr("subnet_id").IsSet() {
			private = append(private, subnetsPrivate(r, b.Attr("subnet_id")))
		}
	}
	for _, group := range groups {
		private = append(private, subnetsPrivate(r, group.Attr("vpc_zone_identifier")))
	}
	if len(private) == 0 {
		return evidence.Unresolved[bool](evidence.Because("launched_elsewhere")).At(i.At(evidence.RoleDefaults))
	}
	return evidence.AllTrue(private...)
}

// templateMonitored says whether detailed monitoring is on, which in a launch configuration it is unless switched off.
// https://docs.aws.amazon.com/autoscaling/ec2/userguide/enable-as-instance-metrics.html
func templateMonitored(i *eval.Instance) evidence.Value[bool] {
	if i.Type == "aws_launch_configuration" {
		return i.Attr("enable_monitoring").Bool(unset(i, true, "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_configuration"))
	}
	return i.Block.Block("monitoring").Attr("enabled").Bool(unset(i, false, docLaunchTemplate))
}
