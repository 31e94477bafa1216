title    = "Annex 1"
language = "sw"

clause "1" {
  promise "mfa" {}
}
