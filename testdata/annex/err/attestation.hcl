title    = "Annex 1"
language = "en"

clause "1" {
  promise "mfa" {}
}

attestation {
  measure   = "restore-tests"
  by        = "Ada Ask"
  role      = "Head of operations"
  date      = "2026-01-15"
  expires   = "2026-06-30"
  reference = "protocol 4"
}

attestation {
  measure   = "restore-test"
  by        = ""
  role      = "Head of operations"
  date      = "2026-12-01"
  expires   = "2026-11-30"
}
