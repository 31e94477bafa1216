package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docDistribution = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudfront_distribution"

// distributions reads content delivery networks: all behaviours, all origins.
func distributions() reader {
	return reader{
		types: []string{"aws_cloudfront_distribution"},
		joins: []string{"aws_cloudfront_vpc_origin", "aws_cloudwatch_log_delivery_source"},
		kinds: []evidence.Kind{evidence.CDN{}.Kind()},
		read:  readDistribution,
	}
}

func readDistribution(r *eval.Root, i *eval.Instance) []observation {
	viewer := viewerPlain(i)
	origins := originsOf(r, i)
	logs := r.Linked(i, "aws_cloudwatch_log_delivery_source", "resource_arn")
	return one(evidence.CDN{
		Placement: evidence.Placement{
			Region: evidence.Known("global"),
			Copies: evidence.Unresolved[[]string](evidence.Because("cached_at_the_edge")).At(i.At(evidence.RoleDecides)),
		},
		ViewerPlain:   viewer,
		ViewerTLSMin:  viewerTLS(i),
		OriginPlain:   origins.plain(i, viewer),
		OriginTLSMin:  origins.lowest(i),
		AccessLogging: distributionLogging(i, logs),
		WebFirewall:   distributionFirewall(i),
	}, logs.All...)
}

// viewerPlain is what the weakest behaviour does with http.
func viewerPlain(i *eval.Instance) evidence.Value[string] {
	words := map[string]string{"allow-all": "served", "redirect-to-https": "redirected", "https-only": "refused"}
	missing := evidence.Unresolved[string](evidence.Because("unset", "attribute", "viewer_protocol_policy"))
	var all []evidence.Value[string]
	for _, name := range []string{"default_cache_behavior", "ordered_cache_behavior"} {
		behaviors := i.Blocks(name)
		for _, b := range behaviors.All {
			all = append(all, enum(b.Attr("viewer_protocol_policy"), words, missing))
		}
		for _, why := range behaviors.More {
			all = append(all, evidence.Unresolved[string](why).At(i.At(evidence.RoleDecides)))
		}
	}
	return awsrules.ViewerPlain(all)
}

// viewerTLS is the lowest version for viewers. With CloudFront's own certificate it is TLS 1.0 whatever is written.
func viewerTLS(i *eval.Instance) evidence.Value[int] {
	certificate := i.Block.Block("viewer_certificate")
	own := certificate.Attr("cloudfront_default_certificate").Bool(evidence.Known(false))
	named := certificate.Attr("acm_certificate_arn").IsSet() || certificate.Attr("iam_certificate_id").IsSet()
	switch {
	case evidence.IsKnown(own, true):
		return evidence.Default(evidence.RankTLS10, awsrules.DocViewerTLS).At(own.Positions()...)
	case !named && own.State() != evidence.StateKnown:
		return evidence.NotKnown[int](own)
	}
	return awsrules.Ranked(certificate.Attr("minimum_protocol_version").Text(unset(i, "TLSv1", docDistribution)), awsrules.ProtocolRank)
}

func distributionLogging(i *eval.Instance, logs eval.Links) evidence.Value[bool] {
	if standard := i.Block.Block("logging_config"); standard != nil {
		return evidence.Map(standard.Attr("bucket").Text(evidence.Known("")), func(string) bool { return true }).At(standard.At(evidence.RoleDecides))
	}
	return present(i, logs, docDistribution)
}

func distributionFirewall(i *eval.Instance) evidence.Value[bool] {
	acl := i.Attr("web_acl_id")
	isWhole := func(ref eval.Ref) bool { return !ref.Part }
	if slices.ContainsFunc(acl.Refs(), isWhole) && !acl.MayBeEmpty() {
		return evidence.Known(true).At(acl.At())
	}
	return evidence.Map(acl.Text(unset(i, "", docDistribution)), func(id string) bool { return id != "" })
}
