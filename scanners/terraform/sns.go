package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// sns reads topics.
func sns() reader {
	return reader{
		types: []string{"aws_sns_topic"},
		kinds: []evidence.Kind{evidence.Topic{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			topic := evidence.Topic{
				Placement:  placement(i, noCopies()),
				Encryption: keyLevel(r, i.Attr("kms_master_key_id"), unset(i, evidence.EncryptionProviderOwned, awsrules.DocTopicEncryption)),
			}
			return []observation{{resource: topic, notes: diskOnly(i.Attr("kms_master_key_id").IsUnset())}}
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
