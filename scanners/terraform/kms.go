package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docKey = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key"

// kms reads keys that the customer manages.
func kms() reader {
	return reader{
		types: []string{"aws_kms_external_key", "aws_kms_key", "aws_kms_replica_external_key", "aws_kms_replica_key"},
		joins: []string{"aws_kms_custom_key_store"},
		kinds: []evidence.Kind{evidence.EncryptionKey{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			rotates := keyRotates(r, i)
			return one(evidence.EncryptionKey{
				Placement:    placement(i, keyCopies(r, i)),
				Rotates:      rotates,
				RotationDays: keyRotationDays(r, i, rotates),
			})
		},
	}
}

// keyRotates says whether the key's material is renewed by itself. AWS can do that for symmetric keys whose material it
// made; a replica rotates with its primary.
func keyRotates(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	at := i.At(evidence.RoleDecides)
	switch i.Type {
	case "aws_kms_external_key", "aws_kms_replica_external_key":
		return evidence.Known("not-supported").At(at)
	case "aws_kms_replica_key":
		if primary := primaryKey(r, i); primary != nil {
			return keyRotates(r, primary)
		}
		return evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(i.Attr("primary_key_arn").At())
	}
	if i.Attr("custom_key_store_id").IsSet() || i.Attr("xks_key_id").IsSet() {
		return evidence.Known("not-supported").At(at)
	}
	symmetric := evidence.Map(i.Attr("customer_master_key_spec").Text(unset(i, "SYMMETRIC_DEFAULT", docKey)), func(s string) bool { return s == "SYMMETRIC_DEFAULT" })
	if !evidence.IsKnown(symmetric, true) {
		return evidence.Map(symmetric, func(bool) string { return "not-supported" })
	}
	return evidence.Map(i.Attr("enable_key_rotation").Bool(unset(i, false, awsrules.DocKeyRotation)), func(on bool) string {
		if on {
			return "automatic"
		}
		return "no"
	})
}

func primaryKey(r *eval.Root, i *eval.Instance) *eval.Instance {
	for _, primary := range targets(r, i.Attr("primary_key_arn"), "aws_kms_key").All {
		return primary
	}
	return nil
}

// keyRotationDays is the time between two rotations: a year unless another time is asked for. What AWS cannot rotate is
// rotated by its owner or not at all, which the code does not tell.
func keyRotationDays(r *eval.Root, i *eval.Instance, rotates evidence.Value[string]) evidence.Value[int] {
	if primary := primaryKey(r, i); primary != nil {
		i = primary
	}
	if evidence.IsKnown(rotates, "automatic") {
		return i.Attr("rotation_period_in_days").Int(unset(i, 365, awsrules.DocKeyRotation))
	}
	if evidence.IsKnown(rotates, "not-supported") { // its owner renews it, or nobody
		return evidence.Unresolved[int](evidence.Because("not_decided_by_code")).At(rotates.Positions()...)
	}
	return evidence.Map(rotates, func(string) int { return evidence.Never })
}

// keyCopies are the regions of the key's replicas.
func keyCopies(r *eval.Root, i *eval.Instance) evidence.Value[[]string] {
	var c copies
	for _, typ := range []string{"aws_kms_replica_external_key", "aws_kms_replica_key"} {
		for _, replica := range r.Linked(i, typ, "primary_key_arn").All {
			if replica != i {
				c.add(replica.Provider.Region, replica.At(evidence.RoleDecides))
			}
		}
	}
	return c.value(i.Provider.Region)
}
