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

module "key" {
  source = "../../modules/key"

  name        = "shared"
  description = "The audit trail and the alarms"
  account     = "111122223333"
  services    = ["cloudtrail.amazonaws.com", "cloudwatch.amazonaws.com"]
}

resource "aws_cloudtrail" "this" {
  name           = "parasoll"
  s3_bucket_name = module.logs.name
  s3_key_prefix  = "trail"
  kms_key_id     = module.key.arn

  is_organization_trail      = true
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

module "logs" {
  source = "../../modules/bucket"

  name        = "parasoll-shared-logs"
  expire_days = 365
  deliverers  = ["cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com"]
}
