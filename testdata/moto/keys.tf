resource "aws_kms_key" "good" {
  description             = "rotates every year"
  enable_key_rotation     = true
  rotation_period_in_days = 365
}

resource "aws_kms_key" "slow" {
  description             = "rotates seldom"
  enable_key_rotation     = true
  rotation_period_in_days = 2000
}

resource "aws_kms_key" "bad" {
  description = "does not rotate"
}

resource "aws_kms_key" "signing" {
  description              = "cannot rotate"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "RSA_2048"
}

resource "aws_kms_alias" "good" {
  name          = "alias/moto-good"
  target_key_id = aws_kms_key.good.key_id
}
