title    = "Annex 1"
language = "en"

clause {
  promise "mfa" {}
}

clause " " {
  promise "mfa" {}
}
