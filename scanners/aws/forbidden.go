package aws

import (
	"encoding/json"
	"slices"
)

// forbiddenActions are permissions to read data: objects, items, messages, log lines, secrets, code, console output. They
// are denied in every session and in the policy that tomscan prints, so that no one has to take its word for it.
func forbiddenActions() []string {
	return []string{
		"athena:GetQueryResults", "codecommit:GitPull", "dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PartiQLSelect",
		"dynamodb:Query", "dynamodb:Scan", "ec2:DescribeInstanceAttribute", "ec2:GetConsoleOutput", "ec2:GetConsoleScreenshot",
		"ec2:GetPasswordData", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "kinesis:GetRecords", "kms:Decrypt",
		"kms:GenerateDataKey*", "lambda:GetFunction", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery", "rds-data:*",
		"rds:DownloadDBLogFilePortion", "s3:GetObject*", "s3:ListBucket", "secretsmanager:BatchGetSecretValue",
		"secretsmanager:GetSecretValue", "sqs:ReceiveMessage", "ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters",
		"ssm:GetParametersByPath",
	}
}

// SessionPolicy is the policy of every assumed session, as JSON. It denies reading of data, whatever the role allows. It does
// not name what may be done instead, for which there is no room: that is the role's own policy.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
func SessionPolicy() string {
	document := policyDocument{Version: "2012-10-17", Statement: []policyStatement{
		{Sid: "AsTheRoleAllows", Effect: "Allow", Action: []string{"*"}, Resource: "*"},
		{Sid: "NoData", Effect: "Deny", Action: slices.Clone(forbiddenActions()), Resource: "*"},
	}}
	text, err := json.Marshal(document)
	if err != nil {
		panic("session policy: " + err.Error()) // plain texts
	}
	return string(text)
}

// policyDocument is an IAM policy.
type policyDocument struct {
	Version   string            `json:"Version"`
	Statement []policyStatement `json:"Statement"`
}

type policyStatement struct {
	Sid      string   `json:"Sid"`
	Effect   string   `json:"Effect"`
	Action   []string `json:"Action"`
	Resource string   `json:"Resource"`
}
