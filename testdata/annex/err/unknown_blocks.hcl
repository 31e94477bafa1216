title    = "Annex 1"
language = "en"

tittle = "x"

claus "1" {}

clause "1" {
  promis "mfa" {}
  titel = "x"

  promise "mfa" {
    exception {}
  }
}
