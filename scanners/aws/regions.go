package aws

import (
	"context"
	"fmt"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	accountapi "github.com/aws/aws-sdk-go-v2/service/account"
	accounttypes "github.com/aws/aws-sdk-go-v2/service/account/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/tomscan/tomscan/evidence"
)

// findRegions finds the enabled regions, or takes those that were asked for. Where neither list can be read, only the
// region of the configuration is read, and a gap says that others may be in use.
func (a *account) findRegions(ctx context.Context, asked []string) []evidence.Gap {
	if len(asked) > 0 {
		a.regions = slices.Clone(asked)
		return a.unaskedRegions(ctx)
	}
	enabled, m := a.enabledRegions(ctx)
	if m == nil {
		a.regions = enabled
		return nil
	}
	a.regions = []string{a.base.Region}
	return []evidence.Gap{{Reason: m.reason()}}
}

// unaskedRegions says which enabled regions were left out on purpose: facts of every kind may be in them. What was asked
// for and is not enabled is noted.
func (a *account) unaskedRegions(ctx context.Context) []evidence.Gap {
	enabled, m := a.enabledRegions(ctx)
	if m != nil {
		return []evidence.Gap{{Reason: m.reason()}}
	}
	a.enabled = enabled
	var gaps []evidence.Gap
	for _, r := range enabled {
		if !slices.Contains(a.regions, r) {
			gaps = append(gaps, evidence.Gap{Reason: evidence.Because("region_left_out", "account", a.id, "region", r)})
		}
	}
	for _, r := range a.regions {
		if !slices.Contains(enabled, r) {
			gaps = append(gaps, evidence.Gap{Reason: evidence.Because("region_not_available", "account", a.id, "region", r)})
		}
	}
	return gaps
}

// unknownRegion is the error of a region that was asked for and that the account does not have; nil where all are there, or
// where nobody tells.
func (a *account) unknownRegion() error {
	for _, r := range a.regions {
		if a.enabled != nil && !slices.Contains(a.enabled, r) {
			return fmt.Errorf("the region %s is not enabled in account %s; name one of %s", r, a.id, strings.Join(a.enabled, ", "))
		}
	}
	return nil
}

// enabledRegions lists the enabled regions, sorted: from the account's own list, else from EC2's.
func (a *account) enabledRegions(ctx context.Context) ([]string, *miss) {
	s := &site{place: &place{account: a, region: globalRegion}}
	in := &accountapi.ListRegionsInput{MaxResults: sdk.Int32(50), RegionOptStatusContains: []accounttypes.RegionOptStatus{
		accounttypes.RegionOptStatusEnabled, accounttypes.RegionOptStatusEnabledByDefault}}
	found, m := pages(ctx, s, "", accountapi.NewFromConfig(s.config()).ListRegions, in,
		func(i *accountapi.ListRegionsInput, o *accountapi.ListRegionsOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		},
		func(o *accountapi.ListRegionsOutput) []accounttypes.Region { return o.Regions })
	var names []string
	for _, r := range found {
		names = append(names, sdk.ToString(r.RegionName))
	}
	if m != nil {
		out, second := get(ctx, s, "", ec2.NewFromConfig(a.base).DescribeRegions, &ec2.DescribeRegionsInput{})
		if second != nil {
			return nil, m
		}
		names = nil
		for _, r := range out.Regions {
			names = append(names, sdk.ToString(r.RegionName))
		}
	}
	if names = slices.DeleteFunc(names, func(name string) bool { return name == "" }); len(names) == 0 { // no account is without
		return nil, emptyAnswer(s, "account.ListRegions")
	}
	slices.Sort(names)
	return names, nil
}
