package awsrules

import (
	"regexp"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// providerAlias matches the alias of a key that AWS manages, alone or at the end of an ARN.
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
var providerAlias = regexp.MustCompile(`(?i)(^|:)alias/aws/`)

// IsProviderAlias says whether a text names a key that AWS manages, by its alias.
func IsProviderAlias(key string) bool { return providerAlias.MatchString(key) }

// KeyLevel is the encryption level of a key by who manages it (AWS or CUSTOMER) and where its material comes from, as
// DescribeKey tells. Imported key material and CloudHSM keys are used inside AWS and so are the customer's own; external
// are keys of an external key store only.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
func KeyLevel(manager, origin string) string {
	switch {
	case manager == "AWS":
		return evidence.EncryptionProviderManaged
	case origin == "EXTERNAL_KEY_STORE":
		return evidence.EncryptionExternal
	}
	return evidence.EncryptionCustomerManaged
}

// EncryptionLevels lists the encryption levels, the weakest first.
func EncryptionLevels() []string {
	return []string{evidence.EncryptionNone, evidence.EncryptionProviderOwned, evidence.EncryptionProviderManaged,
		evidence.EncryptionCustomerManaged, evidence.EncryptionExternal}
}

// Weakest is the lowest of several encryption levels, of which there is one at least. None decides even when others are
// not known.
func Weakest(levels []evidence.Value[string]) evidence.Value[string] {
	order := EncryptionLevels()
	var open *evidence.Value[string]
	best := levels[0]
	for n, l := range levels {
		got, known := l.Get()
		if !known {
			open = &levels[n]
			continue
		}
		if have, ok := best.Get(); !ok || slices.Index(order, got) < slices.Index(order, have) {
			best = l
		}
	}
	if open != nil && !evidence.IsKnown(best, evidence.EncryptionNone) {
		return *open
	}
	return best
}
