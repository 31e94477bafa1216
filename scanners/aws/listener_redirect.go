package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/tomscan/tomscan/evidence"
)

// redirectsToHTTPS says whether every request is answered with a redirect to https: by default and by all rules. Rules are
// asked for only where the default redirects: otherwise it has decided.
func (s *site) redirectsToHTTPS(ctx context.Context, client *elb.Client, l types.Listener) evidence.Value[bool] {
	switch {
	case l.Protocol != types.ProtocolEnumHttp || !actionsRedirect(l.DefaultActions):
		return evidence.Known(false)
	case !s.needs("DescribeRules"):
		return notAsked[bool]()
	}
	in := &elb.DescribeRulesInput{ListenerArn: l.ListenerArn, PageSize: balancerPage()}
	next := func(i *elb.DescribeRulesInput, o *elb.DescribeRulesOutput) (**string, *string) {
		return &i.Marker, o.NextMarker
	}
	rules, m := pages(ctx, s, sdk.ToString(l.ListenerArn), client.DescribeRules, in, next,
		func(o *elb.DescribeRulesOutput) []types.Rule { return o.Rules })
	for _, rule := range rules {
		if !actionsRedirect(rule.Actions) {
			return evidence.Known(false)
		}
	}
	if m != nil {
		return refused[bool](m)
	}
	return evidence.Known(true)
}

// actionsRedirect says whether all actions are redirects to https. Without a protocol a redirect keeps that of the
// request: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
func actionsRedirect(actions []types.Action) bool {
	for _, a := range actions {
		if a.Type != types.ActionTypeEnumRedirect || a.RedirectConfig == nil || sdk.ToString(a.RedirectConfig.Protocol) != "HTTPS" {
			return false
		}
	}
	return len(actions) > 0
}
