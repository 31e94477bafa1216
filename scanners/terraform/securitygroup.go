package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// securityGroups reads security groups with their inline rules and those that are declared apart. Terraform takes away
// the rule that lets everything out when it creates a group, and all rules when it adopts a network's default group, so
// what the code does not allow is not allowed:
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_security_group
func securityGroups() reader {
	return reader{
		types: groupTypes(),
		joins: []string{
			"aws_ec2_managed_prefix_list", "aws_ec2_managed_prefix_list_entry", "aws_security_group_rule",
			"aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule",
		},
		kinds: []evidence.Kind{evidence.Firewall{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			in, out := rulesOf(r, i, "ingress"), rulesOf(r, i, "egress")
			isDefault := i.Type == "aws_default_security_group"
			return one(evidence.Firewall{
				Region:      i.Provider.Region,
				OpenIngress: in.open(i),
				OpenEgress:  out.open(i),
				IsDefault:   evidence.Known(isDefault).At(i.At(evidence.RoleDecides)),
				RuleCount:   count(i, in, out),
			}, append(in.joined, out.joined...)...)
		},
	}
}

func groupTypes() []string { return []string{"aws_default_security_group", "aws_security_group"} }

// groupRules are the rules of a security group in one direction.
type groupRules struct {
	rules     []awsrules.PacketRule
	number    int
	more      []evidence.Reason // why something may be open that the rules do not show
	uncounted []evidence.Reason // why there may be more rules, or fewer
	joined    []*eval.Instance
}

// rulesOf collects the rules of the group in one direction: ingress or egress.
func rulesOf(r *eval.Root, group *eval.Instance, direction string) groupRules {
	var g groupRules
	inline := group.Blocks(direction)
	for _, b := range inline.All {
		g.add(ruleShape{b, addressBlocks, "protocol", "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"}, r)
	}
	g.more = append(g.more, inline.More...)
	g.uncounted = append(g.uncounted, inline.More...)
	for _, i := range mayPointAt(r, group, "aws_security_group_rule", "security_group_id") {
		if typ := i.Attr("type").Text(evidence.Value[string]{}); !evidence.IsKnown(typ, opposite(direction)) {
			g.addApart(r, group, i, ruleShape{i.Block, addressBlocks, "protocol", "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"})
		}
	}
	for _, i := range mayPointAt(r, group, "aws_vpc_security_group_"+direction+"_rule", "security_group_id") {
		g.addApart(r, group, i, ruleShape{i.Block, addressBlock, "ip_protocol", "cidr_ipv4", "cidr_ipv6", "prefix_list_id"})
	}
	return g
}

func opposite(direction string) string {
	if direction == "ingress" {
		return "egress"
	}
	return "ingress"
}

// addApart adds a rule that is declared apart if it belongs to the group. One that may belong to it, or may not exist,
// leaves it open what the group allows, unless it opens nothing.
func (g *groupRules) addApart(r *eval.Root, group, rule *eval.Instance, shape ruleShape) {
	links := r.Targets(rule.Attr("security_group_id"), groupTypes()...)
	belongs := slices.Contains(links.All, group)
	if !belongs && len(links.Orphans) == 0 {
		return
	}
	var own groupRules
	own.add(shape, r)
	switch typ := rule.Attr("type").Text(evidence.Known("")); {
	case !belongs:
		g.doubt(own, links.Orphans[0])
	case rule.Placeholder:
		g.doubt(own, countNotKnown(rule))
	case typ.State() != evidence.StateKnown:
		g.doubt(own, typ.Why())
	default:
		g.rules = append(g.rules, own.rules...)
		g.more = append(g.more, own.more...)
		g.number++
	}
	if belongs {
		g.joined = append(g.joined, rule)
	}
}

// doubt records that rules may hold or not. Those that open nothing to the world by themselves leave no gap.
func (g *groupRules) doubt(rules groupRules, why evidence.Reason) {
	g.uncounted = append(g.uncounted, why)
	if len(awsrules.OpenTo(rules.rules)) > 0 || len(rules.more) > 0 {
		g.more = append(g.more, why)
	}
}

// ruleShape is the block of a rule, how its addresses are written, and the names of its arguments.
type ruleShape struct {
	*eval.Block
	addresses                         func(*eval.Root, eval.Attr) blockList
	protocol, blocks4, blocks6, lists string
}

// add reads one rule. Rules that name groups only, or the group itself, let nobody else in.
func (g *groupRules) add(s ruleShape, r *eval.Root) {
	g.number++
	sources := s.addresses(r, s.Attr(s.blocks4))
	sources.join(s.addresses(r, s.Attr(s.blocks6)))
	sources.join(prefixLists(r, s.Attr(s.lists)))
	g.more = append(g.more, sources.more...)
	if len(sources.blocks) == 0 {
		return
	}
	rule := awsrules.PacketRule{Blocks: sources.blocks, At: s.At(evidence.RoleDecides)}
	why, known := s.ports(&rule)
	if known {
		g.rules = append(g.rules, rule)
		return
	}
	rule.Protocol, rule.From, rule.To = "all", 0, awsrules.LastPort
	if len(awsrules.OpenTo([]awsrules.PacketRule{rule})) > 0 {
		g.more = append(g.more, why)
	}
}

// ports reads protocol and ports. A protocol without ports, and port -1, mean all of them:
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
func (s ruleShape) ports(rule *awsrules.PacketRule) (why evidence.Reason, known bool) {
	protocol := s.Attr(s.protocol).Text(evidence.Known("-1"))
	name, known := protocol.Get()
	if !known {
		return protocol.Why(), false
	}
	if name, known = awsrules.ProtocolName(name); !known {
		return evidence.Because("wrong_type", "attribute", s.protocol), false
	}
	rule.Protocol, rule.From, rule.To = name, 0, awsrules.LastPort
	if rule.Protocol != "tcp" && rule.Protocol != "udp" {
		return why, true
	}
	from, to := s.Attr("from_port").Int(evidence.Known(-1)), s.Attr("to_port").Int(evidence.Known(-1))
	first, known := from.Get()
	if !known {
		return from.Why(), false
	}
	last, known := to.Get()
	if !known {
		return to.Why(), false
	}
	rule.From, rule.To = awsrules.Ports(rule.Protocol, first, last)
	return why, true
}

// open is what the world reaches, with the rules that open it.
func (g groupRules) open(group *eval.Instance) evidence.Value[[]evidence.Exposure] {
	exposures := awsrules.OpenTo(g.rules)
	v := evidence.Known(exposures).Incomplete(awsrules.DistinctReasons(g.more)...)
	at := group.At(evidence.RoleDecides)
	if len(exposures) == 0 {
		return v.At(at)
	}
	for _, rule := range g.rules {
		if rule.TakesPart(exposures) {
			v = v.At(rule.At)
		}
	}
	return v
}

// count is the number of rules in both directions.
func count(group *eval.Instance, in, out groupRules) evidence.Value[int] {
	at := group.At(evidence.RoleDecides)
	for _, why := range append(in.uncounted, out.uncounted...) {
		return evidence.Unresolved[int](why).At(at)
	}
	return evidence.Known(in.number + out.number).At(at)
}
