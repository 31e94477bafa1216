resource "aws_s3_bucket" "passing" {
  bucket = "tomscan-checks-passing"
}

resource "aws_s3_bucket" "failing" {
  bucket = "tomscan-checks-failing"
}

resource "aws_s3_bucket" "unresolved" {
  bucket = "tomscan-checks-unresolved"
}

resource "aws_s3_bucket_lifecycle_configuration" "passing" {
  bucket = aws_s3_bucket.passing.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = 365
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "failing" {
  bucket = aws_s3_bucket.failing.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = 30
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "unresolved" {
  bucket = aws_s3_bucket.unresolved.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = var.undecided
    }
  }
}

resource "aws_cloudtrail" "passing" {
  name           = "passing"
  s3_bucket_name = aws_s3_bucket.passing.bucket
}

resource "aws_cloudtrail" "failing" {
  name           = "failing"
  s3_bucket_name = aws_s3_bucket.failing.bucket
}

resource "aws_cloudtrail" "unresolved" {
  name           = "unresolved"
  s3_bucket_name = aws_s3_bucket.unresolved.bucket
}

variable "undecided" {
  type = number
}
