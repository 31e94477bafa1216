package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	"github.com/tomscan/tomscan/evidence"
)

// rdsSnapshots reads the snapshots of database instances that somebody took. Automated ones have the encryption of their
// database, which says so, and cannot be shared.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
func rdsSnapshots() reader {
	return snapshotReader(readInstanceSnapshots, "DescribeDBSnapshots", "DescribeDBSnapshotAttributes")
}

// rdsClusterSnapshots reads the snapshots of database clusters that somebody took.
func rdsClusterSnapshots() reader {
	return snapshotReader(readClusterSnapshots, "DescribeDBClusterSnapshots", "DescribeDBClusterSnapshotAttributes")
}

func snapshotReader(read func(context.Context, *site), list, attributes string) reader {
	snapshot := []evidence.Kind{evidence.DataSnapshot{}.Kind()}
	return reader{
		service: "rds", kinds: snapshot,
		operations: sortedOperations([]operation{
			{name: attributes, action: "rds:" + attributes, fills: []string{"snapshot.public"}},
			{name: list, action: "rds:" + list, lists: snapshot,
				fills: []string{"snapshot.copies", "snapshot.encryption", "snapshot.of", "snapshot.public", "snapshot.region"}},
			keyOperation("snapshot.encryption"),
		}),
		read: read,
	}
}

// manualSnapshots are those that somebody took.
const manualSnapshots = "manual"

// databaseSnapshot is a snapshot, with what is needed of it.
type databaseSnapshot struct {
	id, arn, typ string
	storage      storage
	sharing      func(context.Context) (sharing, *miss)
	listed       string // operation that lists it
	asked        string // operation of sharing
}

func readInstanceSnapshots(ctx context.Context, s *site) {
	in := &rds.DescribeDBSnapshotsInput{SnapshotType: sdk.String(manualSnapshots), MaxRecords: sdk.Int32(rdsPage)}
	next := func(i *rds.DescribeDBSnapshotsInput, o *rds.DescribeDBSnapshotsOutput) (**string, *string) {
		return &i.Marker, o.Marker
	}
	found, m := pages(ctx, s, "", s.rds().DescribeDBSnapshots, in, next, func(o *rds.DescribeDBSnapshotsOutput) []databaseSnapshot {
		return project(o.DBSnapshots, func(d types.DBSnapshot) databaseSnapshot {
			id := sdk.ToString(d.DBSnapshotIdentifier)
			return databaseSnapshot{
				id: id, arn: sdk.ToString(d.DBSnapshotArn), typ: "rds:snapshot",
				listed: "rds.DescribeDBSnapshots", asked: "DescribeDBSnapshotAttributes",
				storage: storage{sort: string(d.StorageEncryptionType), encrypted: d.Encrypted, key: d.KmsKeyId},
				sharing: func(ctx context.Context) (sharing, *miss) { return s.snapshotSharedWith(ctx, id) },
			}
		})
	})
	s.hide(m, evidence.DataSnapshot{}.Kind())
	each(ctx, s, found, s.readDatabaseSnapshot)
}

func readClusterSnapshots(ctx context.Context, s *site) {
	in := &rds.DescribeDBClusterSnapshotsInput{SnapshotType: sdk.String(manualSnapshots), MaxRecords: sdk.Int32(rdsPage)}
	next := func(i *rds.DescribeDBClusterSnapshotsInput, o *rds.DescribeDBClusterSnapshotsOutput) (**string, *string) {
		return &i.Marker, o.Marker
	}
	found, m := pages(ctx, s, "", s.rds().DescribeDBClusterSnapshots, in, next, func(o *rds.DescribeDBClusterSnapshotsOutput) []databaseSnapshot {
		return project(o.DBClusterSnapshots, func(d types.DBClusterSnapshot) databaseSnapshot {
			id := sdk.ToString(d.DBClusterSnapshotIdentifier)
			return databaseSnapshot{
				id: id, arn: sdk.ToString(d.DBClusterSnapshotArn), typ: "rds:cluster-snapshot",
				listed: "rds.DescribeDBClusterSnapshots", asked: "DescribeDBClusterSnapshotAttributes",
				storage: storage{sort: string(d.StorageEncryptionType), encrypted: d.StorageEncrypted, key: d.KmsKeyId},
				sharing: func(ctx context.Context) (sharing, *miss) { return s.clusterSnapshotSharedWith(ctx, id) },
			}
		})
	})
	s.hide(m, evidence.DataSnapshot{}.Kind())
	each(ctx, s, found, s.readDatabaseSnapshot)
}

func (s *site) readDatabaseSnapshot(ctx context.Context, d databaseSnapshot) {
	public, vanished := s.snapshotPublic(ctx, d)
	if vanished {
		return
	}
	s.add(thing{arn: d.arn, typ: d.typ, name: d.id}, evidence.DataSnapshot{
		Placement: s.placed(nil), Of: evidence.Known("database"), Encryption: s.storageLevel(ctx, d.storage), Public: public,
	})
}

// snapshotPublic says whether a snapshot is shared with everybody, and whether it went away meanwhile. Only snapshots
// without encryption can be, so that no others are asked about.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.Public.html
func (s *site) snapshotPublic(ctx context.Context, d databaseSnapshot) (public evidence.Value[bool], vanished bool) {
	switch {
	case sdk.ToString(d.storage.key) != "":
		return evidence.Known(false).At(by(d.listed)...), false
	case !s.needs(d.asked):
		return notAsked[bool](), false
	}
	with, m := d.sharing(ctx)
	switch {
	case m.vanished():
		return evidence.Value[bool]{}, true
	case m != nil:
		return refused[bool](m), false
	}
	return with.everybody().At(by("rds." + d.asked)...), false
}
