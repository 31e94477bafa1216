package terraform

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestTable(t *testing.T) {
	table := func(name, body string, want settings) readCase {
		return readCase{name, "resource \"aws_dynamodb_table\" \"t\" {\n  name = \"t\"\n" + body + "\n}\nvariable \"v\" {}\n", map[string]settings{"aws_dynamodb_table.t": want}}
	}
	runCases(t, evidence.Table{}.Kind(), []readCase{
		table("unset", "", settings{"encryption": "provider-owned (default)", "point_in_time_recovery": "false (default)", "recovery_days": "0 (default)",
			"deletion_protection": "false (default)", "items_expire": "false (default)", "copies": "[]", "region": "eu-north-1"}),
		table("set", `deletion_protection_enabled = true
server_side_encryption { enabled = true }
point_in_time_recovery { enabled = true }
ttl {
  enabled        = true
  attribute_name = "expires"
}
replica { region_name = "eu-west-1" }`, settings{"encryption": "provider-managed", "point_in_time_recovery": "true", "recovery_days": "35 (default)",
			"deletion_protection": "true", "items_expire": "true", "copies": "[eu-west-1]"}),
		table("key", "server_side_encryption {\n  enabled = true\n  kms_key_arn = \"arn:aws:kms:eu-north-1:111122223333:key/1\"\n}", settings{"encryption": "customer-managed"}),
		table("switched off", "server_side_encryption { enabled = false }", settings{"encryption": "provider-owned"}),
		table("unknown", "server_side_encryption { enabled = var.v }\npoint_in_time_recovery { enabled = var.v }\nreplica { region_name = var.v }",
			settings{"encryption": "?variable_without_value", "point_in_time_recovery": "?variable_without_value", "recovery_days": "?variable_without_value",
				"copies": "[] +variable_without_value"}),
		{"replica of its own", `provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_dynamodb_table" "t" { name = "t" }
resource "aws_dynamodb_table_replica" "r" {
  provider         = aws.us
  global_table_arn = aws_dynamodb_table.t.arn
}`, map[string]settings{"aws_dynamodb_table.t": {"copies": "[us-east-1]"}}},
	})
}

func TestFileSystem(t *testing.T) {
	files := func(name, code string, want settings) readCase {
		return readCase{name, code, map[string]settings{"aws_efs_file_system.f": want}}
	}
	runCases(t, evidence.FileSystem{}.Kind(), []readCase{
		files("unset", "resource \"aws_efs_file_system\" \"f\" {}\n", settings{"encryption": "none (default)", "automatic_backup": "false (default)", "tls_required": "false (default)"}),
		files("one zone", "resource \"aws_efs_file_system\" \"f\" {\n  availability_zone_name = \"eu-north-1a\"\n}\n", settings{"automatic_backup": "true (default)"}),
		files("set", `resource "aws_efs_file_system" "f" {
  encrypted = true
}
resource "aws_efs_backup_policy" "b" {
  file_system_id = aws_efs_file_system.f.id
  backup_policy { status = "ENABLED" }
}
resource "aws_efs_file_system_policy" "p" {
  file_system_id = aws_efs_file_system.f.id
  policy = jsonencode({ Statement = [{ Effect = "Deny", Principal = { AWS = "*" }, Action = "*",
    Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
resource "aws_efs_replication_configuration" "r" {
  source_file_system_id = aws_efs_file_system.f.id
  destination { region = "eu-west-1" }
}`, settings{"encryption": "provider-managed", "automatic_backup": "true", "tls_required": "true", "copies": "[eu-west-1]"}),
		files("unknown", "variable \"v\" {}\nresource \"aws_efs_file_system\" \"f\" {\n  encrypted = var.v\n}\n", settings{"encryption": "?variable_without_value"}),
		{"fsx", "resource \"aws_fsx_lustre_file_system\" \"f\" {}\nresource \"aws_fsx_windows_file_system\" \"w\" {}\n", map[string]settings{
			"aws_fsx_lustre_file_system.f":  {"encryption": "provider-owned (default)", "automatic_backup": "false (default)"},
			"aws_fsx_windows_file_system.w": {"encryption": "provider-managed (default)", "automatic_backup": "true (default)"}}},
	})
}

func TestCache(t *testing.T) {
	group := func(name, body string, want settings) readCase {
		return readCase{name, "resource \"aws_elasticache_replication_group\" \"g\" {\n" + body + "\n}\nvariable \"v\" {}\n",
			map[string]settings{"aws_elasticache_replication_group.g": want}}
	}
	runCases(t, evidence.Cache{}.Kind(), []readCase{
		group("unset", "", settings{"engine": "redis (default)", "encryption": "none (default)", "tls_required": "false (default)", "backup_retention_days": "0 (default)",
			"multi_az": "false (default)", "automatic_minor_upgrades": "true (default)", "subnets_private": "false (default)"}),
		group("valkey", `engine = "valkey"`, settings{"encryption": "provider-owned (default)"}),
		group("valkey, switched off", "engine = \"valkey\"\nat_rest_encryption_enabled = false", settings{"encryption": "none"}),
		group("set", "at_rest_encryption_enabled = true\nkms_key_id = \"arn:aws:kms:eu-north-1:111122223333:key/1\"\ntransit_encryption_enabled = true\nmulti_az_enabled = true",
			settings{"encryption": "customer-managed", "tls_required": "true", "multi_az": "true"}),
		group("preferred", "transit_encryption_enabled = true\ntransit_encryption_mode = \"preferred\"", settings{"tls_required": "false"}),
		group("required", "transit_encryption_enabled = true\ntransit_encryption_mode = \"required\"", settings{"tls_required": "true"}),
		group("unknown", "engine = var.v\ntransit_encryption_enabled = var.v", settings{"engine": "?variable_without_value", "encryption": "?variable_without_value",
			"tls_required": "?variable_without_value"}),
		group("member of a global group of elsewhere", `global_replication_group_id = "g"`, settings{"encryption": "?source_not_declared_here", "copies": "[] +copy_region_not_known"}),
		{"others", `resource "aws_elasticache_cluster" "m" { engine = "memcached" }
resource "aws_elasticache_cluster" "elsewhere" { replication_group_id = "h" }
resource "aws_elasticache_cluster" "member" { replication_group_id = aws_elasticache_replication_group.here.id }
resource "aws_elasticache_cluster" "perhaps" { replication_group_id = var.v }
resource "aws_elasticache_replication_group" "here" { replication_group_id = "here" }
variable "v" {}
resource "aws_elasticache_serverless_cache" "s" { engine = "valkey" }
resource "aws_memorydb_cluster" "d" { acl_name = "open-access" }`, map[string]settings{
			"aws_elasticache_cluster.m":              {"encryption": "none (default)", "tls_required": "false (default)"},
			"aws_elasticache_cluster.elsewhere":      {"encryption": "?source_not_declared_here"},
			"aws_elasticache_cluster.perhaps":        {"encryption": "?source_not_declared_here", "subnets_private": "?source_not_declared_here"},
			"aws_elasticache_replication_group.here": {"encryption": "none (default)"},
			"aws_elasticache_serverless_cache.s":     {"encryption": "provider-owned (default)", "tls_required": "true (default)", "multi_az": "true (default)"},
			"aws_memorydb_cluster.d":                 {"encryption": "provider-owned (default)", "tls_required": "true (default)", "multi_az": "true (default)"}}},
	})
}

func TestQueue(t *testing.T) {
	queue := func(name, body string, want settings) readCase {
		return readCase{name, "resource \"aws_sqs_queue\" \"q\" {\n" + body + "\n}\nvariable \"v\" {}\n", map[string]settings{"aws_sqs_queue.q": want}}
	}
	runCases(t, evidence.Queue{}.Kind(), []readCase{
		queue("unset", "", settings{"encryption": "provider-owned (default)", "retention_days": "4 (default)", "tls_required": "false (default)"}),
		queue("server-side encryption off, encrypted disks all the same", "sqs_managed_sse_enabled = false\nmessage_retention_seconds = 86401", settings{"encryption": "provider-owned (default)", "retention_days": "2"}),
		queue("alias of aws", `kms_master_key_id = "alias/aws/sqs"`, settings{"encryption": "provider-managed"}),
		queue("key", "kms_master_key_id = aws_kms_key.k.id\n}\nresource \"aws_kms_key\" \"k\" {", settings{"encryption": "customer-managed"}),
		queue("unknown", "kms_master_key_id = var.v", settings{"encryption": "?variable_without_value"}),
		queue("policy", "}\nresource \"aws_sqs_queue_policy\" \"p\" {\n  queue_url = aws_sqs_queue.q.id\n  policy = jsonencode({ Statement = [{ Effect = \"Deny\", Principal = \"*\", Action = \"sqs:*\", "+
			"Resource = \"*\", Condition = { Bool = { \"aws:SecureTransport\" = \"false\" } } }] })", settings{"tls_required": "true"}),
	})
}

func TestTopic(t *testing.T) {
	runCases(t, evidence.Topic{}.Kind(), []readCase{{"topics", `
variable "v" {}
resource "aws_sns_topic" "unset" {}
resource "aws_sns_topic" "set" { kms_master_key_id = "alias/aws/sns" }
resource "aws_sns_topic" "own" { kms_master_key_id = "alias/own" }
resource "aws_sns_topic" "unknown" { kms_master_key_id = var.v }
`, map[string]settings{
		"aws_sns_topic.unset":   {"encryption": "provider-owned (default)", "region": "eu-north-1"},
		"aws_sns_topic.set":     {"encryption": "provider-managed"},
		"aws_sns_topic.own":     {"encryption": "customer-managed"},
		"aws_sns_topic.unknown": {"encryption": "?variable_without_value"},
	}}})
}

func TestLogStore(t *testing.T) {
	runCases(t, evidence.LogStore{}.Kind(), []readCase{{"log groups", `
variable "v" {}
resource "aws_cloudwatch_log_group" "unset" { name = "a" }
resource "aws_cloudwatch_log_group" "set" {
  retention_in_days = 90
  kms_key_id        = "arn:aws:kms:eu-north-1:111122223333:key/1"
}
resource "aws_cloudwatch_log_group" "zero" { retention_in_days = 0 }
resource "aws_cloudwatch_log_group" "unknown" { retention_in_days = var.v }
resource "aws_cloudwatch_log_group" "standard" {
  log_group_class   = "STANDARD"
  retention_in_days = 90
}
resource "aws_cloudwatch_log_group" "passing" {
  log_group_class   = "DELIVERY"
  retention_in_days = 90
}
resource "aws_cloudwatch_log_group" "class" {
  log_group_class   = var.v
  retention_in_days = 90
}
`, map[string]settings{
		"aws_cloudwatch_log_group.unset":   {"name": "a", "encryption": "provider-owned (default)", "retention_days": "never (default)"},
		"aws_cloudwatch_log_group.set":     {"name": "?name_generated", "encryption": "customer-managed", "retention_days": "90"},
		"aws_cloudwatch_log_group.zero":    {"retention_days": "never"},
		"aws_cloudwatch_log_group.unknown": {"retention_days": "?variable_without_value"},

		"aws_cloudwatch_log_group.standard": {"retention_days": "90"},
		"aws_cloudwatch_log_group.passing":  {"retention_days": "1 (default)"},
		"aws_cloudwatch_log_group.class":    {"retention_days": "?variable_without_value"},
	}}})
}

func TestEncryptionKey(t *testing.T) {
	runCases(t, evidence.EncryptionKey{}.Kind(), []readCase{{"keys", `
variable "v" {}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_kms_key" "unset" {}
resource "aws_kms_key" "on" { enable_key_rotation = true }
resource "aws_kms_key" "often" {
  enable_key_rotation     = true
  rotation_period_in_days = 90
}
resource "aws_kms_key" "rsa" { customer_master_key_spec = "RSA_4096" }
resource "aws_kms_key" "unknown" { enable_key_rotation = var.v }
resource "aws_kms_external_key" "imported" {}
resource "aws_kms_replica_key" "replica" {
  provider        = aws.us
  primary_key_arn = aws_kms_key.on.arn
}
`, map[string]settings{
		"aws_kms_key.unset":             {"rotates": "no (default)", "rotation_days": "never (default)"},
		"aws_kms_key.on":                {"rotates": "automatic", "rotation_days": "365 (default)", "copies": "[us-east-1]"},
		"aws_kms_key.often":             {"rotation_days": "90"},
		"aws_kms_key.rsa":               {"rotates": "not-supported", "rotation_days": "?not_decided_by_code"},
		"aws_kms_key.unknown":           {"rotates": "?variable_without_value", "rotation_days": "?variable_without_value"},
		"aws_kms_external_key.imported": {"rotates": "not-supported"},
		"aws_kms_replica_key.replica":   {"rotates": "automatic", "region": "us-east-1"},
	}}})
}

func TestBackupVault(t *testing.T) {
	runCases(t, evidence.BackupVault{}.Kind(), []readCase{{"vaults", `
resource "aws_backup_vault" "unset" { name = "a" }
resource "aws_backup_vault" "locked" {
  name        = "b"
  kms_key_arn = "arn:aws:kms:eu-north-1:111122223333:key/1"
}
resource "aws_backup_vault_lock_configuration" "l" { backup_vault_name = aws_backup_vault.locked.name }
`, map[string]settings{
		"aws_backup_vault.unset":  {"encryption": "provider-managed (default)", "locked": "false (default)"},
		"aws_backup_vault.locked": {"encryption": "customer-managed", "locked": "true"},
	}}})
}

func TestBackupPlan(t *testing.T) {
	runCases(t, evidence.BackupPlan{}.Kind(), []readCase{{"plans", `
variable "v" {}
provider "aws" {
  alias  = "ie"
  region = "eu-west-1"
}
resource "aws_backup_vault" "far" {
  provider = aws.ie
  name     = "far"
}
resource "aws_backup_plan" "full" {
  name = "full"
  rule {
    rule_name         = "daily"
    target_vault_name = "v"
    schedule          = "cron(0 5 * * ? *)"
    lifecycle { delete_after = 35 }
    copy_action { destination_vault_arn = aws_backup_vault.far.arn }
  }
  rule {
    rule_name         = "monthly"
    target_vault_name = "v"
    schedule          = "cron(0 5 1 * ? *)"
    lifecycle { delete_after = 365 }
    copy_action { destination_vault_arn = "arn:aws:backup:us-east-1:111122223333:backup-vault:x" }
  }
}
resource "aws_backup_plan" "hourly" {
  name = "hourly"
  rule {
    rule_name         = "hourly"
    target_vault_name = "v"
    schedule          = "cron(0 * * * ? *)"
    lifecycle { delete_after = 2 }
  }
  rule {
    rule_name         = "daily"
    target_vault_name = "v"
    lifecycle { delete_after = 35 }
  }
  rule {
    rule_name         = "monthly"
    target_vault_name = "v"
    schedule          = "cron(0 5 1 * ? *)"
    lifecycle { delete_after = 365 }
  }
}
resource "aws_backup_selection" "s" {
  plan_id   = aws_backup_plan.full.id
  resources = ["*"]
}
resource "aws_backup_plan" "bare" {
  name = "bare"
  rule {
    rule_name         = "r"
    target_vault_name = "v"
  }
}
resource "aws_backup_plan" "unknown" {
  name = "unknown"
  rule {
    rule_name         = "r"
    target_vault_name = "v"
    schedule          = var.v
    lifecycle { delete_after = var.v }
  }
}
`, map[string]settings{
		"aws_backup_plan.full":    {"retention_days": "35", "longest_days": "365", "interval_hours": "24", "selects_any": "true", "copies": "[eu-west-1 us-east-1]"},
		"aws_backup_plan.hourly":  {"retention_days": "35", "longest_days": "365", "interval_hours": "1"},
		"aws_backup_plan.bare":    {"retention_days": "never (default)", "interval_hours": "24 (default)", "selects_any": "false (default)"},
		"aws_backup_plan.unknown": {"retention_days": "?variable_without_value", "interval_hours": "?variable_without_value"},
	}}})
}

func TestContainerRegistry(t *testing.T) {
	runCases(t, evidence.ContainerRegistry{}.Kind(), []readCase{
		{"own switch", `
variable "v" {}
resource "aws_ecr_repository" "unset" { name = "a" }
resource "aws_ecr_repository" "set" {
  name                 = "b"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration { encryption_type = "KMS" }
  image_scanning_configuration { scan_on_push = true }
}
resource "aws_ecr_repository" "unknown" {
  name = "c"
  image_scanning_configuration { scan_on_push = var.v }
}
`, map[string]settings{
			"aws_ecr_repository.unset":   {"encryption": "provider-owned (default)", "scan_on_push": "false (default)", "tags_immutable": "false (default)"},
			"aws_ecr_repository.set":     {"encryption": "provider-managed", "scan_on_push": "true", "tags_immutable": "true"},
			"aws_ecr_repository.unknown": {"scan_on_push": "?variable_without_value"},
		}},
		{"by the registry", `
resource "aws_ecr_repository" "prod" { name = "prod/app" }
resource "aws_ecr_repository" "dev" { name = "dev/app" }
resource "aws_ecr_registry_scanning_configuration" "s" {
  scan_type = "ENHANCED"
  rule {
    scan_frequency = "CONTINUOUS_SCAN"
    repository_filter {
      filter      = "prod"
      filter_type = "WILDCARD"
    }
  }
}
resource "aws_ecr_replication_configuration" "r" {
  replication_configuration {
    rule {
      destination {
        region      = "us-east-1"
        registry_id = "111122223333"
      }
      repository_filter {
        filter      = "prod"
        filter_type = "PREFIX_MATCH"
      }
    }
  }
}
`, map[string]settings{
			"aws_ecr_repository.prod": {"scan_on_push": "true", "copies": "[us-east-1]"},
			"aws_ecr_repository.dev":  {"scan_on_push": "false", "copies": "[]"},
		}},
	})
}

func TestSecret(t *testing.T) {
	runCases(t, evidence.Secret{}.Kind(), []readCase{{"secrets", `
variable "v" {}
resource "aws_secretsmanager_secret" "unset" { name = "a" }
resource "aws_secretsmanager_secret" "set" {
  name       = "b"
  kms_key_id = "arn:aws:kms:eu-north-1:111122223333:key/1"
  replica { region = "eu-west-1" }
}
resource "aws_secretsmanager_secret_rotation" "r" {
  secret_id = aws_secretsmanager_secret.set.id
  rotation_rules { automatically_after_days = 30 }
}
resource "aws_secretsmanager_secret" "scheduled" { name = "c" }
resource "aws_secretsmanager_secret_rotation" "s" {
  secret_id = aws_secretsmanager_secret.scheduled.id
  rotation_rules { schedule_expression = "rate(10 days)" }
}
resource "aws_ssm_parameter" "secure" {
  name = "d"
  type = "SecureString"
}
resource "aws_ssm_parameter" "plain" {
  name = "e"
  type = "String"
}
resource "aws_ssm_parameter" "unknown" {
  name = "f"
  type = var.v
}
`, map[string]settings{
		"aws_secretsmanager_secret.unset":     {"encryption": "provider-managed (default)", "rotation_days": "never (default)"},
		"aws_secretsmanager_secret.set":       {"encryption": "customer-managed", "rotation_days": "30", "copies": "[eu-west-1]"},
		"aws_secretsmanager_secret.scheduled": {"rotation_days": "10"},
		"aws_ssm_parameter.secure":            {"encryption": "provider-managed (default)"},
		"aws_ssm_parameter.unknown":           {"encryption": "?variable_without_value"},
	}}})
}

// TestDiskEncryptionIsNoted has a queue and a topic that ask for no server-side encryption, and one each that does.
func TestDiskEncryptionIsNoted(t *testing.T) {
	snapshot := collect(t, Options{Paths: []string{"."}}, map[string]string{"main.tf": `
resource "aws_sqs_queue" "off" { sqs_managed_sse_enabled = false }
resource "aws_sqs_queue" "unset" {}
resource "aws_sns_topic" "off" {}
resource "aws_sns_topic" "key" { kms_master_key_id = "alias/aws/sns" }
`})
	got := map[string][]evidence.Reason{}
	for _, f := range snapshot.Facts {
		if f.Notes != nil {
			got[f.Address] = f.Notes
		}
	}
	noted := []evidence.Reason{evidence.Because("disk_encryption_only")}
	if diff := cmp.Diff(map[string][]evidence.Reason{"aws_sqs_queue.off": noted, "aws_sns_topic.off": noted}, got); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}
