package fakeaws

// patchesOperations are those of Systems Manager that tell of patches. Resources: "ssm.machine", by id, with its patch
// state as Sub entry.
func patchesOperations() []Operation {
	return []Operation{
		{
			Name: "ssm.DescribeInstanceInformation", Lists: "ssm.machine", At: "InstanceInformationList", TokenIn: "NextToken", TokenOut: "NextToken",
			SizeIn: "MaxResults", MaxPage: 50,
		},
		{
			Name: "ssm.DescribeInstancePatchStates", Lists: "ssm.machine", By: "InstanceIds", At: "InstancePatchStates",
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 100,
			Keep: func(_ Request, r Resource) bool { return r.Sub["ssm.DescribeInstancePatchStates"] != nil },
		},
		// It tells of patches and of associations alike. Nobody should ask.
		{Name: "ssm.ListResourceComplianceSummaries", Lists: "ssm.compliance", At: "ResourceComplianceSummaryItems"},
	}
}

// patchesEstate are machines with an agent: patched, lacking patches, never scanned, outside of AWS, and silent. The one
// that lacks patches complies with an association.
func patchesEstate(string) []Resource {
	machine := func(id, ping string, state Node) Resource {
		r := Resource{Type: "ssm.machine", Region: "eu-central-1", ID: id, Doc: Node{"InstanceId": id, "PingStatus": ping, "ComputerName": "canary-" + id}}
		if state != nil {
			state["InstanceId"] = id
			r.Sub = map[string]any{"ssm.DescribeInstancePatchStates": state}
		}
		return r
	}
	return []Resource{
		machine("i-good", "Online", Node{"MissingCount": 0, "FailedCount": 0, "InstalledPendingRebootCount": 0, "CriticalNonCompliantCount": 0,
			"SecurityNonCompliantCount": 0, "OperationEndTime": daysAgo(2)}),
		machine("mi-bad", "Online", Node{"MissingCount": 3, "FailedCount": 1, "InstalledPendingRebootCount": 1, "CriticalNonCompliantCount": 2,
			"SecurityNonCompliantCount": 1, "OperationEndTime": daysAgo(40)}),
		machine("mi-unscanned", "Online", nil),
		machine("mi-silent", "ConnectionLost", Node{"MissingCount": 0, "OperationEndTime": daysAgo(2)}),
		{Type: "ssm.compliance", Region: "eu-central-1", ID: "mi-bad", Doc: Node{"ResourceId": "mi-bad", "ComplianceType": "Association", "Status": "COMPLIANT"}},
	}
}
