# What holds for the shared account: encryption and public access by default, the audit trail, threat detection.

resource "aws_ebs_encryption_by_default" "this" {
  enabled = true
}

resource "aws_s3_account_public_access_block" "this" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_iam_account_password_policy" "this" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
}

resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_kms_key" "logs" {
  description             = "Logs of all accounts"
  enable_key_rotation     = true
  rotation_period_in_days = 180
}

resource "aws_cloudtrail" "this" {
  name           = "parasoll"
  s3_bucket_name = module.logs.name
  s3_key_prefix  = "trail"
  kms_key_id     = aws_kms_key.logs.arn

  is_multi_region_trail      = true
  enable_log_file_validation = true

  event_selector {
    read_write_type           = "All"
    include_management_events = true

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}

# Load balancers, flow logs and buckets of all accounts deliver here.
module "logs" {
  source = "../../modules/bucket"

  name        = "parasoll-logs"
  expire_days = 395
}

# Requests to the content delivery network.
module "edge_logs" {
  source = "../../modules/bucket"

  providers = {
    aws = aws.us_east_1
  }

  name              = "parasoll-edge-logs"
  expire_days       = 395
  access_log_bucket = "parasoll-logs"
}
