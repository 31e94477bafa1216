package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

const docDistribution = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html"

// distributions reads content delivery networks: all behaviours, all origins.
func distributions() reader {
	cdn := []evidence.Kind{evidence.CDN{}.Kind()}
	logging := []string{"cdn.access_logging"}
	return reader{
		service: "cloudfront", global: true, kinds: cdn,
		operations: []operation{
			{name: "GetDistributionConfig", action: "cloudfront:GetDistributionConfig", fills: append([]string{"object_store.holds_logs"}, logging...)},
			{name: "GetVpcOrigin", action: "cloudfront:GetVpcOrigin", fills: []string{"cdn.origin_plain", "cdn.origin_tls_min"}},
			{name: "ListDistributions", action: "cloudfront:ListDistributions", lists: cdn},
			{name: "cloudwatchlogs.DescribeDeliveries", action: "logs:DescribeDeliveries", fills: logging},
			{name: "cloudwatchlogs.DescribeDeliverySources", action: "logs:DescribeDeliverySources", fills: logging},
		},
		read: readDistributions,
	}
}

func readDistributions(ctx context.Context, s *site) {
	client := cloudfront.NewFromConfig(s.config())
	in := &cloudfront.ListDistributionsInput{MaxItems: sdk.Int32(100)}
	next := func(i *cloudfront.ListDistributionsInput, o *cloudfront.ListDistributionsOutput) (**string, *string) {
		if o.DistributionList == nil {
			return &i.Marker, nil
		}
		return &i.Marker, o.DistributionList.NextMarker
	}
	all, m := pages(ctx, s, "", client.ListDistributions, in, next, func(o *cloudfront.ListDistributionsOutput) []types.DistributionSummary {
		if o.DistributionList == nil {
			return nil
		}
		return withoutHeaders(o.DistributionList.Items)
	})
	s.hide(m, evidence.CDN{}.Kind())
	s.logUnknown(m)
	each(ctx, s, all, func(ctx context.Context, d types.DistributionSummary) { s.readDistribution(ctx, client, d) })
}

// withoutHeaders drops the headers that origins are sent, for one may be a secret that they share.
func withoutHeaders(all []types.DistributionSummary) []types.DistributionSummary {
	for _, d := range all {
		if d.Origins == nil {
			continue
		}
		for i := range d.Origins.Items {
			d.Origins.Items[i].CustomHeaders = nil
		}
	}
	return all
}

func (s *site) readDistribution(ctx context.Context, client *cloudfront.Client, d types.DistributionSummary) {
	logging, gone := s.distributionLogging(ctx, client, d)
	if gone {
		return
	}
	viewer := awsrules.ViewerPlain(behavioursOf(d))
	origins := s.originsOf(ctx, client, d)
	s.add(thing{arn: sdk.ToString(d.ARN), typ: "cloudfront:distribution", name: sdk.ToString(d.Id)}, evidence.CDN{
		Placement: evidence.Placement{
			Region: evidence.Known("global"),
			Copies: evidence.Unresolved[[]string](evidence.Because("cached_at_the_edge")),
		},
		ViewerPlain:   viewer,
		ViewerTLSMin:  viewerTLS(d.ViewerCertificate),
		OriginPlain:   awsrules.OriginPlain(origins, viewer),
		OriginTLSMin:  awsrules.OriginTLSMin(origins),
		AccessLogging: logging,
		WebFirewall:   evidence.Map(said(d.WebACLId), func(id string) bool { return id != "" }),
	})
}

// behavioursOf is what each behaviour does with http: the default one and all others.
func behavioursOf(d types.DistributionSummary) []evidence.Value[string] {
	var policies []types.ViewerProtocolPolicy
	if d.DefaultCacheBehavior != nil {
		policies = append(policies, d.DefaultCacheBehavior.ViewerProtocolPolicy)
	}
	if d.CacheBehaviors != nil {
		for _, b := range d.CacheBehaviors.Items {
			policies = append(policies, b.ViewerProtocolPolicy)
		}
	}
	words := map[types.ViewerProtocolPolicy]string{types.ViewerProtocolPolicyAllowAll: "served",
		types.ViewerProtocolPolicyRedirectToHttps: "redirected", types.ViewerProtocolPolicyHttpsOnly: "refused"}
	var all []evidence.Value[string]
	for _, p := range policies {
		all = append(all, worded(words, p))
	}
	return all
}

// worded is a word of AWS as a setting has it.
func worded[W ~string](words map[W]string, word W) evidence.Value[string] {
	if got, ok := words[word]; ok {
		return evidence.Known(got)
	}
	return evidence.Unresolved[string](evidence.Because("unmodelled_value", "value", string(word)))
}

// viewerTLS is the lowest version for viewers. With CloudFront's own certificate it is TLS 1.0 whatever is written. An
// answer always has the certificate, as it has the web firewall; one without them is not whole.
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html
func viewerTLS(c *types.ViewerCertificate) evidence.Value[int] {
	switch {
	case c == nil:
		return evidence.Value[int]{}
	case sdk.ToBool(c.CloudFrontDefaultCertificate):
		return evidence.Default(evidence.RankTLS10, awsrules.DocViewerTLS)
	}
	return awsrules.Ranked(evidence.Known(string(c.MinimumProtocolVersion)), awsrules.ProtocolRank)
}

// distributionLogging says whether access is logged, and whether the distribution is gone.
func (s *site) distributionLogging(ctx context.Context, client *cloudfront.Client, d types.DistributionSummary) (evidence.Value[bool], bool) {
	if !s.needs("GetDistributionConfig") {
		return notAsked[bool](), false
	}
	out, m := get(ctx, s, sdk.ToString(d.Id), client.GetDistributionConfig, &cloudfront.GetDistributionConfigInput{Id: d.Id})
	if m != nil {
		s.logUnknown(m)
		return refused[bool](m), m.vanished()
	}
	if out.DistributionConfig != nil && out.DistributionConfig.Logging != nil && sdk.ToBool(out.DistributionConfig.Logging.Enabled) {
		bucket, _, _ := strings.Cut(sdk.ToString(out.DistributionConfig.Logging.Bucket), ".s3.")
		s.logInto(bucket)
		return evidence.Known(true), false
	}
	return s.deliversLogs(ctx, sdk.ToString(d.ARN)), false
}
