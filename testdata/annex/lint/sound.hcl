title    = "Annex 1"
language = "en"
date     = "2026-06-01"

clause "1" {
  text = "Encryption protects stored data and, see clause 1.2, data in transit. OpenSSL is no SSLv of ours."

  promise "encryption-at-rest" {}
  promise "information-security-management" { review_interval = "1y" }
}

clause "1.2" {
  text = "Backups are regularly taken, every six hours."

  promise "backup" {
    interval  = "6h"
    retention = "30d"
  }
  promise "data-erasure" { within = "35d" }
  promise "data-retention" {}
  promise "audit-rights" {}
}
