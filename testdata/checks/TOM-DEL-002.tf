resource "aws_s3_bucket" "passing" {
  bucket = "tomscan-checks-passing"
}

resource "aws_s3_bucket" "failing" {
  bucket = "tomscan-checks-failing"
}

resource "aws_s3_bucket" "unresolved" {
  bucket = "tomscan-checks-unresolved"
}

resource "aws_s3_bucket_versioning" "passing" {
  bucket = aws_s3_bucket.passing.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "failing" {
  bucket = aws_s3_bucket.failing.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "unresolved" {
  bucket = aws_s3_bucket.unresolved.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "passing" {
  bucket = aws_s3_bucket.passing.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = 60
    }

    noncurrent_version_expiration {
      noncurrent_days = 30
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
      days = 60
    }

    noncurrent_version_expiration {
      noncurrent_days = 365
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
      days = 60
    }

    noncurrent_version_expiration {
      noncurrent_days = var.undecided
    }
  }
}

variable "undecided" {
  type = number
}
