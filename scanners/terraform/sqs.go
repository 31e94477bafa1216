package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docQueue = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue"

// sqs reads message queues with their policies.
func sqs() reader {
	return reader{
		types: []string{"aws_sqs_queue"},
		joins: []string{"aws_sqs_queue_policy"},
		kinds: []evidence.Kind{evidence.Queue{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			policies := satellites(r, i, "aws_sqs_queue_policy", "queue_url")
			seconds := i.Attr("message_retention_seconds").Int(unset(i, 345600, docQueue))
			queue := evidence.Queue{
				Placement:     placement(i, noCopies()),
				Encryption:    queueLevel(r, i),
				RetentionDays: evidence.Map(seconds, func(s int) int { return (s + 86399) / 86400 }),
				TLSRequired:   queueTLS(i, policies),
			}
			sse, known := i.Attr("sqs_managed_sse_enabled").Bool(evidence.Known(true)).Get()
			plain := diskOnly(i.Attr("kms_master_key_id").IsUnset() && known && !sse)
			return []observation{{resource: queue, joined: policies.All, notes: plain}}
		},
	}
}

// queueLevel is the encryption of a queue: by a key of the account, or else by one that AWS owns: SQS keeps messages on
// encrypted disks also where sqs_managed_sse_enabled is false.
func queueLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	return keyLevel(r, i.Attr("kms_master_key_id"), unset(i, evidence.EncryptionProviderOwned, awsrules.DocQueueEncryption))
}

// queueTLS says whether a policy denies everybody everything without TLS.
func queueTLS(i *eval.Instance, policies eval.Links) evidence.Value[bool] {
	var all []evidence.Value[bool]
	if inline := i.Attr("policy"); inline.IsSet() {
		all = append(all, policyDocument(inline).DeniesPlain("sqs:*"))
	}
	for _, p := range policies.All {
		all = append(all, policyDocument(p.Attr("policy")).DeniesPlain("sqs:*"))
	}
	if len(all) == 0 || len(policies.Orphans) > 0 {
		all = append(all, defaulted(i, policies.Orphans, false, awsrules.DocQueueTransport))
	}
	return evidence.AnyTrue(all...)
}
