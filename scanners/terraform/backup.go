package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// backups reads the vaults and the plans of AWS Backup.
func backups() reader {
	return reader{
		types: []string{"aws_backup_logically_air_gapped_vault", "aws_backup_plan", "aws_backup_vault"},
		joins: []string{"aws_backup_selection", "aws_backup_vault_lock_configuration"},
		kinds: []evidence.Kind{evidence.BackupPlan{}.Kind(), evidence.BackupVault{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			if i.Type == "aws_backup_plan" {
				return readPlan(r, i)
			}
			return readVault(r, i)
		},
	}
}

// readVault reads a vault: encrypted by the account's aws/backup key where it names none. A logically air-gapped vault
// is locked always and encrypted by a key that AWS owns.
func readVault(r *eval.Root, i *eval.Instance) []observation {
	vault := evidence.BackupVault{Placement: placement(i, noCopies())}
	var locks eval.Links
	if i.Type == "aws_backup_vault" {
		locks = satellites(r, i, "aws_backup_vault_lock_configuration", "backup_vault_name")
		vault.Encryption = keyLevel(r, i.Attr("kms_key_arn"), unset(i, evidence.EncryptionProviderManaged, awsrules.DocVaultEncryption))
		vault.Locked = defaulted(i, locks.Orphans, false, awsrules.DocVaultLock)
		for _, lock := range locks.All {
			vault.Locked = evidence.Known(true).At(lock.At(evidence.RoleDecides))
		}
	} else {
		vault.Encryption = keyLevel(r, i.Attr("encryption_key_arn"), unset(i, evidence.EncryptionProviderOwned, awsrules.DocVaultEncryption))
		vault.Locked = evidence.Known(true).At(i.At(evidence.RoleDecides))
	}
	return []observation{{resource: vault, joined: locks.All}}
}

func readPlan(r *eval.Root, i *eval.Instance) []observation {
	selections := r.Linked(i, "aws_backup_selection", "plan_id")
	rules := i.Blocks("rule")
	arithmetic := planRules(i, rules)
	plan := evidence.BackupPlan{
		Placement:     placement(i, planCopies(r, i, rules)),
		RetentionDays: placed(i, arithmetic.RetentionDays()),
		LongestDays:   placed(i, arithmetic.LongestDays()),
		IntervalHours: placed(i, arithmetic.IntervalHours()),
		SelectsAny:    selectsAny(i, selections),
	}
	return one(plan, selections.All...)
}

// planRules are the rules of a plan.
func planRules(i *eval.Instance, rules eval.Blocks) awsrules.BackupPlan {
	plan := awsrules.BackupPlan{More: rules.More}
	for _, rule := range rules.All {
		plan.Rules = append(plan.Rules, awsrules.BackupRule{
			KeptDays:      rule.Block("lifecycle").Attr("delete_after").Int(unset(i, evidence.Never, awsrules.DocBackupRule)),
			IntervalHours: awsrules.RunsEvery(rule.Attr("schedule").Text(unset(i, awsrules.DefaultSchedule, awsrules.DocBackupRule))),
		})
	}
	return plan
}

// placed is v at i where nothing else says where it stands.
func placed(i *eval.Instance, v evidence.Value[int]) evidence.Value[int] {
	if len(v.Positions()) == 0 {
		return v.At(i.At(evidence.RoleDecides))
	}
	return v
}

// selectsAny says whether a selection of the plan names resources, or tags by which they are found.
func selectsAny(i *eval.Instance, selections eval.Links) evidence.Value[bool] {
	var all []evidence.Value[bool]
	for _, s := range selections.All {
		for _, name := range []string{"selection_tag", "condition"} {
			tags := s.Blocks(name)
			if len(tags.All) > 0 {
				all = append(all, evidence.Known(true).At(s.At(evidence.RoleDecides)))
			}
			for _, why := range tags.More {
				all = append(all, evidence.Unresolved[bool](why).At(s.At(evidence.RoleDecides)))
			}
		}
		resources := s.Attr("resources")
		names := resources.Texts(evidence.Known([]string{}))
		if slices.ContainsFunc(resources.Elements(), func(e eval.Attr) bool { return len(e.Refs()) > 0 && !e.MayBeEmpty() }) {
			all = append(all, evidence.Known(true).At(resources.At()))
		}
		all = append(all, evidence.Map(names, func(list []string) bool { return len(list)+len(names.More()) > 0 }))
	}
	for _, why := range selections.Orphans {
		all = append(all, evidence.Unresolved[bool](why))
	}
	if len(all) == 0 {
		return unset(i, false, awsrules.DocBackupRule)
	}
	return evidence.AnyTrue(all...)
}

// planCopies are the regions of the vaults that rules copy backups to.
func planCopies(r *eval.Root, i *eval.Instance, rules eval.Blocks) evidence.Value[[]string] {
	var c copies
	c.hidden(rules.More...)
	for _, rule := range rules.All {
		actions := rule.Blocks("copy_action")
		c.hidden(actions.More...)
		for _, action := range actions.All {
			c.addTarget(r, action.Attr("destination_vault_arn"), "aws_backup_logically_air_gapped_vault", "aws_backup_vault")
		}
	}
	return c.value(i.Provider.Region)
}
