package fakeaws

import "time"

// daysAgo is a moment so many days before the one at which tests read the standard estate.
func daysAgo(days int) time.Time {
	return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC).AddDate(0, 0, -days)
}

// backupEstate is a locked vault with a plan that copies to another region, what it backed up, and restores that were
// tried; and a vault, a plan, a backup and a restore that are bad.
func backupEstate(account string) []Resource {
	const region = "eu-central-1"
	arn := func(rest string) string { return "arn:aws:backup:" + region + ":" + account + ":" + rest }
	vault := func(name string, doc Node) Resource {
		doc["BackupVaultName"], doc["BackupVaultArn"] = name, arn("backup-vault:"+name)
		return Resource{Type: "backup.vault", Region: region, ID: name, Doc: doc}
	}
	return append(append([]Resource{
		vault("good", Node{"EncryptionKeyArn": KeyARN(account, region, "good-key"), "Locked": true, "NumberOfRecoveryPoints": 3}),
		vault("bad", Node{}),
		backupPlan(account, "good", Node{
			"RuleName": "daily", "TargetBackupVaultName": "good", "ScheduleExpression": "cron(0 5 ? * * *)", "Lifecycle": Node{"DeleteAfterDays": 35},
			"CopyActions": []Node{{"DestinationBackupVaultArn": "arn:aws:backup:eu-north-1:" + account + ":backup-vault:good"}},
		}, Node{"SelectionName": "tagged", "ListOfTags": []Node{{"ConditionType": "STRINGEQUALS", "ConditionKey": "backup", "ConditionValue": "daily"}}}),
		backupPlan(account, "bad", Node{"RuleName": "weekly", "TargetBackupVaultName": "bad", "ScheduleExpression": "cron(0 5 ? * SUN *)",
			"Lifecycle": Node{"DeleteAfterDays": 7}}, nil),
	}, protectedEstate(account)...), restoreEstate(account)...)
}

func backupPlan(account, id string, rule, selection Node) Resource {
	arn := "arn:aws:backup:eu-central-1:" + account + ":backup-plan:" + id
	selections := []Node{}
	if selection != nil {
		selections = []Node{{"BackupPlanId": id, "SelectionId": id, "SelectionName": selection["SelectionName"]}}
	}
	plan := Node{"BackupPlanId": id, "BackupPlanArn": arn, "BackupPlan": Node{"BackupPlanName": id, "Rules": []Node{rule}}}
	return Resource{
		Type: "backup.plan", Region: "eu-central-1", ID: id, Doc: Node{"BackupPlanId": id, "BackupPlanArn": arn, "BackupPlanName": id},
		Sub: map[string]any{"backup.GetBackupPlan": plan, "backup.ListBackupSelections": selections},
	}
}

// protectedEstate are the latest backups, and the selection by which one was found.
func protectedEstate(account string) []Resource {
	point := func(id, source, typ string, days int, doc Node) []Resource {
		arn := "arn:aws:backup:eu-central-1:" + account + ":recovery-point:" + id
		doc["RecoveryPointArn"] = arn
		return []Resource{
			{Type: "backup.point", Region: "eu-central-1", ID: arn, Doc: doc},
			{Type: "backup.protected", Region: "eu-central-1", ID: source, Doc: Node{
				"ResourceArn": source, "ResourceType": typ, "LastBackupTime": daysAgo(days), "LastRecoveryPointArn": arn,
				"LastBackupVaultArn": "arn:aws:backup:eu-central-1:" + account + ":backup-vault:good",
			}},
			{Type: "backup.copy", Region: "eu-central-1", ID: id, Doc: Node{"SourceRecoveryPointArn": arn, "State": "COMPLETED",
				"DestinationBackupVaultArn": "arn:aws:backup:eu-north-1:" + account + ":backup-vault:good"}},
		}
	}
	good := point("good", "arn:aws:rds:eu-central-1:"+account+":db:good", "RDS", 1,
		Node{"IsEncrypted": true, "EncryptionKeyArn": KeyARN(account, "eu-central-1", "good-key")})
	bad := point("bad", "arn:aws:ec2:eu-central-1:"+account+":volume/vol-bad", "EBS", 90, Node{"IsEncrypted": false})
	return append(append(good, bad...), Resource{Type: "backup.selection", Region: "eu-central-1", ID: "good", Doc: Node{
		"SelectionName": "tagged", "ListOfTags": []Node{{"ConditionType": "STRINGEQUALS", "ConditionKey": "backup", "ConditionValue": "daily"}}}})
}

// restoreEstate are restores: one that a plan ran and a program tried, one that failed, and a plan that never ran.
func restoreEstate(account string) []Resource {
	plan := func(name string, doc Node, selections []Node) Resource {
		doc["RestoreTestingPlanName"] = name
		doc["RestoreTestingPlanArn"] = "arn:aws:backup:eu-central-1:" + account + ":restore-testing-plan:" + name
		doc["ScheduleExpression"], doc["CreationTime"] = "cron(0 6 1 * ? *)", daysAgo(400)
		return Resource{Type: "backup.test", Region: "eu-central-1", ID: name, Doc: doc,
			Sub: map[string]any{"backup.ListRestoreTestingSelections": selections}}
	}
	return []Resource{
		{Type: "backup.restore", Region: "eu-central-1", ID: "good", Doc: Node{
			"RestoreJobId": "good", "Status": "COMPLETED", "ValidationStatus": "SUCCESSFUL", "ResourceType": "RDS",
			"CreationDate": daysAgo(20), "CompletionDate": daysAgo(20).Add(90 * time.Minute),
			"CreatedBy": Node{"RestoreTestingPlanArn": "arn:aws:backup:eu-central-1:" + account + ":restore-testing-plan:good"},
		}},
		{Type: "backup.restore", Region: "eu-central-1", ID: "bad-unusable", Doc: Node{
			"RestoreJobId": "bad-unusable", "Status": "COMPLETED", "ValidationStatus": "FAILED", "ResourceType": "RDS",
			"CreationDate": daysAgo(30), "CompletionDate": daysAgo(30).Add(time.Hour),
		}},
		{Type: "backup.restore", Region: "eu-central-1", ID: "bad", Doc: Node{
			"RestoreJobId": "bad", "Status": "FAILED", "ResourceType": "EBS", "CreationDate": daysAgo(10),
		}},
		{Type: "backup.restore", Region: "eu-central-1", ID: "running", Doc: Node{
			"RestoreJobId": "running", "Status": "RUNNING", "ResourceType": "EBS", "CreationDate": daysAgo(0),
		}},
		plan("good", Node{"LastExecutionTime": daysAgo(20)}, []Node{{"RestoreTestingSelectionName": "databases", "ProtectedResourceType": "RDS"}}),
		plan("bad", Node{}, []Node{}),
	}
}
