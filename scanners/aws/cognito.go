package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"

	"github.com/tomscan/tomscan/evidence"
)

const docUserAddOns = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html"

// userPools reads the user pools of applications. A pool's description has its second factor too, so that
// GetUserPoolMfaConfig adds nothing.
func userPools() reader {
	kind := evidence.UserPool{}.Kind()
	return reader{
		service: "cognitoidentityprovider",
		kinds:   []evidence.Kind{kind},
		operations: []operation{
			{name: "DescribeUserPool", action: "cognito-idp:DescribeUserPool", fills: []string{
				"user_pool.guess_protection", "user_pool.mfa", "user_pool.password_complex", "user_pool.password_min_length",
			}},
			{name: "ListUserPools", action: "cognito-idp:ListUserPools", lists: []evidence.Kind{kind}},
		},
		read: readUserPools,
	}
}

func readUserPools(ctx context.Context, s *site) {
	client := cognitoidentityprovider.NewFromConfig(s.config())
	in := &cognitoidentityprovider.ListUserPoolsInput{MaxResults: sdk.Int32(60)}
	next := func(i *cognitoidentityprovider.ListUserPoolsInput, o *cognitoidentityprovider.ListUserPoolsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	ids, m := pages(ctx, s, "", client.ListUserPools, in, next, func(o *cognitoidentityprovider.ListUserPoolsOutput) []string {
		var ids []string
		for _, p := range o.UserPools {
			ids = append(ids, sdk.ToString(p.Id))
		}
		return ids
	})
	s.hide(m, evidence.UserPool{}.Kind())
	each(ctx, s, ids, func(ctx context.Context, id string) { s.readUserPool(ctx, client, id) })
}

func (s *site) readUserPool(ctx context.Context, client *cognitoidentityprovider.Client, id string) {
	pool := evidence.UserPool{
		Region: evidence.Known(s.region), MFA: notAsked[string](), PasswordMinLength: notAsked[int](),
		PasswordComplex: notAsked[bool](), GuessProtection: notAsked[string](),
	}
	if s.needs("DescribeUserPool") {
		out, m := get(ctx, s, id, client.DescribeUserPool, &cognitoidentityprovider.DescribeUserPoolInput{UserPoolId: &id})
		if m.vanished() {
			return
		}
		if m == nil && out.UserPool == nil {
			m = s.notUnderstood("cognitoidentityprovider.DescribeUserPool")
		}
		var p *types.UserPoolType
		if m == nil {
			p = out.UserPool
		}
		pool.MFA = told(p, m, evidence.Value[string]{}, poolMFA)
		pool.PasswordMinLength = told(p, m, evidence.Value[int]{}, poolMinLength)
		pool.PasswordComplex = told(p, m, evidence.Value[bool]{}, poolComplex)
		pool.GuessProtection = told(p, m, evidence.Value[string]{}, poolGuessProtection)
	}
	arn := "arn:" + s.partition + ":cognito-idp:" + s.region + ":" + s.id + ":userpool/" + id
	s.add(thing{arn: arn, typ: "cognito-idp:userpool", name: id}, pool)
}

func poolMFA(p *types.UserPoolType) evidence.Value[string] {
	switch p.MfaConfiguration {
	case types.UserPoolMfaTypeOff:
		return evidence.Known("off")
	case types.UserPoolMfaTypeOptional:
		return evidence.Known("optional")
	case types.UserPoolMfaTypeOn:
		return evidence.Known("required")
	}
	return unmodelled(string(p.MfaConfiguration))
}

// passwordPolicyOf is the pool's policy for passwords; Cognito gives every pool one.
// https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
func passwordPolicyOf(p *types.UserPoolType) *types.PasswordPolicyType {
	if p.Policies == nil {
		return nil
	}
	return p.Policies.PasswordPolicy
}

func poolMinLength(p *types.UserPoolType) evidence.Value[int] {
	if policy := passwordPolicyOf(p); policy != nil {
		return saidDays(policy.MinimumLength)
	}
	return evidence.Value[int]{}
}

func poolComplex(p *types.UserPoolType) evidence.Value[bool] {
	if policy := passwordPolicyOf(p); policy != nil {
		return evidence.Known(policy.RequireLowercase && policy.RequireNumbers && policy.RequireSymbols && policy.RequireUppercase)
	}
	return evidence.Value[bool]{}
}

// poolGuessProtection is off where the pool has no such add-on.
func poolGuessProtection(p *types.UserPoolType) evidence.Value[string] {
	if p.UserPoolAddOns == nil || p.UserPoolAddOns.AdvancedSecurityMode == "" {
		return evidence.Default("off", docUserAddOns)
	}
	switch mode := p.UserPoolAddOns.AdvancedSecurityMode; mode {
	case types.AdvancedSecurityModeTypeOff:
		return evidence.Known("off")
	case types.AdvancedSecurityModeTypeAudit:
		return evidence.Known("audit")
	case types.AdvancedSecurityModeTypeEnforced:
		return evidence.Known("enforced")
	default:
		return unmodelled(string(mode))
	}
}

// unmodelled is a word of the provider that tomscan does not know.
func unmodelled(value string) evidence.Value[string] {
	return evidence.Unresolved[string](evidence.Because("unmodelled_value", "value", value))
}
