package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// originsOf reads how all origins of a distribution are fetched.
func (s *site) originsOf(ctx context.Context, client *cloudfront.Client, d types.DistributionSummary) []awsrules.Origin {
	var all []awsrules.Origin
	if d.Origins == nil {
		return nil
	}
	for _, o := range d.Origins.Items {
		switch {
		case o.CustomOriginConfig != nil:
			all = append(all, fetched(o.CustomOriginConfig.OriginProtocolPolicy, o.CustomOriginConfig.OriginSslProtocols))
		case o.VpcOriginConfig != nil:
			all = append(all, s.insideOrigin(ctx, client, sdk.ToString(o.VpcOriginConfig.VpcOriginId)))
		case o.S3OriginConfig != nil:
			all = append(all, awsrules.ObjectOrigin())
		default:
			all = append(all, awsrules.Origin{})
		}
	}
	return all
}

// insideOrigin is an origin within a network, which is a thing of its own.
func (s *site) insideOrigin(ctx context.Context, client *cloudfront.Client, id string) awsrules.Origin {
	if !s.needs("GetVpcOrigin") {
		return awsrules.Origin{Plain: notAsked[string](), TLSMin: notAsked[int]()}
	}
	out, m := get(ctx, s, id, client.GetVpcOrigin, &cloudfront.GetVpcOriginInput{Id: &id})
	switch {
	case m != nil:
		return awsrules.Origin{Plain: refused[string](m), TLSMin: refused[int](m)}
	case out.VpcOrigin == nil || out.VpcOrigin.VpcOriginEndpointConfig == nil:
		return awsrules.Origin{}
	}
	return fetched(out.VpcOrigin.VpcOriginEndpointConfig.OriginProtocolPolicy, out.VpcOrigin.VpcOriginEndpointConfig.OriginSslProtocols)
}

// fetched is an origin by the policy for its protocol and the TLS versions that it may be fetched with.
func fetched(policy types.OriginProtocolPolicy, protocols *types.OriginSslProtocols) awsrules.Origin {
	words := map[types.OriginProtocolPolicy]string{types.OriginProtocolPolicyHttpOnly: "always",
		types.OriginProtocolPolicyMatchViewer: "as-viewer", types.OriginProtocolPolicyHttpsOnly: "never"}
	origin := awsrules.Origin{Plain: worded(words, policy)}
	if evidence.IsKnown(origin.Plain, "always") {
		origin.TLSMin = evidence.Known(evidence.RankPlain)
		return origin
	}
	var names []string
	if protocols != nil {
		for _, p := range protocols.Items {
			names = append(names, string(p))
		}
	}
	origin.TLSMin = evidence.Unresolved[int](evidence.Because("tls_policy_unknown"))
	if rank, ok := lowestProtocol(names); ok {
		origin.TLSMin = evidence.Known(rank)
	}
	return origin
}
