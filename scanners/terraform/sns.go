package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// docTopicEncryption says that SNS keeps messages on encrypted disks, and that server-side encryption by a key of the
// account has to be asked for.
const docTopicEncryption = "https://docs.aws.amazon.com/sns/latest/dg/sns-data-encryption.html"

// sns reads topics.
func sns() reader {
	return reader{
		types: []string{"aws_sns_topic"},
		kinds: []evidence.Kind{evidence.Topic{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			topic := evidence.Topic{
				Placement:  placement(i, noCopies()),
				Encryption: keyLevel(r, i.Attr("kms_master_key_id"), unset(i, evidence.EncryptionProviderOwned, docTopicEncryption)),
			}
			return []observation{{resource: topic, notes: diskOnly(i.Attr("kms_master_key_id").IsUnset()),
				keys: keyOf(i, "sns:topic", i.Attr("name").Text(evidence.Value[string]{}))}}
		},
	}
}

// diskOnly notes that nothing but the encrypted disks of the provider protects messages at rest.
func diskOnly(so bool) []evidence.Reason {
	if !so {
		return nil
	}
	return []evidence.Reason{evidence.Because("disk_encryption_only")}
}
