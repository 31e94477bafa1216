package aws

import (
	"context"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// parameterGroup is a parameter group as a database uses it.
type parameterGroup struct {
	name      string
	status    string // whether the database runs with what stands in the group
	ofCluster bool
}

// inSync is the status of a group whose values are all in force.
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBParameterGroupStatus.html
const inSync = "in-sync"

// operation is the operation that tells the parameters of the group.
func (g parameterGroup) operation() string {
	if g.ofCluster {
		return "DescribeDBClusterParameters"
	}
	return "DescribeDBParameters"
}

// requiresTLS says whether a database refuses connections without TLS: as its parameter group says, or as the engine does
// without it. What waits for a restart is in the group and not in the database, and the value from before is not told; so
// nothing is known then.
func (s *site) requiresTLS(ctx context.Context, engine, version string, g parameterGroup) evidence.Value[bool] {
	vendor := awsrules.TLSByDefault(engine, evidence.Known(version))
	switch {
	case vendor.Why().Code == "engine_not_understood":
		return vendor
	case !s.needs(g.operation()):
		return notAsked[bool]()
	case g.name == "":
		return evidence.Value[bool]{}
	case g.status != "" && g.status != inSync:
		return evidence.Unresolved[bool](evidence.Because("change_not_in_force", "status", g.status))
	}
	value := s.parameter(ctx, engine, g)
	if evidence.IsKnown(value, "") {
		return vendor
	}
	return evidence.Map(value, awsrules.IsOn)
}

// parameterKey is a group of which the parameter has been read.
type parameterKey struct {
	group     string
	ofCluster bool
}

// parameter is the value of the parameter that demands TLS, empty when the group does not set it. It is read once for each
// group: all databases of a group have the same engine.
func (s *site) parameter(ctx context.Context, engine string, g parameterGroup) evidence.Value[string] {
	return shared(s.place, parameterKey{g.name, g.ofCluster}, func() evidence.Value[string] {
		names := awsrules.TLSParameters(engine)
		found, m := s.parameters(ctx, g, parameterFilter(engine, names))
		for _, p := range found {
			if slices.Contains(names, strings.ToLower(sdk.ToString(p.ParameterName))) {
				return evidence.Known(sdk.ToString(p.ParameterValue))
			}
		}
		if m != nil {
			return refused[string](m)
		}
		return evidence.Known("")
	})
}

// parameterFilter asks for these parameters alone: a group has some hundreds. DocumentDB and Neptune have few, and do not
// support the filter.
// https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DescribeDBClusterParameters.html
func parameterFilter(engine string, names []string) []types.Filter {
	if engine == "docdb" || engine == "neptune" {
		return nil
	}
	return []types.Filter{{Name: sdk.String("parameter-name"), Values: names}}
}

func (s *site) parameters(ctx context.Context, g parameterGroup, filter []types.Filter) ([]types.Parameter, *miss) {
	if g.ofCluster {
		in := &rds.DescribeDBClusterParametersInput{DBClusterParameterGroupName: &g.name, Filters: filter, MaxRecords: sdk.Int32(rdsPage)}
		next := func(i *rds.DescribeDBClusterParametersInput, o *rds.DescribeDBClusterParametersOutput) (**string, *string) {
			return &i.Marker, o.Marker
		}
		return pages(ctx, s, g.name, s.rds().DescribeDBClusterParameters, in, next,
			func(o *rds.DescribeDBClusterParametersOutput) []types.Parameter { return o.Parameters })
	}
	in := &rds.DescribeDBParametersInput{DBParameterGroupName: &g.name, Filters: filter, MaxRecords: sdk.Int32(rdsPage)}
	next := func(i *rds.DescribeDBParametersInput, o *rds.DescribeDBParametersOutput) (**string, *string) {
		return &i.Marker, o.Marker
	}
	return pages(ctx, s, g.name, s.rds().DescribeDBParameters, in, next,
		func(o *rds.DescribeDBParametersOutput) []types.Parameter { return o.Parameters })
}
