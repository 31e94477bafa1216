package aws

import (
	"context"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// reader reads one service, or a part of one.
type reader struct {
	service    string          // the SDK's package, such as s3; operations are named after it
	global     bool            // called once per account; otherwise once per region
	kinds      []evidence.Kind // every kind that it may observe
	operations []operation     // every operation that it may call, sorted by name
	read       func(context.Context, *site)
}

// operation is one operation of the provider's interface that a reader calls.
type operation struct {
	name   string          // with the SDK's package where that is another than the reader's: "kms.DescribeKey"
	action string          // the IAM permission that it needs
	lists  []evidence.Kind // kinds whose facts it finds: when it fails, facts of these may be missing
	fills  []string        // settings that it tells, as "object_store.encryption"
	frame  string          // what else it is for, where it tells no setting
}

// fullName is the operation with its package.
func (o operation) fullName(service string) string {
	if strings.Contains(o.name, ".") {
		return o.name
	}
	return service + "." + o.name
}

// readers lists all readers, sorted by service: one file each.
func readers() []reader {
	return []reader{
		accessPolicies(),
		alarms(),
		apiDomains(),
		backups(),
		cacheClusters(),
		certificates(),
		classicBalancers(),
		configurationRecorders(),
		containerServices(),
		detectors(),
		distributions(),
		dynamodbTables(),
		ec2Firewalls(),
		ec2Instances(),
		ec2Networks(),
		ec2Snapshots(),
		ec2Volumes(),
		efsFileSystems(),
		eventAlarms(),
		fsxFileSystems(),
		functions(),
		imageRegistries(),
		kinesisStreams(),
		kmsKeys(),
		kubernetesClusters(),
		loadBalancers(),
		logGroups(),
		memoryDBs(),
		openSearchDomains(),
		passwordPolicies(),
		patchStates(),
		rdsClusterSnapshots(),
		rdsClusters(),
		rdsInstances(),
		rdsReplicatedBackups(),
		rdsSnapshots(),
		redshiftClusters(),
		replicationGroups(),
		s3Buckets(),
		secretsManager(),
		serverlessCaches(),
		snsTopics(),
		sqsQueues(),
		ssmParameters(),
		trails(),
		userPools(),
		users(),
	}
}

// frameOperations are those that the collector itself calls: who, where, which accounts.
func frameOperations() []operation {
	return []operation{
		{name: "account.ListRegions", action: "account:ListRegions", frame: "which regions are enabled"},
		{name: "ec2.DescribeRegions", action: "ec2:DescribeRegions", frame: "which regions are enabled, where account.ListRegions is denied"},
		{name: "organizations.ListAccounts", action: "organizations:ListAccounts", frame: "which accounts the organisation has"},
		{name: "sts.AssumeRole", action: "sts:AssumeRole", frame: "credentials of another account"},
		{name: "sts.GetCallerIdentity", action: "", frame: "which account and partition the credentials belong to"},
	}
}

// actions are the permissions of all operations by full name.
func actions() map[string]string {
	all := map[string]string{}
	for _, o := range frameOperations() {
		all[o.name] = o.action
	}
	for _, r := range readers() {
		for _, o := range r.operations {
			all[o.fullName(r.service)] = o.action
		}
	}
	return all
}

// actionOf returns the permission that an operation needs, empty for one that needs none.
func actionOf(operation string) string { return actions()[operation] }
