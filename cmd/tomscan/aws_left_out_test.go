package main

// omission is an operation that is not called.
type omission struct{ operation, tells, reason string }

// Reasons that several operations have.
const (
	nobodyAsks    = "No check asks for it."
	noKind        = "Not yet: no kind of fact for it."
	notLive       = "Not yet: read from Terraform code alone."
	notYet        = "Not yet."
	nowhere       = "Not yet: neither from AWS nor from Terraform code."
	ownFindings   = "Another tool's conclusions; tomscan judges the settings themselves."
	manyCalls     = "A call for each resource; a list tells the same."
	guardRail     = "A policy that denies other regions leaves services out, so that it proves no place of data; the places themselves are read."
	managementAct = "Needs the organisation's management account, and no check asks for it."
)

// leftOut are operations that could say something about the measures and are not called, sorted.
func leftOut() []omission {
	return []omission{
		{"accessanalyzer.ListAnalyzers", "whether public and foreign access is watched", ownFindings},
		{"accessanalyzer.ListFindingsV2", "what is reachable from outside the account", ownFindings},
		{"account.GetAlternateContact", "whom AWS calls about security", "A person's name, address and number; no check asks for it."},
		{"apigateway.GetRestApis", "interfaces", "What their own domains accept is read; their other addresses are AWS' own."},
		{"apigatewayv2.GetApis", "interfaces", "What their own domains accept is read; their other addresses are AWS' own."},
		{"apigatewayv2.GetStages", "access logs of interfaces", nobodyAsks},
		{"athena.GetWorkGroup", "encryption of query results", noKind},
		{"backup.DescribeBackupVault", "encryption and lock of a vault", "ListBackupVaults tells the same."},
		{"backup.DescribeGlobalSettings", "whether backups may go to other accounts", nobodyAsks},
		{"backup.DescribeRegionSettings", "which services may be backed up", "ListProtectedResources tells what really was."},
		{"backup.GetBackupVaultAccessPolicy", "who may reach a vault", nobodyAsks},
		{"backup.GetRestoreTestingPlan", "schedule of restore tests", "ListRestoreTestingPlans tells the same."},
		{"backup.ListBackupJobs", "which backups ran and failed", "ListProtectedResources tells when each resource was backed up last."},
		{"backup.ListFrameworks", "frameworks of Backup Audit Manager", ownFindings},
		{"backup.ListRecoveryPointsByBackupVault", "every recovery point", "As many pages as there are backups; ListProtectedResources and DescribeRecoveryPoint tell the latest of each resource."},
		{"backup.ListReportPlans", "reports of Backup Audit Manager", ownFindings},
		{"backup.ListRestoreJobsByProtectedResource", "restores of one resource", manyCalls},
		{"bedrock.ListInferenceProfiles", "regions to which prompts may go", noKind},
		{"cloudwatchlogs.DescribeMetricFilters", "which log lines are counted", nobodyAsks},
		{"cognitoidentityprovider.GetUserPoolMfaConfig", "second factors of a user pool", "DescribeUserPool tells whether one is demanded."},
		{"configservice.DescribeConfigurationAggregators", "regions to which configurations are copied", nobodyAsks},
		{"configservice.DescribeDeliveryChannels", "where configurations are kept", nobodyAsks},
		{"configservice.DescribeRetentionConfigurations", "how long configurations are kept", nobodyAsks},
		{"configservice.SelectAggregateResourceConfig", "recorded configurations", "Older than what the services say themselves, and silent on what is not recorded."},
		{"configservice.SelectResourceConfig", "recorded configurations", "Older than what the services say themselves, and silent on what is not recorded."},
		{"costexplorer.GetCostAndUsage", "services that cost something, by region", "Every call costs money."},
		{"dax.DescribeClusters", "caches before DynamoDB: their encryption", nowhere},
		{"detective.ListGraphs", "whether Detective is used", nobodyAsks},
		{"dlm.GetLifecyclePolicies", "snapshots that are taken by plan", "Not yet: backups by Data Lifecycle Manager count as none."},
		{"docdbelastic.ListClusters", "elastic document databases", nowhere},
		{"ec2.DescribeAddresses", "public addresses", "DescribeInstances tells those of machines."},
		{"ec2.DescribeInstanceAttribute", "settings of one machine", "Would tell user data as well, and is denied in every session."},
		{"ec2.DescribeInternetGateways", "ways to the internet", "A route names its gateway; DescribeRouteTables decides."},
		{"ec2.DescribeLaunchTemplateVersions", "settings of machines to come", "Holds user data; DescribeInstances tells what runs."},
		{"ec2.DescribeNatGateways", "ways out to the internet", "Nothing comes in through them."},
		{"ec2.DescribeNetworkAcls", "packet rules of subnets", "Not yet: they only narrow what firewalls let in, so that a fail may be milder in truth."},
		{"ec2.DescribeSecurityGroupRules", "rules of firewalls", "DescribeSecurityGroups tells the same."},
		{"ec2.DescribeSnapshotAttribute", "with whom a snapshot is shared", "A call for each snapshot; a filter of DescribeSnapshots tells which are shared with everybody."},
		{"ec2.DescribeTransitGatewayAttachments", "links between networks", nobodyAsks},
		{"ec2.DescribeVpcEncryptionControls", "whether a network demands encryption", noKind},
		{"ec2.DescribeVpcEndpoints", "private ways to services", nobodyAsks},
		{"ec2.DescribeVpcPeeringConnections", "links between networks", nobodyAsks},
		{"ec2.GetEbsDefaultKmsKeyId", "key of new volumes", "DescribeVolumes tells the key of each volume; the check of the default asks whether there is encryption."},
		{"ec2.GetInstanceMetadataDefaults", "how machines may ask for their credentials", nobodyAsks},
		{"ecr.GetRepositoryPolicy", "who may read a repository of images", nobodyAsks},
		{"elasticache.DescribeServiceUpdates", "updates that caches lack", notYet},
		{"elasticloadbalancingv2.DescribeTargetGroups", "encryption behind load balancers", nobodyAsks},
		{"eventbridge.ListEventBuses", "other buses of events", "Services send their findings to the default bus; its rules are read."},
		{"firehose.DescribeDeliveryStream", "encryption and destination of delivery streams", noKind},
		{"globalaccelerator.ListAccelerators", "traffic that enters at AWS' edge", noKind},
		{"glue.GetDataCatalogEncryptionSettings", "encryption of the data catalogue", noKind},
		{"guardduty.DescribeOrganizationConfiguration", "whether new accounts get a detector", managementAct},
		{"guardduty.GetFindingsStatistics", "how many findings there are", ownFindings},
		{"guardduty.ListOrganizationAdminAccounts", "who administers detectors", managementAct},
		{"iam.GenerateServiceLastAccessedDetails", "which rights are used", "Begins a job for each role; no check asks for it."},
		{"iam.GetPolicyVersion", "one policy", "A call for each policy; GetAccountAuthorizationDetails tells all of them."},
		{"iam.GetServiceLastAccessedDetails", "which rights are used", "A call for each role; no check asks for it."},
		{"iam.ListAttachedRolePolicies", "policies of one role", "A call for each role; GetAccountAuthorizationDetails tells all of them."},
		{"iam.ListOpenIDConnectProviders", "who vouches for outside identities", nobodyAsks},
		{"iam.ListOrganizationsFeatures", "whether root users have credentials", "GetAccountSummary tells it of the account, and needs no management account."},
		{"iam.ListSAMLProviders", "who vouches for outside identities", nobodyAsks},
		{"iam.ListServerCertificates", "certificates outside of the certificate manager", notYet},
		{"iam.ListVirtualMFADevices", "whether root's second factor is a device", "GetAccountSummary tells whether there is one."},
		{"identitystore.ListUsers", "users of the identity centre", "Names and addresses of persons; no check asks for it."},
		{"inspector2.BatchGetAccountStatus", "whether Inspector is used", notYet},
		{"inspector2.ListCoverage", "what Inspector scans", notYet},
		{"inspector2.ListFindingAggregations", "how many findings there are", ownFindings},
		{"kafka.ListClustersV2", "encryption of Kafka clusters", noKind},
		{"keyspaces.ListTables", "tables of Keyspaces", nowhere},
		{"kms.GetKeyPolicy", "who may use a key", nobodyAsks},
		{"kms.ListAliases", "names of keys", "DescribeKey takes a name as well."},
		{"kms.ListGrants", "who may use a key", nobodyAsks},
		{"kms.ListResourceTags", "tags of keys", nobodyAsks},
		{"lambda.GetFunction", "settings of one function", "Leads to its code, and is denied in every session."},
		{"macie2.GetMacieSession", "whether Macie is used", nobodyAsks},
		{"mq.DescribeBroker", "encryption of message brokers", noKind},
		{"notifications.ListNotificationConfigurations", "whom AWS User Notifications tells of events", "Not yet: where it waits for findings, it stays open whether somebody hears."},
		{"oam.ListLinks", "accounts to which measurements go", nobodyAsks},
		{"opensearchserverless.ListCollections", "serverless search collections", noKind},
		{"opensearchserverless.ListSecurityPolicies", "their encryption and networks", noKind},
		{"organizations.DescribeEffectivePolicy", "policies for backups, tags and AI services in force", nobodyAsks},
		{"organizations.DescribeOrganization", "who manages the organisation", nobodyAsks},
		{"organizations.DescribePolicy", "the text of a policy of the organisation", guardRail},
		{"organizations.ListAccountsForParent", "accounts of a unit", guardRail},
		{"organizations.ListDelegatedAdministrators", "who administers services", nobodyAsks},
		{"organizations.ListOrganizationalUnitsForParent", "units of the organisation", guardRail},
		{"organizations.ListPolicies", "policies of the organisation", guardRail},
		{"organizations.ListPoliciesForTarget", "policies of one account or unit", guardRail},
		{"organizations.ListRoots", "the organisation's root", guardRail},
		{"organizations.ListTargetsForPolicy", "to what a policy of the organisation is attached", guardRail},
		{"ram.GetResourceShares", "what is shared with other accounts", nobodyAsks},
		{"rds.DescribeCertificates", "certificates of databases", nobodyAsks},
		{"rds.DescribeDBEngineVersions", "versions that are no longer patched", notYet},
		{"rds.DescribeDBProxies", "whether proxies demand TLS", noKind},
		{"rds.DescribeOptionGroups", "TLS of Oracle databases", "Not yet: their TLS is not assessed."},
		{"rds.DescribePendingMaintenanceActions", "patches that wait", notYet},
		{"redshiftserverless.ListNamespaces", "serverless warehouses", notLive},
		{"redshiftserverless.ListWorkgroups", "their networks and TLS", notLive},
		{"resourceexplorer2.ListResources", "regions in use", "Needs an index that few accounts have; every enabled region is read."},
		{"resourceexplorer2.Search", "regions in use", "Needs an index that few accounts have; every enabled region is read."},
		{"resourcegroupstaggingapi.GetResources", "tagged resources", "Knows only what has a tag; every enabled region is read."},
		{"route53resolver.ListResolverQueryLogConfigs", "logs of name queries", nobodyAsks},
		{"s3.GetBucketTagging", "tags of buckets", nobodyAsks},
		{"s3.ListBucketInventoryConfigurations", "lists of objects with their encryption", "Names where the list is; reading it would be reading data."},
		{"s3.ListDirectoryBuckets", "directory buckets", notLive},
		{"s3control.ListAccessPoints", "further ways to buckets", "Not yet: their own policies are not read; the bucket's block of public access holds for them too."},
		{"s3control.ListMultiRegionAccessPoints", "buckets that several regions share", "Not yet: GetBucketReplication tells where copies go."},
		{"sagemaker.DescribeDomain", "encryption of notebooks and models", noKind},
		{"securityhub.DescribeHub", "whether Security Hub is used", nobodyAsks},
		{"securityhub.GetEnabledStandards", "standards that Security Hub judges by", ownFindings},
		{"sesv2.GetConfigurationSet", "whether mail demands TLS", noKind},
		{"sns.ListSubscriptions", "who hears topics", "ListSubscriptionsByTopic asks about those that alarms name."},
		{"ssm.DescribeMaintenanceWindows", "when patches are installed", nobodyAsks},
		{"ssm.DescribePatchBaselines", "which patches are approved", nobodyAsks},
		{"ssm.DescribePatchGroups", "which machines a baseline is for", nobodyAsks},
		{"ssm.GetDefaultPatchBaseline", "which patches are approved", nobodyAsks},
		{"ssm.GetServiceSetting", "whether new machines are managed", nobodyAsks},
		{"ssm.ListAssociations", "what is done on machines", nobodyAsks},
		{"ssm.ListResourceComplianceSummaries", "patches that machines lack", "DescribeInstancePatchStates tells it without mixing in other sorts of compliance."},
		{"ssoadmin.ListAccountAssignments", "who has which rights where", nobodyAsks},
		{"ssoadmin.ListInstances", "whether the identity centre is used", nobodyAsks},
		{"ssoadmin.ListPermissionSets", "rights of the identity centre", "The role that it becomes in each account tells the same."},
		{"timestreamwrite.ListTables", "tables of Timestream", nowhere},
		{"wafv2.GetLoggingConfiguration", "logs of web firewalls", nobodyAsks},
	}
}

// remark is something that no operation tells, and what follows.
type remark struct{ what, why string }

// untold is what no operation tells.
func untold() []remark {
	return []remark{
		{"Second factors of the identity centre and of outside identity providers", "Neither has a public interface for them: users who sign in so are not among those that are judged."},
		{"Encryption of objects written before 2023", "A bucket's settings hold for new objects; older ones may be unencrypted."},
		{"Whether restored data is usable", "AWS Backup knows it only where a validation of one's own said so (`ValidationStatus`)."},
		{"Which environment an account belongs to", "The configuration says it: `environment` blocks of `tomscan.hcl`."},
		{"TLS behind a TCP listener", "The load balancer passes it on unread."},
		{"TLS versions of default interfaces of API Gateway and of AWS itself", "Set by AWS alone; nothing is there to be configured."},
	}
}
