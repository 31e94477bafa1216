package aws

import (
	"context"
	"net/netip"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// ec2Firewalls reads security groups with their rules.
func ec2Firewalls() reader {
	kind := evidence.Firewall{}.Kind()
	return reader{
		service: "ec2",
		kinds:   []evidence.Kind{kind},
		operations: append([]operation{
			{name: "DescribeSecurityGroups", action: "ec2:DescribeSecurityGroups", lists: []evidence.Kind{kind},
				fills: []string{"firewall.open_egress", "firewall.open_ingress"}},
			{name: "DescribeVpcs", action: "ec2:DescribeVpcs", frame: "whether a region has networks that somebody built"},
			interfacesOperation(),
		}, prefixListOperations("firewall.open_egress", "firewall.open_ingress")...),
		read: readFirewalls,
	}
}

// groupOperations are the operations of groupsOpen, for the tables of the readers that call it; fills are the settings
// that they make of it.
func groupOperations(fills ...string) []operation {
	return append(prefixListOperations(fills...), operation{name: "ec2.DescribeSecurityGroups", action: "ec2:DescribeSecurityGroups", fills: fills})
}

// readFirewalls leaves out the groups of a default network that nobody uses.
func readFirewalls(ctx context.Context, s *site) {
	if s.networks(ctx).skipped {
		return
	}
	groups := s.securityGroups(ctx)
	s.hide(groups.miss, evidence.Firewall{}.Kind())
	for _, g := range groups.byID {
		if g.owner != s.id {
			continue
		}
		s.add(thing{arn: s.ec2ARN("security-group/" + g.id), typ: "ec2:security-group", name: g.id, unasked: g.unasked()}, evidence.Firewall{
			Region: evidence.Known(s.region), IsDefault: evidence.Known(g.isDefault), RuleCount: evidence.Known(g.rules),
			OpenIngress: s.openTo(ctx, g.ingress), OpenEgress: s.openTo(ctx, g.egress),
		})
	}
}

// groupsOpen says whether any of the site's security groups lets the whole world in, on whatever port. No group at all is
// unresolved: what that means depends on what the groups are of.
func (s *site) groupsOpen(ctx context.Context, groupIDs []string) evidence.Value[bool] {
	if len(groupIDs) == 0 {
		return evidence.Unresolved[bool](evidence.Because("no_group_named"))
	}
	groups := s.securityGroups(ctx)
	var open []evidence.Value[bool]
	for _, id := range groupIDs {
		g, listed := groups.byID[id]
		switch {
		case listed:
			open = append(open, s.lets(ctx, g.ingress))
		case groups.miss != nil:
			open = append(open, refused[bool](groups.miss))
		default:
			open = append(open, evidence.Unresolved[bool](evidence.Because("not_among_listed", "name", id)))
		}
	}
	return evidence.AnyTrue(open...)
}

// lets says whether the whole world takes part in any of the rules.
func (s *site) lets(ctx context.Context, permissions []permission) evidence.Value[bool] {
	rules, lists := s.packetRules(ctx, permissions)
	if len(awsrules.OpenTo(rules)) > 0 {
		return evidence.Known(true)
	}
	open := []evidence.Value[bool]{evidence.Known(false)}
	for _, l := range lists {
		switch {
		case l.miss != nil:
			open = append(open, refused[bool](l.miss))
		case len(l.more) > 0:
			open = append(open, evidence.Unresolved[bool](l.more[0]))
		}
	}
	return evidence.AnyTrue(open...)
}

// openTo is what the whole world reaches by the rules.
func (s *site) openTo(ctx context.Context, permissions []permission) evidence.Value[[]evidence.Exposure] {
	rules, lists := s.packetRules(ctx, permissions)
	var more []evidence.Reason
	for _, l := range lists {
		more = append(more, l.more...)
	}
	return evidence.Known(awsrules.OpenTo(rules)).Incomplete(awsrules.DistinctReasons(more)...)
}

// packetRules are the rules with blocks of addresses, with the lists of blocks that they name. Rules that name groups let
// nobody else in.
func (s *site) packetRules(ctx context.Context, permissions []permission) ([]awsrules.PacketRule, []prefixList) {
	var rules []awsrules.PacketRule
	var lists []prefixList
	for _, p := range permissions {
		own := prefixList{more: p.more}
		rule := p.rule
		for _, id := range p.lists {
			l := s.prefixList(ctx, id)
			rule.Blocks = append(rule.Blocks[:len(rule.Blocks):len(rule.Blocks)], l.blocks...)
			lists = append(lists, l)
		}
		if lists = append(lists, own); len(rule.Blocks) > 0 {
			rules = append(rules, rule)
		}
	}
	return rules, lists
}

// securityGroup is what is kept of a security group.
type securityGroup struct {
	id, owner       string
	isDefault       bool
	rules           int
	ingress, egress []permission
}

// unasked is what nobody had to ask to know what the group opens.
func (g securityGroup) unasked() []string {
	names := func(p permission) bool { return len(p.lists) > 0 }
	if slices.ContainsFunc(g.ingress, names) || slices.ContainsFunc(g.egress, names) {
		return nil
	}
	return unaskedLists()
}

// permission are the rules of a protocol and ports.
type permission struct {
	rule  awsrules.PacketRule
	lists []string
	more  []evidence.Reason // why it may open more
}

// groupList are the security groups of a region, with those that other accounts share.
type groupList struct {
	byID map[string]securityGroup
	miss *miss // why there may be others
}

type groupListKey struct{}

// securityGroups reads the region's security groups once.
func (s *site) securityGroups(ctx context.Context) groupList {
	return shared(s.place, groupListKey{}, func() groupList {
		in := &ec2.DescribeSecurityGroupsInput{MaxResults: sdk.Int32(1000)}
		next := func(i *ec2.DescribeSecurityGroupsInput, o *ec2.DescribeSecurityGroupsOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		groups, m := pages(ctx, s, "", s.ec2().DescribeSecurityGroups, in, next,
			func(o *ec2.DescribeSecurityGroupsOutput) []securityGroup { return project(o.SecurityGroups, groupOf) })
		all := groupList{byID: map[string]securityGroup{}, miss: m}
		for _, g := range groups {
			all.byID[g.id] = g
		}
		return all
	})
}

// groupOf keeps what matters. A network's default group is the one of that name, which no other can have. A rule is one
// source or destination of one protocol and ports, as DescribeSecurityGroupRules counts them.
// https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
func groupOf(g types.SecurityGroup) securityGroup {
	kept := securityGroup{id: sdk.ToString(g.GroupId), owner: sdk.ToString(g.OwnerId), isDefault: sdk.ToString(g.GroupName) == "default"}
	for _, p := range append(g.IpPermissions[:len(g.IpPermissions):len(g.IpPermissions)], g.IpPermissionsEgress...) {
		kept.rules += len(p.IpRanges) + len(p.Ipv6Ranges) + len(p.PrefixListIds) + len(p.UserIdGroupPairs)
	}
	kept.ingress, kept.egress = project(g.IpPermissions, permissionOf), project(g.IpPermissionsEgress, permissionOf)
	return kept
}

func permissionOf(p types.IpPermission) permission {
	var kept permission
	protocol, ok := awsrules.ProtocolName(sdk.ToString(p.IpProtocol))
	if !ok {
		return permission{more: []evidence.Reason{evidence.Because("value_not_understood")}}
	}
	kept.rule.Protocol = protocol
	kept.rule.From, kept.rule.To = awsrules.Ports(protocol, port(p.FromPort), port(p.ToPort))
	cidrs := project(p.IpRanges, func(r types.IpRange) string { return sdk.ToString(r.CidrIp) })
	cidrs = append(cidrs, project(p.Ipv6Ranges, func(r types.Ipv6Range) string { return sdk.ToString(r.CidrIpv6) })...)
	for _, cidr := range cidrs {
		block, err := netip.ParsePrefix(cidr)
		if err != nil {
			kept.more = append(kept.more, evidence.Because("value_not_understood"))
			continue
		}
		kept.rule.Blocks = append(kept.rule.Blocks, block.Masked())
	}
	kept.lists = project(p.PrefixListIds, func(l types.PrefixListId) string { return sdk.ToString(l.PrefixListId) })
	return kept
}

// port is -1, which means all, where none is told.
func port(p *int32) int {
	if p == nil {
		return -1
	}
	return int(*p)
}
