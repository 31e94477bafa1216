title    = "Annex 1"
language = "en"

clause "1" {
  promise "mfa" {}
}

waiver {
  check   = "TOM-ENC-001"
  fact    = "aws_s3_bucket.logs"
  reason  = "moved next year"
  owner   = "Ada Ask"
  ticket  = "OPS-7"
  expires = "2027-11-22"
}

waiver {
  check   = "TOM-ENC-001"
  fact    = "aws_s3_bucket.logs"
  reason  = "moved next year"
  owner   = "Ada Ask"
  ticket  = "OPS-7"
  expires = "soon"
}

waiver {
  check   = "TOM-ENC-*"
  fact    = "aws_s3_bucket.logs"
  reason  = "moved next year"
  owner   = "Ada Ask"
  ticket  = "OPS-7"
  expires = "2026-12-31"
}

waiver {
  check   = "TOM-ENC-001"
  fact    = "aws_s3_bucket.logs"
  reason  = "moved last year"
  owner   = "Ada Ask"
  ticket  = "OPS-7"
  expires = "2026-11-20"
}
