package aws

import (
	"context"

	"github.com/tomscan/tomscan/evidence"
)

// storage is how a database or cache says that its storage is encrypted.
type storage struct {
	sort      string // none, sse-rds, sse-elasticache or sse-kms; empty where the service does not say
	encrypted *bool
	key       *string // of KMS
}

// storageLevel is the encryption of storage. The sort decides where it is told: what is encrypted with a key that AWS owns
// names no key. Storage that is encrypted by a key which is not told is counted as the weakest encryption that there is.
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html
func (s *site) storageLevel(ctx context.Context, st storage) evidence.Value[string] {
	owned := evidence.Known(evidence.EncryptionProviderOwned)
	switch {
	case st.sort == "none":
		return evidence.Known(evidence.EncryptionNone)
	case st.sort == "sse-rds" || st.sort == "sse-elasticache":
		return owned
	case st.sort != "" && st.sort != "sse-kms":
		return evidence.Unresolved[string](evidence.Because("unmodelled_value", "value", st.sort))
	case st.sort == "" && st.encrypted == nil:
		return evidence.Value[string]{}
	case st.sort == "" && !*st.encrypted:
		return evidence.Known(evidence.EncryptionNone)
	}
	return s.levelOfKey(ctx, st.key, owned)
}

// levelOfKey is the encryption level of a key of the site that may be left out, where anybody wants to know it.
func (s *site) levelOfKey(ctx context.Context, key *string, unset evidence.Value[string]) evidence.Value[string] {
	if key != nil && !s.needs("kms.DescribeKey") {
		return notAsked[string]()
	}
	return s.levelOf(ctx, s.region, key, unset)
}
