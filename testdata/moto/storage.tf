# Buckets.
resource "aws_s3_bucket" "good" {
  bucket = "moto-good"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "good" {
  bucket = aws_s3_bucket.good.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.good.arn
    }
  }
}

resource "aws_s3_bucket_versioning" "good" {
  bucket = aws_s3_bucket.good.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "good" {
  bucket                  = aws_s3_bucket.good.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "good" {
  bucket = aws_s3_bucket.good.id
  rule {
    id     = "all"
    status = "Enabled"
    filter {}
    expiration {
      days = 90
    }
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }
}

resource "aws_s3_bucket_logging" "good" {
  bucket        = aws_s3_bucket.good.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "good/"
}

resource "aws_s3_bucket_policy" "good" {
  bucket = aws_s3_bucket.good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.good.arn, "${aws_s3_bucket.good.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.good.arn, "${aws_s3_bucket.good.arn}/*"]
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
    ]
  })
}

resource "aws_s3_bucket" "bad" {
  bucket = "moto-bad"
}

resource "aws_s3_bucket_public_access_block" "bad" {
  bucket                  = aws_s3_bucket.bad.id
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_policy" "bad" {
  bucket = aws_s3_bucket.bad.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.bad.arn}/*" }]
  })
}

resource "aws_s3_bucket_lifecycle_configuration" "bad" {
  bucket = aws_s3_bucket.bad.id
  rule {
    id     = "forever"
    status = "Enabled"
    filter {}
    expiration {
      days = 3650
    }
  }
}

resource "aws_s3_bucket" "plain" {
  bucket = "moto-plain"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "plain" {
  bucket = aws_s3_bucket.plain.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "plain" {
  bucket = aws_s3_bucket.plain.id
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "plain" {
  bucket = aws_s3_bucket.plain.id
  rule {
    id     = "part"
    status = "Enabled"
    filter {
      prefix = "tmp/"
    }
    expiration {
      days = 7
    }
  }
}

resource "aws_s3_bucket" "acl" {
  bucket = "moto-acl"
}

resource "aws_s3_bucket_ownership_controls" "acl" {
  bucket = aws_s3_bucket.acl.id
  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_public_access_block" "acl" {
  bucket                  = aws_s3_bucket.acl.id
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_acl" "acl" {
  bucket = aws_s3_bucket.acl.id
  acl    = "public-read"
}

resource "aws_s3_bucket" "logs" {
  bucket = "moto-logs"
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id
  rule {
    id     = "year"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "${aws_s3_bucket.logs.arn}/*"
    }]
  })
}

resource "aws_s3_bucket" "trail" {
  bucket = "moto-trail"
}

resource "aws_s3_bucket" "us" {
  provider = aws.us
  bucket   = "moto-us"
}

# File systems.
resource "aws_efs_file_system" "good" {
  creation_token = "moto-good"
  encrypted      = true
  kms_key_id     = aws_kms_key.good.arn
}

resource "aws_efs_backup_policy" "good" {
  file_system_id = aws_efs_file_system.good.id
  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_file_system_policy" "good" {
  file_system_id = aws_efs_file_system.good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_efs_file_system" "bad" {
  creation_token = "moto-bad"
}

resource "aws_fsx_windows_file_system" "good" {
  storage_capacity                = 300
  subnet_ids                      = [aws_subnet.private_a.id]
  throughput_capacity             = 32
  kms_key_id                      = aws_kms_key.good.arn
  automatic_backup_retention_days = 30
}

resource "aws_fsx_lustre_file_system" "bad" {
  storage_capacity = 1200
  subnet_ids       = [aws_subnet.private_a.id]
  deployment_type  = "SCRATCH_2"
}
