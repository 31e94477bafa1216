package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// secretsmanager reads secrets, with their rotation, and secure parameters. A parameter that is not secure is no secret.
func secretsmanager() reader {
	return reader{
		types: []string{"aws_secretsmanager_secret", "aws_ssm_parameter"},
		joins: []string{"aws_secretsmanager_secret_rotation"},
		kinds: []evidence.Kind{evidence.Secret{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			if i.Type == "aws_ssm_parameter" {
				return readParameter(r, i)
			}
			rotations := satellites(r, i, "aws_secretsmanager_secret_rotation", "secret_id")
			secret := evidence.Secret{
				Placement:    placement(i, secretCopies(i)),
				Encryption:   keyLevel(r, i.Attr("kms_key_id"), unset(i, evidence.EncryptionProviderManaged, awsrules.DocSecretEncryption)),
				RotationDays: secretRotation(i, rotations),
			}
			return []observation{{resource: secret, joined: rotations.All}}
		},
	}
}

// readParameter reads a parameter; one whose type is not known may be a secret.
func readParameter(r *eval.Root, i *eval.Instance) []observation {
	secure := evidence.Map(i.Attr("type").Text(evidence.Value[string]{}), func(t string) bool { return t == "SecureString" })
	if evidence.IsKnown(secure, false) {
		return nil
	}
	level := evidence.NotKnown[string](secure)
	if evidence.IsKnown(secure, true) {
		level = keyLevel(r, i.Attr("key_id"), unset(i, evidence.EncryptionProviderManaged, awsrules.DocSecureParameter))
	}
	return []observation{{
		resource: evidence.Secret{Placement: placement(i, noCopies()), Encryption: level, RotationDays: unset(i, evidence.Never, awsrules.DocSecureParameter)},
	}}
}

// secretRotation is the time between two rotations, by days or by a schedule.
func secretRotation(i *eval.Instance, rotations eval.Links) evidence.Value[int] {
	rules := i.Block.Block("rotation_rules") // an older argument of the secret itself
	for _, rotation := range rotations.All {
		rules = rotation.Block.Block("rotation_rules")
	}
	if rules == nil {
		return defaulted(i, rotations.Orphans, evidence.Never, awsrules.DocSecretRotation)
	}
	schedule := rules.Attr("schedule_expression")
	if schedule.IsUnset() {
		return rules.Attr("automatically_after_days").Int(unset(i, evidence.Never, awsrules.DocSecretRotation))
	}
	text := schedule.Text(evidence.Value[string]{})
	if got, known := text.Get(); known {
		if _, ok := awsrules.IntervalHours(got); !ok {
			return evidence.Unresolved[int](evidence.Because("schedule_not_understood")).At(schedule.At())
		}
	}
	return evidence.Map(text, func(s string) int {
		hours, _ := awsrules.IntervalHours(s)
		return (hours + 23) / 24
	})
}

func secretCopies(i *eval.Instance) evidence.Value[[]string] {
	var c copies
	replicas := i.Blocks("replica")
	c.hidden(replicas.More...)
	for _, replica := range replicas.All {
		c.addText(replica.Attr("region"))
	}
	return c.value(i.Provider.Region)
}
