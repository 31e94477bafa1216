package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docTable = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table"

// dynamodb reads tables with their replicas.
func dynamodb() reader {
	return reader{
		types: []string{"aws_dynamodb_table"},
		joins: []string{"aws_dynamodb_global_table", "aws_dynamodb_table_replica"},
		kinds: []evidence.Kind{evidence.Table{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			recovery := i.Block.Block("point_in_time_recovery")
			on := recovery.Attr("enabled").Bool(unset(i, false, awsrules.DocTableRecovery))
			table := evidence.Table{
				Placement:           placement(i, tableCopies(r, i)),
				Encryption:          tableLevel(r, i),
				PointInTimeRecovery: on,
				RecoveryDays:        recoveryDays(i, recovery, on),
				DeletionProtection:  i.Attr("deletion_protection_enabled").Bool(unset(i, false, docTable)),
				ItemsExpire:         i.Block.Block("ttl").Attr("enabled").Bool(unset(i, false, docTable)),
			}
			joined := append(r.Linked(i, "aws_dynamodb_table_replica", "global_table_arn").All, r.Linked(i, "aws_dynamodb_global_table", "name").All...)
			return []observation{{resource: table, joined: joined}}
		},
	}
}

// tableLevel is the encryption of a table. A table is always encrypted: by a key that AWS owns, unless
// server_side_encryption is enabled, which changes to a key of the account.
func tableLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	sse := i.Block.Block("server_side_encryption")
	enabled := sse.Attr("enabled").Bool(unset(i, false, awsrules.DocTableEncryption))
	if evidence.IsKnown(enabled, true) {
		return keyLevel(r, sse.Attr("kms_key_arn"), evidence.Known(evidence.EncryptionProviderManaged).At(sse.At(evidence.RoleDecides)))
	}
	return evidence.Map(enabled, func(bool) string { return evidence.EncryptionProviderOwned })
}

// recoveryDays is how far back point-in-time recovery reaches: 35 days unless less is asked for.
func recoveryDays(i *eval.Instance, recovery *eval.Block, on evidence.Value[bool]) evidence.Value[int] {
	if evidence.IsKnown(on, true) {
		return recovery.Attr("recovery_period_in_days").Int(unset(i, 35, awsrules.DocTableRecovery))
	}
	return evidence.Map(on, func(bool) int { return 0 })
}

// tableCopies are the regions of a table's replicas, in all three ways of declaring them.
func tableCopies(r *eval.Root, i *eval.Instance) evidence.Value[[]string] {
	var c copies
	replicas := i.Blocks("replica")
	c.hidden(replicas.More...)
	for _, replica := range replicas.All {
		c.addText(replica.Attr("region_name"))
	}
	separate := r.Linked(i, "aws_dynamodb_table_replica", "global_table_arn")
	c.hidden(separate.Orphans...)
	for _, replica := range separate.All {
		c.add(replica.Provider.Region, replica.At(evidence.RoleDecides))
	}
	for _, global := range r.Linked(i, "aws_dynamodb_global_table", "name").All {
		members := global.Blocks("replica")
		c.hidden(members.More...)
		for _, member := range members.All {
			c.addText(member.Attr("region_name"))
		}
	}
	return c.value(i.Provider.Region)
}
