title    = "Annex 1"
language = "en"

clause "1" {
  promise "encyption-at-rest" {}
  promise "teleportation" {}
}
