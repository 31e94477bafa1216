package terraform

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestCredentials(t *testing.T) {
	runCases(t, "credential", []readCase{
		{"origins", `
			variable "password" { sensitive = true }
			resource "random_password" "p" { length = 20 }
			data "aws_secretsmanager_secret_version" "s" { secret_id = "s" }
			resource "aws_db_instance" "literal" { password = "correct-horse" }
			resource "aws_db_instance" "variable" { password = var.password }
			resource "aws_db_instance" "generated" { password = random_password.p.result }
			resource "aws_db_instance" "stored" { password = data.aws_secretsmanager_secret_version.s.secret_string }
			resource "aws_db_instance" "managed" { manage_master_user_password = true }
			resource "aws_db_instance" "empty" { password = "" }`,
			map[string]settings{
				"aws_db_instance.literal#password":   {"argument": "password", "origin": "literal"},
				"aws_db_instance.variable#password":  {"origin": "variable"},
				"aws_db_instance.generated#password": {"origin": "generated"},
				"aws_db_instance.stored#password":    {"origin": "secret-store"},
			}},
		{"default of a variable", `
			variable "password" { default = "correct-horse" }
			resource "aws_rds_cluster" "c" { master_password = var.password }`,
			map[string]settings{
				"aws_rds_cluster.c#master_password": {"argument": "master_password", "origin": "literal"},
				"var.password":                      {"argument": "password", "origin": "literal"},
			}},
		{"provider", `
			variable "secret" {}
			provider "aws" {
				alias      = "other"
				region     = "eu-west-1"
				access_key = "AKIAIOSFODNN7EXAMPLE"
				secret_key = var.secret
			}`,
			map[string]settings{"provider.aws.other.access_key": {"argument": "access_key", "origin": "literal"}}},
		{"nested", `
			resource "aws_mq_broker" "b" {
				user {
					username = "a"
					password = "correct-horse-1"
				}
				user {
					username = "b"
					password = "correct-horse-2"
				}
			}
			resource "aws_elasticache_user" "u" {
				passwords = ["correct-horse-battery"]
			}`,
			map[string]settings{
				"aws_mq_broker.b#user[0].password": {"argument": "password", "origin": "literal"},
				"aws_mq_broker.b#user[1].password": {"origin": "literal"},
				"aws_elasticache_user.u#passwords": {"argument": "passwords", "origin": "literal"},
			}},
		{"environment of a function", `
			resource "aws_lambda_function" "f" {
				environment {
					variables = {
						API_KEY     = "k-123456"
						SECRET_ARN  = "arn:aws:secretsmanager:eu-north-1:111122223333:secret:s"
						SECRET_REF  = "arn:aws:secretsmanager:eu-north-1:111122223333:secret:s"
						TOKEN_LIMIT = "100"
						DB_HOST     = "db.example.org"
					}
				}
			}`, map[string]settings{"aws_lambda_function.f#environment.variables.API_KEY": {"argument": "API_KEY", "origin": "literal"}}},
		{"environment of containers", `
			resource "random_password" "p" { length = 20 }
			resource "aws_ecs_task_definition" "t" {
				container_definitions = jsonencode([{
					name = "app"
					environment = [
						{ name = "DB_PASSWORD", value = "correct-horse" },
						{ name = "SESSION_SECRET", value = random_password.p.result },
						{ name = "LOG_LEVEL", value = "info" },
					]
					secrets = [{ name = "TOKEN", valueFrom = "arn:aws:ssm:eu-north-1:111122223333:parameter/t" }]
				}])
			}`, map[string]settings{
			"aws_ecs_task_definition.t#container_definitions.app.DB_PASSWORD":    {"argument": "DB_PASSWORD", "origin": "literal"},
			"aws_ecs_task_definition.t#container_definitions.app.SESSION_SECRET": {"origin": "generated"},
		}},
		{"parameters", `
			resource "aws_ssm_parameter" "secure" {
				name  = "/a"
				type  = "SecureString"
				value = "correct-horse"
			}
			resource "aws_ssm_parameter" "plain" {
				name  = "/size"
				type  = "String"
				value = "10"
			}
			resource "aws_ssm_parameter" "called" {
				name  = "/db/password"
				type  = "String"
				value = "correct-horse"
			}`, map[string]settings{
			"aws_ssm_parameter.secure#value": {"argument": "value", "origin": "literal"},
			"aws_ssm_parameter.called#value": {"origin": "literal"},
		}},
	})
}

func TestSoundsSecret(t *testing.T) {
	for name, want := range map[string]bool{
		"DB_PASSWORD": true, "api-key": true, "client_secret": true, "GITHUB_TOKEN": true, "AWS_SECRET_ACCESS_KEY": true, "signing.key": true,
		"SECRET_ARN": false, "TOKEN_URL": false, "password_length": false, "LOG_LEVEL": false, "KEYBOARD": false, "secret_name": false,
		"SECRETS_DIRECTORY": false, "TOKEN_VALIDITY_UNITS": false, "secret_store": false, "PASSWORD_FORMAT": false,
	} {
		if got := soundsSecret(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestNoCredentialLeavesTheCollector(t *testing.T) {
	const canary = "canary-5f2c8e"
	snapshot := collect(t, Options{}, map[string]string{"main.tf": `
		variable "v" { default = "` + canary + `" }
		resource "aws_db_instance" "d" { password = "` + canary + `" }
		resource "aws_lambda_function" "f" {
			environment { variables = { API_KEY = "` + canary + `" } }
		}
		resource "aws_ecs_task_definition" "t" {
			container_definitions = jsonencode([{ name = "a", environment = [{ name = "TOKEN", value = "` + canary + `" }] }])
		}
		resource "aws_secretsmanager_secret_version" "s" { secret_string = jsonencode({ a = "` + canary + `", b = var.v }) }
	`})
	data, err := json.Marshal(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), canary) {
		t.Errorf("the snapshot holds a credential: %s", data)
	}
}
