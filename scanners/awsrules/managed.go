package awsrules

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// DocManagedPolicies lists the policies that AWS manages, with their statements.
const DocManagedPolicies = "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html"

// ManagedName is the name of a policy that AWS manages, from its ARN: arn:aws:iam::aws:policy/service-role/AWSBatchServiceRole.
func ManagedName(arn string) (string, bool) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" || parts[2] != "iam" || parts[4] != "aws" {
		return "", false
	}
	name, ok := strings.CutPrefix(parts[5], "policy/")
	return name[strings.LastIndex(name, "/")+1:], ok
}

// ManagedGrants are the grants of a policy that AWS manages, known by its name: AWS changes the statements, and the code
// does not show them. They are incomplete for a policy that is not known here.
func ManagedGrants(name string) evidence.Value[[]evidence.Grant] {
	grant := func(scope string) evidence.Value[[]evidence.Grant] {
		return evidence.Default([]evidence.Grant{{Scope: scope, Action: name}}, DocManagedPolicies)
	}
	switch {
	case name == "AdministratorAccess" || name == "PowerUserAccess": // the second leaves out IAM and Organizations only
		return grant("everything")
	case strings.HasSuffix(name, "FullAccess") || slices.Contains(serviceWidePolicies(), name):
		return grant("service")
	case strings.Contains(name, "ReadOnly") || strings.Contains(name, "ViewOnly") || slices.Contains(narrowPolicies(), name):
		return grant("actions")
	}
	return evidence.Known([]evidence.Grant{}).Incomplete(evidence.Because("managed_policy_unknown", "name", name))
}

// serviceWidePolicies are those that allow all actions of a service on all resources though their name does not say so.
func serviceWidePolicies() []string {
	return []string{
		"AIOpsConsoleAdminPolicy", "AWSAgentlessDiscoveryService", "AWSAppSyncAdministrator",
		"AWSAuditManagerAdministratorAccess", "AWSBackupAdminPolicy", "AWSBudgetsActionsWithAWSResourceControlAccess",
		"AWSCloud9Administrator", "AWSCodeArtifactAdminAccess", "AWSCodeBuildAdminAccess", "AWSCodeStarServiceRole",
		"AWSDataPipelineRole", "AWSDataPipeline_PowerUser", "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
		"AWSElasticBeanstalkService", "AWSElasticDisasterRecoveryConsoleFullAccess_v2", "AWSGlueServiceRole",
		"AWSGrafanaAccountAdministrator", "AWSGreengrassResourceAccessRolePolicy", "AWSLakeFormationDataAdmin",
		"AWSOpsWorksRole", "AWSPanoramaGreengrassGroupRolePolicy", "AWSResourceExplorerOrganizationsAccess",
		"AWSSSODirectoryAdministrator", "AWSSSOMasterAccountAdministrator", "AWSSSOMemberAccountAdministrator",
		"AWSShieldDRTAccessPolicy", "AWSSupportAccess", "AdministratorAccess-AWSElasticBeanstalk",
		"AdministratorAccess-Amplify", "AmazonApplicationWizardFullaccess", "AmazonCognitoPowerUser",
		"AmazonDataZonePortalFullAccessPolicy", "AmazonDynamoDBFullAccesswithDataPipeline", "AmazonEC2ReportsAccess",
		"AmazonEC2RoleforDataPipelineRole", "AmazonElasticMapReduceforEC2Role", "AmazonFraudDetectorFullAccessPolicy",
		"AmazonLaunchWizardFullAccessV2", "AmazonLaunchWizardFullaccess", "AmazonLaunchWizard_Fullaccess",
		"AmazonSSMAutomationRole", "AmazonSecurityLakeAdministrator", "CloudWatchFullAccessV2", "DataScientist",
		"DatabaseAdministrator", "NetworkAdministrator", "SecretsManagerReadWrite", "ServerMigrationConnector",
		"ServiceCatalogEndUserAccess", "SupportUser", "SystemAdministrator",
	}
}

// narrowPolicies are those in common use that allow named actions only.
func narrowPolicies() []string {
	return []string{
		"AWSAppRunnerServicePolicyForECRAccess", "AWSAppSyncPushToCloudWatchLogs", "AWSBackupOperatorAccess",
		"AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores",
		"AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore", "AWSBatchServiceRole",
		"AWSCertificateManagerPrivateCAUser", "AWSCloudMapDiscoverInstanceAccess", "AWSCodeBuildDeveloperAccess",
		"AWSCodeCommitPowerUser", "AWSCodeDeployDeployerAccess", "AWSCodeDeployRole", "AWSCodeDeployRoleForCloudFormation",
		"AWSCodeDeployRoleForECS", "AWSCodeDeployRoleForECSLimited", "AWSCodeDeployRoleForLambda",
		"AWSCodeDeployRoleForLambdaLimited", "AWSConfigRole", "AWSElasticBeanstalkEnhancedHealth",
		"AWSElasticBeanstalkMulticontainerDocker", "AWSElasticBeanstalkWebTier", "AWSElasticBeanstalkWorkerTier",
		"AWSGlueServiceNotebookRole", "AWSIoTLogging", "AWSIoTRuleActions", "AWSIoTThingsRegistration",
		"AWSKeyManagementServicePowerUser", "AWSLambdaBasicExecutionRole", "AWSLambdaDynamoDBExecutionRole",
		"AWSLambdaENIManagementAccess", "AWSLambdaExecute", "AWSLambdaInvocation-DynamoDB",
		"AWSLambdaKinesisExecutionRole", "AWSLambdaMSKExecutionRole", "AWSLambdaRole", "AWSLambdaSQSQueueExecutionRole",
		"AWSLambdaVPCAccessExecutionRole", "AWSSecurityHubOrganizationsAccess", "AWSTransferLoggingAccess",
		"AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess", "AWS_ConfigRole", "AmazonAPIGatewayPushToCloudWatchLogs",
		"AmazonDMSCloudWatchLogsRole", "AmazonDMSRedshiftS3Role", "AmazonDMSVPCManagementRole", "AmazonEBSCSIDriverPolicy",
		"AmazonEC2ContainerRegistryPowerUser", "AmazonEC2ContainerRegistryPullOnly", "AmazonEC2ContainerServiceEventsRole",
		"AmazonEC2ContainerServiceforEC2Role", "AmazonEC2RoleforAWSCodeDeploy", "AmazonEC2RoleforSSM",
		"AmazonEC2SpotFleetTaggingRole", "AmazonECSInfrastructureRolePolicyForVolumes", "AmazonECSTaskExecutionRolePolicy",
		"AmazonEFSCSIDriverPolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSClusterPolicy", "AmazonEKSComputePolicy",
		"AmazonEKSFargatePodExecutionRolePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSLocalOutpostClusterPolicy",
		"AmazonEKSNetworkingPolicy", "AmazonEKSServicePolicy", "AmazonEKSVPCResourceController",
		"AmazonEKSWorkerNodeMinimalPolicy", "AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy",
		"AmazonElasticFileSystemClientReadWriteAccess", "AmazonElasticMapReduceRole", "AmazonGrafanaCloudWatchAccess",
		"AmazonPrometheusQueryAccess", "AmazonPrometheusRemoteWriteAccess", "AmazonRDSDirectoryServiceAccess",
		"AmazonRDSEnhancedMonitoringRole", "AmazonSNSRole", "AmazonSSMDirectoryServiceAccess",
		"AmazonSSMMaintenanceWindowRole", "AmazonSSMManagedEC2InstanceDefaultPolicy", "AmazonSSMManagedInstanceCore",
		"AmazonSSMPatchAssociation", "AmazonVPCCrossAccountNetworkInterfaceOperations",
		"AutoScalingNotificationAccessRole", "Billing", "ClientVPNServiceRolePolicy", "CloudWatchAgentAdminPolicy",
		"CloudWatchAgentServerPolicy", "CloudWatchLambdaApplicationSignalsExecutionRolePolicy",
		"CloudWatchLambdaInsightsExecutionRolePolicy", "IAMSelfManageServiceSpecificCredentials", "IAMUserChangePassword",
		"IAMUserSSHKeys", "SecurityAudit",
	}
}
