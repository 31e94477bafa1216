package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// ssmParameters reads secure parameters: never their values. A parameter that is not secure is no secret.
func ssmParameters() reader {
	secrets := []evidence.Kind{evidence.Secret{}.Kind()}
	return reader{
		service: "ssm", kinds: secrets,
		operations: []operation{
			{name: "DescribeParameters", action: "ssm:DescribeParameters", lists: secrets, fills: []string{"secret.encryption"}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"secret.encryption"}},
		},
		read: readParameters,
	}
}

// listedParameter is what is kept of a parameter in the list.
type listedParameter struct{ arn, name, key string }

func readParameters(ctx context.Context, s *site) {
	secure := types.ParameterStringFilter{Key: sdk.String("Type"), Option: sdk.String("Equals"), Values: []string{string(types.ParameterTypeSecureString)}}
	in := &ssm.DescribeParametersInput{MaxResults: sdk.Int32(50), ParameterFilters: []types.ParameterStringFilter{secure}}
	next := func(i *ssm.DescribeParametersInput, o *ssm.DescribeParametersOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	found, m := pages(ctx, s, "", ssm.NewFromConfig(s.config()).DescribeParameters, in, next, func(o *ssm.DescribeParametersOutput) []listedParameter {
		var all []listedParameter
		for _, p := range o.Parameters {
			if p.Type == types.ParameterTypeSecureString {
				all = append(all, listedParameter{arn: sdk.ToString(p.ARN), name: sdk.ToString(p.Name), key: sdk.ToString(p.KeyId)})
			}
		}
		return all
	})
	s.hide(m, evidence.Secret{}.Kind())
	each(ctx, s, found, s.readParameter)
}

func (s *site) readParameter(ctx context.Context, p listedParameter) {
	if p.arn == "" {
		p.arn = "arn:" + s.partition + ":ssm:" + s.region + ":" + s.id + ":parameter/" + strings.TrimPrefix(p.name, "/")
	}
	s.add(thing{arn: p.arn, typ: "ssm:parameter", name: p.name}, evidence.Secret{
		Placement:    evidence.Placement{Region: evidence.Known(s.region), Copies: regionsBut(s.region, nil)},
		Encryption:   s.levelOf(ctx, s.region, &p.key, evidence.Default(evidence.EncryptionProviderManaged, awsrules.DocSecureParameter)),
		RotationDays: evidence.Default(evidence.Never, awsrules.DocSecureParameter),
	})
}
