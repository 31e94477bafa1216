resource "aws_kms_key" "data" {
  description         = "data"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "passing" {
  name       = "passing"
  kms_key_id = aws_kms_key.data.arn
}

resource "aws_cloudwatch_log_group" "failing" {
  name = "failing"
}

resource "aws_cloudwatch_log_group" "unresolved" {
  name       = "unresolved"
  kms_key_id = var.undecided
}

variable "undecided" {
  type = string
}
