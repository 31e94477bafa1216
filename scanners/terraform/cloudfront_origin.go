package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// origins are how the origins of a distribution are fetched.
type origins struct {
	policies []evidence.Value[string]
	ranks    []evidence.Value[int]
}

// originsOf reads all origins. A bucket that is no website is fetched with the protocol of the viewer, and its service
// takes no TLS below 1.2.
func originsOf(r *eval.Root, i *eval.Instance) origins {
	var o origins
	blocks := i.Blocks("origin")
	for _, b := range blocks.All {
		o.add(r, i, b)
	}
	for _, why := range blocks.More {
		o.policies = append(o.policies, evidence.Unresolved[string](why).At(i.At(evidence.RoleDecides)))
		o.ranks = append(o.ranks, evidence.Unresolved[int](why).At(i.At(evidence.RoleDecides)))
	}
	return o
}

func (o *origins) add(r *eval.Root, i *eval.Instance, b *eval.Block) {
	words := map[string]string{"http-only": "always", "match-viewer": "as-viewer", "https-only": "never"}
	missing := evidence.Unresolved[string](evidence.Because("unset", "attribute", "origin_protocol_policy"))
	custom, protocols := b.Block("custom_origin_config"), "origin_ssl_protocols"
	if inside := b.Block("vpc_origin_config"); custom == nil && inside != nil {
		links := r.Targets(inside.Attr("vpc_origin_id"), "aws_cloudfront_vpc_origin")
		if len(links.All) == 0 || links.All[0].Data {
			why := evidence.Because("not_declared_here", "attribute", "vpc_origin_id")
			o.policies = append(o.policies, evidence.Unresolved[string](why).At(inside.At(evidence.RoleDecides)))
			o.ranks = append(o.ranks, evidence.Unresolved[int](why).At(inside.At(evidence.RoleDecides)))
			return
		}
		custom = links.All[0].Block.Block("vpc_origin_endpoint_config")
	}
	if custom == nil {
		o.policies = append(o.policies, unset(i, "as-viewer", awsrules.DocObjectOrigin))
		o.ranks = append(o.ranks, unset(i, evidence.RankTLS12, awsrules.DocObjectOrigin))
		return
	}
	policy := enum(custom.Attr("origin_protocol_policy"), words, missing)
	o.policies = append(o.policies, policy)
	if evidence.IsKnown(policy, "always") {
		o.ranks = append(o.ranks, evidence.Known(evidence.RankPlain).At(policy.Positions()...))
		return
	}
	o.ranks = append(o.ranks, lowestProtocol(custom, protocols))
}

// lowestProtocol is the lowest version in a list of protocols, which is an attribute or, for an origin within the
// network, a block of items.
func lowestProtocol(b *eval.Block, name string) evidence.Value[int] {
	list := b.Attr(name)
	if items := b.Block(name); items != nil && items.Attr("items").IsSet() {
		list = items.Attr("items")
	}
	texts := list.Texts(evidence.Unresolved[[]string](evidence.Because("unset", "attribute", name)))
	var all []evidence.Value[int]
	got, known := texts.Get()
	if !known {
		return evidence.NotKnown[int](texts)
	}
	for _, protocol := range got {
		all = append(all, awsrules.Ranked(evidence.Known(protocol).At(texts.Positions()...), awsrules.ProtocolRank))
	}
	for _, why := range texts.More() {
		all = append(all, evidence.Unresolved[int](why).At(texts.Positions()...))
	}
	return awsrules.WeakestOf(tlsRanks(), all)
}

func tlsRanks() []int {
	return []int{evidence.RankPlain, evidence.RankTLS10, evidence.RankTLS11, evidence.RankTLS12, evidence.RankTLS13}
}

// plain is whether the weakest origin is fetched over http. As the viewer comes means never where no viewer is served
// over http.
func (o origins) plain(i *eval.Instance, viewer evidence.Value[string]) evidence.Value[string] {
	var all []evidence.Value[string]
	for _, policy := range o.policies {
		if evidence.IsKnown(policy, "as-viewer") {
			policy = evidence.Map(viewer, func(viewer string) string {
				if viewer == "served" {
					return "as-viewer"
				}
				return "never"
			}).At(policy.Positions()...)
		}
		all = append(all, policy)
	}
	if len(all) == 0 {
		return evidence.Unresolved[string](evidence.Because("unset", "attribute", "origin")).At(i.At(evidence.RoleDefaults))
	}
	return awsrules.WeakestOf([]string{"always", "as-viewer", "never"}, all)
}

// lowest is the lowest TLS version that an origin is fetched with, none where one is fetched over http.
func (o origins) lowest(i *eval.Instance) evidence.Value[int] {
	if len(o.ranks) == 0 {
		return evidence.Unresolved[int](evidence.Because("unset", "attribute", "origin")).At(i.At(evidence.RoleDefaults))
	}
	return awsrules.WeakestOf(tlsRanks(), o.ranks)
}
