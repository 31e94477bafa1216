resource "aws_kms_key" "data" {
  description         = "data"
  enable_key_rotation = true
}

resource "aws_cloudtrail" "passing" {
  name           = "passing"
  s3_bucket_name = "tomscan-checks-logs"
  kms_key_id     = aws_kms_key.data.arn
}

resource "aws_cloudtrail" "failing" {
  name           = "failing"
  s3_bucket_name = "tomscan-checks-logs"
}

resource "aws_cloudtrail" "unresolved" {
  name           = "unresolved"
  s3_bucket_name = "tomscan-checks-logs"
  kms_key_id     = var.undecided
}

variable "undecided" {
  type = string
}
