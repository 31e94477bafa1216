package aws

import (
	"context"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	"github.com/aws/aws-sdk-go-v2/service/wafv2/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// webFirewallOperations are those by which webFirewallOf tells the settings.
func webFirewallOperations(fills ...string) []operation {
	return []operation{
		{name: "wafv2.ListResourcesForWebACL", action: "wafv2:ListResourcesForWebACL", fills: fills},
		{name: "wafv2.ListWebACLs", action: "wafv2:ListWebACLs", fills: fills},
	}
}

// firewalled is what web firewalls of a region guard.
type firewalled struct {
	arns []string
	miss *miss // why there may be others
}

type firewalledKey struct{}

// webFirewallOf says whether a web firewall guards an application load balancer: by one call for each firewall of the
// region, not one for each load balancer. A reader that asks has webFirewallOperations in its table.
func (s *site) webFirewallOf(ctx context.Context, resourceARN string) evidence.Value[bool] {
	if !s.needs("wafv2.ListWebACLs") {
		return notAsked[bool]()
	}
	guarded := shared(s.place, firewalledKey{}, func() firewalled { return s.firewalled(ctx) })
	switch {
	case slices.Contains(guarded.arns, resourceARN):
		return evidence.Known(true)
	case guarded.miss != nil && !guarded.miss.nothingThere():
		return refused[bool](guarded.miss)
	}
	return evidence.Default(false, awsrules.DocWebFirewall)
}

func (s *site) firewalled(ctx context.Context) firewalled {
	client := wafv2.NewFromConfig(s.config())
	in := &wafv2.ListWebACLsInput{Scope: types.ScopeRegional, Limit: sdk.Int32(100)}
	next := func(i *wafv2.ListWebACLsInput, o *wafv2.ListWebACLsOutput) (**string, *string) {
		if len(o.WebACLs) == 0 {
			return &i.NextMarker, nil // the last page may have a marker
		}
		return &i.NextMarker, o.NextMarker
	}
	acls, m := pages(ctx, s, "", client.ListWebACLs, in, next, func(o *wafv2.ListWebACLsOutput) []types.WebACLSummary { return o.WebACLs })
	guarded := firewalled{miss: m}
	for _, acl := range acls {
		out, m := get(ctx, s, sdk.ToString(acl.Name), client.ListResourcesForWebACL, &wafv2.ListResourcesForWebACLInput{
			WebACLArn: acl.ARN, ResourceType: types.ResourceTypeApplicationLoadBalancer})
		if m != nil {
			guarded.miss = m
			continue
		}
		guarded.arns = append(guarded.arns, out.ResourceArns...)
	}
	return guarded
}
