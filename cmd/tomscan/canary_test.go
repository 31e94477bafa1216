package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// canaryEstate is Terraform code with @ wherever a secret may stand: each becomes one of its own.
const canaryMain = `
terraform {
  backend "s3" {
    bucket     = "state"
    access_key = "@"
    secret_key = "@"
  }
}

provider "aws" {
  region     = "eu-north-1"
  access_key = "@"
  secret_key = "@"
  token      = "@"
  default_tags {
    tags = { token = "@" }
  }
}

variable "db_password" {
  default   = "@"
  sensitive = true
}

variable "api_key" {
  type    = string
  default = "@" # was @ before
}

variable "settings" {
  type    = map(string)
  default = { password = "@", plain = "@" }
}

variable "typed" {
  type    = number
  default = "@"
}

variable "from_file" {}
variable "from_auto_file" {}
variable "from_json_file" {}
variable "from_option" {}
variable "from_environment" {}
variable "checked" {
  type    = string
  default = "@"
  validation {
    condition     = length(var.checked) > 200
    error_message = "Must not be @."
  }
}

locals {
  dsn     = "postgres://admin:@@db.internal/app"
  encoded = base64encode("@")
  joined  = join("-", ["@", var.from_file, "@"])
  config  = jsonencode({ password = "@", nested = { token = "@" } })
  broken  = lookup({ a = "@" }, "missing-@")
}

resource "aws_db_instance" "main" {
  identifier          = "app" # @
  engine              = "postgres"
  username            = "admin"
  password            = "@"
  publicly_accessible = true /* @ */
  storage_encrypted   = false // @
  # tomscan:accept TOM-XXX-999 until=2026-12-31 owner=x ticket=y reason=z
  # password: @
  multi_az                = "@"
  backup_retention_period = "@"
}

resource "aws_db_instance" "replica" {
  password          = var.db_password
  storage_encrypted = var.settings["plain"]
  multi_az          = tobool("@")
  ca_cert_identifier = "${var.api_key}-@"
}

resource "aws_rds_cluster" "c" {
  master_username   = "admin"
  master_password   = join("", ["@", var.api_key])
  storage_encrypted = var.from_option == "@" ? true : false
}

resource "aws_instance" "web" {
  ami       = "ami-1"
  user_data = <<-EOT
    #!/bin/sh
    export DB_PASSWORD=@
    curl -H "Authorization: Bearer @" https://example.com
    echo "${var.api_key} @"
  EOT
  metadata_options {
    http_tokens = "@"
  }
  connection {
    password    = "@"
    private_key = <<KEY
-----BEGIN RSA PRIVATE KEY-----
@
-----END RSA PRIVATE KEY-----
KEY
  }
  provisioner "local-exec" {
    command     = "deploy --token @"
    environment = { TOKEN = "@" }
  }
}

resource "aws_launch_template" "t" {
  user_data = base64encode("password=@")
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      PASSWORD = "@", API_TOKEN = "@"
      URL      = "https://user:@@example.com"
      PLAIN    = local.joined
    }
  }
}

resource "aws_ecs_task_definition" "t" {
  family                = "t"
  container_definitions = jsonencode([{ name = "x", environment = [{ name = "SECRET", value = "@" }] }])
}

resource "aws_secretsmanager_secret_version" "s" {
  secret_id     = "x"
  secret_string = jsonencode({ user = "@", password = "@" })
}

resource "aws_ssm_parameter" "p" {
  name  = "/app/key"
  type  = "String"
  value = "@"
}

resource "aws_iam_policy" "p" {
  policy = <<JSON
{"Version": "2012-10-17", "Statement": [{"Sid": "@", "Effect": "Allow", "Action": "*", "Resource": "*",
  "Condition": {"StringEquals": {"aws:PrincipalTag/x": "@"}}}]}
JSON
}

resource "aws_s3_bucket" "b" {
  bucket = "data"
  tags   = { note = "@", password = "@" }
}

resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = "{ broken @"
}

resource "aws_security_group" "s" {
  description = "@"
  ingress {
    description = "@"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0", "@"]
  }
  ingress {
    from_port   = "@"
    to_port     = "@"
    protocol    = "@"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb_listener" "l" {
  load_balancer_arn = "x"
  protocol          = "HTTP" # @
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      message_body = "@"
    }
  }
}

resource "aws_elasticache_replication_group" "r" {
  description                = "@"
  auth_token                 = "@"
  transit_encryption_enabled = false
}

resource "aws_iam_user_login_profile" "u" {
  user    = "@"
  pgp_key = "@"
}

resource "aws_redshift_cluster" "r" {
  master_password = "@"
}

resource "aws_cloudwatch_log_group" "g" {
  name              = "g"
  retention_in_days = tonumber("@")
  kms_key_id        = "@"
}

resource "aws_sns_topic" "t" {
  name              = "t"
  kms_master_key_id = format("%s-%s", "@", var.from_auto_file)
}

resource "random_password" "p" {
  length  = 12
  keepers = { old = "@" }
}

data "http" "x" {
  url             = "https://example.com/?token=@"
  request_headers = { Authorization = "Bearer @" }
}

module "gone" {
  source   = "git::https://user:@@git.example.com/m.git"
  password = "@"
}

module "m" {
  source   = "./m"
  password = "@"
  flag     = "@"
}

output "secret" {
  value     = "@"
  sensitive = true
}

check "c" {
  assert {
    condition     = var.api_key != "@"
    error_message = "is @"
  }
}
`

const canaryModule = `
variable "password" { default = "@" }
variable "flag" {}

resource "aws_db_instance" "m" {
  password            = var.password
  publicly_accessible = var.flag
  storage_encrypted   = false # @
}

resource "aws_ebs_volume" "v" {
  encrypted = try(var.nothing, "@")
}
`

const canaryBroken = `
locals {
  password = "@"
  other    = "@
}

resource "aws_db_instance" "broken" {
  password = "@" "@"
  token = @ @
}
`

// plant writes text with each @ alone replaced by a secret of its own; @@ is a secret and an at sign.
func plant(text string, n *int) string {
	for strings.Contains(text, "@") {
		*n++
		text = strings.Replace(text, "@", fmt.Sprintf("CaNaRy%03dq7Zt9", *n), 1)
		// the second of a pair is the at sign of an address
		text = strings.Replace(text, "q7Zt9@", "q7Zt9\x00", 1)
	}
	return strings.ReplaceAll(text, "\x00", "@")
}

// TestNoSecretGetsOut plants more than a hundred secrets in code, variables, comments and broken files, and looks for
// them in all that the program writes.
func TestNoSecretGetsOut(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	planted := 0
	for name, text := range map[string]string{
		"main.tf": canaryMain, "m/main.tf": canaryModule, "broken.tf": canaryBroken,
		"terraform.tfvars":       "from_file = \"@\"\nundeclared_password = \"@\"\n",
		"x.auto.tfvars":          "from_auto_file = \"@\"\nbroken = \"@\" @\n",
		"y.auto.tfvars.json":     `{"from_json_file": "@", "settings": {"password": "@"}}`,
		"z.auto.tfvars.json":     `{"broken": "@" "@"`,
		"override.tf":            "variable \"api_key\" { default = \"@\" }\n",
		"more.tf.json":           `{"locals": {"token": "@"}, "resource": {"aws_db_instance": {"j": {"password": "@", "storage_encrypted": "@"}}}}`,
		"brokenjson.tf.json":     `{"locals": {"token": "@" "@"}}`,
		"other/terraform.tf":     "provider \"aws\" {\n  assume_role {\n    external_id = \"@\"\n  }\n}\n",
		"other/terraform.tfvars": "password = \"@\"\n",
	} {
		writeTestFile(t, name, plant(text, &planted))
	}
	if planted < 100 {
		t.Fatalf("planted %d secrets, want at least 100", planted)
	}
	env := []string{"TF_VAR_from_environment=" + plant("@", &planted), "TF_VAR_typed=" + plant("@", &planted), "TF_VAR_settings=" + plant("{ broken @", &planted)}
	option := "--var=from_option=" + plant("@", &planted)
	for _, args := range [][]string{
		append([]string{"scan", ".", "-v", option, "--language", "sv"}, allOutputs(dir)...),
		{"scan", ".", option, "--var=typed=" + plant("@", &planted), "--var=nothing=" + plant("@", &planted)},
		{"scan", ".", "--var=" + plant("@", &planted)},
		{"scan", ".", "--var-file=" + canaryFile(t, &planted)},
		{"collect", ".", "-v", option, "-o", filepath.Join(dir, "out.snapshot")},
		{"collect", ".", option},
	} {
		_, stdout, stderr := tomscan(t, env, args...)
		reportCanary(t, strings.Join(args[:2], " ")+" standard output", stdout)
		reportCanary(t, strings.Join(args[:2], " ")+" standard error", stderr)
	}
	written, err := filepath.Glob(filepath.Join(dir, "out.*"))
	if err != nil || len(written) != len(formatNames())+1 {
		t.Fatalf("wrote %v (%v), want a file for each format and the snapshot", written, err)
	}
	for _, file := range written {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		reportCanary(t, filepath.Base(file), string(text))
	}
}

// allOutputs are options that write a file in each format.
func allOutputs(dir string) []string {
	options := []string{"-o", "table"}
	for _, format := range formatNames() {
		options = append(options, "-o", format+"="+filepath.Join(dir, "out."+format))
	}
	return options
}

// canaryFile is a variables file that is broken.
func canaryFile(t *testing.T, planted *int) string {
	t.Helper()
	writeTestFile(t, "extra/broken.tfvars", plant("password = \"@\" \"@\"\n", planted))
	return "extra/broken.tfvars"
}

// reportCanary fails for every secret in text.
func reportCanary(t *testing.T, where, text string) {
	t.Helper()
	low := strings.ToLower(text)
	for i := strings.Index(low, "canary"); i >= 0; i = strings.Index(low, "canary") {
		t.Errorf("%s shows a secret: ...%s...", where, text[max(0, i-80):min(len(text), i+40)])
		text, low = text[i+6:], low[i+6:]
	}
}
