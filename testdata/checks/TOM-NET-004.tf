resource "aws_s3_bucket" "passing" {
  bucket = "tomscan-checks-passing"
}

resource "aws_s3_bucket" "failing" {
  bucket = "tomscan-checks-failing"
}

resource "aws_s3_bucket" "unresolved" {
  bucket = "tomscan-checks-unresolved"
}

resource "aws_s3_bucket_public_access_block" "passing" {
  bucket                  = aws_s3_bucket.passing.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "failing" {
  bucket                  = aws_s3_bucket.failing.id
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "passing" {
  bucket = aws_s3_bucket.passing.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.passing.arn}/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "failing" {
  bucket = aws_s3_bucket.failing.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.failing.arn}/*"
    }]
  })
}

resource "aws_s3_bucket_policy" "unresolved" {
  bucket = aws_s3_bucket.unresolved.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.unresolved.arn}/*"
    }]
  })
}

resource "aws_s3_bucket_public_access_block" "unresolved" {
  bucket                  = aws_s3_bucket.unresolved.id
  block_public_acls       = var.undecided
  block_public_policy     = var.undecided
  ignore_public_acls      = var.undecided
  restrict_public_buckets = var.undecided
}

variable "undecided" {
  type = bool
}
