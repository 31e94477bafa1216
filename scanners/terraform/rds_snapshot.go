package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

func databaseSnapshotTypes() []string {
	return []string{"aws_db_cluster_snapshot", "aws_db_snapshot", "aws_db_snapshot_copy", "aws_docdb_cluster_snapshot",
		"aws_neptune_cluster_snapshot", "aws_rds_cluster_snapshot_copy"}
}

// rdsSnapshots reads manual snapshots of databases and copies of them.
func rdsSnapshots() reader {
	return reader{
		types: databaseSnapshotTypes(),
		kinds: []evidence.Kind{evidence.DataSnapshot{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			shared := i.Attr("shared_accounts").Texts(unset(i, []string{}, awsrules.DocSharedSnapshot))
			return one(evidence.DataSnapshot{
				Placement:  snapshotPlacement(i),
				Of:         evidence.Known("database"),
				Encryption: databaseSnapshotLevel(r, i),
				Public:     sharedWithAll(shared),
			})
		},
	}
}

// snapshotPlacement is where a snapshot is: a copy may name another region than its provider's.
func snapshotPlacement(i *eval.Instance) evidence.Placement {
	var c copies
	c.addText(i.Attr("destination_region"))
	return placement(i, c.value(i.Provider.Region))
}

// sharedWithAll says whether one of the accounts is everybody.
func sharedWithAll(accounts evidence.Value[[]string]) evidence.Value[bool] {
	list, known := accounts.Get()
	switch {
	case slices.Contains(list, "all"):
		return evidence.Known(true).At(accounts.Positions()...)
	case known && len(accounts.More()) > 0:
		return evidence.Unresolved[bool](accounts.More()[0]).At(accounts.Positions()...)
	}
	return evidence.Map(accounts, func([]string) bool { return false })
}

// databaseSnapshotLevel is the encryption of a snapshot: that of its source, unless it is a copy with a key of its own.
func databaseSnapshotLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	for _, attr := range []string{"db_instance_identifier", "db_cluster_identifier", "source_db_snapshot_identifier",
		"source_db_cluster_snapshot_identifier"} {
		source := i.Attr(attr)
		if source.IsUnset() {
			continue
		}
		types := append(databaseSnapshotTypes(), "aws_db_instance", "aws_docdb_cluster", "aws_neptune_cluster", "aws_rds_cluster")
		for _, from := range targets(r, source, types...).All {
			if from != i {
				return keyLevel(r, i.Attr("kms_key_id"), databaseLevel(r, from).At(source.At()))
			}
		}
		missing := evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(source.At())
		return keyLevel(r, i.Attr("kms_key_id"), missing)
	}
	return evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(i.At(evidence.RoleDefaults))
}
