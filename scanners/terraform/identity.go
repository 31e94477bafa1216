package terraform

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// identity is by what name the resources of a type are known, in code and in a state file. Resources whose names AWS makes
// up have none in code.
type identity struct {
	typ    string
	key    string // the key's type, as ARNs have it, with the service
	code   string // argument that is the name
	state  string // attribute of a state file that is the name
	global bool   // the service has no regions
}

// The types of what has no identity of its own in AWS: it is part of a role, a user or a group.
const (
	typeInlinePolicy = "iam:inline-policy"
	typeAttachment   = "iam:attachment"
)

// identities lists the types of which there are facts, sorted. What a name is: for a volume, an instance, a network or a
// key its id; for a load balancer, an alarm, a database or a table the name that its owner gave it.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
func identities() []identity {
	return []identity{
		{typ: "aws_alb", key: "elasticloadbalancing:loadbalancer", code: "name", state: "name"},
		{typ: "aws_alb_listener", key: "elasticloadbalancing:listener"},
		{typ: "aws_ami", key: "ec2:image", state: "id"},
		{typ: "aws_ami_copy", key: "ec2:image", state: "id"},
		{typ: "aws_ami_from_instance", key: "ec2:image", state: "id"},
		{typ: "aws_api_gateway_domain_name", key: "apigateway:domainnames", code: "domain_name"},
		{typ: "aws_apigatewayv2_domain_name", key: "apigateway:domainnames", code: "domain_name"},
		{typ: "aws_backup_logically_air_gapped_vault", key: "backup:backup-vault", code: "name", state: "name"},
		{typ: "aws_backup_plan", key: "backup:backup-plan", state: "id"},
		{typ: "aws_backup_vault", key: "backup:backup-vault", code: "name", state: "name"},
		{typ: "aws_cloudfront_distribution", key: "cloudfront:distribution", state: "id", global: true},
		{typ: "aws_cloudtrail", key: "cloudtrail:trail", code: "name", state: "name"},
		{typ: "aws_cloudwatch_composite_alarm", key: "cloudwatch:alarm", code: "alarm_name", state: "alarm_name"},
		{typ: "aws_cloudwatch_event_rule", key: "events:rule", code: "name", state: "name"},
		{typ: "aws_cloudwatch_log_group", key: "logs:log-group", code: "name", state: "name"},
		{typ: "aws_cloudwatch_metric_alarm", key: "cloudwatch:alarm", code: "alarm_name", state: "alarm_name"},
		{typ: "aws_cognito_user_pool", key: "cognito-idp:userpool", state: "id"},
		{typ: "aws_db_cluster_snapshot", key: "rds:cluster-snapshot", code: "db_cluster_snapshot_identifier", state: "db_cluster_snapshot_identifier"},
		{typ: "aws_db_instance", key: "rds:db", code: "identifier", state: "identifier"},
		{typ: "aws_db_snapshot", key: "rds:snapshot", code: "db_snapshot_identifier", state: "db_snapshot_identifier"},
		{typ: "aws_default_security_group", key: "ec2:security-group", state: "id"},
		{typ: "aws_default_subnet", key: "ec2:subnet", state: "id"},
		{typ: "aws_default_vpc", key: "ec2:vpc", state: "id"},
		{typ: "aws_docdb_cluster", key: "rds:cluster", code: "cluster_identifier", state: "cluster_identifier"},
		{typ: "aws_dynamodb_table", key: "dynamodb:table", code: "name", state: "name"},
		{typ: "aws_ebs_snapshot", key: "ec2:snapshot", state: "id"},
		{typ: "aws_ebs_snapshot_copy", key: "ec2:snapshot", state: "id"},
		{typ: "aws_ebs_snapshot_import", key: "ec2:snapshot", state: "id"},
		{typ: "aws_ebs_volume", key: "ec2:volume", state: "id"},
		{typ: "aws_ecr_repository", key: "ecr:repository", code: "name", state: "name"},
		{typ: "aws_ecs_service", key: "ecs:service"},
		{typ: "aws_efs_file_system", key: "elasticfilesystem:file-system", state: "id"},
		{typ: "aws_elasticache_cluster", key: "elasticache:cluster", code: "cluster_id", state: "cluster_id"},
		{typ: "aws_elasticache_replication_group", key: "elasticache:replicationgroup", code: "replication_group_id", state: "replication_group_id"},
		{typ: "aws_elasticache_serverless_cache", key: "elasticache:serverlesscache", code: "name", state: "name"},
		{typ: "aws_elb", key: "elasticloadbalancing:classic", code: "name", state: "name"},
		{typ: "aws_fsx_lustre_file_system", key: "fsx:file-system", state: "id"},
		{typ: "aws_fsx_ontap_file_system", key: "fsx:file-system", state: "id"},
		{typ: "aws_fsx_openzfs_file_system", key: "fsx:file-system", state: "id"},
		{typ: "aws_fsx_windows_file_system", key: "fsx:file-system", state: "id"},
		{typ: "aws_guardduty_detector", key: "guardduty:detector", state: "id"},
		{typ: "aws_iam_group_policy", key: typeInlinePolicy, global: true},
		{typ: "aws_iam_group_policy_attachment", key: typeAttachment, global: true},
		{typ: "aws_iam_policy", key: "iam:policy", code: "name", state: "name", global: true},
		{typ: "aws_iam_policy_attachment", key: typeAttachment, global: true},
		{typ: "aws_iam_role_policy", key: typeInlinePolicy, global: true},
		{typ: "aws_iam_role_policy_attachment", key: typeAttachment, global: true},
		{typ: "aws_iam_user_policy", key: typeInlinePolicy, global: true},
		{typ: "aws_iam_user_policy_attachment", key: typeAttachment, global: true},
		{typ: "aws_instance", key: "ec2:instance", state: "id"},
		{typ: "aws_kms_external_key", key: "kms:key", state: "id"},
		{typ: "aws_kms_key", key: "kms:key", state: "id"},
		{typ: "aws_kms_replica_external_key", key: "kms:key", state: "key_id"},
		{typ: "aws_kms_replica_key", key: "kms:key", state: "key_id"},
		{typ: "aws_launch_configuration", key: "ec2:instance"},
		{typ: "aws_launch_template", key: "ec2:instance"},
		{typ: "aws_lb", key: "elasticloadbalancing:loadbalancer", code: "name", state: "name"},
		{typ: "aws_lb_listener", key: "elasticloadbalancing:listener"},
		{typ: "aws_memorydb_cluster", key: "memorydb:cluster", code: "name", state: "name"},
		{typ: "aws_neptune_cluster", key: "rds:cluster", code: "cluster_identifier", state: "cluster_identifier"},
		{typ: "aws_rds_cluster", key: "rds:cluster", code: "cluster_identifier", state: "cluster_identifier"},
		{typ: "aws_redshift_cluster", key: "redshift:cluster", code: "cluster_identifier", state: "cluster_identifier"},
		{typ: "aws_redshiftserverless_workgroup", key: "redshift-serverless:workgroup"},
		{typ: "aws_s3_bucket", key: "s3:bucket", code: "bucket", state: "bucket"},
		{typ: "aws_secretsmanager_secret", key: "secretsmanager:secret", code: "name", state: "name"},
		{typ: "aws_security_group", key: "ec2:security-group", state: "id"},
		{typ: "aws_sns_topic", key: "sns:topic", code: "name", state: "name"},
		{typ: "aws_spot_instance_request", key: "ec2:instance"},
		{typ: "aws_sqs_queue", key: "sqs:queue", code: "name", state: "name"},
		{typ: "aws_ssm_parameter", key: "ssm:parameter", code: "name", state: "name"},
		{typ: "aws_ssoadmin_managed_policy_attachment", key: typeAttachment, global: true},
		{typ: "aws_ssoadmin_permission_set_inline_policy", key: typeInlinePolicy, global: true},
		{typ: "aws_subnet", key: "ec2:subnet", state: "id"},
		{typ: "aws_vpc", key: "ec2:vpc", state: "id"},
	}
}

// keyTypes are the types of keys that facts have, sorted: what is of another type is declared by nothing that is read.
func keyTypes() []string {
	var types []string
	for _, id := range identities() {
		if id.key != typeInlinePolicy && id.key != typeAttachment {
			types = append(types, id.key)
		}
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// identitiesByType finds the identity of a type; of one that is not listed it is empty.
func identitiesByType() map[string]identity {
	byType := map[string]identity{}
	for _, id := range identities() {
		byType[id.typ] = id
	}
	return byType
}

// keys are the identities of what is observed at i, sorted: by the state file where it knows the address, else by the name
// in the code. A name that is not known is a key without one: something of this type is there. The notes say that the
// state file does not know the address.
func (o *observer) keys(i *eval.Instance, observed observation) ([]evidence.Key, []evidence.Reason) {
	if i == nil {
		return nil, nil
	}
	applied, known := o.run.state.byID[i.Address]
	keys := o.partKeys(i, observed, applied)
	if observed.suffix == "" {
		keys = o.wholeKeys(i, applied)
	}
	if len(keys) > 0 && o.run.state.given && !known && !i.Placeholder {
		return keys, []evidence.Reason{evidence.Because("not_in_state")}
	}
	return keys, nil
}

// wholeKeys are the identities of i itself.
func (o *observer) wholeKeys(i *eval.Instance, applied stateInstance) []evidence.Key {
	id := o.identities[i.Type]
	keys := applied.keys(id)
	if id.key == "" {
		return keys
	}
	if !slices.ContainsFunc(keys, func(k evidence.Key) bool { return k.Type == id.key }) {
		var name evidence.Value[string]
		if id.code != "" {
			name = i.Attr(id.code).Text(name)
		}
		keys = append(keys, o.key(i, id.key, name, id.global))
	}
	slices.SortFunc(keys, evidence.Key.Compare)
	return keys
}

// partKeys are the identities of a part of i: of the volumes of an instance, which are things of their own in AWS, and of the
// policies of a role, which are none.
func (o *observer) partKeys(i *eval.Instance, observed observation, applied stateInstance) []evidence.Key {
	switch observed.resource.Kind() {
	case evidence.AccessPolicy{}.Kind():
		return []evidence.Key{o.key(i, typeInlinePolicy, evidence.Value[string]{}, true)}
	case evidence.Volume{}.Kind():
		if observed.suffix == "root_block_device" && len(applied.disks) > 0 {
			return applied.diskKeys()[:1]
		}
		return []evidence.Key{o.key(i, "ec2:volume", evidence.Value[string]{}, false)}
	}
	return nil
}

// key is an identity as the code tells it: in the account and region of i's provider, or the account that is declared for
// the root.
func (o *observer) key(i *eval.Instance, typ string, name evidence.Value[string], global bool) evidence.Key {
	k := evidence.Key{Scheme: "aws", Partition: "?", Account: orUnknown(i.Provider.Account), Region: orUnknown(i.Provider.Region), Type: typ, Name: orUnknown(name)}
	if k.Account == "?" && o.run.config.Account != "" {
		k.Account = o.run.config.Account
	}
	if global {
		k.Region = "global"
	}
	if k.Name == "" {
		k.Name = "?"
	}
	return k
}
