package fakeaws

import "net/http"

// backupOperations are those of AWS Backup. Resources: "backup.vault", by name.
func backupOperations() []Operation {
	return []Operation{
		{
			Name: "backup.DescribeBackupVault", Path: "GET /backup-vaults/{BackupVaultName}", Of: "backup.vault", By: "BackupVaultName",
			Show: func(r Resource) any { return r.Doc },
			Missing: Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException",
				Message: "Cannot find Backup vault with identifier <resource>"},
		},
		{
			Name: "backup.ListBackupVaults", Path: "GET /backup-vaults", Lists: "backup.vault", At: "BackupVaultList",
			TokenIn: "nextToken", TokenOut: "NextToken", SizeIn: "maxResults", MaxPage: 1000,
		},
	}
}
