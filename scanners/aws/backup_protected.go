package aws

import (
	"context"
	"slices"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/backup/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// jobHistory is how long AWS Backup remembers its jobs.
// https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupJobs.html
const jobHistory = 30 * 24 * time.Hour

// readProtected reads the latest backup of everything that was ever backed up.
func (s *site) readProtected(ctx context.Context, client *backup.Client) {
	in := &backup.ListProtectedResourcesInput{MaxResults: backupPage()}
	next := func(i *backup.ListProtectedResourcesInput, o *backup.ListProtectedResourcesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	resources, m := pages(ctx, s, "", client.ListProtectedResources, in, next,
		func(o *backup.ListProtectedResourcesOutput) []types.ProtectedResource { return o.Results })
	s.backupsUnknown(m, "rds") // of which there is another service that tells
	if len(resources) == 0 {
		return
	}
	jobs := s.copyJobs(ctx, client)
	each(ctx, s, resources, func(ctx context.Context, r types.ProtectedResource) {
		s.noteBackup(sdk.ToString(r.ResourceArn), r.LastBackupTime, evidence.RecoveryPoint{
			Placement:  evidence.Placement{Copies: jobs.of(s, r)},
			Of:         evidence.Known(backedUp(sdk.ToString(r.ResourceType))),
			Encryption: s.pointLevel(ctx, client, r),
		})
	})
}

// backedUp is the sort of thing that a type of AWS Backup is.
// https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ProtectedResource.html
func backedUp(typ string) string {
	switch typ {
	case "Aurora", "DocumentDB", "Neptune", "RDS", "Redshift", "Redshift Serverless", "SAP HANA on Amazon EC2", "Timestream":
		return "database"
	case "EBS", "Storage Gateway":
		return "volume"
	case "EFS", "FSx":
		return "file-system"
	case "S3":
		return "object-store"
	case "DynamoDB":
		return "table"
	}
	return "other"
}

// agedDays is the time since t in days, rounded up; Never where there is no such time.
func (s *site) agedDays(t *time.Time) evidence.Value[int] {
	if t == nil {
		return evidence.Known(evidence.Never)
	}
	return evidence.Known(roundUp(s.now().Sub(*t), 24*time.Hour))
}

// roundUp counts the units in d, the last one in part; what lies in the future counts as now.
func roundUp(d, unit time.Duration) int { return int(max(0, d+unit-1) / unit) }

// pointLevel is the encryption of a backup: its own key, which for some sorts of things is that of the source and not the
// vault's. https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
func (s *site) pointLevel(ctx context.Context, client *backup.Client, r types.ProtectedResource) evidence.Value[string] {
	vault, point := lastPart(sdk.ToString(r.LastBackupVaultArn)), r.LastRecoveryPointArn
	switch {
	case !s.needs("DescribeRecoveryPoint"):
		return notAsked[string]()
	case vault == "" || point == nil:
		return evidence.Unresolved[string](evidence.Because("resource_vanished"))
	}
	out, m := get(ctx, s, sdk.ToString(point), client.DescribeRecoveryPoint, &backup.DescribeRecoveryPointInput{BackupVaultName: &vault, RecoveryPointArn: point})
	return told(out, m, evidence.Value[string]{}, func(o *backup.DescribeRecoveryPointOutput) evidence.Value[string] {
		switch {
		case !o.IsEncrypted:
			return evidence.Known(evidence.EncryptionNone)
		case o.EncryptionKeyType == types.EncryptionKeyTypeAwsOwnedKmsKey:
			return evidence.Known(evidence.EncryptionProviderOwned)
		}
		return s.keyOr(ctx, sdk.ToString(o.EncryptionKeyArn), evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocVaultEncryption))
	})
}

// copies are the regions to which backups were copied, by the backup.
type copyJobs struct {
	regions map[string][]string
	miss    *miss
	asked   bool
}

func (s *site) copyJobs(ctx context.Context, client *backup.Client) copyJobs {
	if !s.needs("ListCopyJobs") {
		return copyJobs{}
	}
	in := &backup.ListCopyJobsInput{MaxResults: backupPage()}
	next := func(i *backup.ListCopyJobsInput, o *backup.ListCopyJobsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	jobs, m := pages(ctx, s, "", client.ListCopyJobs, in, next, func(o *backup.ListCopyJobsOutput) []types.CopyJob { return o.CopyJobs })
	all := copyJobs{regions: map[string][]string{}, miss: m, asked: true}
	for _, job := range jobs {
		region := awsrules.ARNRegion(sdk.ToString(job.DestinationBackupVaultArn))
		if point := sdk.ToString(job.SourceRecoveryPointArn); job.State != types.CopyJobStateFailed && region != s.region {
			all.regions[point] = append(all.regions[point], region)
		}
	}
	return all
}

// of are the regions to which the latest backup was copied. Of a backup that is older than the jobs that are remembered
// nothing is known.
func (c copyJobs) of(s *site, r types.ProtectedResource) evidence.Value[[]string] {
	regions := slices.Compact(slices.Sorted(slices.Values(c.regions[sdk.ToString(r.LastRecoveryPointArn)])))
	switch {
	case !c.asked:
		return notAsked[[]string]()
	case c.miss != nil && len(regions) == 0:
		return refused[[]string](c.miss)
	case c.miss != nil:
		return evidence.Known(regions).Incomplete(c.miss.reason())
	case r.LastBackupTime == nil || s.now().Sub(*r.LastBackupTime) > jobHistory:
		return evidence.Unresolved[[]string](evidence.Because("job_history_ended"))
	}
	return evidence.Known(regions)
}
