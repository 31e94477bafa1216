resource "aws_sns_topic" "alarms" {
  name              = "alarms"
  kms_master_key_id = module.key.arn
}

resource "aws_sns_topic_subscription" "duty" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = "jour@parasoll.example"
}

resource "aws_cloudwatch_metric_alarm" "runner" {
  alarm_name          = "runner"
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed"
  dimensions          = { InstanceId = aws_instance.runner.id }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
