package terraform

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// keyLevel is the encryption level that an argument naming a key gives: provider-managed for an alias of AWS, otherwise
// customer-managed, external where the key lives in an external key store. Without the argument unset holds. A key that
// is named but not known leaves the level unresolved: it may be either.
func keyLevel(r *eval.Root, key eval.Attr, unset evidence.Value[string]) evidence.Value[string] {
	if key.IsUnset() {
		return unset
	}
	text := key.Text(unset)
	if got, known := text.Get(); known {
		if got == "" {
			return unset
		}
		if awsrules.IsProviderAlias(got) {
			return evidence.Known(evidence.EncryptionProviderManaged).At(key.At())
		}
	}
	if level, ok := linkedKeyLevel(r, key); ok {
		if got, _ := level.Get(); key.MayBeEmpty() && !evidence.IsKnown(unset, got) {
			return evidence.Unresolved[string](key.Why()).At(key.At())
		}
		return level.At(key.At())
	}
	return evidence.Map(text, func(string) string { return evidence.EncryptionCustomerManaged })
}

// linkedKeyLevel follows the argument to a key or an alias in the code.
func linkedKeyLevel(r *eval.Root, key eval.Attr) (evidence.Value[string], bool) {
	links := targets(r, key, "aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key", "aws_kms_replica_external_key", "aws_kms_alias")
	if len(links.All) > 0 {
		i := links.All[0]
		if i.Type == "aws_kms_alias" {
			return keyLevel(r, i.Attr("target_key_id"), evidence.Known(evidence.EncryptionCustomerManaged)), true
		}
		return keyStoreLevel(r, i), true
	}
	for _, ref := range key.Refs() {
		if i := r.Instance(ref.Address); i != nil && i.Data && !ref.Part {
			return lookedUpLevel(i)
		}
	}
	return evidence.Value[string]{}, false
}

// keyStoreLevel is external for a key of an external key store and customer-managed for all others: imported key
// material and CloudHSM keys are used inside AWS.
// https://docs.aws.amazon.com/kms/latest/developerguide/keystore-external.html
func keyStoreLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	if i.Attr("xks_key_id").IsSet() {
		return evidence.Known(evidence.EncryptionExternal).At(i.Attr("xks_key_id").At())
	}
	customer := evidence.Known(evidence.EncryptionCustomerManaged).At(i.At(evidence.RoleDecides))
	store := i.Attr("custom_key_store_id")
	for _, s := range targets(r, store, "aws_kms_custom_key_store").All {
		kind := s.Attr("custom_key_store_type").Text(evidence.Known("AWS_CLOUDHSM"))
		return evidence.Map(kind, func(kind string) string {
			if kind == "EXTERNAL_KEY_STORE" {
				return evidence.EncryptionExternal
			}
			return evidence.EncryptionCustomerManaged
		})
	}
	return customer
}

// lookedUpLevel is the level of a key that the code looks up by a name.
func lookedUpLevel(i *eval.Instance) (evidence.Value[string], bool) {
	var name evidence.Value[string]
	switch i.Type {
	case "aws_kms_alias":
		name = i.Attr("name").Text(name)
	case "aws_kms_key":
		name = i.Attr("key_id").Text(name)
	default:
		return name, false
	}
	return evidence.Map(name, func(name string) string {
		if strings.Contains(strings.ToLower(name), "alias/aws/") {
			return evidence.EncryptionProviderManaged
		}
		return evidence.EncryptionCustomerManaged
	}), true
}
