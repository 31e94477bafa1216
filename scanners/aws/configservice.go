package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/configservice"
	"github.com/aws/aws-sdk-go-v2/service/configservice/types"

	"github.com/tomscan/tomscan/evidence"
)

// configurationRecorders reads the recorders of AWS Config that the customer made. A service that records what it needs
// itself says nothing about the rest.
// https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
func configurationRecorders() reader {
	kind := evidence.ConfigurationRecorder{}.Kind()
	return reader{
		service: "configservice",
		kinds:   []evidence.Kind{kind},
		operations: []operation{
			{name: "DescribeConfigurationRecorderStatus", action: "config:DescribeConfigurationRecorderStatus", fills: []string{"configuration_recorder.recording"}},
			{
				name: "DescribeConfigurationRecorders", action: "config:DescribeConfigurationRecorders",
				lists: []evidence.Kind{kind}, fills: []string{"configuration_recorder.all_resources"},
			},
		},
		read: readRecorders,
	}
}

func readRecorders(ctx context.Context, s *site) {
	client := configservice.NewFromConfig(s.config())
	out, m := get(ctx, s, "", client.DescribeConfigurationRecorders, &configservice.DescribeConfigurationRecordersInput{})
	s.hide(m, evidence.ConfigurationRecorder{}.Kind())
	if m != nil || len(out.ConfigurationRecorders) == 0 {
		return
	}
	recording := func(string) evidence.Value[bool] { return notAsked[bool]() }
	if s.needs("DescribeConfigurationRecorderStatus") {
		recording = s.recorderStates(ctx, client)
	}
	for _, r := range out.ConfigurationRecorders {
		if sdk.ToString(r.ServicePrincipal) != "" {
			continue
		}
		name := sdk.ToString(r.Name)
		arn := "arn:" + s.partition + ":config:" + s.region + ":" + s.id + ":configuration-recorder/" + name
		s.add(thing{arn: arn, typ: "config:configuration-recorder", name: name}, evidence.ConfigurationRecorder{
			Region: evidence.Known(s.region), Recording: recording(name), AllResources: recordsAll(r.RecordingGroup),
		})
	}
}

// recorderStates returns what tells of a recorder, by its name, whether it records.
func (s *site) recorderStates(ctx context.Context, client *configservice.Client) func(string) evidence.Value[bool] {
	out, m := get(ctx, s, "", client.DescribeConfigurationRecorderStatus, &configservice.DescribeConfigurationRecorderStatusInput{})
	return func(name string) evidence.Value[bool] {
		if m != nil {
			return refused[bool](m)
		}
		for _, state := range out.ConfigurationRecordersStatus {
			if sdk.ToString(state.Name) == name {
				return evidence.Known(state.Recording)
			}
		}
		return evidence.Unresolved[bool](evidence.Because("resource_vanished"))
	}
}

// recordsAll says whether every sort of resource is recorded that AWS Config supports in the region. Global resources, such
// as those of IAM, need be recorded in one region only, and are left aside.
// https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html
func recordsAll(g *types.RecordingGroup) evidence.Value[bool] {
	if g == nil {
		return evidence.Value[bool]{}
	}
	return evidence.Known(g.AllSupported)
}
