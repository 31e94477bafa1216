package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// logs reads log groups. A log group is always encrypted; without a key of one's own by CloudWatch's.
func logs() reader {
	return reader{
		types: []string{"aws_cloudwatch_log_group"},
		kinds: []evidence.Kind{evidence.LogStore{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			name := i.Attr("name").Text(evidence.Unresolved[string](evidence.Because("name_generated")))
			store := evidence.LogStore{
				Placement:     placement(i, noCopies()),
				Name:          name,
				Encryption:    keyLevel(r, i.Attr("kms_key_id"), unset(i, evidence.EncryptionProviderOwned, awsrules.DocLogEncryption)),
				RetentionDays: logRetention(i),
			}
			return []observation{{resource: store}}
		},
	}
}

// logRetention is how long logs are kept; 0 days and no days mean for ever.
func logRetention(i *eval.Instance) evidence.Value[int] {
	days := i.Attr("retention_in_days").Int(unset(i, evidence.Never, awsrules.DocLogRetention))
	return evidence.Map(days, func(days int) int {
		if days == 0 {
			return evidence.Never
		}
		return days
	})
}
