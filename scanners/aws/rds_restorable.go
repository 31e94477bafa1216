package aws

import (
	"cmp"
	"context"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	"github.com/tomscan/tomscan/evidence"
)

// restorable is a database with the latest moment to which its automated backups can restore it.
type restorable struct {
	arn        string
	retention  *int32
	latest     *time.Time
	encryption evidence.Value[string]
	copies     []string
}

// addRestorable notes the latest backup of a database. One that keeps no automated backups has none: that is said of the
// database itself.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
func (s *site) addRestorable(r restorable) {
	if r.latest == nil && sdk.ToInt32(r.retention) == 0 {
		return
	}
	s.noteBackup(r.arn, r.latest, evidence.RecoveryPoint{Placement: s.placed(r.copies), Of: evidence.Known("database"), Encryption: r.encryption})
}

// hoursSince is the age of a moment in hours, rounded up; evidence.Never where there was none.
func (s *site) hoursSince(at *time.Time) int {
	if at == nil {
		return evidence.Never
	}
	return roundUp(s.now().Sub(*at), time.Hour)
}

// rdsReplicatedBackups reads automated backups that other regions replicate into this one. Those of this region's own
// databases are told with the databases; those that are left of deleted databases are not backups of anything that runs.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
func rdsReplicatedBackups() reader {
	point := []evidence.Kind{evidence.RecoveryPoint{}.Kind()}
	return reader{
		service: "rds", kinds: point,
		operations: []operation{
			{name: "DescribeDBInstanceAutomatedBackups", action: "rds:DescribeDBInstanceAutomatedBackups", lists: point, fills: recoveryPointSettings()},
			keyOperation("recovery_point.encryption"),
		},
		read: readReplicatedBackups,
	}
}

func readReplicatedBackups(ctx context.Context, s *site) {
	in := &rds.DescribeDBInstanceAutomatedBackupsInput{MaxRecords: sdk.Int32(rdsPage)}
	next := func(i *rds.DescribeDBInstanceAutomatedBackupsInput, o *rds.DescribeDBInstanceAutomatedBackupsOutput) (**string, *string) {
		return &i.Marker, o.Marker
	}
	backups, m := pages(ctx, s, "", s.rds().DescribeDBInstanceAutomatedBackups, in, next,
		func(o *rds.DescribeDBInstanceAutomatedBackupsOutput) []types.DBInstanceAutomatedBackup {
			return o.DBInstanceAutomatedBackups
		})
	s.hide(m, evidence.RecoveryPoint{}.Kind())
	for _, b := range backups {
		if region := sdk.ToString(b.Region); region == "" || region == s.region || sdk.ToString(b.Status) == "retained" {
			continue
		}
		s.addReplicated(ctx, b)
	}
}

func (s *site) addReplicated(ctx context.Context, b types.DBInstanceAutomatedBackup) {
	var latest *time.Time
	if b.RestoreWindow != nil {
		latest = b.RestoreWindow.LatestTime
	}
	level := s.storageLevel(ctx, storage{sort: string(b.StorageEncryptionType), encrypted: b.Encrypted, key: b.KmsKeyId})
	database := cmp.Or(sdk.ToString(b.DBInstanceArn), sdk.ToString(b.DBInstanceAutomatedBackupsArn))
	s.noteBackup(database, latest, evidence.RecoveryPoint{Placement: s.placed(nil), Of: evidence.Known("database"), Encryption: level})
}
