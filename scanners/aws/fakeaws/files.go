package fakeaws

import "net/http"

// filesOperations are those of EFS and FSx. Resources: "efs.filesystem", by id, "efs.replication", and "fsx.filesystem".
func filesOperations() []Operation {
	missing := Error{Status: http.StatusNotFound, Code: "FileSystemNotFound", Message: "File system '<resource>' does not exist."}
	absent := Error{Status: http.StatusNotFound, Code: "PolicyNotFound", Message: "No policy found"}
	return []Operation{
		{
			Name: "efs.DescribeBackupPolicy", Path: "GET /2015-02-01/file-systems/{FileSystemId}/backup-policy",
			Of: "efs.filesystem", By: "FileSystemId", Missing: missing, Absent: absent,
		},
		{
			Name: "efs.DescribeFileSystemPolicy", Path: "GET /2015-02-01/file-systems/{FileSystemId}/policy",
			Of: "efs.filesystem", By: "FileSystemId", Missing: missing, Absent: absent,
		},
		{
			Name: "efs.DescribeFileSystems", Path: "GET /2015-02-01/file-systems", Lists: "efs.filesystem", At: "FileSystems",
			TokenIn: "Marker", TokenOut: "NextMarker", SizeIn: "MaxItems", MaxPage: 100,
		},
		{
			Name: "efs.DescribeReplicationConfigurations", Path: "GET /2015-02-01/file-systems/replication-configurations",
			Lists: "efs.replication", At: "Replications", TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 100,
		},
		{
			Name: "fsx.DescribeFileSystems", Lists: "fsx.filesystem", At: "FileSystems", TokenIn: "NextToken", TokenOut: "NextToken",
			SizeIn: "MaxResults", MaxPage: 100,
		},
	}
}

// Files is a file system of EFS, encrypted by a key unless that is empty.
func Files(account, region, id, key string) Resource {
	doc := Node{
		"FileSystemId": id, "FileSystemArn": "arn:aws:elasticfilesystem:" + region + ":" + account + ":file-system/" + id,
		"OwnerId": account, "LifeCycleState": "available", "Encrypted": key != "", "SizeInBytes": Node{"Value": 6144},
	}
	if key != "" {
		doc["KmsKeyId"] = key
	}
	return Resource{Type: "efs.filesystem", Region: region, ID: id, Doc: doc, Sub: map[string]any{}}
}

// FSx is a file system of FSx, with what is said of it beside its name.
func FSx(account, region, id string, more Node) Resource {
	return Resource{Type: "fsx.filesystem", Region: region, ID: id, Doc: with(Node{
		"FileSystemId": id, "ResourceARN": "arn:aws:fsx:" + region + ":" + account + ":file-system/" + id, "OwnerId": account, "Lifecycle": "AVAILABLE",
	}, more)}
}

// mountTLS is the policy of a file system that is mounted with TLS only.
const mountTLS = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"*",` +
	`"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`

// filesEstate are the file systems of the standard estate.
func filesEstate(account string) []Resource {
	const region = "eu-central-1"
	key := KeyARN(account, region, "good-key")
	good := Files(account, region, "fs-good", key)
	good.Sub["efs.DescribeBackupPolicy"] = Node{"BackupPolicy": Node{"Status": "ENABLED"}}
	good.Sub["efs.DescribeFileSystemPolicy"] = Node{"FileSystemId": good.ID, "Policy": mountTLS}
	replicated := func(id, to string) Resource {
		return Resource{Type: "efs.replication", Region: region, ID: id, Doc: Node{
			"SourceFileSystemId": id, "SourceFileSystemRegion": region,
			"Destinations": []any{Node{"FileSystemId": id + "-copy", "Region": to, "Status": "ENABLED"}},
		}}
	}
	return []Resource{
		good, Files(account, region, "fs-bad", ""), replicated("fs-good", "eu-north-1"), replicated("fs-bad", "us-east-1"),
		Files(account, "us-east-1", "fs-bad-outside", ""),
		FSx(account, region, "fs-good-windows", Node{"FileSystemType": "WINDOWS", "KmsKeyId": key,
			"WindowsConfiguration": Node{"AutomaticBackupRetentionDays": 30}}),
		FSx(account, region, "fs-bad-lustre", Node{"FileSystemType": "LUSTRE", "LustreConfiguration": Node{"DeploymentType": "SCRATCH_2"}}),
	}
}
