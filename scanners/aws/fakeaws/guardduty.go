package fakeaws

import "net/http"

// guarddutyOperations are those of GuardDuty. Resources: "guardduty.detector", by id.
func guarddutyOperations() []Operation {
	return []Operation{
		{
			Name: "guardduty.GetDetector", Path: "GET /detector/{DetectorId}", Of: "guardduty.detector", By: "DetectorId",
			Show: func(r Resource) any { return r.Doc },
			Missing: Error{Status: http.StatusBadRequest, Code: "BadRequestException",
				Message: "The request is rejected because the input detectorId is not owned by the current account."},
		},
		{
			Name: "guardduty.ListDetectors", Path: "GET /detector", Lists: "guardduty.detector", At: "detectorIds",
			TokenIn: "nextToken", TokenOut: "nextToken", SizeIn: "maxResults", MaxPage: 50,
			Show: func(r Resource) any { return r.ID },
		},
	}
}

// guarddutyEstate is a detector that watches, and one that was suspended. us-east-1 has none.
func guarddutyEstate(string) []Resource {
	return []Resource{
		{Type: "guardduty.detector", Region: "eu-central-1", ID: "good00000000000000000000000000d1",
			Doc: Node{"status": "ENABLED", "findingPublishingFrequency": "SIX_HOURS", "serviceRole": "role"}},
		{Type: "guardduty.detector", Region: "eu-north-1", ID: "bad000000000000000000000000000d2",
			Doc: Node{"status": "DISABLED", "findingPublishingFrequency": "SIX_HOURS", "serviceRole": "role"}},
	}
}
