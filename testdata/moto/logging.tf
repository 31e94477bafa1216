resource "aws_cloudwatch_log_group" "good" {
  name              = "/moto/good"
  retention_in_days = 180
  kms_key_id        = aws_kms_key.good.arn
}

resource "aws_cloudwatch_log_group" "short" {
  name              = "/moto/short"
  retention_in_days = 7
}

resource "aws_cloudwatch_log_group" "forever" {
  name = "/moto/forever"
}

resource "aws_cloudtrail" "good" {
  name                       = "moto-good"
  s3_bucket_name             = aws_s3_bucket.trail.id
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = aws_kms_key.good.arn
  event_selector {
    read_write_type           = "All"
    include_management_events = true
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}

resource "aws_cloudtrail" "bad" {
  name           = "moto-bad"
  s3_bucket_name = aws_s3_bucket.trail.id
  enable_logging = false
}

resource "aws_guardduty_detector" "good" {
  enable = true
}

resource "aws_guardduty_detector" "us" {
  provider = aws.us
  enable   = false
}

resource "aws_cloudwatch_metric_alarm" "good" {
  alarm_name          = "moto-good"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "RootUse"
  namespace           = "Moto"
  period              = 300
  statistic           = "Sum"
  threshold           = 1
  alarm_actions       = [aws_sns_topic.good.arn]
}

resource "aws_cloudwatch_metric_alarm" "bad" {
  alarm_name          = "moto-bad"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "RootUse"
  namespace           = "Moto"
  period              = 300
  statistic           = "Sum"
  threshold           = 1
  actions_enabled     = false
}

resource "aws_backup_vault" "good" {
  name        = "moto-good"
  kms_key_arn = aws_kms_key.good.arn
}

resource "aws_backup_vault" "plain" {
  name = "moto-plain"
}

resource "aws_backup_plan" "good" {
  name = "moto-good"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.good.name
    schedule          = "cron(0 5 * * ? *)"
    lifecycle {
      delete_after = 90
    }
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-west-1:${local.account}:backup-vault:moto-far"
    }
  }
}

resource "aws_backup_plan" "bad" {
  name = "moto-bad"
  rule {
    rule_name         = "weekly"
    target_vault_name = aws_backup_vault.plain.name
    schedule          = "cron(0 5 ? * SUN *)"
  }
}
