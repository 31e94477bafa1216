title    = "Annex 1"
language = "en"
date     = "17 July 2020"

clause "1" {
  promise "mfa" {}
}
