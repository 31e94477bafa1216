package aws

import (
	"context"
	"slices"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/tomscan/tomscan/evidence"
)

// patchStates reads the patch level of machines: those that EC2 runs, and others that report to Systems Manager. Summaries
// of compliance are not read: they mix patches with other things that a machine complies with.
func patchStates() reader {
	kind := []evidence.Kind{evidence.PatchState{}.Kind()}
	return reader{
		service: "ssm", kinds: kind,
		operations: []operation{
			{name: "DescribeInstanceInformation", action: "ssm:DescribeInstanceInformation", lists: kind, fills: []string{"patch_state.managed"}},
			{name: "DescribeInstancePatchStates", action: "ssm:DescribeInstancePatchStates", fills: []string{"patch_state.critical_missing",
				"patch_state.missing_patches", "patch_state.scan_age_days"}},
			{name: "ec2.DescribeInstances", action: "ec2:DescribeInstances", lists: kind},
		},
		read: readPatches,
	}
}

// readPatches joins the machines of EC2 with those whose agent reports. Nobody knows what a machine without an agent lacks:
// it is a fact all the same.
func readPatches(ctx context.Context, s *site) {
	running := s.machines(ctx)
	s.hide(running.miss, evidence.PatchState{}.Kind())
	client := ssm.NewFromConfig(s.config())
	reporting, unheard := s.reportingMachines(ctx, client)
	s.hide(unheard, evidence.PatchState{}.Kind())
	var online []string
	for id, isOnline := range reporting {
		if isOnline {
			online = append(online, id)
		}
	}
	slices.Sort(online)
	states := s.patchLevels(ctx, client, online)
	for _, m := range running.all {
		if _, reports := reporting[m.id]; !reports {
			s.addUnpatched(m.id, unheard)
		}
	}
	for id, isOnline := range reporting {
		if isOnline {
			s.addPatched(id, states)
		} else {
			s.addUnpatched(id, nil)
		}
	}
}

// reportingMachines are the machines that have an agent, and whether it still reports.
func (s *site) reportingMachines(ctx context.Context, client *ssm.Client) (map[string]bool, *miss) {
	type machine struct {
		id     string
		online bool
	}
	in := &ssm.DescribeInstanceInformationInput{MaxResults: sdk.Int32(50)}
	next := func(i *ssm.DescribeInstanceInformationInput, o *ssm.DescribeInstanceInformationOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	all, m := pages(ctx, s, "", client.DescribeInstanceInformation, in, next, func(o *ssm.DescribeInstanceInformationOutput) []machine {
		var all []machine
		for i := range o.InstanceInformationList {
			info := &o.InstanceInformationList[i]
			all = append(all, machine{sdk.ToString(info.InstanceId), info.PingStatus == types.PingStatusOnline})
		}
		return all
	})
	reporting := map[string]bool{}
	for _, machine := range all {
		reporting[machine.id] = machine.online
	}
	return reporting, m
}

// patchLevel is what is kept of a machine's patch state.
type patchLevel struct {
	missing            int
	critical, security *int32
	scanned            *time.Time
}

// patchLevels are the patch levels of machines by id, and why some may be missing by id.
type patchLevels struct {
	states map[string]patchLevel
	misses map[string]*miss
	asked  bool
}

// statesAtOnce is how many machines DescribeInstancePatchStates takes.
const statesAtOnce = 50

func (s *site) patchLevels(ctx context.Context, client *ssm.Client, ids []string) patchLevels {
	levels := patchLevels{states: map[string]patchLevel{}, misses: map[string]*miss{}, asked: s.needs("DescribeInstancePatchStates")}
	if !levels.asked {
		return levels
	}
	for some := range slices.Chunk(ids, statesAtOnce) {
		in := &ssm.DescribeInstancePatchStatesInput{InstanceIds: some, MaxResults: sdk.Int32(100)}
		next := func(i *ssm.DescribeInstancePatchStatesInput, o *ssm.DescribeInstancePatchStatesOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		states, m := pages(ctx, s, "", client.DescribeInstancePatchStates, in, next,
			func(o *ssm.DescribeInstancePatchStatesOutput) []types.InstancePatchState {
				return o.InstancePatchStates
			})
		for i := range states {
			levels.states[sdk.ToString(states[i].InstanceId)] = patchLevelOf(&states[i])
		}
		for _, id := range some {
			levels.misses[id] = m
		}
	}
	return levels
}

// patchLevelOf counts the patches that a machine should have and that are not in effect: not installed, failed, or waiting
// for a restart. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstancePatchState.html
func patchLevelOf(state *types.InstancePatchState) patchLevel {
	return patchLevel{
		missing:  int(state.MissingCount + state.FailedCount + sdk.ToInt32(state.InstalledPendingRebootCount)),
		critical: state.CriticalNonCompliantCount, security: state.SecurityNonCompliantCount, scanned: state.OperationEndTime,
	}
}
