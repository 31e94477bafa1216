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
    status = "Suspended"
  }
}

resource "aws_s3_bucket_versioning" "unresolved" {
  bucket = aws_s3_bucket.unresolved.id

  versioning_configuration {
    status = var.undecided
  }
}

variable "undecided" {
  type = string
}
