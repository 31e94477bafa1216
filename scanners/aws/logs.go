package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// logGroups reads log groups, without a line of what is in them.
func logGroups() reader {
	kind := evidence.LogStore{}.Kind()
	return reader{
		service: "cloudwatchlogs",
		kinds:   []evidence.Kind{kind},
		operations: []operation{
			{
				name: "DescribeLogGroups", action: "logs:DescribeLogGroups", lists: []evidence.Kind{kind},
				fills: []string{"log_store.encryption", "log_store.retention_days"},
			},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"log_store.encryption"}},
		},
		read: readLogGroups,
	}
}

// logGroup is what is kept of a log group.
type logGroup struct {
	arn, name string
	key       *string
	days      *int32
	passing   bool // it only passes logs on
}

func readLogGroups(ctx context.Context, s *site) {
	in := &cloudwatchlogs.DescribeLogGroupsInput{Limit: sdk.Int32(50)}
	next := func(i *cloudwatchlogs.DescribeLogGroupsInput, o *cloudwatchlogs.DescribeLogGroupsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	groups, m := pages(ctx, s, "", cloudwatchlogs.NewFromConfig(s.config()).DescribeLogGroups, in, next,
		func(o *cloudwatchlogs.DescribeLogGroupsOutput) []logGroup { return logGroupsOf(o.LogGroups) })
	s.hide(m, evidence.LogStore{}.Kind())
	each(ctx, s, groups, func(ctx context.Context, g logGroup) {
		s.add(thing{arn: g.arn, typ: "logs:log-group", name: g.name}, evidence.LogStore{
			Placement: s.placed(nil),
			Name:      evidence.Known(g.name),
			Encryption: asked(s, "kms.DescribeKey", func() evidence.Value[string] {
				return s.levelOf(ctx, s.region, g.key, evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocLogEncryption))
			}),
			RetentionDays: g.retention(),
		})
	})
}

func logGroupsOf(list []types.LogGroup) []logGroup {
	var groups []logGroup
	for _, g := range list {
		groups = append(groups, logGroup{
			arn: strings.TrimSuffix(sdk.ToString(g.Arn), ":*"), name: sdk.ToString(g.LogGroupName), key: g.KmsKeyId, days: g.RetentionInDays,
			passing: g.LogGroupClass == types.LogGroupClassDelivery,
		})
	}
	return groups
}

// retention is how long logs are kept; without a number of days it is for ever, but for a group that passes them on.
func (g logGroup) retention() evidence.Value[int] {
	switch {
	case g.passing:
		return evidence.Default(awsrules.DeliveryLogDays, awsrules.DocLogClasses)
	case sdk.ToInt32(g.days) == 0:
		return evidence.Default(evidence.Never, awsrules.DocLogRetention)
	}
	return evidence.Known(int(*g.days))
}
