package fakeaws

// protocol is how a service speaks.
type protocol int

const (
	json10 protocol = iota
	json11
	query
	ec2Query
	restJSON
	restXML
	cborRPC
)

// A service is one client of the SDK.
type service struct {
	// Package is the SDK's; Signing is the name in the signature; Prefix is that of IAM actions, the signing name when it is empty.
	Package, Signing, Prefix string
	Protocol                 protocol
	// Version tells query services with one signing name apart; PathPrefix does so for REST services.
	Version, PathPrefix string
}

// services are the clients that the server can talk to, sorted by package. Of REST services with one signing name, those with a
// path prefix are asked first.
func services() []service {
	return []service{
		{Package: "accessanalyzer", Signing: "access-analyzer", Protocol: restJSON},
		{Package: "account", Signing: "account", Protocol: restJSON},
		{Package: "acm", Signing: "acm", Protocol: json11},
		{Package: "apigateway", Signing: "apigateway", Protocol: restJSON},
		{Package: "apigatewayv2", Signing: "apigateway", Protocol: restJSON, PathPrefix: "/v2/"},
		{Package: "backup", Signing: "backup", Protocol: restJSON},
		{Package: "cloudfront", Signing: "cloudfront", Protocol: restXML},
		{Package: "cloudtrail", Signing: "cloudtrail", Protocol: json11},
		{Package: "cloudwatch", Signing: "monitoring", Prefix: "cloudwatch", Protocol: cborRPC},
		{Package: "cloudwatchlogs", Signing: "logs", Protocol: json11},
		{Package: "cognitoidentityprovider", Signing: "cognito-idp", Protocol: json11},
		{Package: "configservice", Signing: "config", Protocol: json11},
		{Package: "dlm", Signing: "dlm", Protocol: restJSON},
		{Package: "dynamodb", Signing: "dynamodb", Protocol: json10},
		{Package: "ec2", Signing: "ec2", Protocol: ec2Query},
		{Package: "ecr", Signing: "ecr", Protocol: json11},
		{Package: "ecs", Signing: "ecs", Protocol: json11},
		{Package: "efs", Signing: "elasticfilesystem", Protocol: restJSON},
		{Package: "eks", Signing: "eks", Protocol: restJSON},
		{Package: "elasticache", Signing: "elasticache", Protocol: query},
		{Package: "elasticloadbalancing", Signing: "elasticloadbalancing", Protocol: query, Version: "2012-06-01"},
		{Package: "elasticloadbalancingv2", Signing: "elasticloadbalancing", Protocol: query, Version: "2015-12-01"},
		{Package: "eventbridge", Signing: "events", Protocol: json11},
		{Package: "firehose", Signing: "firehose", Protocol: json11},
		{Package: "fsx", Signing: "fsx", Protocol: json11},
		{Package: "guardduty", Signing: "guardduty", Protocol: restJSON},
		{Package: "iam", Signing: "iam", Protocol: query},
		{Package: "inspector2", Signing: "inspector2", Protocol: restJSON},
		{Package: "kafka", Signing: "kafka", Protocol: restJSON},
		{Package: "kinesis", Signing: "kinesis", Protocol: json11},
		{Package: "kms", Signing: "kms", Protocol: json11},
		{Package: "lambda", Signing: "lambda", Protocol: restJSON},
		{Package: "macie2", Signing: "macie2", Protocol: restJSON},
		{Package: "memorydb", Signing: "memorydb", Protocol: json11},
		{Package: "opensearch", Signing: "es", Protocol: restJSON},
		{Package: "organizations", Signing: "organizations", Protocol: json11},
		{Package: "rds", Signing: "rds", Protocol: query},
		{Package: "redshift", Signing: "redshift", Protocol: query},
		{Package: "resourceexplorer2", Signing: "resource-explorer-2", Protocol: restJSON},
		{Package: "resourcegroupstaggingapi", Signing: "tagging", Prefix: "tag", Protocol: json11},
		{Package: "s3", Signing: "s3", Protocol: restXML},
		{Package: "s3control", Signing: "s3", Protocol: restXML, PathPrefix: "/v20180820/"},
		{Package: "secretsmanager", Signing: "secretsmanager", Protocol: json11},
		{Package: "securityhub", Signing: "securityhub", Protocol: restJSON},
		{Package: "sesv2", Signing: "ses", Protocol: restJSON},
		{Package: "sns", Signing: "sns", Protocol: query},
		{Package: "sqs", Signing: "sqs", Protocol: json10},
		{Package: "ssm", Signing: "ssm", Protocol: json11},
		{Package: "ssoadmin", Signing: "sso", Protocol: json11},
		{Package: "sts", Signing: "sts", Protocol: query},
		{Package: "wafv2", Signing: "wafv2", Protocol: json11},
	}
}

// action is the IAM action of an operation that names none.
func (s service) action(operation string) string {
	prefix := s.Prefix
	if prefix == "" {
		prefix = s.Signing
	}
	return prefix + ":" + operation[len(s.Package)+1:]
}
