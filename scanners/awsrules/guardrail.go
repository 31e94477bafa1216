package awsrules

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// Confinement is a statement of an organisation's policy that denies what is done in other regions than those it names.
type Confinement struct {
	Regions  evidence.Value[[]string] // that are left
	Complete bool                     // it denies every action elsewhere, but those of services that live in no region
	Exempt   []string                 // actions of services that live in regions, which it does not deny
}

// Confinements are the statements of a policy that confine accounts to regions. A statement that denies named regions
// leaves all others, also those to come, and is none; nor is one that allows: others may allow more.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html#example-scp-deny-region
func Confinements(d Document) []Confinement {
	var all []Confinement
	for _, s := range d.Statements {
		var left []string
		others, confines := false, false
		for _, c := range s.Conditions {
			switch {
			case elsewhere(c):
				confines = true
				left = append(left, c.Values.Texts()...)
			case !exemptsServices(c) && !exemptsSetUp(c):
				others = true
			}
		}
		if !s.Denies() || !confines {
			continue
		}
		c := Confinement{Regions: regionsLike(left), Exempt: s.exempt()}
		everything := s.NotActions.Written || evidence.IsKnown(s.Actions.Cover("*"), true)
		everywhere := !s.NotResources.Written && evidence.IsKnown(s.Resources.Cover("*"), true)
		c.Complete = everything && everywhere && !others && len(s.More) == 0 && len(c.Exempt) == 0
		all = append(all, c)
	}
	return all
}

// elsewhere says whether a condition holds for requests to other regions than those it names.
func elsewhere(c Condition) bool {
	operator := strings.TrimSuffix(strings.ToLower(c.Operator), "ifexists")
	return strings.EqualFold(c.Key, "aws:RequestedRegion") && c.Values.Complete() &&
		slices.Contains([]string{"stringnotequals", "stringnotequalsignorecase", "stringnotlike"}, operator)
}

// exemptsSetUp says whether a condition lets pass the role alone by which Control Tower sets accounts up.
// https://docs.aws.amazon.com/controltower/latest/controlreference/primary-region-deny-policy.html
func exemptsSetUp(c Condition) bool {
	operator := strings.TrimSuffix(strings.ToLower(c.Operator), "ifexists")
	return strings.EqualFold(c.Key, "aws:PrincipalARN") && c.Values.Complete() &&
		slices.Contains([]string{"arnnotlike", "arnnotequals", "stringnotlike", "stringnotequals"}, operator) &&
		!slices.ContainsFunc(c.Values.Texts(), func(arn string) bool {
			return !strings.HasSuffix(arn, ":role/AWSControlTowerExecution")
		})
}

// exempt are the actions that the statement leaves out though their services live in regions.
func (s Statement) exempt() []string {
	var left []string
	for _, action := range s.NotActions.Texts() {
		if !livesInNoRegion(action) {
			left = append(left, action)
		}
	}
	slices.Sort(left)
	return left
}

// livesInNoRegion says whether an action can be left out without loss: one of a service that lives in no region, or needs
// one that is not chosen, as in AWS' own example; or one that only reads.
func livesInNoRegion(action string) bool {
	service, verb, ok := strings.Cut(strings.ToLower(action), ":")
	if !ok {
		return false
	}
	for _, reads := range []string{"describe", "get", "list", "lookup"} {
		if strings.HasPrefix(verb, reads) {
			return true
		}
	}
	return slices.Contains(regionlessServices(), service) || service == "s3" && strings.HasPrefix(verb, "putaccountpublic")
}

// regionlessServices are those of AWS' example of a policy, and those for bills, contracts and identities, which are the
// same for all regions.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html#example-scp-deny-region
func regionlessServices() []string {
	return []string{
		"a4b", "account", "acm", "artifact", "aws-marketplace", "aws-marketplace-management", "aws-portal", "billing",
		"billingconductor", "budgets", "ce", "chime", "cloudfront", "config", "consolidatedbilling", "cur", "directconnect",
		"fms", "freetier", "globalaccelerator", "health", "iam", "importexport", "invoicing", "kms", "mobileanalytics",
		"networkmanager", "organizations", "payments", "pricing", "route53", "route53-recovery-cluster",
		"route53-recovery-control-config", "route53-recovery-readiness", "route53domains", "savingsplans", "shield", "sso",
		"sts", "support", "supportplans", "sustainability", "tax", "trustedadvisor", "waf", "waf-regional", "wafv2",
		"wellarchitected",
	}
}

// regionsLike are the regions that the patterns match, sorted. A pattern also matches regions that AWS opens later.
func regionsLike(patterns []string) evidence.Value[[]string] {
	regions := []string{}
	var later []evidence.Reason
	for _, pattern := range patterns {
		if !strings.ContainsAny(pattern, "*?") {
			regions = append(regions, strings.ToLower(pattern))
			continue
		}
		later = append(later, evidence.Because("region_pattern", "pattern", pattern))
		for _, region := range Regions() {
			if Covers(pattern, region) {
				regions = append(regions, region)
			}
		}
	}
	slices.Sort(regions)
	return evidence.Known(slices.Compact(regions)).Incomplete(later...)
}

// Regions are all regions that AWS names, sorted.
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
func Regions() []string {
	return []string{
		"af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2",
		"ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
		"ap-southeast-7", "ca-central-1", "ca-west-1", "cn-north-1", "cn-northwest-1", "eu-central-1", "eu-central-2",
		"eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "eusc-de-east-1", "il-central-1",
		"me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1",
		"us-west-1", "us-west-2",
	}
}
