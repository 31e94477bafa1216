package aws

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/backup"
	backuptypes "github.com/aws/aws-sdk-go-v2/service/backup/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	ecrtypes "github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// An answer that lacks what it is about is neither good nor bad.
func TestAnswersWithoutContentTellNothing(t *testing.T) {
	s := collect(t, estateOf(
		fakeaws.Resource{Type: "kinesis.stream", Region: "eu-central-1", ID: "thin", Sub: map[string]any{"kinesis.DescribeStreamSummary": fakeaws.Node{}}},
		fakeaws.Resource{Type: "eks.cluster", Region: "eu-central-1", ID: "thin", Sub: map[string]any{"eks.DescribeCluster": fakeaws.Node{}}},
		fakeaws.Resource{Type: "acm.certificate", Region: "eu-central-1", ID: "arn:aws:acm:eu-central-1:111122223333:certificate/thin",
			Doc: fakeaws.Node{"CertificateArn": "arn:aws:acm:eu-central-1:111122223333:certificate/thin", "NotAfter": 1800000000,
				"KeyAlgorithm": "RSA_2048", "Type": "AMAZON_ISSUED", "InUse": true, "RenewalEligibility": "ELIGIBLE"},
			Sub: map[string]any{"acm.DescribeCertificate": fakeaws.Node{"Certificate": fakeaws.Node{}}}},
	), []string{"acm", "eks", "kinesis"})
	if renews := factOf(t, s, "certificate", "certificate/thin").Settings["renews"]; renews.State == evidence.StateKnown {
		t.Errorf("renews: %v", renews.Value)
	}
	want := map[string]any{"encryption": "(read_failed)", "retention_days": "(read_failed)"}
	if diff := cmp.Diff(want, plain(factOf(t, s, "queue", "stream/thin"), "encryption", "retention_days")); diff != "" {
		t.Error(diff)
	}
	want = map[string]any{"encryption": "(read_failed)", "logs_audit": "(read_failed)", "public_endpoint": "(read_failed)"}
	if diff := cmp.Diff(want, plain(factOf(t, s, "kubernetes_cluster", "cluster/thin"), "encryption", "logs_audit", "public_endpoint")); diff != "" {
		t.Error(diff)
	}
}

// A word that is new to tomscan is not taken for the good one.
func TestNewWordsAreNotKnown(t *testing.T) {
	var s *site
	keeps := &backup.GetBackupPlanOutput{BackupPlan: &backuptypes.BackupPlan{Rules: []backuptypes.BackupRule{
		{Lifecycle: &backuptypes.Lifecycle{DeleteAfterEvent: backuptypes.LifecycleDeleteAfterEventDeleteAfterCopy}}}}}
	origins := s.originsOf(t.Context(), nil, types.DistributionSummary{Origins: &types.Origins{Items: []types.Origin{{}}}})
	for name, state := range map[string]evidence.State{
		"scheme":           facesInternet("sideways").State(),
		"no scheme":        facesInternet("").State(),
		"encryption":       s.repositoryLevel(t.Context(), &ecrtypes.EncryptionConfiguration{EncryptionType: "NEW"}).State(),
		"sort of origin":   origins[0].Plain.State(),
		"end of retention": planRules(keeps).RetentionDays().State(),
	} {
		if state == evidence.StateKnown {
			t.Errorf("%s is known", name)
		}
	}
}
