package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const (
	docVaultEncryption = "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
	docVaultLock       = "https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html"
	docBackupRule      = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html"
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
		vault.Encryption = keyLevel(r, i.Attr("kms_key_arn"), unset(i, evidence.EncryptionProviderManaged, docVaultEncryption))
		vault.Locked = defaulted(i, locks.Orphans, false, docVaultLock)
		for _, lock := range locks.All {
			vault.Locked = evidence.Known(true).At(lock.At(evidence.RoleDecides))
		}
	} else {
		vault.Encryption = keyLevel(r, i.Attr("encryption_key_arn"), unset(i, evidence.EncryptionProviderOwned, docVaultEncryption))
		vault.Locked = evidence.Known(true).At(i.At(evidence.RoleDecides))
	}
	return []observation{{resource: vault, joined: locks.All, keys: keyOf(i, "backup:backup-vault", i.Attr("name").Text(evidence.Value[string]{}))}}
}

func readPlan(r *eval.Root, i *eval.Instance) []observation {
	selections := r.Linked(i, "aws_backup_selection", "plan_id")
	rules := i.Blocks("rule")
	plan := evidence.BackupPlan{
		Placement:     placement(i, planCopies(r, i, rules)),
		RetentionDays: overRules(i, dailyRules(i, rules), keptDays, func(a, b int) bool { return a > b }),
		LongestDays:   overRules(i, rules, keptDays, func(a, b int) bool { return a > b }),
		IntervalHours: overRules(i, rules, ruleInterval, func(a, b int) bool { return a < b }),
		SelectsAny:    selectsAny(i, selections),
	}
	return one(plan, selections.All...)
}

// overRules picks the best number of a plan's rules; a rule that is not known leaves it open.
func overRules(i *eval.Instance, rules eval.Blocks, read func(*eval.Instance, *eval.Block) evidence.Value[int], better func(a, b int) bool) evidence.Value[int] {
	if len(rules.More) > 0 {
		return evidence.Unresolved[int](rules.More[0]).At(i.At(evidence.RoleDecides))
	}
	best := evidence.Unresolved[int](evidence.Because("not_decided_by_code")).At(i.At(evidence.RoleDecides))
	for n, rule := range rules.All {
		v := read(i, rule)
		got, known := v.Get()
		if !known {
			return v
		}
		if have, _ := best.Get(); n == 0 || better(got, have) {
			best = v
		}
	}
	return best
}

// dailyRules are the rules that surely run every day, or all where none does: a rule that keeps backups of the last hours
// for a short time takes nothing from another that keeps daily ones for long.
func dailyRules(i *eval.Instance, rules eval.Blocks) eval.Blocks {
	daily := eval.Blocks{More: rules.More}
	for _, rule := range rules.All {
		hours, known := ruleInterval(i, rule).Get()
		if !known {
			return rules
		}
		if hours <= 24 {
			daily.All = append(daily.All, rule)
		}
	}
	if len(daily.All) == 0 {
		return rules
	}
	return daily
}

// keptDays is how long a rule keeps backups; for ever where it does not say.
func keptDays(i *eval.Instance, rule *eval.Block) evidence.Value[int] {
	return rule.Block("lifecycle").Attr("delete_after").Int(unset(i, evidence.Never, docBackupRule))
}

// ruleInterval is the longest time between two runs of a rule; once a day where it does not say.
func ruleInterval(i *eval.Instance, rule *eval.Block) evidence.Value[int] {
	schedule := rule.Attr("schedule").Text(unset(i, "cron(0 5 ? * * *)", docBackupRule))
	text, known := schedule.Get()
	if !known {
		return evidence.NotKnown[int](schedule)
	}
	if _, ok := intervalHours(text); !ok {
		return evidence.Unresolved[int](evidence.Because("schedule_not_understood")).At(schedule.Positions()...)
	}
	return evidence.Map(schedule, func(text string) int {
		hours, _ := intervalHours(text)
		return hours
	})
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
		return unset(i, false, docBackupRule)
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
