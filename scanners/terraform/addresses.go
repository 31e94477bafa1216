package terraform

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// blockList are address blocks; more says why there may be others.
type blockList struct {
	blocks []netip.Prefix
	more   []evidence.Reason
}

// add reads a text as an address block. A single address is a block of one.
func (l *blockList) add(text string) {
	if block, err := netip.ParsePrefix(text); err == nil {
		l.blocks = append(l.blocks, block.Masked())
	} else {
		l.more = append(l.more, evidence.Because("value_not_understood"))
	}
}

func (l *blockList) join(other blockList) {
	l.blocks = append(l.blocks, other.blocks...)
	l.more = append(l.more, other.more...)
}

// addressBlocks reads a list of blocks. A list that is not known may have any in it, whatever it refers to.
func addressBlocks(r *eval.Root, a eval.Attr) blockList {
	if a.IsSet() && !a.Value().IsKnown() {
		return blockList{more: []evidence.Reason{a.Why()}}
	}
	var l blockList
	for _, element := range a.Elements() {
		l.join(addressBlock(r, element))
	}
	return l
}

// addressBlock reads one block.
func addressBlock(r *eval.Root, a eval.Attr) blockList {
	var l blockList
	text := a.Text(evidence.Known(""))
	got, known := text.Get()
	switch {
	case known && got != "":
		l.add(got)
	case !known && !isLimited(r, a):
		l.more = append(l.more, text.Why())
	}
	return l
}

// isLimited says whether a text that is not known surely is no more than the block of a network or of one host.
func isLimited(r *eval.Root, a eval.Attr) bool {
	ref, whole := a.Only()
	if before, host, after, ok := a.Around(); ok {
		ref, whole = host, before == "" && isNarrow(after)
	}
	if i := r.Instance(ref.Address); whole && i != nil {
		return slices.Contains(limitedAttributes(), i.Type+"."+ref.Attribute)
	}
	return false
}

// isNarrow says whether a text behind an address, if there is one, leaves few enough addresses to be one organisation's.
func isNarrow(text string) bool {
	bits, err := strconv.Atoi(strings.TrimPrefix(text, "/"))
	return text == "" || err == nil && bits >= 16
}

func limitedAttributes() []string {
	return []string{
		"aws_default_subnet.cidr_block", "aws_default_subnet.ipv6_cidr_block", "aws_default_vpc.cidr_block",
		"aws_default_vpc.ipv6_cidr_block", "aws_eip.private_ip", "aws_eip.public_ip", "aws_instance.private_ip",
		"aws_instance.public_ip", "aws_nat_gateway.private_ip", "aws_nat_gateway.public_ip", "aws_subnet.cidr_block",
		"aws_subnet.ipv6_cidr_block", "aws_vpc.cidr_block", "aws_vpc.ipv6_cidr_block",
	}
}

// prefixLists reads the entries of the prefix lists that a names. Those that AWS manages hold the addresses of one of
// its services, never the world:
// https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
func prefixLists(r *eval.Root, a eval.Attr) blockList {
	var l blockList
	if a.IsUnset() || evidence.IsKnown(a.Text(evidence.Known("")), "") {
		return l
	}
	links := r.Targets(a, "aws_ec2_managed_prefix_list", "aws_prefix_list", "aws_vpc_endpoint")
	for _, list := range links.All {
		if list.Type == "aws_ec2_managed_prefix_list" {
			l.join(entriesOf(r, list))
		}
	}
	l.more = append(l.more, links.Orphans...)
	return l
}

// entriesOf reads the entries of one prefix list, inline and declared apart.
func entriesOf(r *eval.Root, list *eval.Instance) blockList {
	var l blockList
	if list.Data {
		if name, known := list.Attr("name").Text(evidence.Known("")).Get(); !known || !strings.HasPrefix(name, "com.amazonaws.") {
			l.more = append(l.more, evidence.Because("looked_up", "address", list.Address))
		}
		return l
	}
	inline := list.Blocks("entry")
	for _, entry := range inline.All {
		l.join(addressBlock(r, entry.Attr("cidr")))
	}
	l.more = append(l.more, inline.More...)
	apart := r.Linked(list, "aws_ec2_managed_prefix_list_entry", "prefix_list_id")
	for _, entry := range apart.All {
		if entry.Placeholder && !list.Placeholder {
			l.more = append(l.more, countNotKnown(entry))
			continue
		}
		l.join(addressBlock(r, entry.Attr("cidr")))
	}
	l.more = append(l.more, apart.Orphans...)
	return l
}

// beyondPrivate says whether a CIDR block holds addresses that are not private. Half of the internet counts as well.
func beyondPrivate(a eval.Attr) evidence.Value[bool] {
	if a.IsUnset() || evidence.IsKnown(a.Text(evidence.Known("")), "") {
		return evidence.Known(false)
	}
	text := a.Text(evidence.Known(""))
	cidr, known := text.Get()
	if !known {
		return evidence.NotKnown[bool](text)
	}
	block, err := netip.ParsePrefix(cidr)
	if err != nil {
		return evidence.Unresolved[bool](evidence.Because("value_not_understood")).At(a.At())
	}
	return evidence.Known(!awsrules.IsPrivateBlock(block)).At(a.At())
}

// listBeyondPrivate says whether a prefix list holds addresses that are not private.
func listBeyondPrivate(r *eval.Root, a eval.Attr) evidence.Value[bool] {
	if a.IsUnset() || evidence.IsKnown(a.Text(evidence.Known("")), "") {
		return evidence.Known(false)
	}
	list := prefixLists(r, a)
	if slices.ContainsFunc(list.blocks, func(b netip.Prefix) bool { return !awsrules.IsPrivateBlock(b) }) {
		return evidence.Known(true).At(a.At())
	}
	if len(list.more) > 0 {
		return evidence.Unresolved[bool](list.more[0]).At(a.At())
	}
	return evidence.Known(false).At(a.At())
}
