package fakeaws

import "net/http"

// backupOperations are those of AWS Backup. Resources: "backup.vault" by name, "backup.plan" by id with its selections as
// Sub entry and each as a "backup.selection" by id, "backup.protected", "backup.point" by ARN, "backup.copy",
// "backup.restore", "backup.test" (a restore testing plan) by name.
func backupOperations() []Operation {
	missing := Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException", Message: "Cannot find <resource>"}
	show := func(r Resource) any { return r.Doc }
	return []Operation{
		{
			Name: "backup.DescribeBackupVault", Path: "GET /backup-vaults/{BackupVaultName}", Of: "backup.vault", By: "BackupVaultName", Show: show,
			Missing: Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException",
				Message: "Cannot find Backup vault with identifier <resource>"},
		},
		{
			Name: "backup.DescribeRecoveryPoint", Path: "GET /backup-vaults/{BackupVaultName}/recovery-points/{RecoveryPointArn}",
			Of: "backup.point", By: "RecoveryPointArn", Show: show, Missing: missing,
		},
		{Name: "backup.GetBackupPlan", Path: "GET /backup/plans/{BackupPlanId}", Of: "backup.plan", By: "BackupPlanId", Missing: missing},
		{
			Name: "backup.GetBackupSelection", Path: "GET /backup/plans/{BackupPlanId}/selections/{SelectionId}", Of: "backup.selection",
			By: "SelectionId", Missing: missing, Show: func(r Resource) any { return Node{"BackupSelection": r.Doc, "SelectionId": r.ID} },
		},
		backupList("backup.ListBackupPlans", "GET /backup/plans", "backup.plan", "BackupPlansList"),
		{
			Name: "backup.ListBackupSelections", Path: "GET /backup/plans/{BackupPlanId}/selections", Of: "backup.plan", By: "BackupPlanId",
			At: "BackupSelectionsList", Missing: missing, TokenIn: "nextToken", TokenOut: "NextToken", SizeIn: "maxResults", MaxPage: 1000,
		},
		backupList("backup.ListBackupVaults", "GET /backup-vaults", "backup.vault", "BackupVaultList"),
		backupList("backup.ListCopyJobs", "GET /copy-jobs", "backup.copy", "CopyJobs"),
		backupList("backup.ListProtectedResources", "GET /resources", "backup.protected", "Results"),
		backupList("backup.ListRestoreJobs", "GET /restore-jobs", "backup.restore", "RestoreJobs"),
		{
			Name: "backup.ListRestoreTestingPlans", Path: "GET /restore-testing/plans", Lists: "backup.test", At: "RestoreTestingPlans",
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 1000,
		},
		{
			Name: "backup.ListRestoreTestingSelections", Path: "GET /restore-testing/plans/{RestoreTestingPlanName}/selections", Of: "backup.test",
			By: "RestoreTestingPlanName", At: "RestoreTestingSelections", Missing: missing,
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 1000,
		},
	}
}

// backupList is a list of AWS Backup.
func backupList(name, path, kind, at string) Operation {
	return Operation{Name: name, Path: path, Lists: kind, At: at, TokenIn: "nextToken", TokenOut: "NextToken", SizeIn: "maxResults", MaxPage: 1000}
}
