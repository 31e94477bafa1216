resource "aws_sns_topic" "alarms" {
  name              = "alarms"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "duty" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = "jour@parasoll.example"
}

resource "aws_cloudwatch_metric_alarm" "root_sign_in" {
  alarm_name          = "root-sign-in"
  namespace           = "Parasoll/Trail"
  metric_name         = "RootSignIn"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
