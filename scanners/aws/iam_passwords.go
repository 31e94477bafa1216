package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/tomscan/tomscan/evidence"
)

const (
	// docDefaultPasswords says what holds in an account without a policy of its own: 8 characters of three sorts out of
	// four, for ever.
	docDefaultPasswords = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html#default-policy-details"
	docPasswordPolicy   = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html"
)

// passwordPolicies reads the rule for the passwords of the account's users. Every account has one.
func passwordPolicies() reader {
	kind := evidence.PasswordPolicy{}.Kind()
	return reader{
		service: "iam", global: true,
		kinds: []evidence.Kind{kind},
		operations: []operation{
			{name: "GetAccountPasswordPolicy", action: "iam:GetAccountPasswordPolicy", fills: []string{
				"password_policy.complexity", "password_policy.max_age_days", "password_policy.min_length", "password_policy.reuse_prevention",
			}},
		},
		read: readPasswordPolicy,
	}
}

func readPasswordPolicy(ctx context.Context, s *site) {
	if !s.needs("GetAccountPasswordPolicy") {
		return
	}
	out, m := get(ctx, s, "", iam.NewFromConfig(s.config()).GetAccountPasswordPolicy, &iam.GetAccountPasswordPolicyInput{})
	var policy *types.PasswordPolicy
	switch {
	case m != nil:
	case out.PasswordPolicy == nil:
		m = s.notUnderstood("iam.GetAccountPasswordPolicy")
	default:
		policy = out.PasswordPolicy
	}
	s.add(thing{arn: s.rootARN(), suffix: "password-policy"}, evidence.PasswordPolicy{
		MinLength:  passwordNumber(policy, m, 8, 6, func(p *types.PasswordPolicy) *int32 { return p.MinimumPasswordLength }),
		MaxAgeDays: passwordNumber(policy, m, evidence.Never, evidence.Never, func(p *types.PasswordPolicy) *int32 { return p.MaxPasswordAge }),
		Complexity: told(policy, m, evidence.Default(false, docDefaultPasswords), func(p *types.PasswordPolicy) evidence.Value[bool] {
			return evidence.Known(p.RequireLowercaseCharacters && p.RequireNumbers && p.RequireSymbols && p.RequireUppercaseCharacters)
		}),
		ReusePrevention: passwordNumber(policy, m, 0, 0, func(p *types.PasswordPolicy) *int32 { return p.PasswordReusePrevention }),
	})
}

// passwordNumber is a number of the policy: absent without a policy, unset in one that leaves it out.
func passwordNumber(p *types.PasswordPolicy, m *miss, absent, unset int, number func(*types.PasswordPolicy) *int32) evidence.Value[int] {
	return told(p, m, evidence.Default(absent, docDefaultPasswords), func(p *types.PasswordPolicy) evidence.Value[int] {
		if n := sdk.ToInt32(number(p)); n > 0 {
			return evidence.Known(int(n))
		}
		return evidence.Default(unset, docPasswordPolicy)
	})
}

// rootARN is the ARN of the account's root user, which stands for the account itself.
func (s *site) rootARN() string { return "arn:" + s.partition + ":iam::" + s.id + ":root" }

// notUnderstood is the miss of an answer that has another shape than documented.
func (s *site) notUnderstood(operation string) *miss {
	return &miss{outcome: evidence.OutcomeError, code: "answer not understood", operation: operation, action: actionOf(operation), account: s.id, region: s.config().Region}
}
