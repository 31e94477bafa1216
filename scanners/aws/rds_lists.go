package aws

import (
	"context"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"
)

// rdsPage is the largest page of RDS.
// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html
const rdsPage = 100

// rds makes a client. DocumentDB and Neptune answer at the same endpoint, with the same operations.
// https://docs.aws.amazon.com/documentdb/latest/developerguide/API_Reference.html
func (s *site) rds() *rds.Client { return rds.NewFromConfig(s.config()) }

// instance is a database instance, with what is needed of it.
type instance struct {
	id, arn, cluster          string
	engine, version           string
	storage                   storage
	public, multiAZ           *bool
	protected, upgrades       *bool
	retention                 *int32
	latest                    *time.Time // that it can be restored to
	exports                   []string
	managed                   bool // the master password is kept in the provider's secret store
	subnets                   []string
	parameters                parameterGroup
	replicas, replicatedUnder []string // replicas' names, ARNs where they are in other regions; ARNs of backups in other regions
}

type instancesKey struct{}

// instances is the list of all instances of the region, with the miss that says why it may not be whole.
type instances struct {
	all  []instance
	miss *miss
}

// byID are the instances by identifier.
func (l instances) byID() map[string]instance {
	by := map[string]instance{}
	for _, i := range l.all {
		by[i.id] = i
	}
	return by
}

// instances lists the region's database instances once.
func (s *site) instances(ctx context.Context) instances {
	return shared(s.place, instancesKey{}, func() instances {
		in := &rds.DescribeDBInstancesInput{MaxRecords: sdk.Int32(rdsPage)}
		next := func(i *rds.DescribeDBInstancesInput, o *rds.DescribeDBInstancesOutput) (**string, *string) {
			return &i.Marker, o.Marker
		}
		all, m := pages(ctx, s, "", s.rds().DescribeDBInstances, in, next, func(o *rds.DescribeDBInstancesOutput) []instance {
			return project(o.DBInstances, instanceOf)
		})
		return instances{all: all, miss: m}
	})
}

func instanceOf(i types.DBInstance) instance {
	one := instance{
		id: sdk.ToString(i.DBInstanceIdentifier), arn: sdk.ToString(i.DBInstanceArn), cluster: sdk.ToString(i.DBClusterIdentifier),
		engine: sdk.ToString(i.Engine), version: sdk.ToString(i.EngineVersion),
		storage: storage{sort: string(i.StorageEncryptionType), encrypted: i.StorageEncrypted, key: i.KmsKeyId},
		public:  i.PubliclyAccessible, multiAZ: i.MultiAZ, protected: i.DeletionProtection, upgrades: i.AutoMinorVersionUpgrade,
		retention: i.BackupRetentionPeriod, latest: i.LatestRestorableTime, exports: i.EnabledCloudwatchLogsExports,
		managed:  i.MasterUserSecret != nil,
		replicas: append(i.ReadReplicaDBInstanceIdentifiers, i.ReadReplicaDBClusterIdentifiers...),
	}
	for _, replication := range i.DBInstanceAutomatedBackupsReplications {
		one.replicatedUnder = append(one.replicatedUnder, sdk.ToString(replication.DBInstanceAutomatedBackupsArn))
	}
	if i.DBSubnetGroup != nil {
		one.subnets = subnetIDs(i.DBSubnetGroup.Subnets)
	}
	if len(i.DBParameterGroups) > 0 {
		group := i.DBParameterGroups[0]
		one.parameters = parameterGroup{name: sdk.ToString(group.DBParameterGroupName), status: sdk.ToString(group.ParameterApplyStatus)}
	}
	return one
}

func subnetIDs(subnets []types.Subnet) []string {
	return project(subnets, func(n types.Subnet) string { return sdk.ToString(n.SubnetIdentifier) })
}

type rdsSubnetGroupsKey struct{}

// rdsSubnetGroups lists the region's subnet groups once.
func (s *site) rdsSubnetGroups(ctx context.Context) subnetGroups {
	return shared(s.place, rdsSubnetGroupsKey{}, func() subnetGroups {
		in := &rds.DescribeDBSubnetGroupsInput{MaxRecords: sdk.Int32(rdsPage)}
		next := func(i *rds.DescribeDBSubnetGroupsInput, o *rds.DescribeDBSubnetGroupsOutput) (**string, *string) {
			return &i.Marker, o.Marker
		}
		groups, m := pages(ctx, s, "", s.rds().DescribeDBSubnetGroups, in, next,
			func(o *rds.DescribeDBSubnetGroupsOutput) []types.DBSubnetGroup { return o.DBSubnetGroups })
		all := subnetGroups{subnets: map[string][]string{}, miss: m}
		for _, g := range groups {
			all.subnets[sdk.ToString(g.DBSubnetGroupName)] = subnetIDs(g.Subnets)
		}
		return all
	})
}
