resource "aws_s3_bucket" "passing" {
  bucket = "tomscan-checks-passing"
}

resource "aws_s3_bucket" "failing" {
  bucket = "tomscan-checks-failing"
}

resource "aws_s3_bucket" "unresolved" {
  bucket = "tomscan-checks-unresolved"
}

resource "aws_s3_bucket_policy" "passing" {
  bucket = aws_s3_bucket.passing.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.passing.arn, "${aws_s3_bucket.passing.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_s3_bucket_policy" "unresolved" {
  bucket = aws_s3_bucket.unresolved.id
  policy = var.undecided
}

variable "undecided" {
  type = string
}
