title    = "Annex 1"
language = "en"

clause "1" {
  promise "mfa" {}
}

clause "1" {
  promise "backup" {}
}
