package fakeaws

// Bucket is a bucket with the answers of the operations that configure it, by their names without the service.
func Bucket(name, region string, sub map[string]any) Resource {
	r := Resource{
		Type: "s3.bucket", ID: name,
		Doc: Node{"Name": name, "BucketRegion": region, "CreationDate": "2024-02-01T00:00:00Z"},
		Sub: map[string]any{"s3.GetBucketAcl": bucketACL("")},
	}
	for operation, answer := range sub {
		r.Sub["s3."+operation] = answer
	}
	return r
}

// PublicBlock is a block of public access with all four flags.
func PublicBlock(on bool) Node {
	return Node{"BlockPublicAcls": on, "IgnorePublicAcls": on, "BlockPublicPolicy": on, "RestrictPublicBuckets": on}
}

// TLSOnly is the policy of a bucket that refuses requests without TLS.
func TLSOnly(bucket string) Answer {
	return Answer{Raw: []byte(`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*",` +
		`"Resource":["arn:aws:s3:::` + bucket + `","arn:aws:s3:::` + bucket + `/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`)}
}

// bucketACL is an access control list with a grant to the owner, and one to a group when uri names one.
func bucketACL(uri string) Node {
	grant := func(kind, member, value string) Node {
		return Node{"Permission": "FULL_CONTROL", "Grantee": Node{"@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:type": kind, member: value}}
	}
	grants := []any{grant("CanonicalUser", "ID", "owner")}
	if uri != "" {
		grants = append(grants, grant("Group", "URI", uri))
	}
	return Node{"Owner": Node{"ID": "owner"}, "AccessControlList": List{Name: "Grant", Items: grants}}
}

// replicationTo is a replication of all objects to a bucket.
func replicationTo(bucket string) Node {
	return Node{"Role": "arn:aws:iam::111122223333:role/replication", "Rule": Flat{
		Node{"ID": "all", "Status": "Enabled", "Destination": Node{"Bucket": "arn:aws:s3:::" + bucket}},
	}}
}

// expiry is a lifecycle that deletes all objects, and versions that are no longer current.
func expiry(days, noncurrent int) Node {
	return Node{"Rule": Flat{Node{
		"ID": "all", "Status": "Enabled", "Filter": Node{"Prefix": ""}, "Expiration": Node{"Days": days},
		"NoncurrentVersionExpiration": Node{"NoncurrentDays": noncurrent},
	}}}
}

func encryptedBy(key string) Node {
	return Node{"Rule": Flat{Node{
		"BucketKeyEnabled":                   true,
		"ApplyServerSideEncryptionByDefault": Node{"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key},
	}}}
}

// s3Estate are the buckets of the standard estate. The account blocks new public access control lists and nothing else.
func s3Estate(account string) []Resource {
	versioned := Node{"Status": "Enabled"}
	loggedTo := func(bucket string) Node {
		return Node{"LoggingEnabled": Node{"TargetBucket": bucket, "TargetPrefix": "s3/"}}
	}
	good := func(name, region string, more map[string]any) Resource {
		r := Bucket(name, region, map[string]any{
			"GetBucketEncryption": encryptedBy(KeyARN(account, region, "good-key")), "GetBucketPolicy": TLSOnly(name),
			"GetBucketVersioning": versioned, "GetPublicAccessBlock": PublicBlock(true), "GetBucketPolicyStatus": Node{"IsPublic": false},
			"GetBucketOwnershipControls":      Node{"Rule": Flat{Node{"ObjectOwnership": "BucketOwnerEnforced"}}},
			"GetBucketLifecycleConfiguration": expiry(30, 30),
		})
		for operation, answer := range more {
			r.Sub["s3."+operation] = answer
		}
		return r
	}
	open := Answer{Raw: []byte(`{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::bad-open/*"}}`)}
	return []Resource{
		{Type: "s3control.account", Sub: map[string]any{"s3control.GetPublicAccessBlock": Node{"BlockPublicAcls": true}}},
		good("good-bucket", "eu-central-1", map[string]any{
			"GetBucketLogging": loggedTo("good-logs"), "GetBucketReplication": replicationTo("good-copy"),
			"GetObjectLockConfiguration": Node{"ObjectLockEnabled": "Enabled"},
		}),
		good("good-copy", "eu-north-1", map[string]any{"GetBucketLogging": loggedTo("good-logs-north")}),
		good("good-logs", "eu-central-1", map[string]any{"GetBucketLifecycleConfiguration": expiry(400, 1)}),
		good("good-logs-north", "eu-north-1", map[string]any{"GetBucketLifecycleConfiguration": expiry(400, 1)}),
		Bucket("bad-bucket", "eu-central-1", map[string]any{
			"GetBucketAcl": bucketACL("http://acs.amazonaws.com/groups/global/AllUsers"),
		}),
		Bucket("bad-open", "eu-north-1", map[string]any{
			"GetBucketPolicy": open, "GetBucketPolicyStatus": Node{"IsPublic": true}, "GetBucketVersioning": versioned,
			"GetBucketReplication": replicationTo("bad-outside"),
		}),
		Bucket("bad-outside", "us-east-1", map[string]any{"GetBucketVersioning": versioned}),
	}
}
