package aws

import (
	"context"
	"slices"
	"strconv"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

const (
	docTrailEncryption = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html"
	docTrailEvents     = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html"
)

// trails reads the trails of the provider's interface, those of the organisation among them, and whether their records
// arrive.
func trails() reader {
	trail, delivery := evidence.AuditTrail{}.Kind(), evidence.LogDelivery{}.Kind()
	return reader{
		service: "cloudtrail",
		kinds:   []evidence.Kind{trail, delivery},
		operations: []operation{
			{name: "DescribeTrails", action: "cloudtrail:DescribeTrails", lists: []evidence.Kind{trail, delivery}, fills: []string{
				"audit_trail.all_regions", "audit_trail.encryption", "audit_trail.global_events", "audit_trail.integrity_validation",
			}},
			{name: "GetEventDataStore", action: "cloudtrail:GetEventDataStore", fills: []string{
				"audit_trail.all_regions", "audit_trail.data_events", "audit_trail.encryption", "audit_trail.global_events",
				"audit_trail.integrity_validation", "audit_trail.logging", "audit_trail.management_events",
			}},
			{name: "GetEventSelectors", action: "cloudtrail:GetEventSelectors", fills: []string{
				"audit_trail.data_events", "audit_trail.management_events", "log_delivery.delivering",
			}},
			{name: "GetTrailStatus", action: "cloudtrail:GetTrailStatus", fills: []string{
				"audit_trail.logging", "log_delivery.age_hours", "log_delivery.delivering",
			}},
			{name: "ListEventDataStores", action: "cloudtrail:ListEventDataStores", lists: []evidence.Kind{trail}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"audit_trail.encryption"}},
		},
		read: readTrails,
	}
}

func readTrails(ctx context.Context, s *site) {
	client := cloudtrail.NewFromConfig(s.config())
	out, m := get(ctx, s, "", client.DescribeTrails, &cloudtrail.DescribeTrailsInput{IncludeShadowTrails: sdk.Bool(true)})
	s.hide(m, evidence.AuditTrail{}.Kind(), evidence.LogDelivery{}.Kind())
	s.logUnknown(m)
	if m != nil {
		return
	}
	s.noteTrails(ctx, len(out.TrailList))
	var own []types.Trail
	for _, t := range out.TrailList {
		s.logInto(sdk.ToString(t.S3BucketName))
		if s.tellsTrail(sdk.ToString(t.HomeRegion)) {
			own = append(own, t)
		}
	}
	each(ctx, s, own, func(ctx context.Context, t types.Trail) { s.readTrail(ctx, client, t) })
}

// tellsTrail says whether the site is the one that tells of a trail with that home: a trail of all regions appears in each
// of them. Where its home is not read it is the first region that is.
func (s *site) tellsTrail(home string) bool {
	if slices.Contains(s.regions, home) {
		return s.region == home
	}
	return len(s.regions) > 0 && s.region == slices.Min(s.regions)
}

// readTrail reads one trail. It is asked about by its ARN: a name would not do for one of the organisation.
func (s *site) readTrail(ctx context.Context, client *cloudtrail.Client, t types.Trail) {
	arn, home := sdk.ToString(t.TrailARN), sdk.ToString(t.HomeRegion)
	records := trailRecords{management: notAsked[string](), data: notAsked[bool]()}
	if s.needs("GetEventSelectors") {
		out, m := get(ctx, s, arn, client.GetEventSelectors, &cloudtrail.GetEventSelectorsInput{TrailName: &arn})
		if m.vanished() {
			return
		}
		records = recordedBy(out, m)
	}
	logging := notAsked[bool]()
	delivery := evidence.LogDelivery{Region: evidence.Known(home), Delivering: notAsked[bool](), AgeHours: notAsked[int]()}
	if s.needs("GetTrailStatus") {
		out, m := get(ctx, s, arn, client.GetTrailStatus, &cloudtrail.GetTrailStatusInput{Name: &arn})
		if m.vanished() {
			return
		}
		logging = told(out, m, evidence.Value[bool]{}, func(o *cloudtrail.GetTrailStatusOutput) evidence.Value[bool] { return said(o.IsLogging) })
		delivery.Delivering = told(out, m, evidence.Value[bool]{}, func(o *cloudtrail.GetTrailStatusOutput) evidence.Value[bool] {
			return s.trailDelivers(o, records.management)
		})
		delivery.AgeHours = told(out, m, evidence.Value[int]{}, func(o *cloudtrail.GetTrailStatusOutput) evidence.Value[int] {
			return evidence.Known(s.hoursSince(o.LatestDeliveryTime))
		})
	}
	of := s.trailThing("cloudtrail:trail", arn, sdk.ToString(t.Name), home, "")
	of.unasked = []string{"cloudtrail.GetEventDataStore"}
	s.add(of, evidence.AuditTrail{
		Region:              evidence.Known(home),
		Logging:             logging,
		AllRegions:          said(t.IsMultiRegionTrail),
		GlobalEvents:        said(t.IncludeGlobalServiceEvents),
		ManagementEvents:    records.management,
		DataEvents:          records.data,
		IntegrityValidation: said(t.LogFileValidationEnabled),
		Encryption: asked(s, "kms.DescribeKey", func() evidence.Value[string] {
			return s.levelOf(ctx, home, t.KmsKeyId, evidence.Default(evidence.EncryptionProviderOwned, docTrailEncryption))
		}),
	})
	to := s.trailThing("cloudtrail:trail", arn, "", home, "delivery")
	to.level = evidence.LevelOperation
	s.add(to, delivery)
}

// trailThing names a trail, or what belongs to it. One of the organisation belongs to another account: what this account
// sees of it is a thing of its own.
func (s *site) trailThing(typ, arn, name, region, suffix string) thing {
	of := thing{arn: arn, typ: typ, name: name, region: region, suffix: suffix}
	if _, _, owner := awsrules.ARNPlace(arn); owner != s.id {
		of.suffix = "in/" + s.id
		if suffix != "" {
			of.suffix = suffix + "/" + of.suffix
		}
	}
	return of
}

// deliveryDue is how old the last delivery of a trail may be, in hours. CloudTrail delivers within minutes, and no
// day passes in an account that is used without a call, if only of a service of AWS.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
const deliveryDue = 24

// trailDelivers says whether records arrive in the bucket: the trail records, its last delivery met no error, and it was not
// long ago. One that does not record all management events may have had nothing to deliver. Where there never was a
// delivery, nothing arrives.
func (s *site) trailDelivers(o *cloudtrail.GetTrailStatusOutput, management evidence.Value[string]) evidence.Value[bool] {
	arrives := evidence.Known(sdk.ToString(o.LatestDeliveryError) == "" && o.LatestDeliveryTime != nil)
	if age := s.hoursSince(o.LatestDeliveryTime); evidence.IsKnown(arrives, true) && age > deliveryDue {
		switch {
		case evidence.IsKnown(management, "all"):
			arrives = evidence.Known(false)
		case management.State() == evidence.StateKnown:
			arrives = evidence.Unresolved[bool](evidence.Because("nothing_to_deliver", "hours", strconv.Itoa(age)))
		default:
			arrives = evidence.NotKnown[bool](management)
		}
	}
	return evidence.AllTrue(said(o.IsLogging), arrives)
}
