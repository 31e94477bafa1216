package aws

import (
	"context"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// docFunctionURL says that a function has no address unless it is given one, and that both the address and the function's
// policy decide who may use it. docFunctionPolicy says that a function without a policy is for its account alone.
const (
	docFunctionURL    = "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"
	docFunctionPolicy = "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html"
)

// functionOpen says whether anybody may call a function: through the interface of AWS, and through an address of its own.
func (s *site) functionOpen(ctx context.Context, client *lambda.Client, name string) (open, url evidence.Value[bool]) {
	open, url = notAsked[bool](), notAsked[bool]()
	if s.needs("GetPolicy") {
		open = evidence.Map(s.functionPolicy(ctx, client, name, ""), letsEverybodyCall)
	}
	if s.needs("ListFunctionUrlConfigs") {
		url = s.publicURL(ctx, client, name)
	}
	return open, url
}

// publicURL says whether the function, or an alias of it, has an address that asks for no authentication and that its
// policy opens to everybody.
func (s *site) publicURL(ctx context.Context, client *lambda.Client, name string) evidence.Value[bool] {
	in := &lambda.ListFunctionUrlConfigsInput{FunctionName: &name, MaxItems: sdk.Int32(50)}
	next := func(i *lambda.ListFunctionUrlConfigsInput, o *lambda.ListFunctionUrlConfigsOutput) (**string, *string) {
		return &i.Marker, o.NextMarker
	}
	urls, m := pages(ctx, s, name, client.ListFunctionUrlConfigs, in, next,
		func(o *lambda.ListFunctionUrlConfigsOutput) []types.FunctionUrlConfig { return o.FunctionUrlConfigs })
	var all []evidence.Value[bool]
	for _, u := range urls {
		if u.AuthType == types.FunctionUrlAuthTypeNone {
			all = append(all, evidence.Map(s.functionPolicy(ctx, client, name, aliasOf(sdk.ToString(u.FunctionArn))), letsEverybodyThrough))
		}
	}
	if m != nil && !m.vanished() {
		all = append(all, refused[bool](m))
	}
	if len(all) == 0 {
		return evidence.Default(false, docFunctionURL)
	}
	return evidence.AnyTrue(all...)
}

// aliasOf is the alias in the ARN of a function, empty for none: arn:aws:lambda:region:account:function:name:alias.
func aliasOf(arn string) string {
	if parts := strings.Split(arn, ":"); len(parts) == 8 {
		return parts[7]
	}
	return ""
}

// functionPolicyKey is the key of the policy of a function, or of an alias of it.
type functionPolicyKey struct{ name, alias string }

// functionPolicy is the policy of a function or of an alias of it, without statements where it has none: of that Lambda
// says that it finds no resource.
func (s *site) functionPolicy(ctx context.Context, client *lambda.Client, name, alias string) evidence.Value[[]awsrules.Statement] {
	return shared(s.place, functionPolicyKey{name, alias}, func() evidence.Value[[]awsrules.Statement] {
		in := &lambda.GetPolicyInput{FunctionName: &name}
		if alias != "" {
			in.Qualifier = &alias
		}
		out, m := get(ctx, s, name, client.GetPolicy, in)
		switch {
		case m.vanished():
			return evidence.Default([]awsrules.Statement{}, docFunctionPolicy)
		case m != nil:
			return refused[[]awsrules.Statement](m)
		}
		document, err := awsrules.ParseDocument(sdk.ToString(out.Policy))
		if err != nil || len(document.More) > 0 {
			return evidence.Unresolved[[]awsrules.Statement](evidence.Because("policy_not_readable"))
		}
		return evidence.Known(document.Statements)
	})
}

// letsEverybodyCall says whether a statement lets everybody call the function by itself. One that is for the function's
// address only is effective there alone.
func letsEverybodyCall(all []awsrules.Statement) bool {
	return opensTo(all, "lambda:InvokeFunction", func(c awsrules.Condition) bool {
		return !strings.EqualFold(c.Key, "lambda:FunctionUrlAuthType") && !strings.EqualFold(c.Key, "lambda:InvokedViaFunctionUrl")
	})
}

// letsEverybodyThrough says whether a statement lets everybody use an address that asks for no authentication.
func letsEverybodyThrough(all []awsrules.Statement) bool {
	return opensTo(all, "lambda:InvokeFunctionUrl", func(c awsrules.Condition) bool {
		return !strings.EqualFold(c.Key, "lambda:FunctionUrlAuthType") || evidence.IsKnown(c.Values.Cover("NONE"), true)
	})
}

// opensTo says whether a statement allows everybody the action, of those all of whose conditions are taken.
func opensTo(all []awsrules.Statement, action string, takes func(awsrules.Condition) bool) bool {
	matching := slices.DeleteFunc(slices.Clone(all), func(s awsrules.Statement) bool {
		return !evidence.IsKnown(s.Actions.Cover(action), true) || slices.ContainsFunc(s.Conditions, func(c awsrules.Condition) bool { return !takes(c) })
	})
	return evidence.IsKnown(awsrules.Public([]awsrules.Document{{Statements: matching}}), true)
}
