title    = "Annex 1"
language = "en"

clause "1" {
  promise "log-retention" {
    log_retention_min = "2y"
    log_retention_max = "90d"
  }
}
