package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/backup/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// backups reads AWS Backup: vaults, plans, what was backed up last, what was restored.
func backups() reader {
	vault, plan := []evidence.Kind{evidence.BackupVault{}.Kind()}, []evidence.Kind{evidence.BackupPlan{}.Kind()}
	point, test := []evidence.Kind{evidence.RecoveryPoint{}.Kind()}, []evidence.Kind{evidence.RestoreTest{}.Kind()}
	schedule := []evidence.Kind{evidence.RestorePlan{}.Kind()}
	selects := []string{"backup_plan.selects_any"}
	return reader{
		service: "backup",
		kinds:   []evidence.Kind{plan[0], vault[0], point[0], schedule[0], test[0]},
		operations: []operation{
			{name: "DescribeRecoveryPoint", action: "backup:DescribeRecoveryPoint", fills: []string{"recovery_point.encryption"}},
			{name: "GetBackupPlan", action: "backup:GetBackupPlan", fills: []string{"backup_plan.copies", "backup_plan.interval_hours",
				"backup_plan.longest_days", "backup_plan.retention_days"}},
			{name: "GetBackupSelection", action: "backup:GetBackupSelection", fills: selects},
			{name: "ListBackupPlans", action: "backup:ListBackupPlans", lists: plan},
			{name: "ListBackupSelections", action: "backup:ListBackupSelections", fills: selects},
			{name: "ListBackupVaults", action: "backup:ListBackupVaults", lists: vault, fills: []string{"backup_vault.encryption", "backup_vault.locked"}},
			{name: "ListCopyJobs", action: "backup:ListCopyJobs", fills: []string{"recovery_point.copies"}},
			{name: "ListProtectedResources", action: "backup:ListProtectedResources", lists: point},
			{name: "ListRestoreJobs", action: "backup:ListRestoreJobs", lists: test},
			{name: "ListRestoreTestingPlans", action: "backup:ListRestoreTestingPlans", lists: schedule},
			{name: "ListRestoreTestingSelections", action: "backup:ListRestoreTestingSelections", fills: []string{"restore_plan.tests_any"}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"backup_vault.encryption", "recovery_point.encryption"}},
		},
		read: func(ctx context.Context, s *site) {
			client := backup.NewFromConfig(s.config())
			s.readVaults(ctx, client)
			s.readBackupPlans(ctx, client)
			s.readProtected(ctx, client)
			if s.needs("ListRestoreJobs") {
				s.readRestores(ctx, client)
			}
			if s.needs("ListRestoreTestingPlans") {
				s.readRestorePlans(ctx, client)
			}
		},
	}
}

// backupPage is the largest page of AWS Backup.
func backupPage() *int32 { return sdk.Int32(1000) }

func (s *site) readVaults(ctx context.Context, client *backup.Client) {
	in := &backup.ListBackupVaultsInput{MaxResults: backupPage()}
	next := func(i *backup.ListBackupVaultsInput, o *backup.ListBackupVaultsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	vaults, m := pages(ctx, s, "", client.ListBackupVaults, in, next,
		func(o *backup.ListBackupVaultsOutput) []types.BackupVaultListMember { return o.BackupVaultList })
	s.hide(m, evidence.BackupVault{}.Kind())
	each(ctx, s, vaults, func(ctx context.Context, v types.BackupVaultListMember) {
		vault := evidence.BackupVault{Placement: s.placed(nil), Encryption: s.vaultLevel(ctx, v), Locked: vaultLocked(v)}
		s.add(thing{arn: sdk.ToString(v.BackupVaultArn), typ: "backup:backup-vault", name: sdk.ToString(v.BackupVaultName)}, vault)
	})
}

// vaultLevel is the encryption of a vault: by the account's aws/backup key where it names none, by a key that AWS owns
// where the vault is logically air-gapped and has no other.
func (s *site) vaultLevel(ctx context.Context, v types.BackupVaultListMember) evidence.Value[string] {
	switch {
	case v.EncryptionKeyType == types.EncryptionKeyTypeAwsOwnedKmsKey,
		v.VaultType == types.VaultTypeLogicallyAirGappedBackupVault && sdk.ToString(v.EncryptionKeyArn) == "":
		return evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocVaultEncryption)
	}
	return s.keyOr(ctx, sdk.ToString(v.EncryptionKeyArn), evidence.Default(evidence.EncryptionProviderManaged, awsrules.DocVaultEncryption))
}

// vaultLocked says whether backups in a vault are locked, as those of a logically air-gapped vault always are.
func vaultLocked(v types.BackupVaultListMember) evidence.Value[bool] {
	if sdk.ToBool(v.Locked) || v.VaultType == types.VaultTypeLogicallyAirGappedBackupVault {
		return evidence.Known(true)
	}
	return evidence.Default(false, awsrules.DocVaultLock)
}
