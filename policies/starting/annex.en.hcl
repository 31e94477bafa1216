# What the annex of your data processing agreement promises. The headings follow the examples in Annex II of the standard
# contractual clauses, Implementing Decision (EU) 2021/914 (the same list is Annex III of 2021/915).
#
# - Number the clauses as your agreement does, put its own words into text, and strike what you have not promised.
# - A parameter that is not written has the catalogue's default and is shown as "default, not promised".
#   `tomscan measures MEASURE` explains a measure and its parameters; `tomscan measures` lists them all.
# - Times have a unit: m (minutes), h (hours), d (days), mo (months) or y (years), such as "90d".
# - What is not in place yet is promised with declared = "planned".
# - Check the file with `tomscan annex lint FILE`.

title    = "Annex: technical and organisational measures"
language = "en"
version  = "1.0"
date     = "2026-01-01"

processor {
  name         = "Processor Ltd"
  registration = "00000000"
}

clause "1" {
  title = "Pseudonymisation and encryption"
  text  = "The words of the agreement."

  promise "encryption-at-rest" {
    key_source = "provider-managed" # provider-owned, provider-managed, customer-managed or external
    scope      = ["database", "volume", "object-store", "snapshot", "filesystem"]
  }
  promise "pseudonymisation" {}
}

clause "2" {
  title = "Confidentiality, integrity, availability and resilience"
  text  = "The words of the agreement."

  promise "private-networks" {}
  promise "firewall" { public_ports = [80, 443] }
  promise "intrusion-detection" {}
  promise "resilience" { multi_az = true }
}

clause "3" {
  title = "Restoring availability and access"
  text  = "The words of the agreement."

  promise "backup" {
    interval  = "24h"
    retention = "30d"
  }
  promise "backup-encryption" {}
}

clause "4" {
  title = "Regular testing and evaluation"
  text  = "The words of the agreement."

  promise "restore-test" { interval = "1y" }
  promise "vulnerability-scanning" { interval = "30d" }
  promise "security-review" { interval = "1y" }
}

clause "5" {
  title = "Identification and authorisation of users"
  text  = "The words of the agreement."

  promise "access-control" {}
  promise "access-review" { interval = "6mo" }
  promise "mfa" { scope = ["admin-console", "server-admin"] }
  promise "password-policy" { min_length = 12 }
}

clause "6" {
  title = "Protection during transmission"
  text  = "The words of the agreement."

  promise "encryption-in-transit" { tls_min = "1.2" }
}

clause "8" {
  title = "Physical security"
  text  = "The words of the agreement."

  promise "physical-security" { responsible = "provider" }
}

clause "9" {
  title = "Logging of events"
  text  = "The words of the agreement."

  promise "audit-logging" {}
  promise "log-retention" {
    log_retention_min = "90d"
    log_retention_max = "1y"
  }
  promise "security-monitoring" {}
}

clause "10" {
  title = "System configuration"
  text  = "The words of the agreement."

  promise "configuration-management" { iac = "terraform" }
  promise "patch-management" { max_age_critical = "14d" }
}

clause "11" {
  title = "Governance"
  text  = "The words of the agreement."

  promise "information-security-management" { review_interval = "1y" }
  promise "security-awareness" { interval = "1y" }
  promise "incident-response" {}
  promise "breach-notification" { notify_within = "24h" }
}

clause "15" {
  title = "Retention and erasure"
  text  = "The words of the agreement."

  promise "data-erasure" { within = "30d" }
}

clause "18" {
  title = "Location and sub-processors"
  text  = "The words of the agreement."

  promise "data-location" {
    region_class = "EU/EEA"
    aws_regions  = ["eu-west-1"]
  }
  promise "third-country-transfer" { allowed = false }
  promise "sub-processor-register" {
    provider = "Cloud Provider Ltd"
    service  = "hosting"
    location = "Ireland"
    data     = ["name", "e-mail address"]
  }
}

# A waiver: a named person accepts a failing result until a date, at most 365 days ahead.
# waiver {
#   check   = "TOM-ENC-002"
#   fact    = "aws_ebs_volume.scratch"
#   reason  = "holds no personal data"
#   owner   = "First Last"
#   ticket  = "OPS-123"
#   expires = "2026-12-31"
# }

# An attestation: a named person confirms a measure that no machine can see.
# attestation {
#   measure   = "confidentiality-undertaking"
#   by        = "First Last"
#   role      = "head of staff"
#   date      = "2026-01-15"
#   expires   = "2027-01-15"
#   reference = "minutes 4/2026"
# }
