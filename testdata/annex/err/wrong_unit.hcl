title    = "Annex 1"
language = "en"

clause "1" {
  promise "log-retention" {
    log_retention_min = "90 days"
    log_retention_max = "24w"
  }
  promise "backup" {
    interval  = "1.5h"
    retention = "200y"
  }
  promise "access-review" {
    revoke_within = "12h"
  }
}
