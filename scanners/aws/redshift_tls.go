package aws

import (
	"context"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/redshift"
	"github.com/aws/aws-sdk-go-v2/service/redshift/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// warehouseTLS says whether a cluster refuses connections without TLS, which its parameter group says. What waits for a
// restart is not in force, and the value from before is not told.
func (s *site) warehouseTLS(ctx context.Context, c types.Cluster) evidence.Value[bool] {
	if !s.needs("DescribeClusterParameters") {
		return notAsked[bool]()
	}
	if len(c.ClusterParameterGroups) == 0 {
		return evidence.Value[bool]{}
	}
	group := c.ClusterParameterGroups[0]
	if status := statusOfTLS(group); status != "" && status != inSync {
		return evidence.Unresolved[bool](evidence.Because("change_not_in_force", "status", status))
	}
	return s.warehouseParameter(ctx, sdk.ToString(group.ParameterGroupName))
}

// statusOfTLS is the status of the parameter where the cluster tells it, and that of the whole group otherwise.
// https://docs.aws.amazon.com/redshift/latest/APIReference/API_ClusterParameterStatus.html
func statusOfTLS(group types.ClusterParameterGroupStatus) string {
	for _, p := range group.ClusterParameterStatusList {
		if slices.Contains(awsrules.TLSParameters("redshift"), sdk.ToString(p.ParameterName)) {
			return sdk.ToString(p.ParameterApplyStatus)
		}
	}
	return sdk.ToString(group.ParameterApplyStatus)
}

type warehouseParameterKey struct{ group string }

// warehouseParameter says whether a group demands TLS. It is read once for each group. A group that does not tell the
// parameter has the default of its family, which only the name of a default group shows.
func (s *site) warehouseParameter(ctx context.Context, name string) evidence.Value[bool] {
	return shared(s.place, warehouseParameterKey{name}, func() evidence.Value[bool] {
		in := &redshift.DescribeClusterParametersInput{ParameterGroupName: &name, MaxRecords: sdk.Int32(100)}
		next := func(i *redshift.DescribeClusterParametersInput, o *redshift.DescribeClusterParametersOutput) (**string, *string) {
			return &i.Marker, o.Marker
		}
		found, m := pages(ctx, s, name, s.redshift().DescribeClusterParameters, in, next,
			func(o *redshift.DescribeClusterParametersOutput) []types.Parameter { return o.Parameters })
		for _, p := range found {
			if slices.Contains(awsrules.TLSParameters("redshift"), sdk.ToString(p.ParameterName)) && sdk.ToString(p.ParameterValue) != "" {
				return evidence.Known(awsrules.IsOn(*p.ParameterValue))
			}
		}
		switch {
		case m != nil:
			return refused[bool](m)
		case strings.HasPrefix(name, "default."):
			return awsrules.TLSByDefault("redshift", evidence.Known(awsrules.VersionOfFamily(name)))
		}
		return evidence.Unresolved[bool](evidence.Because("engine_version_not_known", "engine", "redshift"))
	})
}
