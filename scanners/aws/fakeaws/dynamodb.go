package fakeaws

import "net/http"

// dynamodbOperations are those of DynamoDB. Resources: "dynamodb.table", by name, and "dynamodb.globaltable", of the older
// version. Doc is the table's description.
func dynamodbOperations() []Operation {
	missing := Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException", Message: "Requested resource not found: Table: <resource> not found"}
	return []Operation{
		{
			Name: "dynamodb.DescribeContinuousBackups", Of: "dynamodb.table", By: "TableName",
			Missing: Error{Status: http.StatusBadRequest, Code: "TableNotFoundException", Message: "Table not found: <resource>"},
			Show:    func(Resource) any { return Recovery("DISABLED", 0) },
		},
		{
			Name: "dynamodb.DescribeTable", Of: "dynamodb.table", By: "TableName", Missing: missing,
			Show: func(r Resource) any { return Node{"Table": r.Doc} },
		},
		{
			Name: "dynamodb.DescribeTimeToLive", Of: "dynamodb.table", By: "TableName", Missing: missing,
			Show: func(Resource) any { return Node{"TimeToLiveDescription": Node{"TimeToLiveStatus": "DISABLED"}} },
		},
		{
			Name: "dynamodb.ListGlobalTables", Lists: "dynamodb.globaltable", At: "GlobalTables", TokenIn: "ExclusiveStartGlobalTableName",
			TokenOut: "LastEvaluatedGlobalTableName", SizeIn: "Limit", MaxPage: 100,
		},
		{
			Name: "dynamodb.ListTables", Lists: "dynamodb.table", At: "TableNames", TokenIn: "ExclusiveStartTableName",
			TokenOut: "LastEvaluatedTableName", SizeIn: "Limit", MaxPage: 100, Show: func(r Resource) any { return r.ID },
		},
	}
}

// Recovery is what a table's continuous backups are: the status of point-in-time recovery, and its days where they are given.
func Recovery(status string, days int) Node {
	recovery := Node{"PointInTimeRecoveryStatus": status}
	if days > 0 {
		recovery["RecoveryPeriodInDays"] = days
	}
	return Node{"ContinuousBackupsDescription": Node{"ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": recovery}}
}

// Table is a table with what its description says beside its name.
func Table(account, region, name string, more Node) Resource {
	return Resource{
		Type: "dynamodb.table", Region: region, ID: name,
		Doc: with(Node{"TableName": name, "TableArn": "arn:aws:dynamodb:" + region + ":" + account + ":table/" + name, "TableStatus": "ACTIVE"}, more),
		Sub: map[string]any{},
	}
}

// dynamodbEstate are the tables of the standard estate.
func dynamodbEstate(account string) []Resource {
	var tables []Resource
	for _, region := range []string{"eu-central-1", "eu-north-1"} {
		good := Table(account, region, "good-table", Node{
			"SSEDescription":            Node{"Status": "ENABLED", "SSEType": "KMS", "KMSMasterKeyArn": KeyARN(account, region, "good-key")},
			"DeletionProtectionEnabled": true,
		})
		good.Sub["dynamodb.DescribeContinuousBackups"] = Recovery("ENABLED", 0)
		good.Sub["dynamodb.DescribeTimeToLive"] = Node{"TimeToLiveDescription": Node{"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"}}
		tables = append(tables, good)
	}
	return append(tables,
		Table(account, "eu-central-1", "bad-table", Node{"Replicas": []any{Node{"RegionName": "us-east-1", "ReplicaStatus": "ACTIVE"}}}),
		Table(account, "eu-north-1", "bad-old-table", nil),
		Table(account, "us-east-1", "bad-table", nil),
		Table(account, "us-east-1", "bad-old-table", nil),
		Resource{Type: "dynamodb.globaltable", ID: "bad-old-table", Doc: Node{"GlobalTableName": "bad-old-table",
			"ReplicationGroup": []any{Node{"RegionName": "eu-north-1"}, Node{"RegionName": "us-east-1"}}}},
		Resource{Type: "dynamodb.globaltable", ID: "good-old-table", Doc: Node{"GlobalTableName": "good-old-table", "ReplicationGroup": []any{}}},
	)
}
