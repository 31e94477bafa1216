title    = "Annex 1"
language = "en"

clause "1" {
  promise "mfa" {}
  promise "two-factor" {}
}
