package terraform

import "testing"

func TestAlarms(t *testing.T) {
	alarm := func(want settings) map[string]settings {
		return map[string]settings{"aws_cloudwatch_metric_alarm.a": want}
	}
	code := func(rest string) string {
		return `resource "aws_cloudwatch_metric_alarm" "a" {
			alarm_name = "a"
		` + rest + "\n}\n"
	}
	topic := `resource "aws_sns_topic" "t" { name = "t" }` + "\n"
	subscription := `resource "aws_sns_topic_subscription" "s" {
		topic_arn = aws_sns_topic.t.arn
		protocol  = "email"
		endpoint  = "security@example.org"
	}` + "\n"
	runCases(t, "alarm", []readCase{
		{"no action", code(""), alarm(settings{"region": "eu-north-1", "actions_enabled": "true (default)", "has_target": "false (default)"})},
		{"topic with a subscription", topic + subscription + code(`alarm_actions = [aws_sns_topic.t.arn]`), alarm(settings{"has_target": "true"})},
		{"topic without a subscription", topic + code(`alarm_actions = [aws_sns_topic.t.arn]`), alarm(settings{"has_target": "false (default)"})},
		{"topic that is not in the code", code(`alarm_actions = ["arn:aws:sns:eu-north-1:111122223333:t"]`), alarm(settings{"has_target": "?not_declared_here"})},
		{"variable", `variable "x" {}` + "\n" + code(`alarm_actions = [var.x]`), alarm(settings{"has_target": "?variable_without_value"})},
		{"no elements", code(`alarm_actions = []`), alarm(settings{"has_target": "false"})},
		{"function", `resource "aws_lambda_function" "f" { function_name = "f" }` + "\n" + code(`alarm_actions = [aws_lambda_function.f.arn]`), alarm(settings{"has_target": "true"})},
		{"incident by its ARN", code(`alarm_actions = ["arn:aws:ssm-incidents::111122223333:response-plan/p"]`), alarm(settings{"has_target": "true"})},
		{"switched off", topic + subscription + code(`
			alarm_actions   = [aws_sns_topic.t.arn]
			actions_enabled = false`), alarm(settings{"actions_enabled": "false", "has_target": "true"})},
		{"composed", topic + subscription + code("") + `
			resource "aws_cloudwatch_composite_alarm" "c" {
				alarm_name    = "c"
				alarm_rule    = "ALARM(${aws_cloudwatch_metric_alarm.a.alarm_name})"
				alarm_actions = [aws_sns_topic.t.arn]
			}`, map[string]settings{
			"aws_cloudwatch_metric_alarm.a":    {"has_target": "true", "actions_enabled": "true"},
			"aws_cloudwatch_composite_alarm.c": {"has_target": "true", "actions_enabled": "true (default)"},
		}},
	})
}

func TestEventAlarms(t *testing.T) {
	code := func(source string) string {
		return `resource "aws_cloudwatch_event_rule" "r" { event_pattern = jsonencode({ source = [` + source + `] }) }` + "\n"
	}
	rule := func(want settings) map[string]settings {
		return map[string]settings{"aws_cloudwatch_event_rule.r": want}
	}
	runCases(t, "alarm", []readCase{
		{"findings without a target", code(`"aws.guardduty"`), rule(settings{"has_target": "false (default)", "actions_enabled": "true (default)"})},
		{"findings with a target", code(`"aws.guardduty"`) + `
			resource "aws_sqs_queue" "q" {}
			resource "aws_cloudwatch_event_target" "t" {
				rule = aws_cloudwatch_event_rule.r.name
				arn  = aws_sqs_queue.q.arn
			}`, rule(settings{"has_target": "true"})},
		{"findings to a topic without a subscription", code(`"aws.securityhub"`) + `
			resource "aws_sns_topic" "s" {}
			resource "aws_cloudwatch_event_target" "t" {
				rule = aws_cloudwatch_event_rule.r.name
				arn  = aws_sns_topic.s.arn
			}`, rule(settings{"has_target": "false (default)"})},
		{"other events", code(`"aws.ec2"`), map[string]settings{}},
		{"a schedule", `resource "aws_cloudwatch_event_rule" "r" { schedule_expression = "rate(1 day)" }`, map[string]settings{}},
		{"unknown pattern", `
			variable "x" {}
			resource "aws_cloudwatch_event_rule" "r" {
				event_pattern = var.x
				state         = "DISABLED"
			}`, rule(settings{"has_target": "false (default)", "actions_enabled": "false"})},
	})
}
