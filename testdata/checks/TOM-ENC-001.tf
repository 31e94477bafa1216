resource "aws_kms_key" "data" {
  description         = "data"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "passing" {
  bucket = "tomscan-checks-passing"
}

resource "aws_s3_bucket" "failing" {
  bucket = "tomscan-checks-failing"
}

resource "aws_s3_bucket" "unresolved" {
  bucket = "tomscan-checks-unresolved"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "passing" {
  bucket = aws_s3_bucket.passing.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.data.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "unresolved" {
  bucket = aws_s3_bucket.unresolved.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.undecided
    }
  }
}

variable "undecided" {
  type = string
}
