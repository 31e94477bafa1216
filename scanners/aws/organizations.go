package aws

import (
	"context"
	"fmt"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// guardRails reads the policies of the organisation that confine its accounts to regions. The management account can read
// them, and accounts to which it delegates that; what holds for another account is not known there.
func guardRails() reader {
	kind := []evidence.Kind{evidence.GuardRail{}.Kind()}
	attached := []string{"guard_rail.attached"}
	return reader{
		service: "organizations", global: true,
		kinds: kind,
		operations: []operation{
			{name: "DescribeOrganization", action: "organizations:DescribeOrganization", lists: kind},
			{name: "DescribePolicy", action: "organizations:DescribePolicy", lists: kind, fills: []string{"guard_rail.complete", "guard_rail.regions"}},
			{name: "ListAccounts", action: "organizations:ListAccounts", fills: attached},
			{name: "ListAccountsForParent", action: "organizations:ListAccountsForParent", fills: attached},
			{name: "ListOrganizationalUnitsForParent", action: "organizations:ListOrganizationalUnitsForParent", fills: attached},
			{name: "ListPolicies", action: "organizations:ListPolicies", lists: kind},
			{name: "ListTargetsForPolicy", action: "organizations:ListTargetsForPolicy", fills: attached},
		},
		read: readGuardRails,
	}
}

// organization is the account's organisation as one reader sees it.
type organization struct {
	*site
	client     *organizations.Client
	management string // account
}

func readGuardRails(ctx context.Context, s *site) {
	o := organization{site: s, client: organizations.NewFromConfig(s.config())}
	out, m := get(ctx, s, "", o.client.DescribeOrganization, &organizations.DescribeOrganizationInput{})
	if m == nil && out.Organization == nil {
		m = s.notUnderstood("organizations.DescribeOrganization")
	}
	s.hide(m, evidence.GuardRail{}.Kind())
	if m != nil || out.Organization.FeatureSet == types.OrganizationFeatureSetConsolidatedBilling {
		return // without all features there are no policies
	}
	o.management = sdk.ToString(out.Organization.MasterAccountId)
	for _, sort := range []types.PolicyType{types.PolicyTypeServiceControlPolicy, types.PolicyTypeResourceControlPolicy} {
		list := organizations.NewListPoliciesPaginator(o.client, &organizations.ListPoliciesInput{Filter: sort, MaxResults: sdk.Int32(20)},
			func(p *organizations.ListPoliciesPaginatorOptions) { p.StopOnDuplicateToken = true })
		policies, m := pages(ctx, s, "", list, ownPolicies)
		o.hidePolicies(m)
		each(ctx, s, policies, func(ctx context.Context, id string) { o.readPolicy(ctx, id) })
	}
}

// ownPolicies are the ids of the policies that AWS does not manage: those only allow everything.
func ownPolicies(o *organizations.ListPoliciesOutput) []string {
	var ids []string
	for _, p := range o.Policies {
		if !p.AwsManaged {
			ids = append(ids, sdk.ToString(p.Id))
		}
	}
	return ids
}

// hidePolicies says that guard rails may be missing because of m. Where the account is a member that may not read them, it
// says who may.
func (o organization) hidePolicies(m *miss) {
	if !m.denied() || o.management == o.id {
		o.hide(m, evidence.GuardRail{}.Kind())
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	why := evidence.Because("organization_policies_elsewhere", "account", o.management, "member", o.id, "action", m.action)
	o.gaps = append(o.gaps, evidence.Gap{Reason: why, Kinds: []evidence.Kind{evidence.GuardRail{}.Kind()}})
}

// readPolicy reads one policy: each of its statements that confines is a guard rail. One of resources reaches the services
// alone that know such policies.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
func (o organization) readPolicy(ctx context.Context, id string) {
	out, m := get(ctx, o.site, id, o.client.DescribePolicy, &organizations.DescribePolicyInput{PolicyId: &id})
	if m.absent() || m.vanished() {
		return
	}
	if m == nil && (out.Policy == nil || out.Policy.PolicySummary == nil) {
		m = o.notUnderstood("organizations.DescribePolicy")
	}
	if m != nil {
		o.hide(m, evidence.GuardRail{}.Kind())
		return
	}
	d, err := awsrules.ParseDocument(sdk.ToString(out.Policy.Content))
	if err != nil {
		o.hide(o.notUnderstood("organizations.DescribePolicy"), evidence.GuardRail{}.Kind())
		return
	}
	confinements := awsrules.Confinements(d)
	if len(confinements) == 0 {
		return
	}
	attached := asked(o.site, "ListTargetsForPolicy", func() evidence.Value[bool] { return o.attached(ctx, id) })
	for n, c := range confinements {
		of := thing{arn: sdk.ToString(out.Policy.PolicySummary.Arn), suffix: fmt.Sprintf("statement[%d]", n)}
		if o.management != o.id {
			of.suffix += "/in/" + o.id
		}
		if len(c.Exempt) > 0 {
			of.notes = append(of.notes, evidence.Because("guard_rail_exempts", "actions", strings.Join(c.Exempt, ", ")))
		}
		all := c.Complete && out.Policy.PolicySummary.Type == types.PolicyTypeServiceControlPolicy
		o.add(of, evidence.GuardRail{Regions: c.Regions, Attached: attached, Complete: evidence.Known(all)})
	}
}

// attached says whether a policy holds for all accounts but the management account, for which none holds.
func (o organization) attached(ctx context.Context, id string) evidence.Value[bool] {
	list := organizations.NewListTargetsForPolicyPaginator(o.client, &organizations.ListTargetsForPolicyInput{PolicyId: &id, MaxResults: sdk.Int32(20)},
		func(p *organizations.ListTargetsForPolicyPaginatorOptions) { p.StopOnDuplicateToken = true })
	targets, m := pages(ctx, o.site, id, list, func(p *organizations.ListTargetsForPolicyOutput) []types.PolicyTargetSummary { return p.Targets })
	isRoot := func(t types.PolicyTargetSummary) bool { return t.Type == types.TargetTypeRoot }
	switch {
	case slices.ContainsFunc(targets, isRoot):
		return evidence.Known(true)
	case m != nil:
		return refused[bool](m)
	case len(targets) == 0:
		return evidence.Known(false)
	}
	var held []string
	for _, t := range targets {
		if t.Type == types.TargetTypeAccount {
			held = append(held, sdk.ToString(t.TargetId))
			continue
		}
		below, m := o.below(ctx, sdk.ToString(t.TargetId))
		if m != nil {
			return refused[bool](m)
		}
		held = append(held, below...)
	}
	members, m := o.accounts(ctx)
	if m != nil {
		return refused[bool](m)
	}
	free := slices.ContainsFunc(members, func(account string) bool { return account != o.management && !slices.Contains(held, account) })
	return evidence.Known(!free)
}

// accounts are the accounts of the organisation that can be used.
func (o organization) accounts(ctx context.Context) ([]string, *miss) {
	list := organizations.NewListAccountsPaginator(o.client, &organizations.ListAccountsInput{MaxResults: sdk.Int32(20)},
		func(p *organizations.ListAccountsPaginatorOptions) { p.StopOnDuplicateToken = true })
	return pages(ctx, o.site, "", list, func(p *organizations.ListAccountsOutput) []string { return activeOf(p.Accounts) })
}

// below are the accounts in an organisational unit and in all units within it.
func (o organization) below(ctx context.Context, unit string) ([]string, *miss) {
	list := organizations.NewListAccountsForParentPaginator(o.client, &organizations.ListAccountsForParentInput{ParentId: &unit, MaxResults: sdk.Int32(20)},
		func(p *organizations.ListAccountsForParentPaginatorOptions) { p.StopOnDuplicateToken = true })
	all, m := pages(ctx, o.site, unit, list, func(p *organizations.ListAccountsForParentOutput) []string { return activeOf(p.Accounts) })
	if m != nil {
		return nil, m
	}
	units := organizations.NewListOrganizationalUnitsForParentPaginator(o.client,
		&organizations.ListOrganizationalUnitsForParentInput{ParentId: &unit, MaxResults: sdk.Int32(20)},
		func(p *organizations.ListOrganizationalUnitsForParentPaginatorOptions) { p.StopOnDuplicateToken = true })
	within, m := pages(ctx, o.site, unit, units, func(p *organizations.ListOrganizationalUnitsForParentOutput) []string {
		var ids []string
		for _, u := range p.OrganizationalUnits {
			ids = append(ids, sdk.ToString(u.Id))
		}
		return ids
	})
	for _, u := range within {
		var deeper []string
		if m == nil {
			deeper, m = o.below(ctx, u)
		}
		all = append(all, deeper...)
	}
	return all, m
}

// activeOf are the ids of the accounts that can be used.
func activeOf(accounts []types.Account) []string {
	var ids []string
	for _, a := range accounts {
		if a.Status == types.AccountStatusActive {
			ids = append(ids, sdk.ToString(a.Id))
		}
	}
	return ids
}
