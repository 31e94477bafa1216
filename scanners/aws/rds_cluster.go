package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	"github.com/tomscan/tomscan/evidence"
)

// rdsClusters reads database clusters, each with its instances as one thing: Aurora, Multi-AZ clusters, DocumentDB and
// Neptune, which answer at one endpoint and differ in their engine.
func rdsClusters() reader {
	database, point := evidence.Database{}.Kind(), evidence.RecoveryPoint{}.Kind()
	return reader{
		service: "rds", kinds: []evidence.Kind{database, point},
		operations: databaseOperations(
			operation{name: "DescribeDBClusterParameters", action: "rds:DescribeDBClusterParameters", fills: []string{"database.tls_required"}},
			operation{name: "DescribeDBClusters", action: "rds:DescribeDBClusters",
				lists: []evidence.Kind{database, point}, fills: append(databaseSettings(), recoveryPointSettings()...)},
			operation{name: "DescribeDBInstances", action: "rds:DescribeDBInstances",
				fills: []string{"database.automatic_minor_upgrades", "database.publicly_accessible"}},
			operation{name: "DescribeDBSubnetGroups", action: "rds:DescribeDBSubnetGroups", fills: []string{"database.subnets_private"}},
			operation{name: "DescribeGlobalClusters", action: "rds:DescribeGlobalClusters", fills: []string{"database.copies"}},
		),
		read: readClusters,
	}
}

func readClusters(ctx context.Context, s *site) {
	in := &rds.DescribeDBClustersInput{MaxRecords: sdk.Int32(rdsPage)}
	next := func(i *rds.DescribeDBClustersInput, o *rds.DescribeDBClustersOutput) (**string, *string) {
		return &i.Marker, o.Marker
	}
	clusters, m := pages(ctx, s, "", s.rds().DescribeDBClusters, in, next,
		func(o *rds.DescribeDBClustersOutput) []types.DBCluster { return o.DBClusters })
	s.hide(m, evidence.Database{}.Kind())
	s.backupsUnknown(m, "rds:cluster")
	each(ctx, s, clusters, s.readCluster)
}

func (s *site) readCluster(ctx context.Context, c types.DBCluster) {
	engine, arn := sdk.ToString(c.Engine), sdk.ToString(c.DBClusterArn)
	encryption := s.storageLevel(ctx, storage{sort: string(c.StorageEncryptionType), encrypted: c.StorageEncrypted, key: c.KmsKeyId})
	s.add(thing{arn: arn, typ: "rds:cluster", name: sdk.ToString(c.DBClusterIdentifier)}, evidence.Database{
		Placement:              s.clusterPlacement(ctx, c),
		Engine:                 evidence.Known(engine),
		Encryption:             encryption,
		BackupEncryption:       encryption, // automated backups have the encryption of the cluster
		PubliclyAccessible:     s.clusterPublic(ctx, c),
		SubnetsPrivate:         s.clusterPrivate(ctx, c),
		TLSRequired:            s.requiresTLS(ctx, engine, sdk.ToString(c.EngineVersion), groupOfCluster(c)),
		BackupRetentionDays:    saidDays(c.BackupRetentionPeriod),
		MultiAZ:                said(c.MultiAZ),
		DeletionProtection:     said(c.DeletionProtection),
		AutomaticMinorUpgrades: s.clusterUpgrades(ctx, c),
		LogExports:             evidence.Known(c.EnabledCloudwatchLogsExports),
		CredentialManaged:      evidence.Known(c.MasterUserSecret != nil),
	})
	s.addRestorable(restorable{arn: arn, retention: c.BackupRetentionPeriod, latest: c.LatestRestorableTime, encryption: encryption})
}

// groupOfCluster is the parameter group of a cluster. It is in force when it is for every instance.
func groupOfCluster(c types.DBCluster) parameterGroup {
	g := parameterGroup{name: sdk.ToString(c.DBClusterParameterGroup), ofCluster: true}
	for _, member := range c.DBClusterMembers {
		if status := sdk.ToString(member.DBClusterParameterGroupStatus); g.status == "" || g.status == inSync {
			g.status = status
		}
	}
	return g
}

// overMembers reads a switch of all instances of a cluster. One that is not listed is not known.
func (s *site) overMembers(ctx context.Context, c types.DBCluster, read func(instance) *bool) []evidence.Value[bool] {
	list := s.instances(ctx)
	byID := list.byID()
	var all []evidence.Value[bool]
	for _, member := range c.DBClusterMembers {
		i, found := byID[sdk.ToString(member.DBInstanceIdentifier)]
		switch {
		case found:
			all = append(all, said(read(i)))
		case list.miss != nil:
			all = append(all, refused[bool](list.miss))
		default:
			all = append(all, evidence.Unresolved[bool](evidence.Because("resource_vanished")))
		}
	}
	return all
}

// clusterPublic says whether the cluster or an instance of it can be reached from the internet: by a public address, or by
// a gateway that needs no network of one's own. A cluster without instances cannot.
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html
func (s *site) clusterPublic(ctx context.Context, c types.DBCluster) evidence.Value[bool] {
	own := evidence.Known(sdk.ToBool(c.PubliclyAccessible) || sdk.ToBool(c.InternetAccessGatewayEnabled))
	members := s.overMembers(ctx, c, func(i instance) *bool { return i.public })
	return evidence.AnyTrue(append(members, own)...)
}

// clusterPrivate says whether all subnets of the cluster are private. One without a network is in none.
func (s *site) clusterPrivate(ctx context.Context, c types.DBCluster) evidence.Value[bool] {
	if c.VPCNetworkingEnabled != nil && !*c.VPCNetworkingEnabled {
		return evidence.Known(false)
	}
	return s.privateGroup(ctx, sdk.ToString(c.DBSubnetGroup), s.rdsSubnetGroups)
}

// clusterUpgrades says whether all instances upgrade minor versions by themselves. A Multi-AZ cluster has a switch of its
// own, and so has a cluster without instances.
func (s *site) clusterUpgrades(ctx context.Context, c types.DBCluster) evidence.Value[bool] {
	all := s.overMembers(ctx, c, func(i instance) *bool { return i.upgrades })
	if len(all) == 0 || !sharesStorage(sdk.ToString(c.Engine)) {
		all = append(all, said(c.AutoMinorVersionUpgrade))
	}
	return evidence.AllTrue(all...)
}

// sharesStorage says whether the engine's instances share one storage, as Aurora's do.
func sharesStorage(engine string) bool {
	return strings.HasPrefix(engine, "aurora") || engine == "docdb" || engine == "neptune"
}
