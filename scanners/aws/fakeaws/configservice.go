package fakeaws

// configserviceOperations are those of AWS Config. Resources: "config.recorder", by name.
func configserviceOperations() []Operation {
	return []Operation{
		{Name: "configservice.DescribeConfigurationRecorderStatus", Lists: "config.recorder", At: "ConfigurationRecordersStatus"},
		{Name: "configservice.DescribeConfigurationRecorders", Lists: "config.recorder", At: "ConfigurationRecorders"},
	}
}

// configserviceEstate is a recorder of everything, one of a few things that is switched off, and one that a service keeps.
func configserviceEstate(account string) []Resource {
	recorder := func(region, name string, all, on bool, more Node) Resource {
		return Resource{Type: "config.recorder", Region: region, ID: name,
			Doc: with(Node{"name": name, "roleARN": "arn:aws:iam::" + account + ":role/config",
				"recordingGroup": Node{"allSupported": all, "includeGlobalResourceTypes": all}}, more),
			Sub: map[string]any{"configservice.DescribeConfigurationRecorderStatus": Node{"name": name, "recording": on, "lastStatus": "SUCCESS"}}}
	}
	return []Resource{
		recorder("eu-central-1", "good-recorder", true, true, nil),
		recorder("eu-central-1", "AWSConfigurationRecorderForObservabilityAdmin", false, true,
			Node{"servicePrincipal": "observabilityadmin.amazonaws.com", "recordingScope": "INTERNAL"}),
		recorder("eu-north-1", "bad-recorder", false, false, nil),
	}
}
