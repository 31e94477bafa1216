package fakeaws

import (
	"net/http"
	"slices"
)

// secretsOperations are those of Secrets Manager, and of the parameters of Systems Manager. Resources:
// "secretsmanager.secret", by ARN, and "ssm.parameter", by name.
func secretsOperations() []Operation {
	return []Operation{
		{
			Name: "secretsmanager.DescribeSecret", Of: "secretsmanager.secret", By: "SecretId",
			Missing: Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException", Message: "Secrets Manager can't find the specified secret."},
		},
		{
			Name: "secretsmanager.ListSecrets", Lists: "secretsmanager.secret", At: "SecretList", TokenIn: "NextToken", TokenOut: "NextToken",
			SizeIn: "MaxResults", MaxPage: 100,
		},
		{
			Name: "ssm.DescribeParameters", Lists: "ssm.parameter", At: "Parameters", TokenIn: "NextToken", TokenOut: "NextToken",
			SizeIn: "MaxResults", MaxPage: 50, Keep: ofParameterType,
		},
	}
}

// ofParameterType keeps the parameters of the types that the request asks for, when it does.
func ofParameterType(r Request, parameter Resource) bool {
	for _, filter := range r.Params.List("ParameterFilters") {
		kind, _ := parameter.Doc["Type"].(string)
		if filter.Get("Key") == "Type" && !slices.Contains(filter.All("Values"), kind) {
			return false
		}
	}
	return true
}

// SecretIn is a secret with what the list says of it beside its name.
func SecretIn(account, region, name string, more Node) Resource {
	arn := "arn:aws:secretsmanager:" + region + ":" + account + ":secret:" + name + "-a1b2c3"
	return Resource{
		Type: "secretsmanager.secret", Region: region, ID: arn, Doc: with(Node{"ARN": arn, "Name": name}, more),
		Sub: map[string]any{"secretsmanager.DescribeSecret": Node{"ARN": arn, "Name": name}},
	}
}

// Parameter is a secure parameter by a key.
func Parameter(account, region, name, key string) Resource {
	return Resource{Type: "ssm.parameter", Region: region, ID: name, Doc: Node{
		"ARN": "arn:aws:ssm:" + region + ":" + account + ":parameter" + name, "Name": name, "Type": "SecureString", "KeyId": key,
	}}
}

// secretsEstate are the secrets of the standard estate.
func secretsEstate(account string) []Resource {
	const region = "eu-central-1"
	key := KeyARN(account, region, "good-key")
	weekly := Node{"KmsKeyId": key, "RotationEnabled": true, "RotationRules": Node{"AutomaticallyAfterDays": 7}}
	bad := SecretIn(account, region, "bad-secret", Node{"PrimaryRegion": region})
	bad.Sub["secretsmanager.DescribeSecret"] = Node{"ReplicationStatus": []any{Node{"Region": "us-east-1", "Status": "InSync"}}}
	plain := Parameter(account, region, "/bad/plain", "")
	plain.Doc["Type"] = "String"
	return []Resource{
		SecretIn(account, region, "good-secret", weekly), bad,
		SecretIn(account, "us-east-1", "bad-secret", Node{"PrimaryRegion": region}),
		Parameter(account, region, "/good/parameter", key), Parameter(account, region, "/bad/parameter", "alias/aws/ssm"), plain,
	}
}
