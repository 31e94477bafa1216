package fakeaws

import "slices"

// ec2Estate are the networks, firewalls, machines and disks of the standard estate.
func ec2Estate(account string) []Resource {
	return slices.Concat(networkEstate(account), firewallEstate(account), machineEstate(), diskEstate(account), regionEstate())
}

// networkEstate: the good network has private subnets alone, one by a table of its own and one by the network's main table;
// the bad one has public subnets, one by half a default route and one by IPv6 alone. One is AWS' own, and used.
func networkEstate(account string) []Resource {
	region := "eu-central-1"
	return []Resource{
		newVPC(account, region, "vpc-good"), newVPC(account, region, "vpc-bad"), newDefaultVPC(account, "eu-west-1", "vpc-unused"), newDefaultVPC(account, "eu-north-1", "vpc-bad-north"), newInterface("eu-north-1", "eni-bad-north", "vpc-bad-north"),
		newSubnet(account, "subnet-good-a", "vpc-good"), newSubnet(account, "subnet-good-b", "vpc-good"),
		newSubnet(account, "subnet-bad-a", "vpc-bad"), newSubnet(account, "subnet-bad-b", "vpc-bad"),
		newRouteTable("rtb-good-main", "vpc-good", []Node{{"main": true}}, localRoute()),
		newRouteTable("rtb-good-a", "vpc-good", []Node{{"subnetId": "subnet-good-a"}}, localRoute(), Node{"destinationCidrBlock": "0.0.0.0/0", "natGatewayId": "nat-1", "state": "active"}),
		newRouteTable("rtb-bad-main", "vpc-bad", []Node{{"main": true}}, localRoute(), Node{"destinationIpv6CidrBlock": "::/0", "gatewayId": "igw-1", "state": "active"}),
		newRouteTable("rtb-bad-a", "vpc-bad", []Node{{"subnetId": "subnet-bad-a"}}, localRoute(), Node{"destinationCidrBlock": "0.0.0.0/1", "gatewayId": "igw-1", "state": "active"}),
		newVPC(account, "us-east-1", "vpc-bad-blocked"), blockedElsewhere("ec2.subnet", "subnet-blocked", Node{"subnetId": "subnet-blocked", "vpcId": "vpc-bad-blocked", "ownerId": account}),
		blockedElsewhere("ec2.routetable", "rtb-blocked", Node{"routeTableId": "rtb-blocked", "vpcId": "vpc-bad-blocked", "associationSet": []Node{{"main": true}},
			"routeSet": []Node{{"destinationCidrBlock": "0.0.0.0/0", "gatewayId": "igw-2", "state": "active"}}}),
		blockedElsewhere("ec2.exclusion", "vpc-gone", Node{"resourceArn": "arn:aws:ec2:us-east-1:" + account + ":vpc/vpc-gone", "state": "delete-complete"}),
		blockedElsewhere("ec2.exclusion", "vpc-other", Node{"resourceArn": "arn:aws:ec2:us-east-1:" + account + ":vpc/vpc-other", "state": "create-complete"}),
		newFlowLog(region, "fl-good", "vpc-good", "SUCCESS"), newFlowLog(region, "fl-bad", "subnet-bad-a", "FAILED"),
	}
}

func newVPC(account, region, id string) Resource {
	return Resource{Type: "ec2.vpc", Region: region, ID: id, Doc: Node{"vpcId": id, "ownerId": account, "state": "available"}}
}

// newDefaultVPC is the network that AWS puts into a region.
func newDefaultVPC(account, region, id string) Resource {
	network := newVPC(account, region, id)
	network.Doc["isDefault"] = true
	return network
}

func newInterface(region, id, vpc string) Resource {
	return Resource{Type: "ec2.networkinterface", Region: region, ID: id, Doc: Node{"networkInterfaceId": id, "vpcId": vpc, "status": "in-use"}}
}

func newSubnet(account, id, vpc string) Resource {
	return Resource{Type: "ec2.subnet", Region: "eu-central-1", ID: id, Doc: Node{"subnetId": id, "vpcId": vpc, "ownerId": account, "mapPublicIpOnLaunch": false}}
}

func newRouteTable(id, vpc string, associations []Node, routes ...Node) Resource {
	return Resource{Type: "ec2.routetable", Region: "eu-central-1", ID: id, Doc: Node{"routeTableId": id, "vpcId": vpc, "associationSet": associations, "routeSet": routes}}
}

func localRoute() Node {
	return Node{"destinationCidrBlock": "10.0.0.0/16", "gatewayId": "local", "state": "active"}
}

// blockedElsewhere is something of the network in us-east-1, whose way out is blocked.
func blockedElsewhere(typ, id string, doc Node) Resource {
	return Resource{Type: typ, Region: "us-east-1", ID: id, Doc: doc}
}

func newFlowLog(region, id, of, delivery string) Resource {
	return Resource{Type: "ec2.flowlog", Region: region, ID: id, Doc: Node{
		"flowLogId": id, "resourceId": of, "flowLogStatus": "ACTIVE", "deliverLogsStatus": delivery, "trafficType": "ALL",
		"logDestinationType": "s3", "logDestination": "arn:aws:s3:::good-flow-logs/vpc/",
	}}
}

// firewallEstate: the bad groups let the world in, one by a rule and one by a prefix list.
func firewallEstate(account string) []Resource {
	region := "eu-central-1"
	world := []Node{{"cidrIp": "0.0.0.0/0"}}
	return []Resource{
		newGroup(account, region, "sg-good", "app", Node{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "ipRanges": []Node{{"cidrIp": "10.0.0.0/8"}}}),
		newGroup(account, region, "sg-good-default", "default"),
		newGroup(account, region, "sg-bad", "admin", Node{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "ipRanges": world}),
		newGroup(account, region, "sg-bad-list", "partners", Node{"ipProtocol": "tcp", "fromPort": 3389, "toPort": 3389, "prefixListIds": []Node{{"prefixListId": "pl-bad"}}}),
		newGroup(account, "eu-north-1", "sg-bad-default", "default", Node{"ipProtocol": "-1", "groups": []Node{{"groupId": "sg-bad-default", "userId": account}}}),
		newGroup(account, "eu-west-1", "sg-unused-default", "default", Node{"ipProtocol": "-1", "ipRanges": world}), // nothing is in its network
		newGroup(account, region, "sg-good-list", "offices", Node{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "prefixListIds": []Node{{"prefixListId": "pl-good"}}}),
		{Type: "ec2.prefixlist", Region: region, ID: "pl-good", Doc: Node{"prefixListId": "pl-good", "ownerId": account},
			Sub: map[string]any{"ec2.GetManagedPrefixListEntries": []Node{{"cidr": "192.0.2.0/25"}, {"cidr": "192.0.2.128/25"}}}},
		{Type: "ec2.prefixlist", Region: region, ID: "pl-aws", Doc: Node{"prefixListId": "pl-aws", "ownerId": "AWS"}},
		{Type: "ec2.prefixlist", Region: region, ID: "pl-bad", Doc: Node{"prefixListId": "pl-bad", "ownerId": account},
			Sub: map[string]any{"ec2.GetManagedPrefixListEntries": []Node{{"cidr": "0.0.0.0/1"}, {"cidr": "128.0.0.0/1"}}}},
	}
}

func newGroup(account, region, id, name string, ingress ...Node) Resource {
	return Resource{Type: "ec2.securitygroup", Region: region, ID: id, Doc: Node{
		"groupId": id, "groupName": name, "ownerId": account, "ipPermissions": ingress, "ipPermissionsEgress": []Node{},
	}}
}

func machineEstate() []Resource {
	region := "eu-central-1"
	return []Resource{
		blockedElsewhere("ec2.instance", "i-blocked", Node{
			"instanceId": "i-blocked", "subnetId": "subnet-blocked", "instanceState": Node{"name": "running"}, "monitoring": Node{"state": "enabled"},
			"metadataOptions": Node{"httpEndpoint": "enabled", "httpTokens": "required"},
		}),
		{Type: "ec2.instance", Region: region, ID: "i-good", Doc: Node{
			"instanceId": "i-good", "subnetId": "subnet-good-a", "instanceState": Node{"name": "running"}, "monitoring": Node{"state": "enabled"},
			"metadataOptions": Node{"httpEndpoint": "enabled", "httpTokens": "required"},
		}},
		{Type: "ec2.instance", Region: region, ID: "i-bad", Doc: Node{
			"instanceId": "i-bad", "subnetId": "subnet-bad-a", "ipAddress": "198.51.100.7", "instanceState": Node{"name": "running"},
			"monitoring": Node{"state": "disabled"}, "metadataOptions": Node{"httpEndpoint": "enabled", "httpTokens": "optional"},
		}},
	}
}

func diskEstate(account string) []Resource {
	region := "eu-central-1"
	key := keyARN(account, region, "good-disks")
	return []Resource{
		diskKey(account, region, "good-disks"),
		{Type: "ec2.volume", Region: region, ID: "vol-good", Doc: Node{"volumeId": "vol-good", "encrypted": true, "kmsKeyId": key}},
		{Type: "ec2.volume", Region: region, ID: "vol-bad", Doc: Node{"volumeId": "vol-bad", "encrypted": false}},
		{Type: "ec2.volume", Region: "us-east-1", ID: "vol-bad-outside", Doc: Node{"volumeId": "vol-bad-outside", "encrypted": false}},
		{Type: "ec2.snapshot", Region: region, ID: "snap-good", Doc: Node{"snapshotId": "snap-good", "ownerId": account, "encrypted": true, "kmsKeyId": key}},
		{Type: "ec2.snapshot", Region: region, ID: "snap-good-second", Doc: Node{"snapshotId": "snap-good-second", "ownerId": account, "encrypted": true, "kmsKeyId": key}},
		{Type: "ec2.snapshot", Region: "eu-north-1", ID: "snap-bad", Doc: Node{"snapshotId": "snap-bad", "ownerId": account, "encrypted": false},
			Sub: map[string]any{"ec2.DescribeSnapshotAttribute": Node{"createVolumePermission": []Node{{"group": "all"}}}}},
		{Type: "ec2.snapshot", Region: "eu-north-1", ID: "snap-bad-second", Doc: Node{"snapshotId": "snap-bad-second", "ownerId": account, "encrypted": false},
			Sub: map[string]any{"ec2.DescribeSnapshotAttribute": Node{"createVolumePermission": []Node{{"group": "all"}}}}},
		{Type: "ec2.snapshot", Region: "eu-north-1", ID: "snap-bad-plain", Doc: Node{"snapshotId": "snap-bad-plain", "ownerId": account, "encrypted": false}},
		{Type: "ec2.image", Region: region, ID: "ami-good", Doc: Node{"imageId": "ami-good", "isPublic": false, "imageState": "available",
			"blockDeviceMapping": []Node{{"deviceName": "/dev/xvda", "ebs": Node{"snapshotId": "snap-good", "encrypted": true}}}}},
		{Type: "ec2.image", Region: region, ID: "ami-good-second", Doc: Node{"imageId": "ami-good-second", "isPublic": false, "imageState": "disabled",
			"blockDeviceMapping": []Node{{"deviceName": "/dev/xvda", "ebs": Node{"snapshotId": "snap-good-second", "encrypted": true}}}}},
		{Type: "ec2.image", Region: "eu-north-1", ID: "ami-bad", Doc: Node{"imageId": "ami-bad", "isPublic": true, "imageState": "available",
			"blockDeviceMapping": []Node{{"deviceName": "/dev/xvda", "ebs": Node{"snapshotId": "snap-bad", "encrypted": false}}}}},
	}
}

// regionEstate: one region is set up well, the others are as AWS has them.
func regionEstate() []Resource {
	return []Resource{{Type: "ec2.region", Region: "us-east-1", ID: "us-east-1", Sub: map[string]any{
		"ec2.DescribeVpcBlockPublicAccessOptions": Node{"vpcBlockPublicAccessOptions": Node{"internetGatewayBlockMode": "block-bidirectional", "state": "update-complete"}},
	}}, {Type: "ec2.region", Region: "eu-central-1", ID: "eu-central-1", Sub: map[string]any{
		"ec2.GetEbsEncryptionByDefault":         Node{"ebsEncryptionByDefault": true},
		"ec2.GetImageBlockPublicAccessState":    Node{"imageBlockPublicAccessState": "block-new-sharing"},
		"ec2.GetSnapshotBlockPublicAccessState": Node{"state": "block-all-sharing"},
	}}}
}
