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
			Name: "kms.GetKeyRotationStatus", Of: "kms.key", By: "KeyId", Missing: missing,
			Absent: Error{Status: http.StatusBadRequest, Code: "UnsupportedOperationException", Message: "<resource> does not rotate"},
		},
		{
			Name: "kms.ListKeys", Lists: "kms.key", At: "Keys", TokenIn: "Marker", TokenOut: "NextMarker", Truncated: "Truncated",
			SizeIn: "Limit", MaxPage: 1000,
			Show: func(r Resource) any { return Node{"KeyArn": r.Doc["Arn"], "KeyId": r.ID} },
		},
	}
}

// KeyARN is the ARN of a key. In the standard estate each region has good-key, which rotates, bad-key, which does not, and
// managed-key, which AWS manages.
func KeyARN(account, region, id string) string {
	return "arn:aws:kms:" + region + ":" + account + ":key/" + id
}

// Key is a symmetric key whose material AWS made. Change of its Doc what is to be otherwise. Without rotation in Sub it
// does not support any.
func Key(account, region, id string) Resource {
	arn := KeyARN(account, region, id)
	return Resource{
		Type: "kms.key", Region: region, ID: id, IDs: []string{arn},
		Doc: Node{
			"AWSAccountId": account, "KeyId": id, "Arn": arn, "KeyManager": "CUSTOMER", "Origin": "AWS_KMS",
			"KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": "Enabled", "Enabled": true, "MultiRegion": false,
		},
		Sub: map[string]any{},
	}
}

// kmsEstate are the keys of the standard estate.
func kmsEstate(account string) []Resource {
	var keys []Resource
	for _, region := range standardRegions() {
		good, bad, managed := Key(account, region, "good-key"), Key(account, region, "bad-key"), Key(account, region, "managed-key")
		good.Sub["kms.GetKeyRotationStatus"] = Node{"KeyId": good.ID, "KeyRotationEnabled": true, "RotationPeriodInDays": 180}
		bad.Sub["kms.GetKeyRotationStatus"] = Node{"KeyId": bad.ID, "KeyRotationEnabled": false}
		managed.Doc["KeyManager"] = "AWS"
		managed.Sub["kms.GetKeyRotationStatus"] = Node{"KeyId": managed.ID, "KeyRotationEnabled": true}
		keys = append(keys, good, bad, managed)
	}
	return keys
}
