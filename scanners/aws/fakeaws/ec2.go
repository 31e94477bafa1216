package fakeaws

import "slices"

// ec2Operations are those of EC2. Resources, all by id: "ec2.flowlog", "ec2.image", "ec2.instance", "ec2.networkinterface",
// "ec2.prefixlist", "ec2.routetable", "ec2.securitygroup", "ec2.snapshot", "ec2.subnet", "ec2.volume", "ec2.vpc",
// "ec2.exclusion" (of the block of public access). What a region has once stands in the Sub of an "ec2.region". A snapshot
// with a Sub for ec2.DescribeSnapshotAttribute is shared with everybody.
func ec2Operations() []Operation {
	missing := func(code string) Error { return Error{Status: 400, Code: code, Message: "<resource> does not exist."} }
	list := func(name, lists, at string, maxPage int) Operation {
		return Operation{Name: "ec2." + name, Lists: lists, At: at, TokenIn: "NextToken", TokenOut: "nextToken", SizeIn: "MaxResults", MaxPage: maxPage}
	}
	named := func(o Operation, by, code string) Operation {
		o.By, o.Missing = by, missing(code)
		return o
	}
	kept := func(o Operation, keep func(Request, Resource) bool) Operation {
		o.Keep = keep
		return o
	}
	return []Operation{
		list("DescribeFlowLogs", "ec2.flowlog", "flowLogSet", 1000),
		kept(list("DescribeImages", "ec2.image", "imagesSet", 1000), askedImages),
		{Name: "ec2.DescribeInstances", Lists: "ec2.instance", At: "reservationSet", TokenIn: "NextToken", TokenOut: "nextToken",
			SizeIn: "MaxResults", MaxPage: 1000, Show: reservation},
		list("DescribeManagedPrefixLists", "ec2.prefixlist", "prefixListSet", 100),
		kept(list("DescribeNetworkInterfaces", "ec2.networkinterface", "networkInterfaceSet", 1000), askedNetwork),
		list("DescribeRouteTables", "ec2.routetable", "routeTableSet", 100),
		list("DescribeSecurityGroups", "ec2.securitygroup", "securityGroupInfo", 1000),
		kept(list("DescribeSnapshots", "ec2.snapshot", "snapshotSet", 1000), askedSnapshots),
		list("DescribeSubnets", "ec2.subnet", "subnetSet", 1000),
		named(list("DescribeVolumes", "ec2.volume", "volumeSet", 1000), "VolumeId", "InvalidVolume.NotFound"),
		list("DescribeVpcBlockPublicAccessExclusions", "ec2.exclusion", "vpcBlockPublicAccessExclusionSet", 1000),
		oncePerRegion("ec2.DescribeVpcBlockPublicAccessOptions", Node{"vpcBlockPublicAccessOptions": Node{"internetGatewayBlockMode": "off", "state": "default-state"}}),
		list("DescribeVpcs", "ec2.vpc", "vpcSet", 1000),
		oncePerRegion("ec2.GetEbsEncryptionByDefault", Node{"ebsEncryptionByDefault": false}),
		oncePerRegion("ec2.GetImageBlockPublicAccessState", Node{"imageBlockPublicAccessState": "unblocked"}),
		{Name: "ec2.GetManagedPrefixListEntries", Of: "ec2.prefixlist", By: "PrefixListId", At: "entrySet", TokenIn: "NextToken",
			TokenOut: "nextToken", SizeIn: "MaxResults", MaxPage: 100, Missing: missing("InvalidPrefixListID.NotFound")},
		oncePerRegion("ec2.GetSnapshotBlockPublicAccessState", Node{"state": "unblocked"}),
	}
}

// oncePerRegion answers what the region's resource says, or what holds until somebody sets it.
func oncePerRegion(name string, unset Node) Operation {
	return Operation{Name: name, Answer: func(r Request) Answer {
		for _, region := range r.Resources("ec2.region") {
			if set, ok := region.Sub[name].(Node); ok {
				return Answer{Body: set}
			}
		}
		return Answer{Body: unset}
	}}
}

// reservation is an instance as the list shows it: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Reservation.html.
func reservation(r Resource) any { return Node{"instancesSet": []Node{r.Doc}} }

// askedImages keeps the disabled images for those who ask for them.
func askedImages(r Request, image Resource) bool {
	return image.Doc["imageState"] != "disabled" || r.Params.Get("IncludeDisabled") == "true"
}

// askedSnapshots keeps the snapshots that are shared with everybody for those who ask for them alone.
func askedSnapshots(r Request, snapshot Resource) bool {
	_, public := snapshot.Sub["ec2.DescribeSnapshotAttribute"]
	return public || !slices.Contains(r.Params.All("RestorableBy"), "all")
}

// askedNetwork keeps the interfaces in the networks that are asked for.
func askedNetwork(r Request, networkInterface Resource) bool {
	asked := r.Params.Filter("vpc-id")
	id, _ := networkInterface.Doc["vpcId"].(string)
	return len(asked) == 0 || slices.Contains(asked, id)
}
