package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// secretsManager reads secrets: never their values, nor the tags and descriptions beside them.
func secretsManager() reader {
	secrets := []evidence.Kind{evidence.Secret{}.Kind()}
	return reader{
		service: "secretsmanager", kinds: secrets,
		operations: []operation{
			{name: "DescribeSecret", action: "secretsmanager:DescribeSecret", fills: []string{"secret.copies"}},
			{name: "ListSecrets", action: "secretsmanager:ListSecrets", lists: secrets, fills: []string{"secret.encryption", "secret.rotation_days"}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"secret.encryption"}},
		},
		read: readSecrets,
	}
}

// listedSecret is what is kept of a secret in the list.
type listedSecret struct {
	arn, name, key string
	primary        string // region of the original, for a replica
	rotates        bool
	rules          types.RotationRulesType
}

func readSecrets(ctx context.Context, s *site) {
	client := secretsmanager.NewFromConfig(s.config())
	in := &secretsmanager.ListSecretsInput{MaxResults: sdk.Int32(100)}
	next := func(i *secretsmanager.ListSecretsInput, o *secretsmanager.ListSecretsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	found, m := pages(ctx, s, "", client.ListSecrets, in, next, func(o *secretsmanager.ListSecretsOutput) []listedSecret {
		var all []listedSecret
		for _, e := range o.SecretList {
			all = append(all, secretOf(e, s.region))
		}
		return all
	})
	s.hide(m, evidence.Secret{}.Kind())
	each(ctx, s, found, func(ctx context.Context, l listedSecret) { s.readSecret(ctx, client, l) })
}

func secretOf(e types.SecretListEntry, region string) listedSecret {
	l := listedSecret{arn: sdk.ToString(e.ARN), name: sdk.ToString(e.Name), key: sdk.ToString(e.KmsKeyId), rotates: sdk.ToBool(e.RotationEnabled)}
	if e.RotationRules != nil {
		l.rules = *e.RotationRules
	}
	if primary := sdk.ToString(e.PrimaryRegion); primary != region {
		l.primary = primary
	}
	return l
}

func (s *site) readSecret(ctx context.Context, client *secretsmanager.Client, l listedSecret) {
	copies := notAsked[[]string]()
	if s.needs("DescribeSecret") {
		out, m := get(ctx, s, l.arn, client.DescribeSecret, &secretsmanager.DescribeSecretInput{SecretId: &l.arn})
		if m.vanished() {
			return
		}
		copies = told(out, m, regionsBut(s.region, nil), func(o *secretsmanager.DescribeSecretOutput) evidence.Value[[]string] {
			var regions []string
			for _, replica := range o.ReplicationStatus {
				regions = append(regions, sdk.ToString(replica.Region))
			}
			return regionsBut(s.region, regions)
		})
	}
	secret := evidence.Secret{
		Placement:    evidence.Placement{Region: evidence.Known(s.region), Copies: copies},
		Encryption:   s.levelOf(ctx, s.region, &l.key, evidence.Default(evidence.EncryptionProviderManaged, awsrules.DocSecretEncryption)),
		RotationDays: l.rotation(),
	}
	s.add(thing{arn: l.arn, typ: "secretsmanager:secret", name: l.name}, secret)
}

// rotation is the time between two rotations, by a schedule or by days. A replica is rotated with its original.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
func (l listedSecret) rotation() evidence.Value[int] {
	switch {
	case !l.rotates && l.primary != "":
		return evidence.Unresolved[int](evidence.Because("decided_by_primary", "region", l.primary))
	case !l.rotates:
		return evidence.Default(evidence.Never, awsrules.DocSecretRotation)
	case sdk.ToString(l.rules.ScheduleExpression) != "":
		hours, ok := awsrules.IntervalHours(*l.rules.ScheduleExpression)
		if !ok {
			return evidence.Unresolved[int](evidence.Because("schedule_not_understood"))
		}
		return evidence.Known((hours + 23) / 24)
	case l.rules.AutomaticallyAfterDays == nil:
		return evidence.Unresolved[int](evidence.Because("value_not_understood"))
	}
	return evidence.Known(int(*l.rules.AutomaticallyAfterDays))
}
