package aws

import (
	"context"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"

	"github.com/tomscan/tomscan/evidence"
)

// sharing is with whom a snapshot is shared: the attributes of the snapshot by name, of which "restore" lists accounts.
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSnapshotAttribute.html
type sharing map[string][]string

// everybody says whether one of the accounts is everybody. AWS answers the attribute for every snapshot, with no accounts
// for one that is not shared; without it nothing is known.
func (w sharing) everybody() evidence.Value[bool] {
	accounts, found := w["restore"]
	if !found {
		return evidence.Value[bool]{}
	}
	return evidence.Known(slices.Contains(accounts, "all"))
}

func (s *site) snapshotSharedWith(ctx context.Context, id string) (sharing, *miss) {
	out, m := get(ctx, s, id, s.rds().DescribeDBSnapshotAttributes, &rds.DescribeDBSnapshotAttributesInput{DBSnapshotIdentifier: &id})
	with := sharing{}
	if m == nil && out.DBSnapshotAttributesResult != nil {
		for _, a := range out.DBSnapshotAttributesResult.DBSnapshotAttributes {
			with[sdk.ToString(a.AttributeName)] = a.AttributeValues
		}
	}
	return with, m
}

func (s *site) clusterSnapshotSharedWith(ctx context.Context, id string) (sharing, *miss) {
	in := &rds.DescribeDBClusterSnapshotAttributesInput{DBClusterSnapshotIdentifier: &id}
	out, m := get(ctx, s, id, s.rds().DescribeDBClusterSnapshotAttributes, in)
	with := sharing{}
	if m == nil && out.DBClusterSnapshotAttributesResult != nil {
		for _, a := range out.DBClusterSnapshotAttributesResult.DBClusterSnapshotAttributes {
			with[sdk.ToString(a.AttributeName)] = a.AttributeValues
		}
	}
	return with, m
}
