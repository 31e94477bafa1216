package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// flowLogs says of which networks and subnets the traffic is recorded.
type flowLogs struct {
	traffic map[string]recorded // by network or subnet
	miss    *miss               // why there may be others
}

// recorded is which traffic is recorded.
type recorded struct{ accepted, rejected bool }

func (r recorded) any() bool { return r.accepted || r.rejected }
func (r recorded) all() bool { return r.accepted && r.rejected }

// and is what both record together.
func (r recorded) and(other recorded) recorded {
	return recorded{r.accepted || other.accepted, r.rejected || other.rejected}
}

// flowLog is what is kept of a flow log.
type flowLog struct {
	id, resource, status, delivery, bucket string
	traffic                                recorded
}

// readFlowLogs reads the region's flow logs: which traffic is recorded, whether the records arrive, and where.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html
func (s *site) readFlowLogs(ctx context.Context) flowLogs {
	in := &ec2.DescribeFlowLogsInput{MaxResults: sdk.Int32(1000)}
	next := func(i *ec2.DescribeFlowLogsInput, o *ec2.DescribeFlowLogsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	logs, m := pages(ctx, s, "", s.ec2().DescribeFlowLogs, in, next,
		func(o *ec2.DescribeFlowLogsOutput) []flowLog { return project(o.FlowLogs, flowLogOf) })
	s.hide(m, evidence.LogDelivery{}.Kind())
	s.logUnknown(m)
	all := flowLogs{traffic: map[string]recorded{}, miss: m}
	for _, l := range logs {
		s.logInto(l.bucket)
		s.add(thing{arn: s.ec2ARN("vpc-flow-log/" + l.id), typ: "ec2:vpc-flow-log", name: l.id, level: evidence.LevelOperation}, evidence.LogDelivery{
			Region: evidence.Known(s.region), Delivering: l.delivering(),
			AgeHours: evidence.Unresolved[int](evidence.Because("delivery_time_not_told")),
		})
		if l.status == "ACTIVE" {
			all.traffic[l.resource] = all.traffic[l.resource].and(l.traffic)
		}
	}
	return all
}

func flowLogOf(l types.FlowLog) flowLog {
	kept := flowLog{
		id: sdk.ToString(l.FlowLogId), resource: sdk.ToString(l.ResourceId), status: sdk.ToString(l.FlowLogStatus),
		delivery: sdk.ToString(l.DeliverLogsStatus),
		traffic: recorded{
			accepted: l.TrafficType == types.TrafficTypeAll || l.TrafficType == types.TrafficTypeAccept,
			rejected: l.TrafficType == types.TrafficTypeAll || l.TrafficType == types.TrafficTypeReject,
		},
	}
	if l.LogDestinationType == types.LogDestinationTypeS3 && awsrules.IsARN(sdk.ToString(l.LogDestination)) {
		path := strings.SplitN(*l.LogDestination, ":", 6)[5] // a folder may have colons in its name
		kept.bucket, _, _ = strings.Cut(path, "/")
	}
	return kept
}

// delivering says whether the last delivery went well. A flow log that is not active delivers nothing.
func (l flowLog) delivering() evidence.Value[bool] {
	switch {
	case l.status != "ACTIVE" || l.delivery == "FAILED":
		return evidence.Known(false)
	case l.delivery == "SUCCESS":
		return evidence.Known(true)
	}
	return evidence.Unresolved[bool](evidence.Because("value_not_understood"))
}

// of says whether the traffic of a network is recorded: by a flow log of its own, or by those of all its subnets. Flow
// logs of single interfaces do not record the network.
// https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html#flow-logs-basics
func (f flowLogs) of(vpc string, subnets subnetList) (evidence.Value[bool], []evidence.Reason) {
	own := f.traffic[vpc]
	if own.any() {
		return evidence.Known(true), partly(own)
	}
	number, weakest := 0, recorded{true, true}
	for _, subnet := range subnets.byID {
		if subnet.vpc != vpc {
			continue
		}
		number++
		traffic := f.traffic[subnet.id]
		weakest = recorded{weakest.accepted && traffic.accepted, weakest.rejected && traffic.rejected}
		if !traffic.any() {
			return f.otherwise(false), nil
		}
	}
	if subnets.miss != nil {
		return refused[bool](subnets.miss), nil
	}
	if number == 0 {
		return f.otherwise(false), nil
	}
	return evidence.Known(true), partly(weakest)
}

// otherwise is v where all flow logs were seen.
func (f flowLogs) otherwise(v bool) evidence.Value[bool] {
	if f.miss != nil {
		return refused[bool](f.miss)
	}
	return evidence.Known(v)
}

// partly is the note that not all traffic is recorded.
func partly(r recorded) []evidence.Reason {
	if r.all() {
		return nil
	}
	return []evidence.Reason{evidence.Because("records_part_of_traffic")}
}
