package fakeaws

import "fmt"

// EBSFleet are many volumes and snapshots of a region, with the five keys that encrypt them: vol-1, vol-2 and so on, and
// snap-1, snap-2. One in ten is not encrypted.
func EBSFleet(account, region string, volumes, snapshots int) []Resource {
	var fleet []Resource
	for n := range 5 {
		fleet = append(fleet, diskKey(account, region, fmt.Sprintf("fleet-%d", n)))
	}
	for n := range volumes {
		id := fmt.Sprintf("vol-%d", n+1)
		fleet = append(fleet, Resource{Type: "ec2.volume", Region: region, ID: id, Doc: fleetDisk(account, region, "volumeId", id, n)})
	}
	for n := range snapshots {
		id := fmt.Sprintf("snap-%d", n+1)
		fleet = append(fleet, Resource{Type: "ec2.snapshot", Region: region, ID: id, Doc: fleetDisk(account, region, "snapshotId", id, n)})
	}
	return fleet
}

// fleetDisk is how the n-th volume or snapshot is shown.
func fleetDisk(account, region, name, id string, n int) Node {
	disk := Node{name: id, "encrypted": n%10 != 9, "ownerId": account}
	if n%10 != 9 {
		disk["kmsKeyId"] = keyARN(account, region, fmt.Sprintf("fleet-%d", n%5))
	}
	return disk
}

func keyARN(account, region, id string) string {
	return "arn:aws:kms:" + region + ":" + account + ":key/" + id
}

// diskKey is a key of the customer for disks.
func diskKey(account, region, id string) Resource {
	return Resource{
		Type: "kms.key", Region: region, ID: id, IDs: []string{keyARN(account, region, id)},
		Doc: Node{"AWSAccountId": account, "Arn": keyARN(account, region, id), "Enabled": true, "KeyId": id, "KeyManager": "CUSTOMER",
			"KeySpec": "SYMMETRIC_DEFAULT", "KeyState": "Enabled", "Origin": "AWS_KMS"},
		Sub: map[string]any{"kms.GetKeyRotationStatus": Node{"KeyId": id, "KeyRotationEnabled": true, "RotationPeriodInDays": 365}},
	}
}
