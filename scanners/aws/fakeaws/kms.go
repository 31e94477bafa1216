package fakeaws

import "net/http"

// kmsOperations are those of KMS. Resources: "kms.key", by id; give its ARN and its aliases in IDs. Doc is the key's metadata.
func kmsOperations() []Operation {
	missing := Error{Status: http.StatusBadRequest, Code: "NotFoundException", Message: "Key '<resource>' does not exist"}
	return []Operation{
		{
			Name: "kms.DescribeKey", Of: "kms.key", By: "KeyId", Missing: missing,
			Show: func(r Resource) any { return Node{"KeyMetadata": r.Doc} },
		},
		{
			Name: "kms.ListKeys", Lists: "kms.key", At: "Keys", TokenIn: "Marker", TokenOut: "NextMarker", Truncated: "Truncated",
			SizeIn: "Limit", MaxPage: 1000,
			Show: func(r Resource) any { return Node{"KeyArn": r.Doc["Arn"], "KeyId": r.ID} },
		},
	}
}
