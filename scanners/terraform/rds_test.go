package terraform

import (
	"strings"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

func TestDatabaseInstance(t *testing.T) {
	db := func(name, code string, want settings) readCase {
		return readCase{name, code, map[string]settings{"aws_db_instance.d": want}}
	}
	const variable = "variable \"v\" {}\n"
	runCases(t, evidence.Database{}.Kind(), []readCase{
		db("unset", `resource "aws_db_instance" "d" {
  engine = "mysql"
}`, settings{"engine": "mysql", "encryption": "none (default)", "backup_encryption": "none (default)", "publicly_accessible": "false (default)",
			"subnets_private": "false (default)", "tls_required": "false (default)", "backup_retention_days": "0 (default)", "multi_az": "false (default)",
			"deletion_protection": "false (default)", "automatic_minor_upgrades": "true (default)", "log_exports": "[] (default)",
			"credential_managed": "false (default)", "region": "eu-north-1", "copies": "[]"}),
		db("set", `resource "aws_db_instance" "d" {
  engine                          = "postgres"
  engine_version                  = "16.4"
  storage_encrypted               = true
  kms_key_id                      = "arn:aws:kms:eu-north-1:111122223333:key/1"
  publicly_accessible             = true
  backup_retention_period         = 35
  multi_az                        = true
  deletion_protection             = true
  auto_minor_version_upgrade      = false
  enabled_cloudwatch_logs_exports = ["postgresql"]
  manage_master_user_password     = true
}`, settings{"encryption": "customer-managed", "publicly_accessible": "true", "tls_required": "true (default)", "backup_retention_days": "35", "multi_az": "true",
			"deletion_protection": "true", "automatic_minor_upgrades": "false", "log_exports": "[postgresql]", "credential_managed": "true"}),
		db("unknown", variable+`resource "aws_db_instance" "d" {
  engine                  = "postgres"
  storage_encrypted       = var.v
  backup_retention_period = var.v
}`, settings{"encryption": "?variable_without_value", "backup_retention_days": "?variable_without_value", "tls_required": "?engine_version_not_known"}),
		db("restored", "resource \"aws_db_instance\" \"d\" {\n  engine = \"mysql\"\n  snapshot_identifier = \"s\"\n}", settings{"encryption": "?source_not_declared_here"}),
		db("replicated backups", `provider "aws" {
  alias  = "west"
  region = "eu-west-1"
}
resource "aws_db_instance" "d" {
  engine = "mysql"
}
resource "aws_db_instance_automated_backups_replication" "r" {
  provider               = aws.west
  source_db_instance_arn = aws_db_instance.d.arn
}`, settings{"copies": "[eu-west-1]"}),
	})
}

func TestDatabaseReplica(t *testing.T) {
	runCases(t, evidence.Database{}.Kind(), []readCase{{"in another region", `
provider "aws" {
  alias  = "west"
  region = "eu-west-1"
}
resource "aws_db_instance" "d" {
  engine            = "postgres"
  engine_version    = "14"
  storage_encrypted = true
}
resource "aws_db_instance" "r" {
  provider            = aws.west
  replicate_source_db = aws_db_instance.d.arn
}`, map[string]settings{
		"aws_db_instance.d": {"copies": "[eu-west-1]", "tls_required": "false (default)"},
		"aws_db_instance.r": {"engine": "postgres", "region": "eu-west-1", "encryption": "provider-managed"},
	}}})
}

// TestTLSRequired covers the parameter, its spellings, and the defaults of engines and versions.
func TestTLSRequired(t *testing.T) {
	group := func(engine, family, parameter string) string {
		return "resource \"aws_db_instance\" \"d\" {\n  engine = \"" + engine + "\"\n  parameter_group_name = aws_db_parameter_group.g.name\n}\n" +
			"resource \"aws_db_parameter_group\" \"g\" {\n  name = \"g\"\n  family = \"" + family + "\"\n" + parameter + "\n}\n"
	}
	parameter := func(name, value string) string {
		return "parameter {\n  name = \"" + name + "\"\n  value = " + value + "\n}\n"
	}
	version := func(engine, version string) string {
		return "resource \"aws_db_instance\" \"d\" {\n  engine = \"" + engine + "\"\n  engine_version = \"" + version + "\"\n}\n"
	}
	var cases []readCase
	for _, c := range []struct{ name, code, want string }{
		{"postgres on", group("postgres", "postgres14", parameter("rds.force_ssl", `"1"`)), "true"},
		{"postgres off", group("postgres", "postgres16", parameter("rds.force_ssl", `0`)), "false"},
		{"mysql ON", group("mysql", "mysql8.0", parameter("require_secure_transport", `"ON"`)), "true"},
		{"mysql 1", group("mysql", "mysql8.0", parameter("require_secure_transport", `1`)), "true"},
		{"unknown value", "variable \"v\" {}\n" + group("mysql", "mysql8.0", parameter("require_secure_transport", `var.v`)), "?variable_without_value"},
		{"other parameter", group("postgres", "postgres16", parameter("log_statement", `"all"`)), "true (default)"},
		{"family 14", group("postgres", "postgres14", ""), "false (default)"},
		{"default group", "resource \"aws_db_instance\" \"d\" {\n  engine = \"postgres\"\n  parameter_group_name = \"default.postgres15\"\n}\n", "true (default)"},
		{"group of elsewhere", "resource \"aws_db_instance\" \"d\" {\n  engine = \"postgres\"\n  parameter_group_name = \"mine\"\n}\n", "?not_declared_here"},
		{"postgres 15", version("postgres", "15.3"), "true (default)"},
		{"postgres 14", version("postgres", "14"), "false (default)"},
		{"mariadb 11.8", version("mariadb", "11.8.2"), "true (default)"},
		{"mariadb 11.4", version("mariadb", "11.4"), "false (default)"},
		{"sql server", version("sqlserver-ex", "15.00"), "false (default)"},
		{"oracle", version("oracle-ee", "19"), "?engine_not_understood"},
	} {
		cases = append(cases, readCase{c.name, c.code, map[string]settings{"aws_db_instance.d": {"tls_required": c.want}}})
	}
	runCases(t, evidence.Database{}.Kind(), cases)
}

func TestDatabaseCluster(t *testing.T) {
	cluster := func(name, code string, want settings) readCase {
		return readCase{name, code, map[string]settings{"aws_rds_cluster.c": want}}
	}
	member := func(name, body string) string {
		return "resource \"aws_rds_cluster_instance\" \"" + name + "\" {\n  cluster_identifier = aws_rds_cluster.c.id\n" + body + "\n}\n"
	}
	aurora := func(body string) string {
		return "resource \"aws_rds_cluster\" \"c\" {\n  cluster_identifier = \"c\"\n  engine = \"aurora-postgresql\"\n" + body + "\n}\n"
	}
	runCases(t, evidence.Database{}.Kind(), []readCase{
		cluster("aurora, unset", aurora(""), settings{"encryption": "provider-owned (default)", "backup_retention_days": "1 (default)", "multi_az": "?not_decided_by_code",
			"publicly_accessible": "false (default)", "deletion_protection": "false (default)"}),
		cluster("aurora, not encrypted", aurora("storage_encrypted = false"), settings{"encryption": "?vendor_encrypts_since"}),
		cluster("aurora, encrypted", aurora("storage_encrypted = true\nengine_version = \"16.2\""), settings{"encryption": "provider-managed", "tls_required": "false (default)"}),
		cluster("aurora 17", aurora("engine_version = \"17.4\""), settings{"tls_required": "true (default)"}),
		cluster("aurora mysql 5.7 lets plain connections in", "resource \"aws_rds_cluster\" \"c\" {\n  engine = \"aurora-mysql\"\n  engine_version = \"5.7.12\"\n}\n", settings{"tls_required": "false (default)"}),
		cluster("aurora mysql 3 lets plain connections in", "resource \"aws_rds_cluster\" \"c\" {\n  engine = \"aurora-mysql\"\n  engine_version = \"8.0.mysql_aurora.3.08.0\"\n}\n", settings{"tls_required": "false (default)"}),
		cluster("aurora mysql 8.4 refuses plain connections", "resource \"aws_rds_cluster\" \"c\" {\n  engine = \"aurora-mysql\"\n  engine_version = \"8.4.7\"\n}\n", settings{"tls_required": "true (default)"}),
		cluster("no engine", "resource \"aws_rds_cluster\" \"c\" {}\n", settings{"engine": "aurora (default)", "encryption": "none (default)"}),
		cluster("an engine that is null", "resource \"aws_rds_cluster\" \"c\" {\n  engine = null\n}\n", settings{"engine": "?unset", "encryption": "?unset"}),
		cluster("no engine of a copy", "resource \"aws_rds_cluster\" \"c\" {\n  global_cluster_identifier = \"g\"\n}\n",
			settings{"engine": "?source_not_declared_here", "encryption": "?source_not_declared_here"}),
		cluster("older than the encryption of all", "resource \"aws_rds_cluster\" \"c\" {\n  engine = \"aurora\"\n  storage_encrypted = false\n}\n",
			settings{"encryption": "none"}),
		cluster("multi-az cluster, unset", "resource \"aws_rds_cluster\" \"c\" {\n  engine = \"postgres\"\n}\n",
			settings{"encryption": "none (default)", "multi_az": "true", "publicly_accessible": "?not_decided_by_code"}),
		cluster("two instances", aurora("")+member("a", "publicly_accessible = true")+member("b", "auto_minor_version_upgrade = false"),
			settings{"multi_az": "true", "publicly_accessible": "true", "automatic_minor_upgrades": "false"}),
		cluster("one instance", aurora("")+member("a", ""), settings{"multi_az": "false", "publicly_accessible": "false (default)", "automatic_minor_upgrades": "true (default)"}),
		cluster("instances of unknown number", "variable \"n\" {\n  type = number\n}\n"+aurora("")+member("a", "count = var.n"), settings{"multi_az": "?count_not_known"}),
		cluster("cluster group", aurora("db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.g.name")+
			"resource \"aws_rds_cluster_parameter_group\" \"g\" {\n  name = \"g\"\n  family = \"aurora-postgresql15\"\n  parameter {\n    name = \"rds.force_ssl\"\n    value = \"1\"\n  }\n}\n",
			settings{"tls_required": "true"}),
	})
}

func TestGlobalCluster(t *testing.T) {
	runCases(t, evidence.Database{}.Kind(), []readCase{{"two regions", `
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_rds_global_cluster" "g" { global_cluster_identifier = "g" }
resource "aws_rds_cluster" "a" {
  engine                    = "aurora-mysql"
  global_cluster_identifier = aws_rds_global_cluster.g.id
}
resource "aws_rds_cluster" "b" {
  provider                  = aws.us
  engine                    = "aurora-mysql"
  global_cluster_identifier = aws_rds_global_cluster.g.id
}`, map[string]settings{
		"aws_rds_cluster.a": {"region": "eu-north-1", "copies": "[us-east-1]"},
		"aws_rds_cluster.b": {"region": "us-east-1", "copies": "[eu-north-1]"},
	}}})
}

func TestDocumentAndGraphDatabases(t *testing.T) {
	runCases(t, evidence.Database{}.Kind(), []readCase{
		{"docdb", "resource \"aws_docdb_cluster\" \"c\" {}\n", map[string]settings{"aws_docdb_cluster.c": {"engine": "docdb (default)", "encryption": "none (default)",
			"tls_required": "true (default)", "backup_retention_days": "1 (default)"}}},
		{"docdb without tls", "resource \"aws_docdb_cluster\" \"c\" {\n  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.g.name\n}\n" +
			"resource \"aws_docdb_cluster_parameter_group\" \"g\" {\n  name = \"g\"\n  family = \"docdb5.0\"\n  parameter {\n    name = \"tls\"\n    value = \"disabled\"\n  }\n}\n",
			map[string]settings{"aws_docdb_cluster.c": {"tls_required": "false"}}},
		{"neptune", "resource \"aws_neptune_cluster\" \"c\" {\n  storage_encrypted = true\n  enable_cloudwatch_logs_exports = [\"audit\"]\n}\n",
			map[string]settings{"aws_neptune_cluster.c": {"encryption": "provider-managed", "tls_required": "true (default)", "log_exports": "[audit]"}}},
	})
}

func TestDatabaseSnapshot(t *testing.T) {
	runCases(t, evidence.DataSnapshot{}.Kind(), []readCase{{"shared and copied", strings.TrimSpace(`
resource "aws_db_instance" "d" {
  engine            = "mysql"
  storage_encrypted = true
}
resource "aws_db_snapshot" "s" {
  db_instance_identifier = aws_db_instance.d.identifier
  shared_accounts        = ["all"]
}
resource "aws_db_snapshot_copy" "c" {
  source_db_snapshot_identifier = aws_db_snapshot.s.db_snapshot_arn
  destination_region            = "us-east-1"
  kms_key_id                    = "arn:aws:kms:us-east-1:111122223333:key/1"
}`), map[string]settings{
		"aws_db_snapshot.s":      {"encryption": "provider-managed", "public": "true", "of": "database"},
		"aws_db_snapshot_copy.c": {"encryption": "customer-managed", "copies": "[us-east-1]", "public": "false (default)"},
	}}})
}

func TestRedshift(t *testing.T) {
	runCases(t, evidence.Database{}.Kind(), []readCase{
		{"unset", "resource \"aws_redshift_cluster\" \"c\" {}\n", map[string]settings{"aws_redshift_cluster.c": {"engine": "redshift", "encryption": "provider-owned (default)",
			"publicly_accessible": "false (default)", "tls_required": "true (default)", "backup_retention_days": "1 (default)", "log_exports": "[] (default)"}}},
		{"set", `resource "aws_redshift_cluster" "c" {
  encrypted                           = false
  publicly_accessible                 = true
  automated_snapshot_retention_period = 7
  cluster_parameter_group_name        = aws_redshift_parameter_group.g.name
}
resource "aws_redshift_parameter_group" "g" {
  name   = "g"
  family = "redshift-1.0"
}
resource "aws_redshift_snapshot_copy" "s" {
  cluster_identifier = aws_redshift_cluster.c.id
  destination_region = "us-east-1"
}
resource "aws_redshift_logging" "l" {
  cluster_identifier = aws_redshift_cluster.c.id
}`, map[string]settings{"aws_redshift_cluster.c": {"encryption": "none", "publicly_accessible": "true", "backup_retention_days": "7", "tls_required": "false (default)",
			"copies": "[us-east-1]", "log_exports": "[audit]"}}},
		{"serverless", `resource "aws_redshiftserverless_namespace" "n" {
  namespace_name = "n"
  kms_key_id     = "arn:aws:kms:eu-north-1:111122223333:key/1"
}
resource "aws_redshiftserverless_workgroup" "w" {
  namespace_name = aws_redshiftserverless_namespace.n.namespace_name
  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "false"
  }
}`, map[string]settings{"aws_redshiftserverless_workgroup.w": {"encryption": "customer-managed", "tls_required": "false"}}},
	})
}
