package aws

import (
	"strings"

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
	case told && state.scanned != nil:
		patch.MissingPatches, patch.CriticalMissing = evidence.Known(state.missing), state.criticalMissing()
		patch.ScanAgeDays = s.agedDays(state.scanned)
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

// criticalMissing counts those that the baseline calls critical and those that are security fixes. One may be both: there
// are at most as many as are missing.
func (p patchLevel) criticalMissing() evidence.Value[int] {
	if p.critical == nil || p.security == nil {
		return evidence.Value[int]{}
	}
	critical, security := int(*p.critical), int(*p.security)
	return evidence.Known(max(critical, security, min(critical+security, p.missing)))
}
