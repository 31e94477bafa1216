title    = "Annex 1"
language = "en"
date     = "2018-06-01"

clause "1" {
  text = "Access rights are regularly reviewed. Backups are taken continuously."

  promise "access-review" {}
  promise "backup" { retention = "90d" }
}

clause "2" {
  text = "Passwords are MD5-encrypted, and all traffic uses SSL. A penetration test is planned. See clause 7.1 and section 1."

  promise "password-hashing" { algorithm = "md5" }
  promise "encryption-in-transit" {
    tls_min = "1.1"
    http    = "allowed"
  }
  promise "password-policy" {
    pin_allowed = true
    rotation    = "90d"
  }
  promise "penetration-test" {}
  promise "media-sanitisation" { method = ["overwrite-single"] }
  promise "encryption-at-rest" { cipher = "3DES" }
}

clause "3" {
  text = "We notify within 72 hours. Under Directive 95/46/EC we are a processor. Every access is logged."

  promise "breach-notification" {
    notify_within = "72h"
    to            = ["controller", "authority"]
  }
  promise "access-logging" { exceptions = ["import"] }
}

clause "4" {
  promise "breach-notification" { notify_within = "24h" }
  promise "data-retention" { max = "30d" }
  promise "data-erasure" { within = "30d" }
  promise "log-retention" { log_retention_min = "1y" }
  promise "data-subject-rights" { respond_within = "60d" }
  promise "mfa" {
    scope          = ["all"]
    exceptions_max = 2
  }
}

clause "5" {
  promise "third-country-transfer" {}
  promise "data-location" {
    countries   = ["SE", "US"]
    aws_regions = ["eu-north-1"]
  }
  promise "sub-processor-register" {
    provider = "Mailflinga Inc."
    location = "EU/EES/US"
    data     = ["e-mail", "personal identity number"]
  }
  promise "data-protection-by-design" { data_categories = ["Name", "E-mail"] }
  promise "restore-test" {
    declared = "in-other-document"
  }
}

clause "6" {
  text = "Nothing to see."
}
