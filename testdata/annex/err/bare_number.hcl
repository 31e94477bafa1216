title    = "Annex 1"
language = "en"

clause "1" {
  promise "log-retention" {
    log_retention_min = 90
  }
  promise "access-review" {
    interval = "90"
  }
}
