resource "aws_cloudtrail" "passing" {
  name           = "passing"
  s3_bucket_name = "tomscan-checks-logs"
  enable_logging = true
}

resource "aws_cloudtrail" "failing" {
  name           = "failing"
  s3_bucket_name = "tomscan-checks-logs"
  enable_logging = false
}

resource "aws_cloudtrail" "unresolved" {
  name           = "unresolved"
  s3_bucket_name = "tomscan-checks-logs"
  enable_logging = var.undecided
}

variable "undecided" {
  type = bool
}
