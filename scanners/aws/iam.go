package aws

import (
	"context"
	"net/url"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// accessPolicies reads the policies of the account and to whom they are attached, all with a few calls. A permission set
// of IAM Identity Center is read as the role that it becomes in the account. The roles that services make for themselves are
// passed over: AWS writes them.
func accessPolicies() reader {
	kind := evidence.AccessPolicy{}.Kind()
	return reader{
		service: "iam", global: true,
		kinds: []evidence.Kind{kind},
		operations: []operation{
			{name: "GetAccountAuthorizationDetails", action: "iam:GetAccountAuthorizationDetails", lists: []evidence.Kind{kind}},
		},
		read: readAccessPolicies,
	}
}

func readAccessPolicies(ctx context.Context, s *site) {
	in := &iam.GetAccountAuthorizationDetailsInput{MaxItems: sdk.Int32(1000)}
	next := func(i *iam.GetAccountAuthorizationDetailsInput, o *iam.GetAccountAuthorizationDetailsOutput) (**string, *string) {
		return &i.Marker, o.Marker
	}
	all, m := pages(ctx, s, "", iam.NewFromConfig(s.config()).GetAccountAuthorizationDetails, in, next, identitiesOf)
	s.hide(m, evidence.AccessPolicy{}.Kind())
	holders, texts := attachmentsOf(all)
	for _, i := range all {
		switch i.sort {
		case sortPolicy:
			s.add(thing{arn: i.arn, typ: "iam:policy", name: i.name}, writtenPolicy(i.text, i.attachedTo(holders[i.arn], m)))
		case "group", "role", "user", sortPermissionSet:
			s.addHeld(i, texts)
		}
	}
}

// The sorts of an identity that are no users, groups or roles of the customer's own.
const (
	sortPolicy        = "policy"         // of the customer
	sortManaged       = "managed"        // of AWS
	sortService       = "service"        // a role that a service made for itself
	sortPermissionSet = "permission-set" // a role that IAM Identity Center made of one
)

// identity is what is kept of a user, a group, a role or a policy.
type identity struct {
	sort, arn, name string
	inline          []inlinePolicy
	attached        []string // ARNs
	text            string   // of a policy: its default version, as AWS encodes it
	attachments     *int32   // of a policy
}

// inlinePolicy is a policy within a user, a group or a role.
type inlinePolicy struct{ name, text string }

// identitiesOf keeps what is needed of a page.
func identitiesOf(o *iam.GetAccountAuthorizationDetailsOutput) []identity {
	var all []identity
	for _, u := range o.UserDetailList {
		all = append(all, identity{sort: "user", arn: sdk.ToString(u.Arn), inline: inlineOf(u.UserPolicyList), attached: arnsOf(u.AttachedManagedPolicies)})
	}
	for _, g := range o.GroupDetailList {
		all = append(all, identity{sort: "group", arn: sdk.ToString(g.Arn), inline: inlineOf(g.GroupPolicyList), attached: arnsOf(g.AttachedManagedPolicies)})
	}
	for _, r := range o.RoleDetailList {
		all = append(all, identity{sort: sortOfRole(sdk.ToString(r.Path)), arn: sdk.ToString(r.Arn), inline: inlineOf(r.RolePolicyList), attached: arnsOf(r.AttachedManagedPolicies)})
	}
	for _, p := range o.Policies {
		i := identity{sort: sortPolicy, arn: sdk.ToString(p.Arn), name: sdk.ToString(p.PolicyName), attachments: p.AttachmentCount}
		if _, managed := awsrules.ManagedName(i.arn); managed {
			i.sort = sortManaged
		}
		for _, v := range p.PolicyVersionList {
			if v.IsDefaultVersion {
				i.text = sdk.ToString(v.Document)
			}
		}
		all = append(all, i)
	}
	return all
}

// sortOfRole tells the roles that others make by their path.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
func sortOfRole(path string) string {
	switch {
	case strings.HasPrefix(path, "/aws-service-role/"):
		return sortService
	case strings.HasPrefix(path, "/aws-reserved/sso.amazonaws.com/"):
		return sortPermissionSet
	}
	return "role"
}

func inlineOf(list []types.PolicyDetail) []inlinePolicy {
	var all []inlinePolicy
	for _, p := range list {
		all = append(all, inlinePolicy{name: sdk.ToString(p.PolicyName), text: sdk.ToString(p.PolicyDocument)})
	}
	return all
}

func arnsOf(list []types.AttachedPolicy) []string {
	var all []string
	for _, p := range list {
		all = append(all, sdk.ToString(p.PolicyArn))
	}
	return all
}

// attachmentsOf are the sorts of holders of each policy, and the texts of those that AWS manages, by ARN.
func attachmentsOf(all []identity) (holders map[string][]string, texts map[string]string) {
	holders, texts = map[string][]string{}, map[string]string{}
	for _, i := range all {
		for _, arn := range i.attached {
			holders[arn] = append(holders[arn], i.sort)
		}
		if i.sort == sortManaged {
			texts[i.arn] = i.text
		}
	}
	return holders, texts
}

// attachedTo is to whom a policy is attached, users first. Where the list broke off at m, users may be missing.
func (i identity) attachedTo(holders []string, m *miss) evidence.Value[string] {
	for _, holder := range []string{"user", "group", "role", sortPermissionSet} {
		if slices.Contains(holders, holder) && (m == nil || holder == "user") {
			return evidence.Known(holder)
		}
	}
	switch {
	case i.attachments != nil && *i.attachments == 0 && len(holders) == 0:
		return evidence.Known("nobody")
	case m != nil:
		return refused[string](m)
	case i.attachments == nil:
		return evidence.Unresolved[string](evidence.Because("value_not_understood"))
	}
	return evidence.Unresolved[string](evidence.Because("resource_vanished"))
}

// addHeld adds the policies within a holder, and those that AWS manages and are attached to it.
func (s *site) addHeld(i identity, texts map[string]string) {
	for _, w := range i.inline {
		s.add(thing{arn: i.arn, suffix: "inline/" + w.name}, writtenPolicy(w.text, evidence.Known(i.sort)))
	}
	for _, arn := range i.attached {
		if name, managed := awsrules.ManagedName(arn); managed {
			s.add(thing{arn: i.arn, suffix: "managed/" + name}, managedPolicy(name, texts[arn], i.sort))
		}
	}
}

// writtenPolicy reads a policy's text.
func writtenPolicy(text string, attached evidence.Value[string]) evidence.AccessPolicy {
	p := evidence.AccessPolicy{AttachedTo: attached, ManagedNames: evidence.Known([]string{})}
	d, ok := documentOf(text)
	if !ok {
		why := evidence.Because("policy_not_readable")
		p.Grants, p.MFAEnforced = evidence.Unresolved[[]evidence.Grant](why), evidence.Unresolved[bool](why)
		return p
	}
	p.Grants, p.MFAEnforced = awsrules.Grants(d), awsrules.DemandsSecondFactor(d)
	return p
}

// managedPolicy is a policy that AWS manages: by its name as in code, and by its text where the name is not known.
func managedPolicy(name, text, holder string) evidence.AccessPolicy {
	grants := awsrules.ManagedGrants(name)
	if d, ok := documentOf(text); ok && len(grants.More()) > 0 {
		grants = awsrules.Grants(d)
	}
	return evidence.AccessPolicy{
		Grants:       grants,
		AttachedTo:   evidence.Known(holder),
		MFAEnforced:  evidence.Default(false, awsrules.DocManagedPolicies),
		ManagedNames: evidence.Known([]string{name}),
	}
}

// documentOf reads a policy as IAM sends it, encoded like the path of a URL. An empty one is not readable: every policy
// has statements.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html
func documentOf(text string) (awsrules.Document, bool) {
	plain, err := url.PathUnescape(text)
	if err != nil || plain == "" {
		return awsrules.Document{}, false
	}
	d, err := awsrules.ParseDocument(plain)
	return d, err == nil
}
