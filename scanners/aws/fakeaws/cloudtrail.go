package fakeaws

import "net/http"

// cloudtrailOperations are those of CloudTrail. Resources: "cloudtrail.trail", by ARN, with the name in IDs; one without a
// region is seen from all, as a trail of all regions is. "cloudtrail.store" is an event data store, by ARN: a list has no
// more of it than its name, as with AWS.
func cloudtrailOperations() []Operation {
	missing := Error{Status: http.StatusBadRequest, Code: "TrailNotFoundException", Message: "Unknown trail: <resource>"}
	return []Operation{
		{Name: "cloudtrail.DescribeTrails", Lists: "cloudtrail.trail", At: "trailList"},
		{Name: "cloudtrail.GetEventDataStore", Of: "cloudtrail.store", By: "EventDataStore", Show: func(r Resource) any { return r.Doc },
			Missing: Error{Status: http.StatusBadRequest, Code: "EventDataStoreNotFoundException", Message: "Event data store not found."}},
		{Name: "cloudtrail.GetEventSelectors", Of: "cloudtrail.trail", By: "TrailName", Missing: missing},
		{Name: "cloudtrail.GetTrailStatus", Of: "cloudtrail.trail", By: "Name", Missing: missing},
		{Name: "cloudtrail.ListEventDataStores", Lists: "cloudtrail.store", At: "EventDataStores", TokenIn: "NextToken", TokenOut: "NextToken",
			SizeIn: "MaxResults", MaxPage: 1000, Show: func(r Resource) any { return Node{"EventDataStoreArn": r.ID, "Name": r.Doc["Name"]} }},
	}
}

// cloudtrailEstate is a trail of all regions that records and arrives, and one of a single region that does not.
func cloudtrailEstate(account string) []Resource {
	arn := func(name string) string { return "arn:aws:cloudtrail:eu-central-1:" + account + ":trail/" + name }
	return []Resource{
		{
			Type: "cloudtrail.trail", ID: arn("good-trail"),
			Doc: Node{
				"Name": "good-trail", "TrailARN": arn("good-trail"), "HomeRegion": "eu-central-1", "S3BucketName": "good-logs",
				"IsMultiRegionTrail": true, "IncludeGlobalServiceEvents": true, "LogFileValidationEnabled": true, "IsOrganizationTrail": false,
				"KmsKeyId": KeyARN(account, "eu-central-1", "good-key"),
			},
			Sub: map[string]any{
				"cloudtrail.GetEventSelectors": Node{"TrailARN": arn("good-trail"), "AdvancedEventSelectors": []any{
					Node{"Name": "management", "FieldSelectors": []any{Node{"Field": "eventCategory", "Equals": []any{"Management"}}}},
					Node{"Name": "objects", "FieldSelectors": []any{
						Node{"Field": "eventCategory", "Equals": []any{"Data"}}, Node{"Field": "resources.type", "Equals": []any{"AWS::S3::Object"}}}},
				}},
				"cloudtrail.GetTrailStatus": Node{"IsLogging": true, "LatestDeliveryTime": 1795261800},
			},
		},
		{
			Type: "cloudtrail.trail", ID: arn("bad-trail"), Region: "eu-central-1",
			Doc: Node{
				"Name": "bad-trail", "TrailARN": arn("bad-trail"), "HomeRegion": "eu-central-1", "S3BucketName": "bad-logs",
				"IsMultiRegionTrail": false, "IncludeGlobalServiceEvents": false, "LogFileValidationEnabled": false, "IsOrganizationTrail": false,
			},
			Sub: map[string]any{
				"cloudtrail.GetEventSelectors": Node{"TrailARN": arn("bad-trail"), "EventSelectors": []any{
					Node{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": true, "DataResources": []any{}},
				}},
				"cloudtrail.GetTrailStatus": Node{"IsLogging": false, "LatestDeliveryError": "NoSuchBucket", "LatestDeliveryTime": 1790000000},
			},
		},
	}
}
