package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/redshift"
	"github.com/aws/aws-sdk-go-v2/service/redshift/types"

	"github.com/tomscan/tomscan/evidence"
)

// docRedshiftNoProtection lists what a cluster can be told when it is made: protection against deletion is not among it.
const docRedshiftNoProtection = "https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html"

// redshiftClusters reads data warehouses.
func redshiftClusters() reader {
	database := evidence.Database{}.Kind()
	return reader{
		service: "redshift", kinds: []evidence.Kind{database},
		operations: databaseOperations(
			operation{name: "DescribeClusterParameters", action: "redshift:DescribeClusterParameters", fills: []string{"database.tls_required"}},
			operation{name: "DescribeClusterSubnetGroups", action: "redshift:DescribeClusterSubnetGroups", fills: []string{"database.subnets_private"}},
			operation{name: "DescribeClusters", action: "redshift:DescribeClusters", lists: []evidence.Kind{database},
				fills: []string{"database.automatic_minor_upgrades", "database.backup_encryption", "database.backup_retention_days",
					"database.copies", "database.credential_managed", "database.deletion_protection", "database.encryption",
					"database.engine", "database.multi_az", "database.publicly_accessible", "database.region", "database.subnets_private"}},
			operation{name: "DescribeLoggingStatus", action: "redshift:DescribeLoggingStatus",
				fills: []string{"database.log_exports", "object_store.holds_logs"}},
		),
		read: readWarehouses,
	}
}

// redshift makes a client.
func (s *site) redshift() *redshift.Client { return redshift.NewFromConfig(s.config()) }

func readWarehouses(ctx context.Context, s *site) {
	in := &redshift.DescribeClustersInput{MaxRecords: sdk.Int32(100)}
	next := func(i *redshift.DescribeClustersInput, o *redshift.DescribeClustersOutput) (**string, *string) {
		return &i.Marker, o.Marker
	}
	clusters, m := pages(ctx, s, "", s.redshift().DescribeClusters, in, next,
		func(o *redshift.DescribeClustersOutput) []types.Cluster { return o.Clusters })
	s.hide(m, evidence.Database{}.Kind())
	s.logUnknown(m)
	each(ctx, s, clusters, s.readWarehouse)
}

func (s *site) readWarehouse(ctx context.Context, c types.Cluster) {
	id := sdk.ToString(c.ClusterIdentifier)
	exports, vanished := s.warehouseLogs(ctx, id)
	if vanished {
		return
	}
	encryption := s.warehouseLevel(ctx, c)
	var copies []string
	if c.ClusterSnapshotCopyStatus != nil {
		copies = append(copies, sdk.ToString(c.ClusterSnapshotCopyStatus.DestinationRegion))
	}
	arn := "arn:" + s.partition + ":redshift:" + s.region + ":" + s.id + ":cluster:" + id
	s.add(thing{arn: arn, typ: "redshift:cluster", name: id}, evidence.Database{
		Placement:              s.placed(copies),
		Engine:                 evidence.Known("redshift"),
		Encryption:             encryption,
		BackupEncryption:       encryption, // snapshots have the encryption of the cluster
		PubliclyAccessible:     said(c.PubliclyAccessible),
		SubnetsPrivate:         s.privateGroup(ctx, sdk.ToString(c.ClusterSubnetGroupName), s.warehouseSubnets),
		TLSRequired:            s.warehouseTLS(ctx, c),
		BackupRetentionDays:    saidDays(c.AutomatedSnapshotRetentionPeriod),
		MultiAZ:                evidence.Map(said(c.MultiAZ), func(v string) bool { return strings.EqualFold(v, "enabled") }),
		DeletionProtection:     evidence.Default(false, docRedshiftNoProtection),
		AutomaticMinorUpgrades: said(c.AllowVersionUpgrade),
		LogExports:             exports,
		CredentialManaged:      evidence.Known(sdk.ToString(c.MasterPasswordSecretArn) != ""),
	})
}

// warehouseLevel is the encryption of a cluster. Without a key of its own AWS uses one that it owns; with a hardware
// security module the key is the customer's.
// https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html
func (s *site) warehouseLevel(ctx context.Context, c types.Cluster) evidence.Value[string] {
	if evidence.IsKnown(said(c.Encrypted), true) && sdk.ToString(c.KmsKeyId) == "" && c.HsmStatus != nil {
		return evidence.Known(evidence.EncryptionCustomerManaged)
	}
	return s.storageLevel(ctx, storage{encrypted: c.Encrypted, key: c.KmsKeyId})
}

// warehouseLogs are the logs that a cluster writes: those it names where they go to log groups, all of the audit logs where
// they go to a bucket; and whether the cluster went away meanwhile.
// https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html
func (s *site) warehouseLogs(ctx context.Context, id string) (exports evidence.Value[[]string], vanished bool) {
	if !s.needs("DescribeLoggingStatus") {
		return notAsked[[]string](), false
	}
	out, m := get(ctx, s, id, s.redshift().DescribeLoggingStatus, &redshift.DescribeLoggingStatusInput{ClusterIdentifier: &id})
	switch {
	case m.vanished():
		return exports, true
	case m != nil:
		s.logUnknown(m)
		return refused[[]string](m), false
	case out.LoggingEnabled == nil:
		s.logUnknown(emptyAnswer(s, "redshift.DescribeLoggingStatus"))
		return exports, false
	case !*out.LoggingEnabled:
		return evidence.Known([]string{}), false
	}
	s.logInto(sdk.ToString(out.BucketName))
	if len(out.LogExports) > 0 {
		return evidence.Known(out.LogExports), false
	}
	return evidence.Known([]string{"audit"}), false
}

type warehouseSubnetsKey struct{}

// warehouseSubnets lists the region's subnet groups once.
func (s *site) warehouseSubnets(ctx context.Context) subnetGroups {
	return shared(s.place, warehouseSubnetsKey{}, func() subnetGroups {
		in := &redshift.DescribeClusterSubnetGroupsInput{MaxRecords: sdk.Int32(100)}
		next := func(i *redshift.DescribeClusterSubnetGroupsInput, o *redshift.DescribeClusterSubnetGroupsOutput) (**string, *string) {
			return &i.Marker, o.Marker
		}
		groups, m := pages(ctx, s, "", s.redshift().DescribeClusterSubnetGroups, in, next,
			func(o *redshift.DescribeClusterSubnetGroupsOutput) []types.ClusterSubnetGroup {
				return o.ClusterSubnetGroups
			})
		all := subnetGroups{subnets: map[string][]string{}, miss: m}
		for _, g := range groups {
			all.subnets[sdk.ToString(g.ClusterSubnetGroupName)] = project(g.Subnets, func(n types.Subnet) string { return sdk.ToString(n.SubnetIdentifier) })
		}
		return all
	})
}
