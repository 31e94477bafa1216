title    = "Annex 1"
language = "en"

clause "1" {
  promise "mfa" {}
}

waiver {
  check = "TOM-ENC-001"
  fact  = "aws_s3_bucket.logs"
  owner = " "
}
