package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"github.com/tomscan/tomscan/evidence"
)

// deliveries are the resources whose logs CloudWatch delivers, in the home region.
type deliveries struct {
	arns map[string]bool
	miss *miss // why there may be others
}

type deliveriesKey struct{}

// deliversLogs says whether CloudWatch delivers the access logs of a distribution, which the distribution itself does not
// tell: there is a source for it and a delivery from that source.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
func (s *site) deliversLogs(ctx context.Context, arn string) evidence.Value[bool] {
	if !s.needs("cloudwatchlogs.DescribeDeliverySources") {
		return notAsked[bool]()
	}
	all := shared(s.place, deliveriesKey{}, func() deliveries { return s.deliveries(ctx) })
	switch {
	case all.arns[arn]:
		return evidence.Known(true)
	case all.miss != nil:
		return refused[bool](all.miss)
	}
	return evidence.Default(false, docDistribution)
}

func (s *site) deliveries(ctx context.Context) deliveries {
	client := cloudwatchlogs.NewFromConfig(s.config())
	sources, m := pages(ctx, s, "", client.DescribeDeliverySources, &cloudwatchlogs.DescribeDeliverySourcesInput{Limit: sdk.Int32(50)},
		func(i *cloudwatchlogs.DescribeDeliverySourcesInput, o *cloudwatchlogs.DescribeDeliverySourcesOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		},
		func(o *cloudwatchlogs.DescribeDeliverySourcesOutput) []types.DeliverySource { return o.DeliverySources })
	all := deliveries{arns: map[string]bool{}, miss: m}
	if len(sources) == 0 {
		return all
	}
	delivered, m := pages(ctx, s, "", client.DescribeDeliveries, &cloudwatchlogs.DescribeDeliveriesInput{Limit: sdk.Int32(50)},
		func(i *cloudwatchlogs.DescribeDeliveriesInput, o *cloudwatchlogs.DescribeDeliveriesOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		},
		func(o *cloudwatchlogs.DescribeDeliveriesOutput) []types.Delivery { return o.Deliveries })
	if m != nil {
		all.miss = m
	}
	from := map[string]bool{}
	for _, d := range delivered {
		from[sdk.ToString(d.DeliverySourceName)] = true
	}
	for _, source := range sources {
		for _, arn := range source.ResourceArns {
			all.arns[arn] = all.arns[arn] || from[sdk.ToString(source.Name)]
		}
	}
	return all
}
