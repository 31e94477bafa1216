resource "aws_s3_bucket" "passing" {
  bucket = "tomscan-checks-passing"
}

resource "aws_s3_bucket" "failing" {
  bucket = "tomscan-checks-failing"
}

resource "aws_s3_bucket" "unresolved" {
  bucket = "tomscan-checks-unresolved"
}

resource "aws_s3_bucket_logging" "passing" {
  bucket        = aws_s3_bucket.passing.id
  target_bucket = "tomscan-checks-logs"
  target_prefix = "passing/"
}

resource "aws_s3_bucket_logging" "unresolved" {
  count = var.undecided ? 1 : 0

  bucket        = aws_s3_bucket.unresolved.id
  target_bucket = "tomscan-checks-logs"
  target_prefix = "unresolved/"
}

variable "undecided" {
  type = bool
}
