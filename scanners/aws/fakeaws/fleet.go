package fakeaws

import (
	"fmt"
	"slices"
)

// FleetRegions are the regions that the fleet uses; the others of its seventeen are empty but for their default network.
func FleetRegions() []string { return []string{"eu-central-1", "eu-north-1", "eu-west-1", "eu-west-3"} }

// Fleet is a large account: 500 buckets, 200 databases with 20 groups of parameters, 5,000 volumes and 20,000 snapshots,
// 150 roles, 40 keys, in four of seventeen regions. The account blocks all public access to buckets.
func Fleet() Estate {
	account := StandardAccount
	fleet := []Resource{{Type: "s3control.account", Sub: map[string]any{"s3control.GetPublicAccessBlock": PublicBlock(true)}}}
	for n := range 500 {
		fleet = append(fleet, fleetBucket(account, n))
	}
	for n := range 200 {
		fleet = append(fleet, fleetDatabase(account, n))
	}
	for _, region := range FleetRegions() {
		for n := range 5 {
			fleet = append(fleet, NewParameter(region, fmt.Sprintf("group-%d", n), "rds.force_ssl", "1", false)...)
		}
		for n := range 10 {
			key := Key(account, region, fmt.Sprintf("key-%d", n))
			key.Sub["kms.GetKeyRotationStatus"] = Node{"KeyId": key.ID, "KeyRotationEnabled": true, "RotationPeriodInDays": 365}
			fleet = append(fleet, key)
		}
	}
	for _, region := range defaultRegions() {
		fleet = append(fleet, newDefaultVPC(account, region, "vpc-default-"+region), newGroup(account, region, "sg-default-"+region, "default"))
	}
	for _, region := range FleetRegions() {
		fleet = append(fleet, newInterface(region, "eni-"+region, "vpc-default-"+region))
	}
	fleet = append(fleet, EBSFleet(account, FleetRegions()[0], 5_000, 20_000)...)
	return Estate{Accounts: []Account{{ID: account, Name: "Exempel AB", Resources: slices.Concat(fleet, fleetIdentities(account))}}}
}

func fleetRegion(n int) string { return FleetRegions()[n%len(FleetRegions())] }

func fleetBucket(account string, n int) Resource {
	name, region := fmt.Sprintf("bucket-%d", n), fleetRegion(n)
	return Bucket(name, region, map[string]any{
		"GetBucketEncryption": encryptedBy(KeyARN(account, region, fmt.Sprintf("key-%d", n%10))), "GetBucketPolicy": TLSOnly(name),
		"GetBucketVersioning": Node{"Status": "Enabled"}, "GetBucketLifecycleConfiguration": expiry(90, 30),
	})
}

func fleetDatabase(account string, n int) Resource {
	region := fleetRegion(n)
	return NewDatabase(account, region, fmt.Sprintf("db-%d", n), Node{
		"StorageEncrypted": true, "StorageEncryptionType": "sse-kms", "KmsKeyId": KeyARN(account, region, fmt.Sprintf("key-%d", n%10)),
		"BackupRetentionPeriod": 14, "MultiAZ": true, "DeletionProtection": true,
		"DBParameterGroups": newParameterGroups(fmt.Sprintf("group-%d", n%5), "in-sync"),
	})
}

// fleetIdentities are 150 roles with a policy each, and the account's own answers of the standard estate.
func fleetIdentities(account string) []Resource {
	all := slices.DeleteFunc(iamEstate(account), func(r Resource) bool { return r.Type != "iam.account" })
	for n := range 150 {
		policy := fmt.Sprintf("arn:aws:iam::%s:policy/policy-%d", account, n)
		all = append(all, iamPolicy(policy, fmt.Sprintf("policy-%d", n), readOneBucket, 1),
			iamHolder("RoleDetailList", "RoleName", fmt.Sprintf("arn:aws:iam::%s:role/role-%d", account, n), "/", policy))
	}
	return all
}
