resource "aws_sqs_queue" "good" {
  name              = "moto-good"
  kms_master_key_id = aws_kms_key.good.arn
}

resource "aws_sqs_queue_policy" "good" {
  queue_url = aws_sqs_queue.good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_sqs_queue" "plain" {
  name = "moto-plain"
}

resource "aws_sqs_queue" "bad" {
  name                    = "moto-bad"
  sqs_managed_sse_enabled = false
}

resource "aws_sns_topic" "good" {
  name              = "moto-good"
  kms_master_key_id = aws_kms_key.good.arn
}

resource "aws_sns_topic_subscription" "good" {
  topic_arn = aws_sns_topic.good.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.good.arn
}

resource "aws_sns_topic" "bad" {
  name = "moto-bad"
}

resource "aws_sns_topic" "us" {
  provider = aws.us
  name     = "moto-us"
}

resource "aws_kinesis_stream" "good" {
  name            = "moto-good"
  shard_count     = 1
  encryption_type = "KMS"
  kms_key_id      = aws_kms_key.good.arn
}

resource "aws_secretsmanager_secret" "good" {
  name       = "moto-good"
  kms_key_id = aws_kms_key.good.arn
}

resource "aws_secretsmanager_secret_rotation" "good" {
  secret_id           = aws_secretsmanager_secret.good.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:${local.account}:function:moto-rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret" "bad" {
  name = "moto-bad"
}

resource "aws_ssm_parameter" "secret" {
  name   = "/moto/secret"
  type   = "SecureString"
  key_id = aws_kms_key.good.arn
}

resource "aws_ecr_repository" "good" {
  name                 = "moto-good"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.good.arn
  }
}

resource "aws_ecr_repository" "bad" {
  name = "moto-bad"
}
