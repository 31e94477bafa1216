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

// logRetention is how long logs are kept; 0 days and no days mean for ever. A group of a class that only delivers logs keeps
// them as long as AWS says, whatever is written.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_log_group
func logRetention(i *eval.Instance) evidence.Value[int] {
	if class := i.Attr("log_group_class"); class.IsSet() {
		text := class.Text(evidence.Known(""))
		if _, known := text.Get(); !known {
			return evidence.NotKnown[int](text)
		}
		if evidence.IsKnown(text, "DELIVERY") {
			return evidence.Default(awsrules.DeliveryLogDays, awsrules.DocLogClasses).At(class.At())
		}
	}
	days := i.Attr("retention_in_days").Int(unset(i, evidence.Never, awsrules.DocLogRetention))
	return evidence.Map(days, func(days int) int {
		if days == 0 {
			return evidence.Never
		}
		return days
	})
}
