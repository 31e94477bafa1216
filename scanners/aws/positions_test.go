package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestSettingIsExplainedByWhatFillsItOtherwiseByWhatFindsTheFact(t *testing.T) {
	told := positionsOf(reader{service: "ec2", operations: []operation{
		{name: "DescribeVolumes", lists: []evidence.Kind{"volume"}, fills: []string{"volume.encryption"}},
		{name: "kms.DescribeKey", fills: []string{"volume.encryption", "snapshot.encryption"}},
	}})
	volumes := evidence.Position{Call: "ec2.DescribeVolumes", Role: evidence.RoleDecides}
	key := evidence.Position{Call: "kms.DescribeKey", Role: evidence.RoleDecides}
	for _, c := range []struct {
		kind    evidence.Kind
		setting string
		want    []evidence.Position
	}{
		{"volume", "encryption", []evidence.Position{volumes, key}},
		{"volume", "region", []evidence.Position{volumes}},
		{"snapshot", "encryption", []evidence.Position{key}},
		{"snapshot", "public", nil},
	} {
		if diff := cmp.Diff(c.want, told.of(c.kind, c.setting)); diff != "" {
			t.Errorf("%s.%s (-want +got):\n%s", c.kind, c.setting, diff)
		}
	}
}

func TestSettingIsNotExplainedByWhatWasNotAsked(t *testing.T) {
	told := positionsOf(reader{service: "ec2", operations: []operation{
		{name: "DescribeVolumes", lists: []evidence.Kind{"volume"}, fills: []string{"volume.encryption"}},
		{name: "kms.DescribeKey", fills: []string{"volume.encryption"}},
	}})
	want := []evidence.Position{{Call: "ec2.DescribeVolumes", Role: evidence.RoleDecides}}
	first, second := told.of("volume", "encryption", "kms.DescribeKey"), told.of("volume", "encryption", "kms.DescribeKey")
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if &first[0] != &second[0] || cap(first) != len(first) {
		t.Errorf("%v and %v cannot be shared", first, second)
	}
	if got := told.of("volume", "encryption"); len(got) != 2 {
		t.Errorf("afterwards the whole is %v", got)
	}
}

func TestFactsShareThePositionsOfTheirReader(t *testing.T) {
	s := collect(t, inRegion(volumeWith("vol-1", plainDisk()), volumeWith("vol-2", plainDisk())), []string{"ec2"})
	first := factOf(t, s, "volume", "vol-1").Settings["encryption"].At
	second := factOf(t, s, "volume", "vol-2").Settings["encryption"].At
	if len(first) == 0 || len(second) == 0 || &first[0] != &second[0] {
		t.Errorf("%v and %v are not the same", first, second)
	}
	if cap(first) != len(first) {
		t.Errorf("appending to %v would write into what others share", first)
	}
}
