package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/guardduty"
	"github.com/aws/aws-sdk-go-v2/service/guardduty/types"

	"github.com/tomscan/tomscan/evidence"
)

// detectors reads threat detectors: there is one in a region, or none.
func detectors() reader {
	kind := evidence.ThreatDetector{}.Kind()
	return reader{
		service: "guardduty",
		kinds:   []evidence.Kind{kind},
		operations: []operation{
			{name: "GetDetector", action: "guardduty:GetDetector", fills: []string{"threat_detector.enabled"}},
			{name: "ListDetectors", action: "guardduty:ListDetectors", lists: []evidence.Kind{kind}},
		},
		read: readDetectors,
	}
}

func readDetectors(ctx context.Context, s *site) {
	client := guardduty.NewFromConfig(s.config())
	in := &guardduty.ListDetectorsInput{MaxResults: sdk.Int32(50)}
	next := func(i *guardduty.ListDetectorsInput, o *guardduty.ListDetectorsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	ids, m := pages(ctx, s, "", client.ListDetectors, in, next, func(o *guardduty.ListDetectorsOutput) []string { return o.DetectorIds })
	s.hide(m, evidence.ThreatDetector{}.Kind())
	each(ctx, s, ids, func(ctx context.Context, id string) {
		enabled := notAsked[bool]()
		if s.needs("GetDetector") {
			out, m := get(ctx, s, id, client.GetDetector, &guardduty.GetDetectorInput{DetectorId: &id})
			if m.vanished() {
				return
			}
			enabled = told(out, m, evidence.Value[bool]{}, detectorEnabled)
		}
		arn := "arn:" + s.partition + ":guardduty:" + s.region + ":" + s.id + ":detector/" + id
		s.add(thing{arn: arn, typ: "guardduty:detector", name: id}, evidence.ThreatDetector{Region: evidence.Known(s.region), Enabled: enabled})
	})
}

func detectorEnabled(o *guardduty.GetDetectorOutput) evidence.Value[bool] {
	switch o.Status {
	case types.DetectorStatusEnabled:
		return evidence.Known(true)
	case types.DetectorStatusDisabled:
		return evidence.Known(false)
	}
	return evidence.NotKnown[bool](unmodelled(string(o.Status)))
}
