package aws

import (
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/tomscan/tomscan/evidence"
)

// addUnpatched adds a machine whose agent does not report, or, where that could not be read, may not.
func (s *site) addUnpatched(id string, unheard *miss) {
	managed, unknown := evidence.Known(false), evidence.Unresolved[int](evidence.Because("not_managed"))
	if unheard != nil {
		managed, unknown = refused[bool](unheard), refused[int](unheard)
	}
	s.addPatchState(id, evidence.PatchState{Managed: managed, MissingPatches: unknown, CriticalMissing: unknown, ScanAgeDays: unknown})
}

// addPatched adds a machine whose agent reports.
func (s *site) addPatched(id string, levels patchLevels) {
	state, told := levels.states[id]
	m := levels.misses[id]
	patch := evidence.PatchState{Managed: evidence.Known(true)}
	never := evidence.Unresolved[int](evidence.Because("never_scanned"))
	switch {
	case !levels.asked:
		patch.MissingPatches, patch.CriticalMissing, patch.ScanAgeDays = notAsked[int](), notAsked[int](), notAsked[int]()
	case told && state.OperationEndTime != nil:
		patch.MissingPatches, patch.CriticalMissing = missingPatches(state), criticalMissing(state)
		patch.ScanAgeDays = s.agedDays(state.OperationEndTime)
	case !told && m != nil:
		patch.MissingPatches, patch.CriticalMissing, patch.ScanAgeDays = refused[int](m), refused[int](m), refused[int](m)
	default:
		patch.MissingPatches, patch.CriticalMissing, patch.ScanAgeDays = never, never, evidence.Known(evidence.Never)
	}
	s.addPatchState(id, patch)
}

func (s *site) addPatchState(id string, patch evidence.PatchState) {
	patch.Region = evidence.Known(s.region)
	arn := s.arnHere("ec2", "instance/"+id)
	if strings.HasPrefix(id, "mi-") { // a machine outside of AWS
		arn = s.arnHere("ssm", "managed-instance/"+id)
	}
	s.add(thing{arn: arn, suffix: "patches", level: evidence.LevelOperation}, patch)
}

// missingPatches counts the patches that a machine should have and that are not in effect: not installed, failed, or
// waiting for a restart. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstancePatchState.html
func missingPatches(state types.InstancePatchState) evidence.Value[int] {
	return evidence.Known(int(state.MissingCount + state.FailedCount + sdk.ToInt32(state.InstalledPendingRebootCount)))
}

// criticalMissing counts those that the baseline calls critical and those that are security fixes. One may be both: there
// are at most as many as are missing.
func criticalMissing(state types.InstancePatchState) evidence.Value[int] {
	if state.CriticalNonCompliantCount == nil || state.SecurityNonCompliantCount == nil {
		return evidence.Value[int]{}
	}
	critical, security := int(*state.CriticalNonCompliantCount), int(*state.SecurityNonCompliantCount)
	missing, _ := missingPatches(state).Get()
	return evidence.Known(max(critical, security, min(critical+security, missing)))
}
